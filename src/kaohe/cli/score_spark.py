"""`kaohe score --engine spark`: a population in Parquet files, scored over a cluster."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from warnings import filterwarnings

import pyarrow.compute as pc
import pyarrow.dataset as ds
from rich.progress import Progress

from kaohe.cli.inputs import load_scheme, require_data
from kaohe.cli.score_arrays import HEADS
from kaohe.cli.speech import Speech, err, say, show_table, word
from kaohe.errors import BadInput, Place, blocking
from kaohe.files.outputs import keep_existing
from kaohe.files.results.words import NOTHING, show_figure
from kaohe.language import Text
from kaohe.scheme.draft import Scheme
from kaohe.spark.jobs import Tell
from kaohe.spark.prerequisites import require_spark


def score_spark(
    scheme: Path,
    data: Sequence[Path] | None,
    *,
    outputs: Sequence[Path],
    master: str,
    top: int,
    scores: bool = False,
) -> None:
    """Score over a cluster into a folder of Parquet files, and show the top of each group."""
    source, output = _require_one(require_data(data, scheme), outputs)
    keep_existing([output])
    admitted = load_scheme(scheme)
    require_spark(master)
    filterwarnings("ignore", category=FutureWarning, module="pyspark")  # of pandas, not used here
    from kaohe.spark.scoring import score_on_cluster
    from kaohe.spark.session import connect

    with _show_progress() as tell, connect(master) as context:
        outcome = score_on_cluster(
            context, admitted, source, output,
            language=Speech.language, scores=scores, tell=tell,
        )  # fmt: skip
    say(
        f"已写出 {output}：{outcome.subjects:,} 个对象",
        f"wrote {output}: {outcome.subjects:,} subjects",
    )
    if top:
        _show_first(admitted, output, top)
    if outcome.to_come:
        say(f"暂定结果：还有 {outcome.to_come} 个数据未报，补齐前不得公布",
            f"provisional, figures still to come: {outcome.to_come}; not to be published before")  # fmt: skip


@contextmanager
def _show_progress() -> Iterator[Tell]:
    with Progress(console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task(word(Text("计分", "scoring")), total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def _require_one(data: Sequence[Path], outputs: Sequence[Path]) -> tuple[Path, Path]:
    """The one source and the one output. Raises BadInput where there are more or none."""
    findings = []
    if len(data) != 1:
        findings.append(
            blocking(
                "one-source",
                Place(key="DATA"),
                Text("Spark 只读一处数据", "Spark reads data from one place"),
                Text(
                    "写一个 .parquet 文件，或放着它们的一个文件夹",
                    "name one .parquet file, or one folder of them",
                ),
            )
        )
    if len(outputs) != 1 or outputs[0].suffix.lower() != ".parquet":
        findings.append(
            blocking(
                "one-output",
                Place(key="--output"),
                Text(
                    "Spark 只写一个放 Parquet 文件的文件夹",
                    "Spark writes one folder of Parquet files",
                ),
                Text("请写 -o 名称.parquet", "write -o NAME.parquet"),
            )
        )
    if findings:
        raise BadInput(findings)
    return data[0], outputs[0]


def _show_first(scheme: Scheme, output: Path, top: int) -> None:
    """The first of each group."""
    columns = ["unit", "group", "total", "rank", "grade"]
    found = ds.dataset(output).to_table(columns, filter=pc.field("rank") <= top)
    rows = found.sort_by([("rank", "ascending"), ("unit", "ascending")]).to_pylist()
    decimals = scheme.model.rounding.display
    for group in scheme.model.groups:
        own = [
            (
                show_figure(Fraction(row["rank"]), Speech.language),
                row["unit"],
                show_figure(Fraction(row["total"]), Speech.language, decimals),
                row["grade"] or NOTHING,
            )
            for row in rows
            if row["group"] == group.code
        ]
        if own:
            show_table(HEADS, own[:top], title=group.name)
