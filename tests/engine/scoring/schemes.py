"""Schemes and data in few words: leaves whose score is the figure itself, unless told otherwise."""

from fractions import Fraction
from typing import Any

from kaohe.numbers.absence import Absence
from kaohe.rules.records import Matter
from kaohe.scheme.draft import Scheme
from kaohe.scheme.model import SchemeModel
from kaohe.scoring.observations import Observations
from kaohe.scoring.scheme_scores import score_scheme


def leaf(code, points="100", **fields):
    """A leaf that scores the figure as it is: points · value / points."""
    full = points if isinstance(points, str) else "100"
    rule = {"method": "reference", "by": "score", "full": full}
    return {"code": code, "name": f"指标{code}", "points": points, "rule": rule, **fields}


def branch(code, *children, **fields):
    return {"code": code, "name": f"类别{code}", "children": list(children), **fields}


def unit(code, group="G", **fields):
    return {"code": code, "name": f"单位{code}", "group": group, **fields}


def make_scheme(*indicators, units=("U1", "U2", "U3"), **fields: Any):
    """A scheme for 2019 with the groups its units are in."""
    written = [unit(each) if isinstance(each, str) else each for each in units]
    groups = sorted({each["group"] for each in written})
    tree: dict[str, Any] = {
        "kaohe": 1,
        "code": "s",
        "name": "方案",
        "period": "2019",
        "groups": [{"code": group, "name": f"第{group}类"} for group in groups],
        "units": written,
        "indicators": list(indicators),
    }
    return Scheme(SchemeModel.model_validate(tree | fields))


def figures(table, *, records=()):
    """Observations of a table by heading: "A" or "A.target", then unit; numbers as text."""
    cells = {
        (*_split(heading), code): cell if isinstance(cell, Absence) else Fraction(cell)
        for heading, column in table.items()
        for code, cell in column.items()
    }
    return Observations(cells, tuple(records))


def _split(heading):
    code, _, facet = heading.partition(".")
    return code, facet or "value"


def matter(code, unit, indicator, **fields):
    return Matter(code, unit, indicator, **fields)


def score(scheme, table, *, records=()):
    return score_scheme(scheme, figures(table, records=records))


def score_one(scheme, **values):
    """The scores of the unit U1 alone, a figure for each leaf."""
    return score(scheme, {code: {"U1": value} for code, value in values.items()})


def column(scores, code):
    """The scores of one node, by unit, as text."""
    return {unit: write(scores.score_of(code, row)) for row, unit in enumerate(scores.units)}


def totals(scores):
    return {
        unit: write(total.total) for unit, total in zip(scores.units, scores.totals, strict=True)
    }


def cell(scores, code, unit):
    return scores.leaves[code].cells[scores.units.index(unit)]


def write(value):
    return None if value is None else str(value)
