"""One job of many tasks on a cluster: followed while it runs, cancelled when it is no longer wanted."""

import re
from collections.abc import Callable, Sequence
from itertools import count
from threading import Thread
from typing import Any, TypeVar

from pyspark import SparkContext

from kaohe.errors import BadInput, Finding, Place, blocking
from kaohe.language import Text

Item = TypeVar("Item")
Report = TypeVar("Report")
Tell = Callable[[int, int], None]
"""Told how many tasks of how many are done."""

_BREATH = 0.2  # seconds between two looks at how far a job is
_numbers = count(1)


def run_tasks(
    context: SparkContext,
    work: Callable[[Item], Report],
    items: Sequence[Item],
    tell: Tell = lambda done, of: None,
) -> list[Report]:
    """Let Spark do `work` with every item, a task each, and give what each returned, in order.

    Ctrl-C here cancels the job first. Raises BadInput with what went wrong on an executor.
    """
    if not items:
        return []
    group = f"kaohe-{next(_numbers)}"
    outcome: dict[str, Any] = {}

    def run() -> None:
        context.setJobGroup(group, "kaohe", interruptOnCancel=True)
        try:
            outcome["reports"] = context.parallelize(items, len(items)).map(work).collect()
        except Exception as fault:  # noqa: BLE001 - raised again below, where it is waited for
            outcome["fault"] = fault

    job = Thread(target=run, daemon=True)
    job.start()
    try:
        while job.is_alive():
            job.join(_BREATH)
            tell(_count_done(context, group), len(items))
    except BaseException:
        context.cancelJobGroup(group)
        job.join()
        raise
    if "fault" in outcome:
        raise BadInput([explain_fault(outcome["fault"])]) from outcome["fault"]
    reports: list[Report] = outcome["reports"]
    return reports


def _count_done(context: SparkContext, group: str) -> int:
    tracker = context.statusTracker()
    jobs = [tracker.getJobInfo(job) for job in tracker.getJobIdsForGroup(group)]
    stages = [tracker.getStageInfo(stage) for job in jobs if job for stage in job.stageIds]
    return sum(stage.numCompletedTasks for stage in stages if stage)


_MISSING_MODULE = re.compile(r"No module named '([\w.]+)'")
_LAST_LINE = re.compile(r"^(?:[\w.]+(?:Error|Exception)|Caused by): (.+)$", re.MULTILINE)


def explain_fault(fault: Exception) -> Finding:
    """What a failed job is said to lack; Spark's own words run over pages."""
    said = str(fault)
    module = _MISSING_MODULE.search(said)
    if module:
        return blocking(
            "executor-lacks-module",
            Place(key="--master"),
            Text(
                f"执行节点的 Python 里没有 {module[1]}",
                f"the Python of the executors lacks {module[1]}",
            ),
            Text(
                "请在各节点安装 kaohe 所依赖的包，或设 PYSPARK_PYTHON 指向装有它们的 Python",
                "install what kaohe depends on there, or let PYSPARK_PYTHON name a Python that has it",
            ),
        )
    lines = _LAST_LINE.findall(said)
    reason = lines[0] if lines else said.strip().partition("\n")[0]
    return blocking(
        "job-failed",
        Place(key="--master"),
        Text(f"Spark 任务失败：{reason}", f"the Spark job failed: {reason}"),
        Text("请看 Spark 的日志，改好后重来", "look into Spark's log, and run it again"),
    )
