"""Files that somebody sends: kept under a harmless name in a folder of their own, for as long as they are read."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kaohe.language import Text
from kaohe_web.foundation.refusals import Unprocessable

MOST_BYTES = 10 * 1024 * 1024
_HARMLESS = re.compile(r"[^\w.()（）\-]+")
_LONGEST = 80


@contextmanager
def keep_upload(upload: Any) -> Iterator[Path]:
    """A path under which a sent file can be read; it is gone afterwards.

    Raises:
        Unprocessable: there is no file, it is empty, or larger than 10 MB.
    """
    if upload is None or not upload.size:
        raise Unprocessable(_NOTHING)
    if upload.size > MOST_BYTES:
        raise Unprocessable(_TOO_LARGE)
    with tempfile.TemporaryDirectory(prefix="kaohe-upload-") as folder:
        path = Path(folder) / clean_name(upload.name or "")
        with path.open("wb") as target:
            for chunk in upload.chunks():
                target.write(chunk)
        yield path


def clean_name(name: str) -> str:
    """A sender's file name as one harmless name: no folders, no controls, no direction marks, not long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    cleaned = _HARMLESS.sub("_", last).lstrip(".") or "file"
    stem, dot, ending = cleaned.rpartition(".")
    return f"{stem[:_LONGEST]}{dot}{ending[:10]}" if dot else cleaned[:_LONGEST]


_NOTHING = Text("请选择一个文件;收到的文件是空的", "Choose a file; what arrived is empty")
_TOO_LARGE = Text(
    "文件超过 10 MB,请拆分或精简后再上传", "The file is larger than 10 MB; divide or shorten it"
)
