"""Tables of records: matters, items, panel marks and ballots, a row each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kaohe.errors import Place, find_nearest
from kaohe.files.data.cell_reading import (
    FAULTS,
    read_amount,
    read_count,
    read_day,
    read_number,
    read_part,
    read_text,
)
from kaohe.files.data.names import BadCell, SchemeNames
from kaohe.files.tables.gathering import Gathering
from kaohe.files.tables.headings import FREE_HEADS, INDICATOR_HEADS, NAME_HEADS, UNIT_HEADS
from kaohe.files.tables.table import RawCell, Table
from kaohe.language import Text
from kaohe.rules.records import Item, Mark, Matter, Record, Vote

_STATUSES = {
    **dict.fromkeys(("counted", "认定", "计入", "计"), "counted"),
    **dict.fromkeys(("refused", "不认定", "不予认定", "不计"), "refused"),
    **dict.fromkeys(("pending", "待认定", "待定"), "pending"),
}

Reader = Callable[[RawCell, SchemeNames], Any]


@dataclass(frozen=True)
class RecordColumn:
    """One column of a table of records: the field it fills, its headings, and how its cells are read."""

    field: str
    heads: tuple[str, ...]
    read: Reader
    is_needed: bool = False


@dataclass(frozen=True)
class RecordLayout:
    """One kind of record; a table is of the kind whose first column it has."""

    made: Callable[..., Record]
    columns: tuple[RecordColumn, ...]
    identity: tuple[str, ...] = ()
    """Fields of which no two records may have the same; a matter may be filed twice, and counts once."""


def _plain(read: Callable[[RawCell], Any]) -> Reader:
    return lambda raw, names: read(raw)


def _read_status(raw: RawCell, names: SchemeNames) -> str:
    written = read_text(raw)
    if written not in _STATUSES:
        raise BadCell(
            Text(f"不认识的状态“{written}”", f'unknown status "{written}"'),
            Text("请写：认定、不认定、待认定", "write counted, refused or pending"),
        )
    return _STATUSES[written]


_TEXT, _NUMBER, _PART = _plain(read_text), _plain(read_number), _plain(read_part)
_COUNT, _AMOUNT = _plain(read_count), _plain(read_amount)


def _column(field: str, *heads: str, read: Reader = _TEXT, is_needed: bool = False) -> RecordColumn:
    return RecordColumn(field, (field, *heads), read, is_needed)


_OF_WHOM = (
    RecordColumn(
        "unit", UNIT_HEADS, lambda raw, names: names.find_unit(read_text(raw)), is_needed=True
    ),
    RecordColumn(
        "indicator",
        INDICATOR_HEADS,
        lambda raw, names: names.find_indicator(read_text(raw)),
        is_needed=True,
    ),
)
LAYOUTS = (
    RecordLayout(
        Matter,
        (
            RecordColumn("code", ("matter", "事项编号", "事项", "编号"), _TEXT, is_needed=True),
            *_OF_WHOM,
            _column("level", "级别", read=lambda raw, names: names.find_level(read_text(raw))),
            _column("date", "日期", read=_plain(read_day)),
            _column("document", "依据文件", "文号"),
            _column("title", "事项名称", "标题"),
            _column("count", "次数", "件数", read=_COUNT),
            _column("share", "份额", read=_PART),
            _column("points", "核定分", "分值", read=_NUMBER),
            _column("tolerance", "容错系数", read=_PART),
            _column("status", "状态", read=_read_status),
            _column("reason", "理由"),
        ),
    ),
    RecordLayout(
        Item,
        (
            RecordColumn("code", ("item", "分项编号", "分项"), _TEXT, is_needed=True),
            *_OF_WHOM,
            _column("completion", "完成率", "完成程度", read=_PART, is_needed=True),
            _column("weight", "权重", read=_AMOUNT),
            _column("difficulty", "难度系数", read=_AMOUNT),
        ),
        identity=("code", "unit", "indicator"),
    ),
    RecordLayout(
        Mark,
        (
            RecordColumn("scorer", ("scorer", "评委"), _TEXT, is_needed=True),
            *_OF_WHOM,
            _column("points", "评分", "分数", read=_NUMBER, is_needed=True),
            _column("scorer_class", "评委类别"),
        ),
        identity=("scorer", "unit", "indicator", "scorer_class"),
    ),
    RecordLayout(
        Vote,
        (
            RecordColumn("option", ("option", "测评选项", "选项"), _TEXT, is_needed=True),
            *_OF_WHOM,
            _column("count", "票数", read=_COUNT, is_needed=True),
            _column("voter_class", "投票人类别"),
        ),
        identity=("option", "unit", "indicator", "voter_class"),
    ),
)


def find_layout(table: Table) -> RecordLayout | None:
    """The kind of record a table holds; None for a table of figures."""
    return next(
        (layout for layout in LAYOUTS if table.index(*layout.columns[0].heads) is not None), None
    )


class RecordTables:
    """Reads the tables of one scheme's records, one after the other."""

    def __init__(self, names: SchemeNames, gathering: Gathering) -> None:
        self._names = names
        self._gathering = gathering
        self._seen: dict[tuple[Any, ...], Place] = {}

    def read_records(self, table: Table, layout: RecordLayout) -> Iterator[tuple[Record, Place]]:
        """The records of a table, a row each, with its place; a row that cannot be read becomes findings."""
        columns = list(_match_columns(table, layout, self._gathering))
        for number, row in enumerate(table.rows):
            values = self._read_row(table, number, row, columns)
            if not all(column.field in values for column in layout.columns if column.is_needed):
                continue
            place = table.place(number)
            if self._is_first(place, layout, values):
                yield layout.made(**values), place

    def _read_row(
        self,
        table: Table,
        number: int,
        row: tuple[RawCell, ...],
        columns: list[tuple[int, RecordColumn]],
    ) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for index, column in columns:
            value = _read_cell(
                table, number, index, row[index], column, self._names, self._gathering
            )
            if value is not None and values.setdefault(column.field, value) != value:
                self._gathering.add(
                    "columns-disagree",
                    table.place(number, index),
                    Text(
                        f"与另一列不一致：{values[column.field]}",
                        f"another column says {values[column.field]}",
                    ),
                    Text("请核对，同一项只留一列", "check it, and keep one column of the two"),
                )
        return values

    def _is_first(self, place: Place, layout: RecordLayout, values: dict[str, Any]) -> bool:
        key = (layout.made, *(values.get(field, "") for field in layout.identity))
        first = self._seen.setdefault(key, place) if layout.identity else place
        if first is not place:
            self._gathering.add(
                "record-twice",
                place,
                Text(f"与 {first.say('zh')} 是同一条", f"is the same record as {first.say('en')}"),
                Text("同一条只填一次", "give each record once"),
            )
        return first is place


