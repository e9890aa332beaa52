"""The columns that say who a subject is: its code, its group, how it takes part."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kaohe.errors import find_nearest
from kaohe.files.data.figure_columns import ColumnPlace, is_text, join_column
from kaohe.files.tables.gathering import Gathering
from kaohe.language import Text
from kaohe.renderings.columns import Integers, Mask

_SHOWN = 5
_SPACES = " \u00a0\u3000\t\r\n"


def read_codes(column: pa.ChunkedArray, place: ColumnPlace, gathering: Gathering) -> pa.Array:
    """The code of every subject as text; one that is missing or stands twice is a finding."""
    codes = _read_texts(column, place, gathering)
    empty = np.flatnonzero(_is_empty(codes))
    for row in empty[:_SHOWN]:
        gathering.add(
            "unknown-unit",
            place.find(int(row)),
            Text("没有填代码", "no code is given"),
            Text("请填上，或删去这一行", "fill it in, or delete the row"),
        )
    if not len(empty):
        _refuse_repeated(codes, place, gathering)
    return codes


def _refuse_repeated(codes: pa.Array, place: ColumnPlace, gathering: Gathering) -> None:
    if pc.count_distinct(codes).as_py() == len(codes):
        return
    numbers = codes.dictionary_encode().indices.to_numpy()
    order = np.argsort(numbers, kind="stable")
    again = np.flatnonzero(np.diff(numbers[order]) == 0) + 1
    for row in np.sort(order[again])[:_SHOWN]:
        first = int(order[np.searchsorted(numbers[order], numbers[row])])
        line = place.find(first).line
        gathering.add(
            "unit-twice",
            place.find(int(row)),
            Text(
                f"{codes[int(row)]} 已有一行：第{line}行",
                f"{codes[int(row)]} has a row already: row {line}",
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
    words = _read_texts(column, place, gathering).dictionary_encode()
    texts = [(text or "").strip(_SPACES) for text in words.dictionary.to_pylist()]
    numbers = [known.get(text, -1) if text or default is None else default for text in texts]
    numbers.append(-1 if default is None else default)
    found: Integers = np.array(numbers)[pc.fill_null(words.indices, len(texts)).to_numpy()]
    for row in _list_first(words.indices, found):
        _refuse_word(words[row].as_py() or "", known, kind, place, row, gathering)
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


def _is_empty(texts: pa.Array) -> Mask:
    trimmed = pc.utf8_trim(texts, characters=_SPACES)
    return np.asarray(pc.fill_null(pc.equal(trimmed, ""), fill_value=True))
