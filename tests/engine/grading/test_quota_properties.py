"""What holds for every quota, whatever its organs and rules."""

from hypothesis import given
from hypothesis import strategies as st

from kaohe.grading.caps import find_excesses
from tests.engine.grading.organs import (
    APPROVED,
    allocate,
    make_rule,
    places,
    tilt,
)

CASES = st.fixed_dictionaries(
    {
        "headcounts": st.lists(st.integers(0, 60), min_size=2, max_size=8),
        "pooled": st.integers(0, 8),
        "method": st.sampled_from(["largest_remainder", "quota_method"]),
        "approval": st.sampled_from(["", "测组〔2021〕1号"]),
        "minimum": st.integers(0, 2),
        "scarcity": st.integers(0, 4),
        "grades": st.lists(st.sampled_from(["A", "B", ""]), min_size=8, max_size=8),
        "tilts": st.lists(
            st.tuples(
                st.integers(0, 7),
                st.sampled_from(["additional", "redistributed"]),
                st.one_of(st.integers(1, 4), st.sampled_from(["1%", "5%", "30%"])),
            ),
            max_size=3,
        ),
    }
)


def build_tilt(organs, number, kind, measure):
    key = "seats" if isinstance(measure, int) else "points_share"
    return tilt(organs[number % len(organs)], kind=kind, approval="3号", **{key: measure})


@given(case=CASES)
def test_caps_hold_for_each_organ_and_all_together(case):
    headcounts = {f"U{i}": number for i, number in enumerate(case["headcounts"])}
    organs = list(headcounts)
    pool = organs[: case["pooled"]]
    caps = [{"share": "20%", "approved_share": "25%", "approval": case["approval"]}]
    fields = {
        "caps": caps,
        "method": case["method"],
        "minimum": case["minimum"],
        "pools": [{"code": "P", "organs": pool, "approval": "2号"}] if pool else [],
        "unit_grade_link": {"A": "20%", "B": "10%"},
        "tilts": [build_tilt(organs, *each) for each in case["tilts"]],
        "approved_total": max(sum(headcounts.values()) // 5 - case["scarcity"], 0),
    }
    grades = dict(zip(organs, case["grades"], strict=False))

    allocation = allocate(headcounts, grades=grades, **fields)

    rule = make_rule(**fields)
    share = rule.caps[0].limit
    assert find_excesses(places(allocation), headcounts, share, rule.pools) == ()
    open_places = sum(each.places for each in allocation.open_ties)
    gained = sum(each.gained - each.given for each in allocation.organs)
    assert allocation.places + open_places <= share * sum(headcounts.values())
    if all(each.kind == "redistributed" for each in rule.tilts):
        assert allocation.places + open_places <= allocation.total
        assert gained <= open_places
    assert all(0 <= each.places <= each.headcount for each in allocation.organs)


@given(case=CASES, seed=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_place(case, seed):
    headcounts = {f"U{i}": number for i, number in enumerate(case["headcounts"])}
    shuffled = list(headcounts.items())
    seed.shuffle(shuffled)
    fields = {
        "caps": [APPROVED],
        "method": case["method"],
        "approved_total": max(sum(headcounts.values()) // 5 - case["scarcity"], 0),
        "tilts": [build_tilt(list(headcounts), *each) for each in case["tilts"]],
    }

    one, other = allocate(headcounts, **fields), allocate(dict(shuffled), **fields)

    assert places(one) == places(other)
    assert one.open_ties == other.open_ties