def _match_columns(
    table: Table, layout: RecordLayout, gathering: Gathering
) -> Iterator[tuple[int, RecordColumn]]:
    by_head = {head: column for column in layout.columns for head in column.heads}
    for index, heading in enumerate(table.header):
        if heading in by_head:
            yield index, by_head[heading]
        elif heading not in (*NAME_HEADS, *FREE_HEADS):
            _add_unknown(table, index, heading, by_head, gathering)
    for column in layout.columns:
        if column.is_needed and table.index(*column.heads) is None:
            gathering.add(
                "missing-column",
                table.place(None),
                Text(f"没有“{column.heads[1]}”列", f'there is no column "{column.heads[0]}"'),
                Text(
                    f"请加一列，表头写：{' 或 '.join(column.heads)}",
                    f"add a column headed {' or '.join(column.heads)}",
                ),
            )


def _add_unknown(
    table: Table, index: int, heading: str, known: Mapping[str, Any], gathering: Gathering
) -> None:
    shown = find_nearest(heading, known) or list(known)
    gathering.add(
        "unknown-column",
        table.place(None, index),
        Text(f"不认识的列“{heading}”", f'unknown column "{heading}"'),
        Text(
            f"可写：{'、'.join(shown)}；不用的请删去",
            f"write one of {', '.join(shown)}; delete what is not used",
        ),
    )


def _read_cell(
    table: Table,
    number: int,
    index: int,
    raw: RawCell,
    column: RecordColumn,
    names: SchemeNames,
    gathering: Gathering,
) -> Any:
    """What the cell says; None where it is empty or cannot be read."""
    if raw is None:
        if column.is_needed:
            wrong = Text(f"“{table.header[index]}”没有填", f'"{table.header[index]}" is empty')
            gathering.add(
                "empty-cell",
                table.place(number, index),
                wrong,
                Text("请填上，或删去这一行", "fill it in, or delete the row"),
            )
        return None
    try:
        return column.read(raw, names)
    except FAULTS as fault:
        gathering.add("bad-record", table.place(number, index), fault.wrong, fault.remedy)
        return None
