"""The columns that say who a subject is: its code, its group, how it takes part."""

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from kaohe.errors import find_nearest
from kaohe.files.data.figure_columns import ColumnPlace, is_text, join_column
from kaohe.files.data.names import BadCell
from kaohe.files.tables.gathering import Gathering
from kaohe.language import Text
from kaohe.renderings.arrays.columns import Integers, Mask

Numbers = npt.NDArray[np.uint64]
_SHOWN = 5
_BLOCK = 1 << 18
_FNV_BASIS = np.uint64(0xCBF29CE484222325)
_FNV_PRIME = np.uint64(0x100000001B3)
_SPACES = " \u00a0\u3000\t\r\n"


def read_codes(
    column: pa.ChunkedArray, place: ColumnPlace, gathering: Gathering, *, are_distinct: bool = False
) -> pa.Array:
    """The code of every subject without spaces around it; one that is missing or stands twice is a finding.

    That none stands twice is not looked at again where it is known.
    """
    codes = pc.utf8_trim(_read_texts(column, place, gathering), characters=_SPACES)
    is_empty = pc.fill_null(pc.equal(codes, ""), fill_value=True)
    empty = np.flatnonzero(is_empty.to_numpy(zero_copy_only=False))
    for row in empty[:_SHOWN]:
        gathering.add(
            "unknown-unit",
            place.find(int(row)),
            Text("没有填代码", "no code is given"),
            Text("请填上，或删去这一行", "fill it in, or delete the row"),
        )
    if not len(empty) and not are_distinct:
        _refuse_repeated(codes, place, gathering)
    return codes


def _refuse_repeated(codes: pa.Array, place: ColumnPlace, gathering: Gathering) -> None:
    again = find_repeated(codes)
    for row, first in again[:_SHOWN]:
        here, earlier = place.find(row), place.find(first)
        file = "" if earlier.file == here.file else f"{earlier.file} "
        gathering.add(
            "unit-twice",
            here,
            Text(
                f"{codes[row]} 已有一行：{file}第{earlier.line}行",
                f"{codes[row]} has a row already: {file}row {earlier.line}",
            ),
            Text("每个考核对象只留一行", "keep one row for each subject"),
        )
    if len(again) > _SHOWN:
        more = len(again) - _SHOWN
        gathering.add(
            "unit-twice",
            place.find(),
            Text(f"另有 {more:,} 行的代码已经有过", f"{more:,} more rows have a code given before"),
            Text("每个考核对象只留一行", "keep one row for each subject"),
        )


def find_repeated(texts: pa.Array) -> list[tuple[int, int]]:
    """The rows whose text stands in an earlier row, each with the first of these; no text may be null.

    Rows that may be alike are found by numbers made of the texts, which takes little memory; only their
    texts are compared.
    """
    numbers = _number_texts(texts)
    ordered = np.sort(numbers)
    alike = ordered[1:][ordered[1:] == ordered[:-1]]
    if not len(alike):
        return []
    first: dict[str, int] = {}
    found = []
    for row in np.flatnonzero(np.isin(numbers, alike)).tolist():
        earlier = first.setdefault(texts[row].as_py(), row)
        if earlier != row:
            found.append((row, earlier))
    return found


def _number_texts(texts: pa.Array) -> Numbers:
    """A number for each text, which two texts hardly ever share: FNV-1a of its bytes, in 64 bits."""
    kind = np.int64 if pa.types.is_large_string(texts.type) else np.int32
    _, offsets, data = texts.buffers()
    ends = np.frombuffer(offsets, kind)[texts.offset : texts.offset + len(texts) + 1]
    characters = np.frombuffer(data or b"", np.uint8)
    numbers = np.empty(len(texts), dtype=np.uint64)
    for start in range(0, len(texts), _BLOCK):
        edges = ends[start : start + _BLOCK + 1].astype(np.int64)
        numbers[start : start + _BLOCK] = _mix_bytes(characters[edges[0] : edges[-1]], edges)
    return numbers


