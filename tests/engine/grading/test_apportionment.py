"""Dividing places: largest remainder, the Balinski–Young quota method, ties, bounds."""

from fractions import Fraction
from itertools import permutations
from math import ceil, floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaohe.grading.apportionment import Apportionment, Claim, OpenTie, apportion_places
from kaohe.scheme.quotas import ApportionmentMethod
from tests.engine.grading.claims import SHARE, claims_of

METHODS: list[ApportionmentMethod] = ["largest_remainder", "quota_method"]


def places_of(apportionment: Apportionment, claims):
    return [apportionment.places[each.code] for each in claims]


@pytest.mark.parametrize("method", METHODS)
def test_e24_five_places_over_five_small_departments(method):
    claims = claims_of([3, 4, 6, 7, 8])

    outcome = apportion_places(claims, 5, method=method)

    assert places_of(outcome, claims) == [0, 1, 1, 1, 2]
    assert outcome.open_ties == ()


@pytest.mark.parametrize(
    ("tie", "places"), [("larger_headcount", [0, 1]), ("smaller_headcount", [1, 0])]
)
def test_a_tie_goes_by_headcount_as_declared(tie, places):
    claims = [Claim("甲", Fraction("0.5"), 5, 5), Claim("乙", Fraction("0.5"), 10, 5)]

    for method in METHODS:
        assert places_of(apportion_places(claims, 1, method=method, tie=tie), claims) == places


def test_equal_headcounts_go_by_the_larger_claim():
    claims = [Claim("甲", Fraction("0.5"), 5, 5), Claim("乙", Fraction("1.5"), 5, 5)]

    assert places_of(apportion_places(claims, 2), claims) == [0, 2]


def test_the_quota_method_does_not_let_the_largest_run_ahead():
    # Without its quota condition (D'Hondt) the large organ would have 9 of 10, above its quota rounded up.
    claims = claims_of([86, 5, 5, 4], Fraction(1))

    outcome = apportion_places(claims, 10, method="quota_method")

    assert places_of(outcome, claims) == [9, 0, 0, 0]
    assert outcome.open_ties == (OpenTie(("丙", "乙"), 1),)


def test_largest_remainder_may_take_a_place_back_and_the_quota_method_does_not():
    # The Alabama paradox in small: with one more place, the last organ loses its only one.
    claims = claims_of([6, 6, 2], Fraction(1))

    assert places_of(apportion_places(claims, 10), claims) == [4, 4, 2]
    assert places_of(apportion_places(claims, 11), claims) == [5, 5, 1]
    assert places_of(apportion_places(claims, 10, method="quota_method"), claims) == [4, 4, 1]
    assert places_of(apportion_places(claims, 11, method="quota_method"), claims) == [5, 5, 1]


@pytest.mark.parametrize("method", METHODS)
def test_organs_equal_in_everything_leave_their_last_place_open(method):
    claims = claims_of([5, 5, 5, 20])

    outcome = apportion_places(claims, 3, method=method)

    assert places_of(outcome, claims) == [0, 0, 0, 2]
    assert outcome.open_ties == (OpenTie(("丙", "乙", "甲"), 1),)
    assert outcome.steps[-1].text.zh == "丙、乙、甲条件完全相同，1个名额须研究决定"
    assert places_of(apportion_places(claims, 7, method=method), claims) == [1, 1, 1, 4]


def test_two_places_may_stay_open_among_three():
    claims = claims_of([5, 5, 5, 20])

    outcome = apportion_places(claims, 4)

    assert places_of(outcome, claims) == [0, 0, 0, 2]
    assert outcome.open_ties == (OpenTie(("丙", "乙", "甲"), 2),)


@pytest.mark.parametrize("method", METHODS)
def test_a_decision_settles_what_is_equal_if_it_names_everybody(method):
    claims = claims_of([5, 5, 5, 20])

    settled = apportion_places(claims, 3, method=method, tie_order=["乙", "丙", "甲"])
    partly = apportion_places(claims, 3, method=method, tie_order=["乙", "丙"])

    assert places_of(settled, claims) == [0, 1, 0, 2]
    assert settled.open_ties == ()
    assert places_of(partly, claims) == [0, 0, 0, 2]


@pytest.mark.parametrize("method", METHODS)
def test_nobody_has_more_than_its_most_and_the_others_share_the_rest(method):
    claims = [
        Claim("甲", Fraction("4.5"), 20, most=2),
        Claim("乙", Fraction("2.5"), 11, most=9),
        Claim("丙", Fraction("1.5"), 7, most=9),
    ]

    outcome = apportion_places(claims, 8, method=method)

    assert outcome.places["甲"] == 2
    assert sum(outcome.places.values()) == 8
    assert outcome.places["乙"] > outcome.places["丙"] >= 2


