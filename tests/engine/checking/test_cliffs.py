"""Where a hair's breadth costs a tenth of the points, and where it may."""

from kaohe.checking.cliffs import BAND_OUT_OF_REACH, CLIFF
from kaohe.checking.inspected import Inspected
from kaohe.scheme.model import SchemeModel
from tests.engine.checking.samples import sample

RATIO = "        rule: {method: target_ratio}\n"
STEPS = "          loss_mode: linear\n"


def find(old, new, kind=CLIFF):
    draft = sample(old, new)
    return kind.inspect(Inspected(SchemeModel.model_validate(draft.tree), draft))


def test_the_band_that_costs_most_is_named_with_its_share():
    (finding,) = find("          below: 85%\n", "          below: 60%\n")

    assert finding.wrong.en == "B1: at 85 a difference of 0.1 costs 30 % of the points"
    assert finding.wrong.zh == "“群众满意率”：完成值在 85 处相差 0.1 即相差本项分值的 30%"


def test_a_tenth_of_the_points_is_still_no_cliff():
    assert find("          below: 85%\n", "          below: 80%\n") == []


def test_a_step_begun_counts_whole_and_makes_a_cliff_at_the_target():
    (finding,) = find(STEPS, "          loss_mode: ceil\n")

    assert finding.wrong.en == "A2: at 82.5 a difference of 0.01 costs 12.5 % of the points"


def test_all_or_nothing_at_a_target_is_a_cliff():
    (finding,) = find(RATIO, "        rule: {method: all_or_nothing, met_by: target}\n")

    assert finding.wrong.en == "A1: at 120.5 a difference of 0.01 costs 100 % of the points"


def test_a_tiny_target_makes_every_step_steep():
    (finding,) = find("T1: 120.5,", "T1: 0.05,")

    assert finding.wrong.en == "A1: at 0.05 a difference of 0.01 costs 20 % of the points"


def test_whole_events_are_meant_to_count():
    assert find("per_event: 0.5", "per_event: 2") == []


def test_an_edge_at_the_end_of_the_range_is_within_reach():
    assert find("{edge: 95, share: 100%}", "{edge: 100, share: 100%}", BAND_OUT_OF_REACH) == []


def test_an_edge_beyond_the_range_is_named():
    (finding,) = find("{edge: 85, share: 90%}", "{edge: -1, share: 90%}", BAND_OUT_OF_REACH)

    assert finding.wrong.en == (
        "B1: the edge -1 lies beyond the figures allowed; some band is out of reach"
    )