def _mix_bytes(characters: npt.NDArray[np.uint8], edges: Integers) -> Numbers:
    """The numbers of texts that begin and end at the edges, a place of all texts at a time."""
    lengths = np.diff(edges)
    numbers = np.full(len(lengths), _FNV_BASIS)
    order = np.argsort(-lengths, kind="stable")  # those that go on come first
    starts, going_on = (edges[:-1] - edges[0])[order], np.sort(lengths)
    for place in range(int(lengths.max())):
        count = len(lengths) - int(np.searchsorted(going_on, place, side="right"))
        numbers[:count] ^= characters[starts[:count] + place]
        numbers[:count] *= _FNV_PRIME
    mixed = np.empty_like(numbers)
    mixed[order] = numbers
    return mixed


def read_words(
    column: pa.ChunkedArray,
    known: Mapping[str, int],
    kind: Text,
    place: ColumnPlace,
    gathering: Gathering,
    *,
    default: int | None = None,
) -> Integers:
    """The number of the word in each row; an unknown one is a finding, and so is none without a default."""
    words = _encode_words(column, place, gathering)
    texts = [(text or "").strip(_SPACES) for text in words.dictionary.to_pylist()]
    numbers = [known.get(text, -1) if text or default is None else default for text in texts]
    numbers.append(-1 if default is None else default)
    found: Integers = np.array(numbers)[pc.fill_null(words.indices, len(texts)).to_numpy()]
    for row in _list_first(words.indices, found):
        _refuse_word(words[row].as_py() or "", known, kind, place, row, gathering)
    return found


def read_levels(
    column: pa.ChunkedArray,
    find: Callable[[str], str],
    place: ColumnPlace,
    gathering: Gathering,
) -> dict[str, Mask]:
    """Of each level that `find` knows the rows in which it stands; an unknown one is a finding."""
    words = _encode_words(column, place, gathering)
    numbers: Integers = pc.fill_null(words.indices, -1).to_numpy()
    found: dict[str, Mask] = {}
    for number, word in enumerate(words.dictionary.to_pylist()):
        rows = numbers == number
        try:
            level = find((word or "").strip(_SPACES)) if word else ""
        except BadCell as fault:
            gathering.add(
                "unknown-word", place.find(int(np.argmax(rows))), fault.wrong, fault.remedy
            )
            continue
        found[level] = rows | found.get(level, False)
    found.pop("", None)
    return found


def _list_first(indices: pa.Array, found: Integers) -> list[int]:
    """The first row of each word that is not known."""
    wrong = np.flatnonzero(found < 0)
    _, first = np.unique(pc.fill_null(indices, -1).to_numpy()[wrong], return_index=True)
    return sorted(int(row) for row in wrong[first])[:_SHOWN]


def _refuse_word(
    word: str,
    known: Mapping[str, int],
    kind: Text,
    place: ColumnPlace,
    row: int,
    gathering: Gathering,
) -> None:
    near = find_nearest(word, known) or list(known)[:_SHOWN]
    gathering.add(
        "unknown-word",
        place.find(row),
        Text(f"不认识的{kind.zh}“{word}”", f'unknown {kind.en} "{word}"')
        if word
        else Text(f"没有填{kind.zh}", f"no {kind.en} is given"),
        Text(f"可写：{'、'.join(near)}", f"write one of: {', '.join(near)}"),
    )


def _encode_words(
    column: pa.ChunkedArray, place: ColumnPlace, gathering: Gathering
) -> pa.DictionaryArray:
    """A column of words as its dictionary, which it may have been read with."""
    if pa.types.is_dictionary(column.type) and is_text(column.type.value_type):
        return column.unify_dictionaries().combine_chunks()
    return _read_texts(column, place, gathering).dictionary_encode()


def _read_texts(column: pa.ChunkedArray, place: ColumnPlace, gathering: Gathering) -> pa.Array:
    """A column of texts; whole numbers are codes as they are written."""
    array = join_column(column)
    if not (is_text(array.type) or pa.types.is_integer(array.type) or pa.types.is_null(array.type)):
        gathering.refuse(
            "bad-type",
            place.find(),
            Text(
                f"这一列的类型是 {array.type}，不是文本",
                f"this column is of type {array.type}, not text",
            ),
            Text("请转成文本或整数", "convert it to text or integers"),
        )
    return array if is_text(array.type) else array.cast(pa.string())
