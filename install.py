"""Gets ready what Kaohe runs on: locked packages in .venv, the front end, programs that tests need.

Used by run.py; nothing but Python and its pip has to be there before.
"""

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
from pathlib import Path
from typing import BinaryIO

from frontend import copy_packages

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
STAMP = VENV / "installed.json"
LOCKS = {"runtime": ["runtime.txt", "build.txt"], "dev": ["dev.txt"]}
# PySpark comes as source only; it is pure Python, and the setuptools of dev.txt makes its wheel here.
BUILD_HERE = ("--use-pep517", "--no-build-isolation")


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
    if copy_packages.is_current():
        return
    if copy_packages.find_npm() is None and not (BIN / "npm").exists():
        say("installing Node (once)")
        run_pip("--require-hashes", "--only-binary", ":all:", "-r", "requirements/node.txt")
    say("fetching what pages are shown with (once)")
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
