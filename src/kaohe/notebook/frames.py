"""Tables from notebooks: anything that gives its columns as Arrow does (pandas, polars, Arrow itself)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import pyarrow as pa

from kaohe.analysis.matrices import Flags, Floats, Names
from kaohe.errors import BadInput, Finding, Place, blocking, find_nearest
from kaohe.files.data.wide_tables import is_number, read_floats, read_texts, require_names
from kaohe.language import Text


class ArrowStream(Protocol):
    """A table by the Arrow PyCapsule interface, as pandas, polars and Arrow tables have it."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The columns as a stream of record batches."""


def read_stream(data: ArrowStream) -> pa.Table:
    """The table as Arrow, without a copy where it is one.

    Raises BadInput for anything else, and for columns of one name.
    """
    if isinstance(data, pa.Table):
        return require_names(data, Place())
    kind = type(data).__name__
    if not hasattr(data, "__arrow_c_stream__"):
        raise BadInput([_say_no_table(Text(f"{kind} 不是表", f"{kind} is no table"))])
    try:
        table = pa.RecordBatchReader.from_stream(data).read_all()
    except (pa.ArrowException, ValueError, TypeError) as fault:
        wrong = Text(
            f"{kind} 不能当作表读取：{fault}", f"{kind} cannot be read as a table: {fault}"
        )
        raise BadInput([_say_no_table(wrong)]) from fault
    return require_names(table, Place())


def _say_no_table(wrong: Text) -> Finding:
    remedy = Text("请给出 pandas、polars 或 Arrow 的表", "give a table of pandas, polars or Arrow")
    return blocking("no-table", Place(), wrong, remedy)


@dataclass(frozen=True)
class Frame:
    """A table with its columns of numbers as a matrix; the others say whom a row is about."""

    others: Mapping[str, pa.ChunkedArray]
    indicators: tuple[str, ...]
    matrix: Floats
    subjects: tuple[str, ...]

    @property
    def names(self) -> Names:
        """What rows and columns are called in a refusal."""
        return Names(self.subjects, self.indicators)

    def find(self, names: str | Iterable[str]) -> list[int]:
        """Where these indicators stand. Raises BadInput for names that no column of numbers has."""
        wanted = [names] if isinstance(names, str) else list(names)
        unknown = [name for name in wanted if name not in self.indicators]
        if unknown:
            raise BadInput([_say_unknown(name, self.indicators) for name in unknown])
        return [self.indicators.index(name) for name in wanted]

    def flag(self, names: str | Iterable[str]) -> Flags:
        """A flag for each indicator: whether it is among these."""
        flags = np.zeros(len(self.indicators), np.bool_)
        flags[self.find(names)] = True
        return flags

    def spread(self, values: Any, otherwise: float) -> Any:
        """One value for all, or a mapping from indicators to values, as an array with one for each."""
        if not isinstance(values, Mapping):
            return values
        spread = np.full(len(self.indicators), otherwise)
        spread[self.find(values)] = list(values.values())
        return spread

    def write(self, **columns: Floats) -> pa.Table:
        """The other columns with columns of floats, NaN as null."""
        floats = {name: pa.array(column, from_pandas=True) for name, column in columns.items()}
        return pa.table({**self.others, **floats})


def read_frame(data: ArrowStream, subject: str | None = None) -> Frame:
    """A table as numbers and the rest; subjects are called by the column named, else by the first of the rest.

    Raises BadInput for a column that is not there, and for a table without numbers.
    """
    table = read_stream(data)
    kinds = {name: table.schema.field(name).type for name in table.column_names}
    if subject is not None and subject not in kinds:
        raise BadInput([_say_unknown(subject, list(kinds))])
    indicators = tuple(name for name in kinds if is_number(kinds[name]) and name != subject)
    others = {name: table.column(name) for name in kinds if name not in indicators}
    caller = subject or next(iter(others), None)
    matrix = [read_floats(table.column(name)) for name in indicators]
    return Frame(
        others,
        indicators,
        np.column_stack(matrix) if matrix else np.empty((len(table), 0)),
        read_texts(others[caller]) if caller is not None else (),
    )


def _say_unknown(name: str, known: Sequence[str]) -> Finding:
    near = find_nearest(name, known) or list(known)[:5]
    return blocking(
        "missing-column",
        Place(key=name),
        Text(f"没有“{name}”这一列", f'there is no column "{name}"'),
        Text(f"表里有：{'、'.join(near)}", f"the table has: {', '.join(near)}"),
    )
