"""A scheme whose subjects only the data list: what is checked of it, and what is not."""

import pytest

from kaohe.checking import admit, check_draft
from kaohe.errors import BadInput
from kaohe.files.data.observations import read_observations
from kaohe.files.schemes.reading import read_draft
from kaohe.files.schemes.writing import write_scheme
from kaohe.scoring.observations import Observations
from kaohe.scoring.scheme_scores import score_scheme
from tests.engine.population.people import draft_people, make_scheme


def test_nobody_misses_the_units():
    kinds = {finding.kind for finding in check_draft(draft_people())}

    assert kinds.isdisjoint({"empty-group", "indicator-for-nobody", "grade-out-of-reach"})


def test_points_are_added_up_for_every_group():
    with pytest.raises(BadInput) as refusal:
        admit(draft_people("    points: 70\n", "    points: {north: 70, south: 71}\n"))

    assert [finding.say("en") for finding in refusal.value.findings] == [
        'people.yaml · line 16 · indicators[0].points.south: "实绩" has 71 points, its children 70 '
        "together (for south) → write 70, or change the children's points so that they add up to 71",
        'people.yaml · line 10 · total.points: "总分" has 100 points, its children 101 together '
        "(for south) → write 101, or change the children's points so that they add up to 100",
    ]


def test_an_exact_score_asks_for_the_units(tmp_path):
    said = (
        "units: the scheme lists no units → list them under `units`; where a table lists many, "
        "score it with kaohe score --engine arrays"
    )
    (tmp_path / "data.csv").write_text("unit,A1\nP1,80\n")

    with pytest.raises(BadInput) as of_scoring:
        score_scheme(make_scheme(), Observations({}))
    with pytest.raises(BadInput) as of_reading:
        read_observations(tmp_path / "data.csv", make_scheme())

    assert of_scoring.value.say("en") == of_reading.value.say("en") == said


@pytest.mark.parametrize("ending", [".yaml", ".xlsx"])
def test_it_can_be_written_and_read_again(tmp_path, ending):
    scheme = make_scheme()

    write_scheme(scheme.model, tmp_path / f"again{ending}")

    assert admit(read_draft(tmp_path / f"again{ending}")).digest == scheme.digest
