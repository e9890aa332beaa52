"""What the checker leaves alone: matters already refused, targets taken over from merged units."""

from fractions import Fraction

from kaohe.checking.inspected import Inspected
from kaohe.checking.matters import MATTER_OUTSIDE_PERIOD
from kaohe.rules.records import Matter
from kaohe.scheme.model import SchemeModel
from kaohe.scoring.observations import Observations
from tests.engine.checking.samples import sample


def inspect(old="", new="", *, figures=None, records=()):
    draft = sample(old, new)
    model = SchemeModel.model_validate(draft.tree)
    return Inspected(model, draft, Observations(figures or {}, tuple(records)))


def test_a_matter_of_another_year_is_found_unless_it_was_refused():
    claimed = Matter("M1", "T1", "A1", date="2018-05-20")
    refused = Matter("M2", "T1", "A1", date="2018-05-20", status="refused")
    found = MATTER_OUTSIDE_PERIOD.inspect(inspect(records=[claimed, refused]))

    assert [finding.place.key for finding in found] == ["M1"]


def test_the_target_of_a_unit_holds_those_it_took_over():
    merged = "{code: T3, name: 西崦镇, group: towns}"
    inspected = inspect(
        merged + "\n",
        "{code: T3, name: 西崦镇, group: towns, inherit_targets: sum}\n"
        "  - {code: T4, name: 北原镇, group: towns, left: 2019-06-30, merged_into: T3}\n",
        figures={("A1", "target", "T4"): Fraction("9.5")},
    )
    leaf = inspected.model.nodes_by_code["A1"]
    unit = inspected.model.units_by_code["T3"]

    assert inspected.figure(leaf, unit, "target") == 70  # 60.5 and 9.5
    assert inspected.figure(leaf, unit, "value") is None
