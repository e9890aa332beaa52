"""The tables of collection: a sheet as a grid, the board, last year's figure beside this year's."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.urls import reverse

from kaohe.language import Text
from kaohe_web.collection import queries
from kaohe_web.collection.choices import ENTERED, Absence, FigureState
from kaohe_web.collection.engine import find_odd
from kaohe_web.collection.models import Observation, Sheet
from kaohe_web.organisation.queries import name_units
from kaohe_web.web.shell.grid import Cell, Column, Row, describe_grid
from kaohe_web.web.shell.speech import speak

_NOT_REPORTED = Text("未报", "not reported")
_WORDS = {
    Absence.NOT_APPLICABLE: Text("不适用", "n/a"),
    Absence.NOT_DUE: Text("未到期", "not due"),
    Absence.REFUSED: Text("拒报", "refused"),
}


def write_figure(observation: Observation) -> str:
    """A figure as it is typed: the number, or the word for why there is none; empty where it is not reported."""
    if observation.absence:
        return _WORDS[Absence(observation.absence)].zh
    return observation.value


def say_figure(observation: Observation) -> str:
    """A figure as it is read: three different things where there is no number."""
    if observation.absence:
        return speak(_WORDS[Absence(observation.absence)])
    return observation.value or speak(_NOT_REPORTED)


def make_grid(sheet: Sheet, figures: Iterable[Observation]) -> dict[str, Any]:
    """A sheet: a row for each unit, a column for each figure."""
    rows: dict[int, Row] = {}
    columns: dict[str, Column] = {}
    found = list(figures)
    odd = find_odd(found)
    names = name_units({each.unit_id for each in found})
    for each in found:
        field = f"f{each.position}"
        columns.setdefault(field, _make_column(field, each))
        name = names.get(each.unit_id, each.unit.code)
        row = rows.setdefault(each.unit_id, Row(str(each.unit_id), {"unit": name}, {}))
        row.cells[field] = _make_cell(each, odd.get(each.pk))
    unit = Column("unit", speak(Text("单位", "Unit")), width=150, frozen=True)
    return describe_grid(
        save=reverse("save_cells", args=(sheet.pk,)),
        label=speak(Text("填报表", "reporting sheet")),
        columns=[unit, *columns.values()],
        rows=list(rows.values()),
        unreported=True,
    )


def _make_column(field: str, figure: Observation) -> Column:
    facet = "" if figure.facet == "value" else f"·{figure.facet_name}"
    measure = f"({figure.measure})" if figure.measure else ""
    return Column(field, f"{figure.indicator_name}{facet}{measure}", width=150, number=True)


def _make_cell(figure: Observation, odd: Text | None) -> Cell:
    return Cell(
        key=str(figure.pk),
        text=write_figure(figure),
        rev=figure.revision,
        previous=figure.previous,
        fixed=figure.state not in ENTERED,
        odd=speak(odd) if odd else "",
        note=figure.note,
    )


def list_for_review(figures: Iterable[Observation]) -> list[dict[str, Any]]:
    """Figures for who passes them on: odd ones first, each beside last year's."""
    found = list(figures)
    odd = find_odd(found)
    rows = [{"figure": each, "text": say_figure(each), "odd": odd.get(each.pk)} for each in found]
    return sorted(rows, key=lambda row: not row["odd"])


def group_by_sheet(figures: Iterable[Observation]) -> list[dict[str, Any]]:
    """Figures to be checked, which stand sheet by sheet: all of them, those that wait, and their digest."""
    grouped = [list(group) for _, group in groupby(figures, key=lambda each: each.sheet_id)]
    return [_describe_checks(group) for group in grouped]


def _describe_checks(figures: list[Observation]) -> dict[str, Any]:
    waiting = [each for each in figures if each.state == FigureState.SIGNED_OFF]
    return {
        "sheet": figures[0].sheet,
        "rows": list_for_review(figures),
        "waiting": waiting,
        "digest": queries.digest_figures(waiting),
    }
