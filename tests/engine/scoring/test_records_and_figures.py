"""A facet that records make may also be given as a figure, but not both for one unit."""

import pytest

from kaohe.errors import BadInput
from tests.engine.scoring.schemes import column, leaf, make_scheme, matter, score

EVENTS = leaf("K", "5", rule={"method": "events", "start": "points", "per_event": 1})


def test_a_figure_counts_where_nothing_is_recorded():
    scores = score(
        make_scheme(EVENTS),
        {"K.events": {"U1": 2}},
        records=[matter("M1", "U2", "K")],
    )

    assert column(scores, "K") == {"U1": "3", "U2": "4", "U3": "5"}


def test_a_figure_beside_records_is_refused():
    with pytest.raises(BadInput) as refusal:
        score(make_scheme(EVENTS), {"K.events": {"U1": 2}}, records=[matter("M1", "U1", "K")])

    (finding,) = refusal.value.findings
    assert finding.kind == "figure-beside-records"
    assert finding.wrong.zh == "单位U1（U1）的“指标K”（K）既有明细，又另报了 events"
