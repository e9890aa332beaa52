"""Sets Kaohe up and runs it, with nothing but Python and its pip: python3 run.py VERB."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from install import BIN, ROOT, Stop, need_programs, need_python, prepare, run_tool, say

SCORED = Path("build", "scored")
YEAR = ("examples/district/2019/annual.yaml", "examples/district/2019/data.xlsx")
CASES = ("run_asem.py", "run_methods.py", "run_hdi.py")

USAGE = """usage: python3 run.py VERB

  demo     the platform with a seeded district, in the browser
  score    score the district's year on the command line: ranking, board, package
  kaohe    the command line (python3 run.py kaohe --help)
  manage   the platform's management commands (python3 run.py manage help)
  test     formatting, lint, types, import contracts and every test
           (the platform on SQLite and on PostgreSQL; further arguments go to pytest:
           python3 run.py test tests/engine/rules)
  soak     the tests that draw their cases, with as many as were promised; takes hours
  check    formatting, lint, types and import contracts only
  bench    measure the engine beside baselines; all, or by name:
           engine population robustness workbooks volume spark
  docs     write the generated pages of the documentation again
  cases    score data that others have scored, and compare: python3 run.py cases FOLDER
           (FOLDER holds asem/ and hdi/: their data, and the results computed elsewhere)
  mutate   change the rules on purpose and see that the tests notice
"""


def demo(arguments: list[str]) -> None:
    """The platform with a seeded district, in the browser, on a free port of this machine."""
    kaohe(["demo", *arguments])


def score(_: list[str]) -> None:
    """Score an invented district's year: ranking, board, package, receipts; then recompute the package."""
    prepare("runtime")
    (ROOT / SCORED).mkdir(parents=True, exist_ok=True)
    board, package, receipts = SCORED / "board.html", SCORED / "result.zip", SCORED / "receipts.txt"
    say(
        "为虚构的区计分：50 个单位，111 项指标 · scoring an invented district: 50 units by 111 indicators"
    )
    run_tool(BIN / "kaohe", "score", *YEAR, "--top", "3", "-o", board, "-o", package)
    say("重算结果包，拿到它的人都能这样做 · recomputing the package, as anybody who has it can")
    run_tool(BIN / "kaohe", "verify", package)
    with (ROOT / receipts).open("wb") as target:
        run_tool(BIN / "kaohe", "explain", *YEAR, "--unit", "QZ07", into=target)
    print(
        f"  {board}  一页看全：位次、得分、凭据 · ranks, scores and receipts on one page",
        flush=True,
    )
    print(f"  {receipts}  一个镇每一分的来历 · every point of one town")
    print(f"  {package}  方案、数据、结果和校验码 · scheme, data and results with their digests")


def kaohe(arguments: list[str]) -> None:
    """Run the command line where the caller stands."""
    prepare("runtime")
    command = [str(BIN / "kaohe"), *arguments]
    if (
        os.name == "posix"
    ):  # the verb takes this process's place, so that Ctrl-C and a stop reach it
        sys.stdout.flush()
        os.execv(command[0], command)  # noqa: S606 - our own command line
    raise SystemExit(subprocess.run(command, check=False).returncode)


def manage(arguments: list[str]) -> None:
    """Run one of the platform's management commands where the caller stands."""
    kaohe(["manage", *arguments])


def test(arguments: list[str]) -> None:
    """Check everything, then run the tests; pytest has the last word."""
    need_programs()
    check([])
    say("tests")
    run_pytest(*arguments)
    if not arguments:
        say("tests of the platform on PostgreSQL")
        run_pytest("--database", "postgres", "tests/web")


def run_pytest(*arguments: str) -> None:
    """Run tests on every core, slow ones that share something on one."""
    spread = ("--numprocesses", "auto", "--dist", "loadgroup")
    run_tool(BIN / "python", "-m", "pytest", *spread, *arguments)


def soak(arguments: list[str]) -> None:
    """Run the tests whose figures the environment can raise, with the full figures."""
    need_programs()
    prepare("dev")
    os.environ["KAOHE_SOAK"] = "1"
    long = ("-m", "soak", "--timeout", "0")
    run_pytest(*long, *arguments)
    if not arguments:
        say("the platform's on PostgreSQL")
        run_pytest(*long, "--database", "postgres", "tests/web")


def check(_: list[str]) -> None:
    """Formatting, lint, types and the order of the rooms; every check runs, then any failure counts."""
    prepare("dev")
    checks: dict[str, list[str | Path]] = {
        "formatting": [BIN / "ruff", "format", "--check", "--output-format", "concise"],
        "lint": [BIN / "ruff", "check", "--output-format", "concise"],
        "types": [BIN / "mypy"],
        "import contracts": [BIN / "lint-imports", "--no-logo"],
    }
    failed = [name for name, command in checks.items() if not passes(name, command)]
    if failed:
        raise SystemExit(f"failed: {', '.join(failed)}")


def passes(name: str, command: list[str | Path]) -> bool:
    """Whether one check finds nothing; what it finds is shown."""
    say(name)
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True)
    if done.returncode:
        sys.stdout.write((done.stdout + done.stderr).decode(errors="replace"))
    return done.returncode == 0


def bench(arguments: list[str]) -> None:
    """Measure the engine."""
    prepare("dev")
    run_tool(BIN / "python", "-m", "benchmarks", *arguments)


def docs(arguments: list[str]) -> None:
    """Write the generated pages of the documentation again."""
    prepare("dev")
    run_tool(BIN / "python", "docs/write_pages.py", *arguments)


def cases(arguments: list[str]) -> None:
    """Score data that others have scored, and compare every figure."""
    prepare("dev")
    for case in CASES:
        say(case)
        run_tool(BIN / "python", f"cases/{case}", *arguments)


def mutate(arguments: list[str]) -> None:
    """Change the rules on purpose and see that the tests notice."""
    prepare("dev")
    run_tool(BIN / "mutmut", "run", *arguments)
    run_tool(BIN / "mutmut", "results")
    run_tool(BIN / "mutmut", "export-cicd-stats")
    counts = json.loads((ROOT / "mutants" / "mutmut-cicd-stats.json").read_text())
    noticed = counts["killed"] + counts["timeout"]
    say(f"{noticed} of {counts['total']} changes noticed ({noticed / counts['total']:.1%})")


VERBS: dict[str, Callable[[list[str]], None]] = {
    "demo": demo,
    "score": score,
    "kaohe": kaohe,
    "manage": manage,
    "test": test,
    "soak": soak,
    "check": check,
    "bench": bench,
    "docs": docs,
    "cases": cases,
    "mutate": mutate,
}


def main(arguments: list[str]) -> int:
    """Run one verb; 2 when it is unknown or the machine lacks something."""
    if not arguments or arguments[0] not in VERBS:
        print(USAGE, end="", file=sys.stderr)
        return 2
    try:
        need_python()
        VERBS[arguments[0]](arguments[1:])
    except Stop as missing:
        print(missing, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
