"""Named points at which tests stop an action in the middle; without effect unless a test asks for one."""

import os
import signal
import time

VARIABLE = "KAOHE_CRASHPOINT"
NAMES: set[str] = set()
"""Every point that was passed or declared; tests list them so that none is left untried."""


class Crashed(Exception):
    """What a test asked to happen at a crash point."""


def crashpoint(name: str) -> None:
    """Pass a named point; a test's environment may raise, kill the process or wait here instead.

    The variable reads `name:raise`, `name:kill` or `name:slow`.
    """
    NAMES.add(name)
    wanted, _, way = os.environ.get(VARIABLE, "").partition(":")
    if wanted == name:
        _stop(name, way)


def _stop(name: str, way: str) -> None:
    if way == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if way == "slow":
        time.sleep(1)
        return
    raise Crashed(name)
