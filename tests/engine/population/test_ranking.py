"""Places over columns: ties, who takes a place, and every link of the chain."""

import numpy as np
import pytest

from kaohe.population.ranking import place_tiers
from tests.engine.population.writing import places, score_table
from tests.engine.scoring.schemes import branch, leaf, make_scheme, unit

FOUR = ("U1", "U2", "U3", "U4")
TIED = {"A": {"U1": 5, "U2": 9, "U3": 7, "U4": 7}}


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        ("lowest", [4, 1, 2, 2]),
        ("average", [4, 1, 2.5, 2.5]),
        ("highest", [4, 1, 3, 3]),
        ("dense", [3, 1, 2, 2]),
    ],
)
def test_tied_totals_share_a_place(ties: str, expected) -> None:
    result = score_table(make_scheme(leaf("A"), units=FOUR, ties=ties), TIED)

    assert result.ranks.tolist() == expected
    assert result.node_ranks("A").tolist() == expected


def test_places_are_counted_anew_in_each_group():
    people = ("U1", unit("V1", "H"), "U2", unit("V2", "H"))
    scheme = make_scheme(leaf("A"), units=people)

    result = score_table(scheme, {"A": {"U1": 1, "V1": 2, "U2": 3, "V2": 4}})

    assert places(result) == {"U1": 2, "V1": 2, "U2": 1, "V2": 1}


def test_whoever_is_listed_apart_or_ungraded_takes_no_place():
    people = ("U1", unit("U2", participation="listed_apart"), unit("U3", participation="ungraded"))
    result = score_table(make_scheme(leaf("A"), units=people), {"A": {"U1": 1, "U2": 2, "U3": 3}})

    assert places(result) == {"U1": 1, "U2": None, "U3": None}
    assert places(result, result.node_ranks("A")) == {"U1": 1, "U2": None, "U3": None}


def chain(*links):
    return make_scheme(
        leaf("A"), branch("K", leaf("B"), leaf("C")), leaf("J", family="bonus"), units=FOUR,
        total={"bonus": "tie_break"}, tie_break=list(links),
    )  # fmt: skip


TABLE = {
    "A": {"U1": 5, "U2": 4, "U3": 3, "U4": 5},
    "B": {"U1": 1, "U2": 1, "U3": 2, "U4": 1},
    "C": {"U1": 2, "U2": 3, "U3": 3, "U4": 2},
    "J": {"U1": 1, "U2": 2, "U3": 2, "U4": 3},
    "total.previous_rank": {"U1": 4, "U2": 3, "U3": 2, "U4": 1},
}
DECIDED = {"by": "decision", "decided_by": "会议", "reason": "议定"}


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ([], [1, 1, 1, 1]),
        ([{"by": "category", "of": "A"}], [1, 3, 4, 1]),
        ([{"by": "category", "of": "K"}], [3, 2, 1, 3]),
        ([{"by": "bonus"}], [4, 2, 2, 1]),
        ([{"by": "previous_rank"}], [4, 3, 2, 1]),
        ([{"by": "firsts"}], [3, 3, 1, 1]),
        ([{"by": "bonus"}, {"by": "category", "of": "A"}], [4, 2, 3, 1]),
        ([{"by": "category", "of": "A"}, {**DECIDED, "order": ["U4", "U1"]}], [2, 3, 4, 1]),
        ([{**DECIDED, "order": ["U4", "U1"]}], [1, 1, 1, 1]),
    ],
)
def test_equal_totals_are_separated_by_the_chain(links, expected) -> None:
    assert score_table(chain(*links), TABLE).ranks.tolist() == expected


def test_a_key_that_a_member_lacks_decides_nothing_in_its_tier():
    table = {**TABLE, "total.previous_rank": {"U1": 4, "U2": 3, "U3": 2}}
    links = [{"by": "previous_rank"}, {"by": "category", "of": "A"}]

    assert score_table(chain(*links), table).ranks.tolist() == [1, 3, 4, 1]


def test_a_shared_first_counts_for_nobody_where_ties_take_the_mean_place():
    scheme = make_scheme(
        leaf("A"), leaf("B"), units=FOUR, ties="average", tie_break=[{"by": "firsts"}]
    )

    result = score_table(
        scheme,
        {"A": {"U1": 9, "U2": 9, "U3": 8, "U4": 1}, "B": {"U1": 1, "U2": 1, "U3": 2, "U4": 1}},
    )

    assert result.ranks.tolist() == [2.5, 2.5, 1, 4]


def test_of_nobody_there_are_no_places():
    nobody = np.empty(0, dtype=np.int64)

    assert place_tiers(nobody, nobody, "dense").tolist() == []
