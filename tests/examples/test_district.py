"""The seeded district: the shape it promises, the figures of its story, the cases it has on purpose."""

from collections import Counter
from fractions import Fraction
from typing import Any

import pytest
from examples.district_city import OURS
from examples.write_district import DISTRICT, YEARS

from kaohe.checking import check_draft
from kaohe.errors import Severity
from kaohe.files.data.observations import read_observations
from kaohe.files.schemes.reading import read_draft
from kaohe.numbers.ranking import rank_values
from kaohe.rules.records import Item, Mark, Matter, Vote
from kaohe.scheme import queries
from tests.examples.years import find_unit, score_annual, score_city, score_specials

pytestmark = pytest.mark.slow


# The shape


def test_three_years_of_a_district_and_its_city_stand_there_with_six_specials_each():
    assert YEARS == (2017, 2018, 2019)
    assert [len(list((DISTRICT / str(year)).rglob("*.yaml"))) for year in YEARS] == [8, 8, 8]
    assert [result.scheme.model.code for result in score_specials(2019)] == [
        "special-business-2019", "special-environment-2019", "special-rural-2019",
        "special-safety-2019", "special-science-2019", "special-water-2019",
    ]  # fmt: skip


def test_eight_towns_and_forty_two_departments_are_assessed_in_five_groups():
    model = score_annual(2019).scheme.model
    groups = Counter(unit.group for unit in queries.scored_units(model))

    assert groups == {"QZ": 8, "DQ": 10, "JJ": 12, "MS": 12, "CG": 8}
    assert len(score_city(2019).units) == 10


def test_there_are_111_indicators_of_every_family_by_29_methods_on_five_levels():
    model = score_annual(2019).scheme.model
    leaves = list(queries.iterate_leaves(model))

    assert Counter(leaf.family for leaf in leaves) == {
        "common": 53, "unit_specific": 43, "special": 6, "bonus": 5, "deduction": 4,
    }  # fmt: skip
    assert len({queries.leaf_rule(leaf).code for leaf in leaves}) == 29
    assert len(model.vetoes) == 5
    assert [node.code for node in _ancestors(model, "A15101")] == ["A", "A1", "A15", "A151"]


def _ancestors(model, code):
    return [node for node in queries.iterate_nodes(model) if node.children and code in _codes(node)]


def _codes(node):
    return [leaf.code for leaf in queries.list_leaves(node)]


def test_full_marks_are_a_hundred_for_every_unit():
    model = score_annual(2019).scheme.model
    full = {
        sum(queries.points_of(node, unit) for node in queries.base_nodes(model))
        for unit in queries.scored_units(model)
    }

    assert full == {100}


def test_every_leaf_says_owner_frequency_day_acceptance_and_words():
    for result in (score_annual(2019), score_city(2019), *score_specials(2019)):
        for leaf in queries.iterate_leaves(result.scheme.model):
            assert all((leaf.owner, leaf.frequency, leaf.due, leaf.acceptance, leaf.text)), (
                leaf.code
            )


def test_nothing_blocks_and_only_the_farmland_line_is_warned_of():
    for year in YEARS:
        draft = read_draft(DISTRICT / str(year) / "annual.yaml")
        data = DISTRICT / str(year) / "data.xlsx"
        findings = check_draft(draft, read_observations(data, score_annual(year).scheme))
        found = [each for each in findings if each.severity is not Severity.NOTICE]

        assert [(each.severity.value, each.kind) for each in found] == [("warning", "cliff")]
        assert "耕地保有量" in found[0].wrong.zh


def test_no_year_is_provisional():
    results = [score(year) for score in (score_annual, score_city) for year in YEARS]

    assert [result.is_provisional for result in results] == [False] * 6


def test_data_hold_figures_and_records_of_every_kind():
    records = Counter(type(record) for record in score_annual(2019).observations.records)

    assert records == {Mark: 1042, Vote: 436, Item: 177, Matter: 31}


# The story


def test_close_to_forty_per_cent_of_the_citys_shared_indicators_are_below_its_mean_two_at_the_bottom():
    standings = {year: _place_ours(year) for year in YEARS}

    assert {year: (len(below), len(last)) for year, (below, last) in standings.items()} == {
        2017: (15, 1), 2018: (14, 1), 2019: (13, 2),
    }  # fmt: skip
    assert Fraction(13, 34) == pytest.approx(0.382, abs=0.001)
    assert standings[2019][1] == ["公共交通出行分担率", "细颗粒物（PM2.5）年均浓度"]


def _place_ours(year):
    """The shared indicators on which ours is worse than the mean of all, and those on which it is last."""
    result = score_city(year)
    units = [each.unit.code for each in result.units]
    shared = queries.list_leaves(queries.node_by_code(result.scheme.model, "G"))
    assert len(shared) == 34
    below, last = [], []
    for leaf in shared:
        cells = [result.observations.figures[leaf.code, "value", unit] for unit in units]
        figures = [cell for cell in cells if isinstance(cell, Fraction)]
        assert len(figures) == 10
        ours, mean = figures[units.index(OURS)], sum(figures) / len(figures)
        is_higher = leaf.direction == "higher"
        below += [leaf.name] if (ours < mean) == is_higher and ours != mean else []
        ranks = rank_values(figures, higher_is_better=is_higher, ties="highest")
        last += [leaf.name] if ranks[units.index(OURS)] == len(units) else []
    return below, last


def test_of_six_specials_ours_won_one_second_prize_and_nothing_else():
    prizes = [find_unit(result, OURS).grade.label for result in score_specials(2019)]

    assert prizes == ["二等奖", "未获奖", "未获奖", "未获奖", "未获奖", "未获奖"]


def test_results_of_the_specials_are_referred_to_with_their_digests():
    specials = {result.scheme.model.code: result.scheme.digest for result in score_specials(2019)}
    city, annual = _list_references(score_city(2019)), _list_references(score_annual(2019))

    assert {rule.scheme: rule.version for rule in city.values()} == specials
    assert {rule.scheme: rule.version for rule in annual.values()} == specials
    assert {rule.by for rule in city.values()} == {"score"}
    assert {rule.by for rule in annual.values()} == {"rank"}


def _list_references(result) -> dict[str, Any]:
    """The rules of the indicators that refer to a special, by code."""
    leaves = queries.iterate_leaves(result.scheme.model)
    return {leaf.code: leaf.rule for leaf in leaves if leaf.family == "special"}


def test_the_results_that_are_referred_to_are_those_of_the_specials():
    specials = {result.scheme.model.code: result for result in score_specials(2019)}
    ours = {code: find_unit(result, OURS) for code, result in specials.items()}
    city, annual = score_city(2019), score_annual(2019)
    scores = {
        rule.scheme: city.observations.figures[code, "value", OURS]
        for code, rule in _list_references(city).items()
    }
    ranks = {
        rule.scheme: rank
        for code, rule in _list_references(annual).items()
        for (indicator, facet, _), rank in annual.observations.figures.items()
        if (indicator, facet) == (code, "rank")
    }

    assert scores == {code: each.total.total for code, each in ours.items()}
    assert ranks == {code: each.standing.rank for code, each in ours.items()}
