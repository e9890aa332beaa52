"""Findings about figures: who has not supplied them, and which are too far from the others."""

from fractions import Fraction

import pytest

from kaohe.checking.figures import EXACT_HIT, FIGURES_MISSING, OUTLIER
from kaohe.checking.inspected import Inspected
from kaohe.checking.sample import FIGURES
from kaohe.numbers.absence import Absence
from kaohe.scheme.model import SchemeModel
from kaohe.scoring.observations import Observations
from tests.engine.checking.samples import sample


def read_figures():
    """The sample's figures without their file."""
    heading, *rows = (line.split(",") for line in FIGURES.splitlines())
    return {
        (code, "value", row[0]): Fraction(text)
        for row in rows
        for code, text in zip(heading[1:], row[1:], strict=True)
    }


def find(kind, **changed):
    draft = sample()
    figures = read_figures()
    for name, figure in changed.items():
        code, unit = name.split("_")
        figures[code, "value", unit] = figure
    model = SchemeModel.model_validate(draft.tree)
    return kind.inspect(Inspected(model, draft, Observations(figures)))


def test_gaps_are_summed_up_by_owner():
    found = find(FIGURES_MISSING, A1_T1=Absence.EMPTY, A1_T2=Absence.EMPTY, B1_D4=Absence.EMPTY)

    assert [finding.wrong.en for finding in found] == [
        "2 figures of 统计局 are missing: A1·T1, A1·T2",
        "1 figures of 信访局 are missing: B1·D4",
    ]


def test_a_gap_that_says_why_is_none():
    assert find(FIGURES_MISSING, A1_T1=Absence.REFUSED, A1_T2=Absence.NOT_DUE) == []


@pytest.mark.parametrize(
    ("figure", "hits"), [("120.5", 1), ("120.50", 1), ("120.51", 0), ("120", 0)]
)
def test_a_figure_with_decimals_on_its_target_is_noticed(figure, hits):
    assert len(find(EXACT_HIT, A1_T1=Fraction(figure))) == hits


def test_a_shifted_decimal_point_is_far_from_everybody_else():
    (finding,) = find(OUTLIER, A1_T1=Fraction("11.821"))

    assert finding.wrong.en == "A1 of T1, 11.821, is far from everybody else's"


def test_units_that_differ_in_size_are_judged_by_their_targets():
    assert find(OUTLIER, A1_D4=Fraction("10.3")) == []


def test_figures_that_are_nearly_all_the_same_single_nobody_out():
    same = {f"B1_{unit}": Fraction(92) for unit in ("T1", "T2", "T3", "D1", "D2", "D3")}

    assert find(OUTLIER, **same, B1_D4=Fraction(10)) == []


def test_sizes_that_differ_by_degrees_single_nobody_out():
    grown = {"B1_T1": Fraction(300), "B1_T2": Fraction(200)}

    assert find(OUTLIER, **grown) == []
    assert len(find(OUTLIER, B1_T1=Fraction(300))) == 1
