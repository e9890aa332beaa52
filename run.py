"""Sets Kaohe up and runs it, with nothing but Python and its pip: python3 run.py VERB."""

from __future__ import annotations

import ctypes.util
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
STAMP = VENV / "installed.json"
SCORED = Path("build", "scored")
YEAR = ("examples/district/2019/annual.yaml", "examples/district/2019/data.xlsx")
CASES = ("run_asem.py", "run_methods.py", "run_hdi.py")
LOCKS = {"runtime": ["runtime.txt", "build.txt"], "dev": ["dev.txt"]}
# PySpark comes as source only; it is pure Python, and the setuptools of dev.txt makes its wheel here.
BUILD_HERE = ("--use-pep517", "--no-build-isolation")

USAGE = """usage: python3 run.py VERB

  demo     the platform with a seeded district, in the browser
  score    score the district's year on the command line: ranking, board, package
  kaohe    the command line (python3 run.py kaohe --help)
  test     formatting, lint, types, import contracts and every test
           (the platform on SQLite and on PostgreSQL; further arguments go to pytest:
           python3 run.py test tests/engine/rules)
  check    formatting, lint, types and import contracts only
  bench    measure the engine beside baselines; all, or by name:
           engine population robustness workbooks volume spark
  docs     write the generated pages of the documentation again
  cases    score data that others have scored, and compare: python3 run.py cases FOLDER
           (FOLDER holds asem/ and hdi/: their data, and the results computed elsewhere)
  mutate   change the rules on purpose and see that the tests notice
"""


class Stop(Exception):
    """What the machine lacks, said in one sentence."""


def say(line: str) -> None:
    """One short line of progress."""
    print(f"· {line}", flush=True)


def run_tool(*command: str | Path, into: BinaryIO | None = None) -> None:
    """Run one tool from the repository's root, its output into a file if asked; its failure is ours."""
    written = [str(part) for part in command]
    status = subprocess.run(written, cwd=ROOT, check=False, stdout=into).returncode
    if status:
        raise SystemExit(status)


def need_python() -> None:
    """Kaohe's own files do not even load in an older Python; say so instead."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what an older one is told by
        raise Stop(f"Kaohe needs Python 3.11 or newer; this is {sys.version.split()[0]}")


def prepare(kind: str) -> None:
    """Have a virtual environment with the locked packages of one kind; instant when nothing changed."""
    digest = digest_inputs()
    installed = read_stamp(digest)
    if installed:
        copy_front_end()
    if kind in installed or "dev" in installed:
        return
    if not installed:
        say("creating .venv")
        venv.create(VENV, with_pip=False, clear=True)
    say(f"installing the {kind} packages (once; they are pinned by digest)")
    install_packages(kind)
    copy_front_end()
    STAMP.write_text(json.dumps({"digest": digest, "kinds": sorted({*installed, kind})}))


def digest_inputs() -> str:
    """Digest of everything the environment is made from."""
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("\n[tool.")[0]
    digest = hashlib.sha256(f"{ROOT}\n{sys.version}\n{project}".encode())
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        digest.update(lock.read_bytes())
    return digest.hexdigest()


def read_stamp(digest: str) -> set[str]:
    """The kinds already installed from the same inputs; none when anything changed."""
    if not STAMP.exists() or not (BIN / "python").exists():
        return set()
    stamp = json.loads(STAMP.read_text())
    return set(stamp["kinds"]) if stamp["digest"] == digest else set()


def install_packages(kind: str) -> None:
    """Install the locked wheels, for tests PySpark's source as well, then this source tree in place."""
    locks = [part for lock in LOCKS[kind] for part in ("-r", f"requirements/{lock}")]
    run_pip("--require-hashes", "--only-binary", ":all:", *locks)
    if kind == "dev":
        run_pip("--require-hashes", "--no-deps", *BUILD_HERE, "-r", "requirements/spark.txt")
    run_pip("--no-deps", "--no-build-isolation", "--editable", ".")


def copy_front_end() -> None:
    """Have the files that pages are shown with; Node comes from a wheel where the machine has none."""
    if shutil.which("npm") is None and not (BIN / "npm").exists():
        say("installing Node (once)")
        run_pip("--require-hashes", "--only-binary", ":all:", "-r", "requirements/node.txt")
    run_tool(BIN / "python", "frontend/copy_packages.py")


def run_pip(*arguments: str) -> None:
    """Let this machine's own pip install into the environment, which has none (pip 22.3 or newer)."""
    pip = [sys.executable, "-m", "pip", "--python", str(VENV), "install", "--quiet"]
    quiet = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore"}
    command = [*pip, *arguments]
    if subprocess.run(command, cwd=ROOT, check=False, env=os.environ | quiet).returncode:
        raise Stop("pip could not install the packages (above: why); Debian has it as python3-pip")


def need_programs() -> None:
    """Install what tests need and pip cannot give: by apt as root, otherwise say what is missing."""
    programs = {
        "chromium": has_chromium,
        "libatomic1": has_atomic,
        "libreoffice-calc-nogui": has_calc,
        "fonts-wqy-microhei": has_chinese_font,
        "openjdk-17-jre-headless": has_java,
    }
    missing = [package for package, is_there in programs.items() if not is_there()]
    if not missing:
        return
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        raise Stop(
            f"the tests need: {' '.join(missing)} (Debian: apt-get install {' '.join(missing)})"
        )
    say(f"installing {' '.join(missing)} (once)")
    run_apt("update")
    run_apt("install", "--yes", "--no-install-recommends", *missing)


def has_calc() -> bool:
    """Whether LibreOffice Calc is there to recalculate written workbooks."""
    return shutil.which("soffice") is not None


def has_chinese_font() -> bool:
    """Whether any font can show Chinese."""
    if shutil.which("fc-list") is None:
        return False
    listed = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False)
    return bool(listed.stdout.strip())


def has_chromium() -> bool:
    """Whether a real browser is there to test pages in."""
    return shutil.which("chromium") is not None


def has_atomic() -> bool:
    """Whether the library is there that Playwright's own Node asks for."""
    return ctypes.util.find_library("atomic") is not None


def has_java() -> bool:
    """Whether a Java is there that Spark runs on: 17 or newer."""
    if shutil.which("java") is None:
        return False
    said = subprocess.run(["java", "-version"], capture_output=True, check=False).stderr.decode()
    version = re.search(r'version "(\d+)', said)
    return version is not None and int(version[1]) >= 17


def run_apt(*arguments: str) -> None:
    """Run apt-get without questions; show what it said only when it failed."""
    command = ["apt-get", "-q", *arguments]
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, env=os.environ | quiet, capture_output=True, check=False)
    if done.returncode:
        sys.stderr.write((done.stdout + done.stderr).decode(errors="replace"))
        raise Stop(f"apt-get {arguments[0]} failed (above: why)")


def demo(arguments: list[str]) -> None:
    """The platform with a seeded district, in the browser, on a free port of this machine."""
    prepare("runtime")
    raise SystemExit(subprocess.run([BIN / "kaohe", "demo", *arguments], check=False).returncode)


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
    raise SystemExit(subprocess.run([str(BIN / "kaohe"), *arguments], check=False).returncode)


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
    "test": test,
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
