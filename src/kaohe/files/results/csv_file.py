"""A table as CSV; of a result, the ranking with every score beside it."""

import csv
from fractions import Fraction
from io import StringIO
from pathlib import Path

from kaohe.files.results.tables import Column, ResultTable, TableCell, make_scores
from kaohe.language import Language
from kaohe.numbers.writing import write_number
from kaohe.results.result import Result

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def write_result_csv(result: Result, path: Path, language: Language) -> None:
    """Write the ranking with all scores."""
    write_table_csv(make_scores(result, language), path, language)


def write_table_csv(table: ResultTable, path: Path, language: Language) -> None:
    """Write one table in UTF-8, with the mark by which spreadsheets know it."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_write_cell(column.head.say(language), column) for column in table.columns)
    for row in table.rows:
        writer.writerow(
            _write_cell(cell, column) for cell, column in zip(row, table.columns, strict=True)
        )
    path.write_bytes(text.getvalue().encode("utf-8-sig"))


def _write_cell(cell: TableCell, column: Column) -> str:
    """A number in digits; a text so that no spreadsheet takes it for a formula."""
    if cell is None:
        return ""
    if isinstance(cell, Fraction):
        return write_number(cell, decimals=column.decimals)
    return f"'{cell}" if cell.startswith(_STARTS_A_FORMULA) else cell
