"""Every way to normalise with every way to aggregate, on invented figures that have everything difficult."""

import numpy as np
import pytest
from tests.engine.analysis.indexes import NAN, read

from kaohe.analysis.aggregating import AGGREGATIONS
from kaohe.analysis.analysing import analyse
from kaohe.analysis.normalising import NORMALISATIONS
from kaohe.analysis.wide_tables import WideTable
from kaohe.errors import BadInput

INDEX = """\
index: trial
normalisation: {normalisation}
aggregation: {aggregation}
indicators:
  - code: wealth
    children:
      - {{code: tied, target: 9, goalposts: {{low: 0, high: 10}}}}
      - {{code: constant, target: 9, goalposts: {{low: 0, high: 10}}}}
  - {{code: gap, weight: 2, direction: lower, target: 0.5, goalposts: {{low: 0.5, high: 10}}}}
  - {{code: sign, target: 9, goalposts: {{low: -5, high: 10}}}}
"""
FIGURES = {
    "tied": [0.1 + 0.2, 0.3, 0.2, NAN, 7],
    "constant": [5, 5, 5, NAN, 5],
    "gap": [1, NAN, 3, NAN, 9],
    "sign": [4, 2, 1, NAN, 8],
}
OPTIONS = {"distance_to_reference": "reference: QA", "power": "power: 0.5"}
POSITIVE = {"geometric", "harmonic"}


def choose(method, *more):
    return f"{{{', '.join(['method: ' + method, *filter(None, [OPTIONS.get(method), *more])])}}}"


def run(normalisation, aggregation, *more, sign=FIGURES["sign"]):
    index = read(
        INDEX.format(normalisation=choose(normalisation, *more), aggregation=choose(aggregation))
    )
    columns = {name: np.array(column, float) for name, column in {**FIGURES, "sign": sign}.items()}
    return analyse(index, WideTable(("QA", "QB", "QC", "QD", "QE"), columns))


def describe(normalisation, aggregation, *more, **figures):
    """`+` where all but the empty subject have a result, otherwise the kind of the refusal."""
    try:
        analysis = run(normalisation, aggregation, *more, **figures)
    except BadInput as refusal:
        (kind,) = {finding.kind for finding in refusal.findings}
        return kind
    for column in (analysis.values["trial"], analysis.ranks["trial"]):
        assert np.isnan(column).tolist() == [False, False, False, True, False]
    return "+"


def list_pairs(*more, **figures):
    return {
        normalisation: [describe(normalisation, each, *more, **figures) for each in AGGREGATIONS]
        for normalisation in NORMALISATIONS
        if not more or normalisation not in ("z_score", "rank", "borda")
    }


# In the order arithmetic, geometric, harmonic, power of a half, Copeland.
ZERO = ["+", "not-positive", "not-positive", "+", "+"]
NEGATIVE = ["+", "not-positive", "not-positive", "not-positive", "+"]
ALL = ["+"] * 5
NONE = ["not-positive"] * 5


def test_every_pair_has_a_result_or_a_clear_refusal():
    assert list_pairs() == {
        "min_max": ZERO,
        "z_score": NEGATIVE,
        "rank": ALL,
        "percentile_rank": ZERO,
        "borda": ZERO,
        "distance_to_best": ZERO,
        "distance_to_reference": ZERO,
        "distance_to_target": ZERO,
        "goalposts": ALL,
        "fraction_of_max": ALL,
    }


def test_a_positive_scale_suits_every_mean():
    assert set(map(tuple, list_pairs("to: [1, 100]").values())) == {tuple(ALL)}


def test_negative_figures_have_no_fraction_of_a_maximum():
    assert list_pairs(sign=[4, 2, -1, NAN, 8])["fraction_of_max"] == NONE


def test_refusals_name_all_indicators_and_subjects_at_once():
    with pytest.raises(BadInput) as refused:
        run("min_max", "geometric")

    assert [each.say("en").split(": a ")[0] for each in refused.value.findings] == [
        "gap: gap of QE is zero or negative",
        "sign: sign of QC is zero or negative",
        "tied: tied of QC is zero or negative",
    ]


@pytest.mark.parametrize("aggregation", AGGREGATIONS)
def test_what_differs_by_float_noise_alone_is_tied_in_every_way(aggregation):
    found = run("rank", aggregation).ranks["wealth"]

    assert found.tolist()[:3] == [2, 2, 4]