@pytest.mark.parametrize("method", METHODS)
def test_a_least_is_kept_while_the_house_holds_it(method):
    claims = claims_of([40, 3, 3], least=1)

    assert places_of(apportion_places(claims, 8, method=method), claims) == [6, 1, 1]
    assert places_of(apportion_places(claims, 3, method=method), claims) == [1, 1, 1]
    assert places_of(apportion_places(claims, 2, method=method), claims) == [2, 0, 0]


def test_a_least_above_the_whole_part_counts_first():
    claims = [Claim("甲", Fraction("2.5"), 10, 9, least=4), Claim("乙", Fraction("2.5"), 9, 9)]

    assert places_of(apportion_places(claims, 5), claims) == [4, 1]


def test_a_least_never_exceeds_the_most():
    claims = [
        Claim("甲", Fraction("0.8"), 4, most=0, least=1),
        Claim("乙", Fraction("4"), 20, most=4),
    ]

    assert places_of(apportion_places(claims, 4), claims) == [0, 4]


@pytest.mark.parametrize("method", METHODS)
def test_nothing_to_divide_and_nobody_to_divide_among(method):
    nobody = claims_of([0, 0])

    assert apportion_places([], 5, method=method).places == {}
    assert places_of(apportion_places(nobody, 5, method=method), nobody) == [0, 0]
    assert places_of(apportion_places(claims_of([5, 9]), 0, method=method), claims_of([5, 9])) == [
        0,
        0,
    ]
    full = claims_of([2, 3])
    assert places_of(apportion_places(full, 9, method=method), full) == [2, 3]


@pytest.mark.parametrize("method", METHODS)
def test_the_order_of_rows_changes_nothing(method):
    claims = claims_of([5, 5, 7, 9, 9])

    outcomes = [apportion_places(each, 6, method=method) for each in permutations(claims)]

    assert all(each == outcomes[0] for each in outcomes)


def test_a_quota_that_is_whole_is_a_bound_too():
    # of 5 places the quota of 6 in 10 is exactly 3: a fourth would exceed it
    claims = claims_of([6, 1, 1, 1, 1], Fraction(1))

    outcome = apportion_places(claims, 5, method="quota_method")

    assert places_of(outcome, claims) == [3, 0, 0, 0, 0]
    assert outcome.open_ties == (OpenTie(("丁", "丙", "乙", "戊"), 2),)


HEADCOUNTS = st.lists(st.integers(0, 60), min_size=1, max_size=10)


@given(headcounts=HEADCOUNTS, house=st.integers(0, 40), method=st.sampled_from(METHODS))
def test_every_place_is_given_or_open_and_within_quota(headcounts, house, method):
    claims = claims_of(headcounts, most=1000)
    total = sum(headcounts)

    outcome = apportion_places(claims, house, method=method)

    waiting = sum(each.places for each in outcome.open_ties)
    assert sum(outcome.places.values()) + waiting == (house if total else 0)
    for each in claims if total else []:
        quota = Fraction(each.headcount * house, total)
        if floor(sum(one.claim for one in claims)) == house and method == "largest_remainder":
            quota = each.claim
        assert floor(quota) <= outcome.places[each.code] <= ceil(quota)


HOUSES = {"headcounts": st.lists(st.integers(1, 60), min_size=3, max_size=12), "house": st.integers(0, 40)}  # fmt: skip


def assert_monotone(headcounts: list[int], house: int) -> None:
    """One more place takes none from anybody, and all stay within quota."""
    claims = [Claim(f"U{i}", SHARE * each, each, 10**6) for i, each in enumerate(headcounts)]
    one, other = (
        apportion_places(claims, size, method="quota_method").places for size in (house, house + 1)
    )
    for each in claims:
        quota = Fraction(each.headcount * (house + 1), sum(headcounts))
        assert one[each.code] <= other[each.code]
        assert floor(quota) <= other[each.code] <= ceil(quota)


@given(**HOUSES)
def test_the_quota_method_is_house_monotone_and_within_quota(headcounts, house):
    assert_monotone(headcounts, house)


@pytest.mark.slow
@settings(max_examples=3000)
@given(**HOUSES)
def test_the_quota_method_holds_on_three_thousand_cases(headcounts, house):
    assert_monotone(headcounts, house)
