"""Reading in a process apart: what it gives back, and what cannot harm the platform."""

import os
import time
from pathlib import Path

import pytest

from kaohe.errors import BadInput, Place, blocking
from kaohe.language import Text
from kaohe_web.foundation.files.apart import read_apart
from kaohe_web.foundation.files.markings import Classified


def tell_environment(path: Path) -> list[object]:
    """Its name, its process, and what it can see of the platform's secrets."""
    return [path.name, os.getpid(), sorted(name for name in os.environ if "KAOHE" in name)]


def find_faults(path: Path) -> None:
    """Two findings with their places."""
    raise BadInput(
        blocking(
            "bad-cell", Place(path.name, "数据", cell), Text("错", "wrong"), Text("改", "mend")
        )
        for cell in ("B2", "B3")
    )


def take_all_memory(path: Path) -> int:
    """Far more than it may have."""
    return len(bytearray(4 << 30)) + path.stat().st_size


def say_far_too_much(path: Path) -> str:
    """More than the platform would hold in its own memory."""
    return path.name * (40 << 20)


def die(path: Path) -> None:
    """As a parser in another language may."""
    del path
    os.abort()


def work_for_ever(path: Path) -> None:
    """Never comes back."""
    while path.exists():
        pass


def wait_for_ever(path: Path) -> None:
    """Uses no time of the processor."""
    del path
    time.sleep(600)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "数据.csv"
    path.write_text("单位,A1\n", encoding="utf-8")
    return path


def test_a_reader_answers_from_a_process_of_its_own_without_secrets(file: Path) -> None:
    name, process, secrets = read_apart(tell_environment, file)

    assert (name, secrets) == ("数据.csv", [])
    assert process != os.getpid()


def test_findings_come_back_whole(file: Path) -> None:
    with pytest.raises(BadInput) as refused:
        read_apart(find_faults, file)

    assert refused.value.say("zh") == "数据.csv · 数据 · B2: 错 → 改\n数据.csv · 数据 · B3: 错 → 改"


@pytest.mark.parametrize("reader", [take_all_memory, say_far_too_much, die])
def test_a_reader_that_breaks_breaks_nothing_else(file: Path, reader) -> None:
    with pytest.raises(BadInput) as refused:
        read_apart(reader, file)

    assert refused.value.findings[0].say("zh") == (
        "数据.csv: 读取这个文件所需的时间或内存超出上限 → "
        "请只保留需要的工作表和内容,另存为新文件再上传"
    )


@pytest.mark.slow
@pytest.mark.parametrize("reader", [work_for_ever, wait_for_ever])
def test_a_reader_that_never_ends_is_ended(file: Path, reader, monkeypatch) -> None:
    monkeypatch.setattr("kaohe_web.foundation.files.apart.LONGEST", 3.0)
    before = time.monotonic()
    with pytest.raises(BadInput):
        read_apart(reader, file)

    assert time.monotonic() - before < 10


@pytest.mark.parametrize("line", ["机密★10年", "绝 密", "密级:秘密", "秘密 ★ 1年"])
def test_a_marked_file_is_not_read(file: Path, line: str) -> None:
    file.write_text(f"单位,A1\n{line}\n", encoding="gb18030")
    with pytest.raises(Classified):
        read_apart(tell_environment, file)


@pytest.mark.parametrize(
    "line", ["商业秘密保护工作总结", "保守国家秘密,人人有责", "涉及机密岗位 3 人"]
)
def test_speaking_of_secrets_is_no_mark(file: Path, line: str) -> None:
    file.write_text(f"单位,A1\n{line}\n", encoding="utf-8")

    assert read_apart(tell_environment, file)[0] == "数据.csv"
