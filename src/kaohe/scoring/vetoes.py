"""Vetoes that are met: a counted matter filed under the veto's code."""

from collections.abc import Mapping

from kaohe.rules.records import Matter
from kaohe.scheme.model import SchemeModel
from kaohe.scheme.policies import Veto
from kaohe.scoring.observations import Observations


def find_vetoes(
    model: SchemeModel, observations: Observations
) -> Mapping[str, tuple[tuple[Veto, Matter], ...]]:
    """The vetoes each unit is under, with the matter that met them."""
    by_code = {veto.code: veto for veto in model.vetoes}
    found: dict[str, list[tuple[Veto, Matter]]] = {}
    for matter in sorted(
        (record for record in observations.records if isinstance(record, Matter)), key=repr
    ):
        veto = by_code.get(matter.indicator)
        if veto is not None and matter.status == "counted":
            found.setdefault(matter.unit, []).append((veto, matter))
    return {unit: tuple(met) for unit, met in found.items()}
