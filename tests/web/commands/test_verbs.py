"""The platform's verbs stand beside the engine's and cost nothing until one of them runs."""

import subprocess
import sys

from tests.web.commands.running import clean_environment, run_kaohe

WITHOUT_DJANGO = "import sys; sys.modules['django'] = None; from kaohe.cli.main import run; run()"
LOADED = """
import sys
from kaohe.cli import main
sys.argv = ["kaohe", "methods"]
try:
    main.run()
finally:
    print(sorted(name for name in sys.modules if name.split(".")[0] in ("django", "granian")))
"""


def test_the_verbs_are_listed_with_the_others() -> None:
    listed = run_kaohe("--help").stdout

    assert [
        verb for verb in ("check", "demo", "manage", "serve") if f" {verb} " not in listed
    ] == []


def test_another_verb_loads_nothing_of_the_platform() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, encoding="utf-8")

    assert done.stdout.splitlines()[-1] == "[]"


def test_without_the_extra_a_verb_says_how_to_install_it() -> None:
    for verb in ("serve", "demo", "manage"):
        done = subprocess.run(
            [sys.executable, "-c", WITHOUT_DJANGO, verb],
            capture_output=True,
            encoding="utf-8",
            env=clean_environment(),
        )
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.endswith("the platform needs pip install 'kaohe[web]'\n")


def test_management_commands_take_what_is_written_behind_them() -> None:
    environment = {"KAOHE_MODE": "demo", "KAOHE_SECRET_KEY": "x"}
    done = run_kaohe("manage", "check", "--list-tags", **environment)

    assert done.returncode == 0
    assert "security" in done.stdout
