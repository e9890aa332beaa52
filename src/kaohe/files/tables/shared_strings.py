"""The shared strings of a workbook: how long each is, so that a text repeated a million times is foreseen."""

import re
import zipfile
from array import array
from collections.abc import Iterable, Iterator
from contextlib import closing

from kaohe.files.tables.archives import refuse_damaged, stream_member
from kaohe.files.tables.limits import Limits

_START = re.compile(rb"<(?:[\w.-]+:)?si[\s/>]")
_TAG = re.compile(rb"<[^>]*>")
_LONGEST = 4 << 20
_MOSTLY_TAGS = 120


def measure_strings(
    archive: zipfile.ZipFile, members: Iterable[str], *, file: str, limits: Limits
) -> "array[int]":
    """The length of each shared string in bytes, by its index."""
    lengths = array("L")
    for member in members:
        with closing(stream_member(archive, member, file=file, limits=limits)) as pieces:
            for block in _split_blocks(pieces, file):
                lengths.append(_measure_text(block))
                if len(lengths) > limits.cells:
                    refuse_damaged(file)
    return lengths


def _measure_text(block: bytes) -> int:
    return len(block) if len(block) < _MOSTLY_TAGS else len(_TAG.sub(b"", block))


def _split_blocks(chunks: Iterable[bytes], file: str) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        if b"\0" in chunk or b"<!" in chunk:
            refuse_damaged(file)
        content = rest + chunk
        starts = [match.start() for match in _START.finditer(content)]
        for start, end in zip(starts, starts[1:], strict=False):
            yield content[start:end]
        rest = content[starts[-1] :] if starts else content[-16:]
        if len(rest) > _LONGEST:
            refuse_damaged(file)
    if _START.match(rest):
        yield rest
