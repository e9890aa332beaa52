"""The result of a population as Parquet, CSV or a workbook: a row per subject, written piece by piece, whole or not at all."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from shutil import copyfile
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pv
import pyarrow.parquet as pq

from kaohe.files.data.figure_columns import is_text
from kaohe.files.outputs import require_writable, write_together
from kaohe.files.results.population_workbook import open_workbook, require_room
from kaohe.files.results.words import UNDECIDED as UNDECIDED_WORD
from kaohe.language import Language
from kaohe.numbers.ranking import Ties
from kaohe.population.grades import NO_GRADE, UNDECIDED
from kaohe.population.scoring import PopulationResult
from kaohe.population.subjects import PARTICIPATIONS
from kaohe.renderings.arrays.columns import Floats, Integers
from kaohe.renderings.arrays.settling import MISSING_SCORE

PIECE = 1 << 18
"""Rows written at a time."""

_DIGITS = 18
_FORMULAS = "^[=+\\-@\t\r＝＋－＠]"


def require_population_outputs(paths: Sequence[Path]) -> None:
    """Refuse, as BadInput, files that a population could not be written to once it has been scored."""
    require_writable(paths, _OPENERS)


def write_population(
    results: Iterable[PopulationResult],
    paths: Sequence[Path],
    language: Language,
    *,
    scores: bool = False,
) -> None:
    """Write results one after the other as .parquet, .csv or .xlsx by each file's ending: all files, or none.

    With `scores` a column for each indicator follows. Results are asked for once, whatever is written.
    Raises BadInput for other endings, and for a place that cannot be written to.
    """
    require_population_outputs(paths)
    if not paths:
        for _ in results:
            pass  # whoever makes them has a use for each
        return
    cut = partial(iterate_pieces, language=language, scores=scores)
    pieces = chain.from_iterable(map(cut, results))  # which keeps no result that was written
    endings = {path.suffix.lower() for path in paths}
    kept = list(_hold_pieces(pieces)) if len(endings) > 1 and ".parquet" not in endings else []
    drafts: dict[str, Path] = {}

    def write(draft: Path) -> None:
        ending = draft.suffix.lower()
        if ending in drafts:
            copyfile(drafts[ending], draft)
        elif drafts and not kept:
            _write_pieces(_read_pieces(drafts[".parquet"]), draft)
        else:
            _write_pieces(iter(kept) if kept else pieces, draft)
        drafts.setdefault(ending, draft)

    # Parquet holds every type exactly, so that others can be made from it.
    ordered = sorted(paths, key=lambda path: path.suffix.lower() != ".parquet")
    write_together(dict.fromkeys(ordered, write))


def _hold_pieces(pieces: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The pieces, as many as a sheet has room for."""
    rows = 1
    for piece in pieces:
        rows += len(piece)
        require_room(rows)
        yield piece


def _read_pieces(draft: Path) -> Iterator[pa.Table]:
    """What was written before."""
    with pq.ParquetFile(draft) as file:
        yield file.schema_arrow.empty_table()
        for number in range(file.num_row_groups):
            yield file.read_row_group(number)


def iterate_pieces(
    result: PopulationResult, language: Language, *, scores: bool = False
) -> Iterator[pa.Table]:
    """The result piece by piece; an empty one where there is nobody."""
    for start in range(0, max(len(result.population), 1), PIECE):
        yield tabulate_result(result, language, slice(start, start + PIECE), scores=scores)


def tabulate_result(
    result: PopulationResult,
    language: Language,
    rows: slice = slice(None),
    *,
    scores: bool = False,
) -> pa.Table:
    """Some rows as a table: unit, group, participation, total, rank, grade, and maybe every score by its code.

    Totals have the decimals that the scheme shows, scores those of their indicator. Null is none.
    """
    model, people = result.program.model, result.population
    groups = [group.code for group in model.groups]
    columns = {
        "unit": people.codes[rows],
        "group": _choose(people.group[rows], groups),
        "participation": _choose(people.participation[rows], PARTICIPATIONS),
        "total": _write_scaled(result.rounded_totals[rows], model.rounding.display),
        "rank": _write_ranks(result.ranks[rows], model.ties),
        "grade": _write_grades(result, language, rows),
    }
    if scores:
        for number, leaf in enumerate(result.program.leaves):
            column = result.leaf_columns.scores[number, rows]
            columns[leaf.code] = _write_scaled(column, leaf.decimals)
    return pa.table(columns)


def _choose(numbers: Any, words: Sequence[str]) -> pa.Array:
    """The word of each number; none below zero."""
    kept = pa.array(numbers, mask=np.asarray(numbers) < 0)
    return pa.array(words, pa.string()).take(kept)


def _write_scaled(wholes: Integers, decimals: int) -> pa.Array:
    """Whole numbers of 10**-decimals as decimals."""
    known = wholes != MISSING_SCORE
    words = np.empty((len(wholes), 2), dtype=np.int64)
    words[:, 0] = np.where(known, wholes, 0)
    words[:, 1] = words[:, 0] >> 63
    return pa.Array.from_buffers(
        pa.decimal128(_DIGITS, decimals),
        len(wholes),
        [None if known.all() else pa.py_buffer(np.packbits(known, bitorder="little")),
         pa.py_buffer(words)],
    )  # fmt: skip


def _write_ranks(ranks: Floats, ties: Ties) -> pa.Array:
    """Places; halves only where tied subjects share the mean of theirs."""
    places = pa.array(ranks, mask=np.isnan(ranks))
    return places if ties == "average" else places.cast(pa.int64())


def _write_grades(result: PopulationResult, language: Language, rows: slice) -> pa.Array:
    codes = result.grades[rows]
    words = [*result.labels, UNDECIDED_WORD.say(language)]
    return _choose(np.where(codes == UNDECIDED, len(words) - 1, np.maximum(codes, NO_GRADE)), words)


def _write_pieces(pieces: Iterator[pa.Table], path: Path) -> None:
    first = next(pieces)
    with _OPENERS[path.suffix.lower()](path, first.schema) as write:
        write(first)
        for piece in pieces:
            write(piece)


Write = Callable[[pa.Table], None]


@contextmanager
def _open_parquet(path: Path, schema: pa.Schema) -> Iterator[Write]:
    with pq.ParquetWriter(path, schema) as writer:
        yield writer.write_table


@contextmanager
def _open_csv(path: Path, schema: pa.Schema) -> Iterator[Write]:
    """UTF-8 with the mark by which spreadsheets know it; no text is taken for a formula."""
    options = pv.WriteOptions(quoting_style="needed")
    with path.open("wb") as file:
        file.write(b"\xef\xbb\xbf")
        with pv.CSVWriter(file, schema, write_options=options) as writer:
            yield lambda piece: writer.write_table(_guard_texts(piece))


def _guard_texts(piece: pa.Table) -> pa.Table:
    for number, field in enumerate(piece.schema):
        if is_text(field.type):
            guarded = pc.replace_substring_regex(piece[number], f"({_FORMULAS})", r"'\1")
            piece = piece.set_column(number, field, guarded)
    return piece


_OPENERS: dict[str, Callable[[Path, pa.Schema], AbstractContextManager[Write]]] = {
    ".parquet": _open_parquet,
    ".csv": _open_csv,
    ".xlsx": open_workbook,
}
