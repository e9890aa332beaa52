"""The city's assessment of ten districts, ours among them: where it stands is as the story says."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from examples.district_draws import BY_SPECIAL, RANGES, Drawing, Key, draw_chance
from kaohe.results.result import Result
from kaohe.scheme import queries
from kaohe.scheme.model import SchemeModel
from kaohe.scheme.units import Unit

OURS = "D01"

PLACES: Mapping[int, str] = {
    2017: "4784739" "843729" "40792" "3788" "943427" "342413",
    2018: "4384749" "843749" "40394" "4788" "984447" "344414",
    2019: "3284719" "742318" "49302" "2748" "083427" "243914",
}  # fmt: skip
"""Our place on each of the 34 shared indicators of the city, 0 standing for the tenth and last."""

SPECIAL_PLACES: Mapping[int, Sequence[int]] = {
    2017: (9, 8, 9, 8, 7, 9),
    2018: (8, 9, 8, 9, 8, 8),
    2019: (9, 8, 2, 9, 8, 9),
}
"""Our place in each of the six specials."""


class CityDrawing(Drawing):
    """Places of the shared indicators as listed; everything else by quality and luck."""

    def place(self, unit: Unit, what: str) -> float:
        """Where a district stands on one indicator, from 0 to 1."""
        code = what.partition(".")[0]
        shared = [leaf.code for leaf in queries.iterate_leaves(self.model) if leaf.code[0] == "G"]
        if code not in shared:
            return super().place(unit, what)
        place = int(PLACES[int(self.model.period)][shared.index(code)]) or 10
        order = place_ours(self.model, f"{self.model.code}|{what}", place)
        luck = draw_chance(self.model.code, unit.code, what)
        return (len(order) - 1 - order.index(unit.code) + 0.1 + 0.8 * luck) / len(order)


def place_ours(model: SchemeModel, name: str, place: int) -> list[str]:
    """The districts from best to worst, by chance but for ours."""
    others = [unit.code for unit in model.units if unit.code != OURS]
    others.sort(key=lambda code: draw_chance(name, code))
    others.insert(place - 1, OURS)
    return others


def draw_special(model: SchemeModel, special: str, place: int) -> dict[Key, Fraction]:
    """The figures of one special: who stands where is decided, by how much is chance."""
    order = place_ours(model, model.code, place)
    quality = {code: (len(order) - index - 0.5) / len(order) for index, code in enumerate(order)}
    return Drawing(model, quality, BY_SPECIAL[special], steadiness=0.85).draw_figures()


def draw_city(model: SchemeModel, specials: Sequence[Result]) -> dict[Key, Fraction]:
    """The figures of the city's scheme, with the scores of the specials filled in."""
    order = place_ours(model, model.code, 5)
    quality = {code: (len(order) - index - 0.5) / len(order) for index, code in enumerate(order)}
    figures = CityDrawing(model, quality, RANGES).draw_figures()
    for number, special in enumerate(specials, start=1):
        for each in special.units:
            total = each.total.total
            if total is None:
                raise ValueError(f"no total of {each.unit.code} in {special.scheme.model.code}")
            figures[f"S{number:02d}", "value", each.unit.code] = total
    return figures


def list_our_places(specials: Sequence[Result]) -> list[Fraction]:
    """Our place in each special."""
    return [
        each.standing.rank
        for special in specials
        for each in special.units
        if each.unit.code == OURS and each.standing.rank is not None
    ]
