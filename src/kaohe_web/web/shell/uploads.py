"""The one door for files that somebody sends: asked about, kept under a harmless name for as long as they are read."""

import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

from kaohe.language import Text
from kaohe_web.audit.actions import refusals_recorded
from kaohe_web.foundation.actor import Actor
from kaohe_web.foundation.files.apart import read_apart
from kaohe_web.foundation.files.markings import NOT_CLASSIFIED, refuse_classified
from kaohe_web.foundation.labels import label
from kaohe_web.foundation.refusals import Unprocessable

MOST_BYTES = 10 * 1024 * 1024
MOST_SENT = 64 * 1024 * 1024
"""Bytes of a request after which nobody listens any longer; what is below is answered with a sentence."""

_HARMLESS = re.compile(r"[^\w.()（）\-]+")
_LONGEST = 200
_LONGEST_ENDING = 10


class UploadForm(forms.Form):
    """A file, and the answer whether it holds anything classified."""

    file = forms.FileField(label=label("文件", "File"), allow_empty_file=True)
    classified = forms.ChoiceField(
        choices=(
            (NOT_CLASSIFIED, label("不含涉密内容", "nothing classified")),
            ("yes", label("含有涉密内容", "something classified")),
        ),
        widget=forms.RadioSelect,
        label=label("文件是否含有涉密内容", "Does it hold anything classified?"),
        help_text=label(
            "本系统不处理涉密材料;含有涉密内容的请按保密规定报送。",
            "Classified material does not belong here; send it as the rules of secrecy say.",
        ),
    )


class BodyLimit(FileUploadHandler):
    """Stops listening to a request larger than any file that could be taken."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 - Django's own name
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        """Raise before anything is read."""
        if content_length > MOST_SENT:
            raise RequestDataTooBig(f"{content_length} bytes were sent")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Leave it to the next handler."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave it to the next handler."""


@refusals_recorded("web.upload")
def read_upload(
    form: forms.Form, reader: Callable[..., Any], *, by: Actor, given: Any = None
) -> Any:
    """What a reader makes of the file in a valid UploadForm, read in a process apart; nothing of it is kept.

    Raises:
        BadInput: every place where the file cannot be read.
        Unprocessable: it is empty, too large, or classified.
    """
    del by
    with keep_upload(form.cleaned_data["file"]) as path:
        refuse_classified(answer=form.cleaned_data["classified"], name=path.name)
        return read_apart(reader, path, given)


@contextmanager
def keep_upload(upload: Any) -> Iterator[Path]:
    """A path under which a sent file can be read; it is gone afterwards.

    Raises:
        Unprocessable: there is no file, it is empty, or larger than 10 MB.
    """
    name = clean_name(getattr(upload, "name", "") or "")
    if upload is None or not upload.size:
        raise Unprocessable(Text(f"{name}:{_NOTHING.zh}", f"{name}: {_NOTHING.en}"))
    if upload.size > MOST_BYTES:
        raise Unprocessable(Text(f"{name}:{_TOO_LARGE.zh}", f"{name}: {_TOO_LARGE.en}"))
    with tempfile.TemporaryDirectory(prefix="kaohe-upload-") as folder:
        path = Path(folder) / name
        with path.open("wb") as target:
            for chunk in upload.chunks():
                target.write(chunk)
        yield path


def clean_name(name: str) -> str:
    """A sender's file name as one harmless name: no folders, no controls, no direction marks, not long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    cleaned = _HARMLESS.sub("_", last).lstrip(".") or "file"
    stem, dot, ending = cleaned.rpartition(".")
    if not dot or not stem:
        return _cut(cleaned, _LONGEST)
    return f"{_cut(stem, _LONGEST)}.{_cut(ending, _LONGEST_ENDING)}"


def _cut(text: str, most: int) -> str:
    """The first so many bytes of a text, in whole characters."""
    return text.encode("utf-8", errors="ignore")[:most].decode("utf-8", errors="ignore")


_NOTHING = Text("请选择一个文件;收到的文件是空的", "choose a file; what arrived is empty")
_TOO_LARGE = Text(
    "文件超过 10 MB,请拆分或精简后再上传", "the file is larger than 10 MB; divide or shorten it"
)
