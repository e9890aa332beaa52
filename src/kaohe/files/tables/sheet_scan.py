"""A quick look through the XML of one sheet before it is parsed: how far it reaches, and what must not be in it.

A parser builds the whole rectangle up to the last cell, so that one cell far out would take all the
memory there is. Therefore the tags are first counted as plain bytes, piece by piece; a sheet that is
not written as the usual programs write it is refused rather than understood in two ways.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import NoReturn

from kaohe.errors import Place
from kaohe.files.tables.addresses import name_cell, name_column, number_column, split_range
from kaohe.files.tables.archives import SAVE_AGAIN
from kaohe.files.tables.gathering import Gathering
from kaohe.files.tables.limits import Limits
from kaohe.files.tables.percentages import PercentCells
from kaohe.files.tables.sheet_tags import SheetTags, read_attributes, read_count, recognise_tags
from kaohe.language import Text

_LONGEST_TAG = 8 << 20
_TRUE = (b"1", b"true")
_MOST_HIDDEN = 100_000  # kept; of more, no list would be read


class SheetScan:
    """What is seen of one sheet; `scan` refuses what is too large, `report` the rest."""

    def __init__(
        self,
        place: Place,
        *,
        limits: Limits,
        percent_styles: frozenset[int],
        lengths: "array[int]",
        gathering: Gathering,
    ) -> None:
        self.place = place
        self.last_row = self.last_column = 0
        self.percents: PercentCells | None = None
        self._limits = limits
        self._percent_styles = percent_styles
        self._lengths = lengths
        self._gathering = gathering
        self._cells = self._rows = self._text = 0
        self._is_inline = False
        self._hidden_rows: list[int] = []
        self._hidden_columns: list[tuple[int, int]] = []
        self._merged: list[str] = []

    def scan(self, chunks: Iterable[bytes]) -> None:
        """Look through the sheet; raises BadInput as soon as it is too large or strangely written."""
        pieces = iter(chunks)
        opening = next(pieces, b"")
        tags = recognise_tags(opening)
        if tags is None:
            self._refuse_strange()
        for piece in self._cut_pieces(opening, pieces, tags):
            self._look_at_cells(piece, tags)
            self._look_at_rows(piece, tags)
            self._check_size()

    def report(self) -> None:
        """Add what is hidden or merged within the used area."""
        for row in self._hidden_rows:
            if row <= self.last_row:
                self._add_hidden(str(row), Text(f"第{row}行是隐藏的", f"row {row} is hidden"))
        for first, last in self._hidden_columns:
            if first <= self.last_column:
                letters = (
                    name_column(first)
                    if first == last
                    else f"{name_column(first)}:{name_column(last)}"
                )
                self._add_hidden(
                    letters, Text(f"{letters} 列是隐藏的", f"column {letters} is hidden")
                )
        for reference in self._merged:
            self._report_merged(reference)

    # Cutting

    def _cut_pieces(
        self, opening: bytes, pieces: Iterator[bytes], tags: SheetTags
    ) -> Iterator[bytes]:
        """The same content, cut so that no cell's tag, formula and value stand in two pieces."""
        rest = opening
        if opening.find(b"<?", 5) >= 0:
            self._refuse_strange()
        for piece in pieces:
            content = rest + piece
            cut = content.rfind(tags.start_of_cell)
            cut = cut if cut > 0 else content.rfind(b"<")
            if cut > 0:
                yield content[:cut]
            rest = content[max(cut, 0) :]
            if len(rest) > _LONGEST_TAG or _holds(piece, b"?", b"<?"):
                self._refuse_strange()
        yield rest

    # Looking

    def _look_at_cells(self, piece: bytes, tags: SheetTags) -> None:
        if _holds(piece, b"!", b"<!") or b"\0" in piece or _has_disguised(piece, tags):
            self._refuse_strange()
        filled = tags.filled.findall(piece)
        if piece.count(tags.start_of_cell) != len(filled):
            self._check_others(piece, tags, len(filled))
        self._cells += len(filled)
        strings = self._take_filled(filled) if filled else 0
        self._text += self._count_text(piece, tags, strings)
        if tags.start_of_formula in piece:
            self._look_at_formulas(piece, tags)

    def _check_others(self, piece: bytes, tags: SheetTags, filled: int) -> None:
        """Make sure that every cell was seen: each is either filled or blank, or an unusual one."""
        seen = len(tags.cell.findall(piece))
        if seen != filled and seen != filled + len(tags.blank.findall(piece)):
            self._refuse_strange()

    def _take_filled(self, filled: list[tuple[bytes, bytes, bytes]]) -> int:
        """Take in how far these cells reach; returns how many of them hold a shared string."""
        columns, rows, kinds = zip(*filled, strict=True)
        places = {letters: number_column(letters.decode()) for letters in set(columns)}
        numbers = {row: int(row) for row in set(rows)}
        self.last_column = max(self.last_column, *places.values())
        self.last_row = max(self.last_row, *numbers.values())
        marks = {kind: self._mark_kind(kind) for kind in set(kinds)}
        for mark, take in (("error", self._add_errors), ("percent", self._add_percents)):
            marked = {kind for kind, its_mark in marks.items() if its_mark == mark}
            if marked:
                take([
                    (numbers[row], places[letters]) for letters, row, kind in filled if kind in marked
                ])  # fmt: skip
        return sum(kinds.count(kind) for kind, mark in marks.items() if mark == "string")

    def _mark_kind(self, kind: bytes) -> str:
        attributes = read_attributes(kind)
        if attributes is None or b"r" in attributes:
            self._refuse_strange()
        named = {b"e": "error", b"s": "string"}.get(attributes.get(b"t", b""))
        if named is not None:
            return named
        style = attributes.get(b"s")
        return "percent" if style and read_count(style) in self._percent_styles else ""

    def _add_percents(self, cells: Sequence[tuple[int, int]]) -> None:
        self.percents = self.percents or PercentCells()
        self.percents.add(cells)

    def _add_errors(self, cells: Sequence[tuple[int, int]]) -> None:
        for row, column in cells:
            self._add_cell(
                name_cell(row, column),
                Text("是错误值（如 #DIV/0!）", "holds an error value such as #DIV/0!"),
                Text("请改正公式，或留空", "mend the formula, or leave it empty"),
            )

    def _count_text(self, piece: bytes, tags: SheetTags, strings: int) -> int:
        self._is_inline = self._is_inline or tags.start_of_inline in piece
        text = tags.inline_text if self._is_inline else tags.text
        indices = tags.string.findall(piece) if strings else ()
        if len(indices) != strings:
            self._refuse_strange()
        try:
            shared = sum(self._lengths[int(index)] for index in indices)
        except IndexError:
            self._refuse_strange()
        return shared + sum(map(len, text.findall(piece)))

    def _look_at_formulas(self, piece: bytes, tags: SheetTags) -> None:
        for letters, row, kind in tags.uncounted.findall(piece):
            # An empty text is a value too: ="" leaves one.
            if (read_attributes(kind) or {}).get(b"t") != b"str":
                self._add_cell(
                    f"{letters.decode()}{row.decode()}",
                    Text("是公式，但没有存下算好的值", "is a formula whose value was not stored"),
                    Text(
                        "请用 Excel 或 WPS 打开、计算后保存",
                        "open it in Excel or WPS, let it calculate, and save",
                    ),
                )

    def _look_at_rows(self, piece: bytes, tags: SheetTags) -> None:
        rows = tags.row.findall(piece)
        if piece.count(tags.start_of_row) != len(rows) != len(tags.any_row.findall(piece)):
            self._refuse_strange()
        self._rows += len(rows)
        known = len(self._hidden_rows) + len(self._hidden_columns) + len(self._merged)
        if known > _MOST_HIDDEN:
            return
        if b"hidden=" in piece:
            self._look_for_hidden(rows, tags.column.findall(piece))
        if tags.start_of_merged in piece:
            self._merged += [
                (read_attributes(merged) or {}).get(b"ref", b"").decode("ascii", "replace")
                for merged in tags.merged.findall(piece)
            ]

    def _look_for_hidden(self, rows: list[bytes], columns: list[bytes]) -> None:
        self._hidden_rows += [read_count(hidden.get(b"r")) for hidden in _hidden(rows)]
        self._hidden_columns += [
            (read_count(hidden.get(b"min")), read_count(hidden.get(b"max")))
            for hidden in _hidden(columns)
        ]

    # Saying

    def _check_size(self) -> None:
        limits = self._limits
        last = name_cell(self.last_row, self.last_column)
        for count, most, zh, en in (
            (max(self.last_row, self._rows), limits.rows, "行", "rows"),
            (self.last_column, limits.columns, "列", "columns"),
            (max(self.last_row * self.last_column, self._cells), limits.cells, "个单元格", "cells"),
            (self._text, limits.text, "个字", "characters"),
        ):
            if count > most:
                self._gathering.refuse(
                    "too-large",
                    self.place,
                    Text(
                        f"用到 {last}，有 {count:,} {zh}，上限 {most:,}",
                        f"used up to {last}: {count:,} {en} of at most {most:,}",
                    ),
                    Text(
                        "请删去表格以外的单元格，或分成几个文件",
                        "delete the cells outside the table, or split it",
                    ),
                )

    def _report_merged(self, reference: str) -> None:
        try:
            top, left, _, _ = split_range(reference)
        except ValueError:
            self._refuse_strange()
        if top <= self.last_row and left <= self.last_column:
            self._add_cell(
                reference,
                Text("是合并单元格", "is merged"),
                Text("请取消合并，每格各填一个值", "unmerge it and fill every cell"),
                "merged-cells",
            )

    def _add_hidden(self, cell: str, wrong: Text) -> None:
        place = Place(file=self.place.file, sheet=self.place.sheet, cell=cell)
        self._gathering.add(
            "hidden-cells",
            place,
            wrong,
            Text(
                "请取消隐藏（或筛选）并核对，或删去它",
                "show it (or clear the filter) and check it, or delete it",
            ),
        )

    def _add_cell(self, cell: str, wrong: Text, remedy: Text, kind: str = "bad-cell") -> None:
        place = Place(file=self.place.file, sheet=self.place.sheet, cell=cell)
        self._gathering.add(kind, place, wrong, remedy)

    def _refuse_strange(self) -> NoReturn:
        self._gathering.refuse(
            "strange-sheet",
            self.place,
            Text(
                "这张工作表的写法不同于常用的表格程序",
                "this sheet is not written as the usual programs write it",
            ),
            SAVE_AGAIN,
        )


def _has_disguised(piece: bytes, tags: SheetTags) -> bool:
    is_possible = b":" in piece and (b":c" in piece or b":row" in piece)
    return is_possible and tags.disguised.search(piece) is not None


def _holds(piece: bytes, rare: bytes, sign: bytes) -> bool:
    """Whether a sign occurs; its rare byte is looked for first, since that takes a tenth of the time."""
    return rare in piece and sign in piece


def _hidden(tags: list[bytes]) -> Iterator[dict[bytes, bytes]]:
    for tag in tags:
        attributes = read_attributes(tag) or {}
        if attributes.get(b"hidden") in _TRUE:
            yield attributes
