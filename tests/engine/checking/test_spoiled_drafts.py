"""Whatever stands in a draft ends in findings, never in a crash."""

from copy import deepcopy
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaohe.checking import admit, check_draft
from kaohe.errors import BadInput, Finding, Severity
from kaohe.numbers.absence import Absence
from kaohe.rules.catalogue import METHODS
from kaohe.rules.families import method_name
from kaohe.scheme.draft import Draft
from kaohe.scoring.observations import Observations
from tests.engine.checking.samples import sample

SAMPLE = sample()
WORDS = ("0", "-1", "", "1000000", "1/3", "towns", "T1", "A", "lower", "zero", "2019-06-30")
CELLS = (Fraction(0), Fraction(-5), Fraction("82.5"), *Absence)


def list_paths(tree, path=()):
    """Every place inside a tree."""
    inside = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for key, value in inside if isinstance(tree, dict | list) else ():
        yield (*path, key)
        yield from list_paths(value, (*path, key))


def write(tree, path, value):
    """Put a value in its place, or take the place out for None."""
    for key in path[:-1]:
        tree = tree[key]
    if value is None:
        del tree[path[-1]]
    else:
        tree[path[-1]] = value


places = st.sampled_from(list(list_paths(SAMPLE.tree)))
values: st.SearchStrategy[object] = (
    st.none() | st.sampled_from(WORDS) | st.builds(list) | st.builds(dict)
)
figures = st.dictionaries(
    st.tuples(
        st.sampled_from(["A1", "A2", "A3", "B1", "E"]),
        st.sampled_from(["value", "target"]),
        st.sampled_from(["T1", "T2", "T3", "D1", "D4"]),
    ),
    st.sampled_from(CELLS),
)


@pytest.mark.slow
@given(place=places, value=values, data=st.none() | figures)
def test_a_draft_with_one_place_spoiled_is_found_out_or_admitted(place, value, data):
    tree = deepcopy(SAMPLE.tree)
    write(tree, place, value)
    draft = Draft(tree, "scheme.yaml", SAMPLE.places)
    found = check_draft(draft, None if data is None else Observations(data))

    assert all(isinstance(finding, Finding) for finding in found)
    blocks = {f.kind for f in found if f.severity is Severity.BLOCKING} - {"score-refused"}
    assert blocks == refuse(draft)


def refuse(draft):
    """The kinds for which a draft is not admitted."""
    try:
        admit(draft)
    except BadInput as refusal:
        return {finding.kind for finding in refusal.findings}
    return set()


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS, ids=method_name)
def test_every_method_is_checked_in_every_direction(method):
    for example in method.examples:
        for direction in ("higher", "lower", "interval", "judged"):
            tree = deepcopy(SAMPLE.tree)
            leaf = tree["indicators"][0]["children"][0]
            leaf["rule"] = {"method": method_name(method), **example.parameters}
            leaf["direction"] = direction
            del leaf["examples"]
            found = {finding.kind for finding in check_draft(Draft(tree))}

            meant = (direction != "lower") == example.higher_is_better
            assert not (meant and found & {"direction-clash", "score-falls"})
