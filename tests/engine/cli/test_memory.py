"""Memory is kept for the next columns in a process of its own, which is where it is asked for."""

import subprocess
import sys

import pytest

PROGRAM = """
import pyarrow as pa
from kaohe.cli.memory import keep_memory
keep_memory()
print(pa.default_memory_pool().backend_name)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere nothing is tuned")
def test_arrow_and_numpy_share_one_heap():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True
    )

    assert done.stdout == "system\n"
