"""Vetoes that are met: a counted matter filed under the veto's code, of a unit in its groups."""

from collections.abc import Mapping

from kaohe.rules.records import Matter
from kaohe.scheme import queries
from kaohe.scheme.model import SchemeModel
from kaohe.scheme.policies import Veto
from kaohe.scoring.observations import Observations


def find_vetoes(
    model: SchemeModel, observations: Observations
) -> Mapping[str, tuple[tuple[Veto, Matter], ...]]:
    """The vetoes each unit is under, with the matter that met them."""
    by_code = {veto.code: veto for veto in model.vetoes}
    found: dict[str, list[tuple[Veto, Matter]]] = {}
    for matter in _list_counted(observations):
        veto = by_code.get(matter.indicator)
        if veto is not None and _holds_for(veto, matter.unit, model):
            found.setdefault(matter.unit, []).append((veto, matter))
    return {unit: tuple(met) for unit, met in found.items()}


def _list_counted(observations: Observations) -> list[Matter]:
    matters = (record for record in observations.records if isinstance(record, Matter))
    return sorted((matter for matter in matters if matter.status == "counted"), key=repr)


def _holds_for(veto: Veto, code: str, model: SchemeModel) -> bool:
    unit = model.units_by_code.get(code)
    return unit is not None and (not veto.groups or unit.group in veto.groups)


def find_zeroed(model: SchemeModel, observations: Observations) -> Mapping[tuple[str, str], str]:
    """The scores that a veto makes zero: leaf and unit, with the veto's code.

    A veto on a branch zeroes every leaf under it.
    """
    return {
        (leaf.code, unit): veto.code
        for unit, met in find_vetoes(model, observations).items()
        for veto, _ in met
        if "zero_indicator" in veto.effects and veto.indicator
        for leaf in queries.list_leaves(queries.node_by_code(model, veto.indicator))
    }
