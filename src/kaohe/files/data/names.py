"""What tables call things by: units and indicators by code or by name, facets by key or by label."""

from collections.abc import Iterable, Mapping

from kaohe.errors import KaoheError, find_nearest
from kaohe.expressions.facets import FACETS, label_facet
from kaohe.expressions.structure import list_facets
from kaohe.language import Text
from kaohe.results.standings import UNIT_LEVEL
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.model import SchemeModel
from kaohe.scheme.queries import iterate_leaves, leaf_expression

_SHOWN = 5

UNIT_FIGURES = IndicatorNode.model_construct(code=UNIT_LEVEL, name="总分", decimals=None)
"""Stands in the place of a leaf for figures of a unit as a whole."""

_UNIT_FACETS = {"previous_rank": "previous_rank", FACETS["previous_rank"].zh: "previous_rank"}


class BadCell(KaoheError):
    """A cell that means nothing where it stands: what is wrong with it, and the remedy."""

    def __init__(self, wrong: Text, remedy: Text) -> None:
        self.wrong = wrong
        self.remedy = remedy
        super().__init__(f"{wrong.en} → {remedy.en}")


class SchemeNames:
    """Every name by which a table may call a unit, an indicator, a facet or a level of one scheme."""

    def __init__(self, model: SchemeModel) -> None:
        self.model = model
        self._leaves = {leaf.code: leaf for leaf in iterate_leaves(model)}
        self._units = _index((unit.code, unit.name) for unit in model.units)
        self._indicators = _index((leaf.code, leaf.name) for leaf in self._leaves.values())
        self._vetoes = _index((veto.code, veto.name) for veto in model.vetoes)
        self._levels = _index((level.code, level.name) for level in model.matters.levels)
        self._facets = {label.zh: facet for facet, label in FACETS.items()} | {
            facet: facet for facet in FACETS
        }

    def find_unit(self, written: str) -> str:
        """The code of a unit. Raises BadCell naming the nearest one."""
        return _find(written, self._units, Text("考核对象", "unit"))

    def find_indicator(self, written: str) -> str:
        """The code of a leaf or a veto. Raises BadCell naming the nearest one."""
        return _find(written, self._indicators | self._vetoes, Text("末级指标", "indicator"))

    def number_groups(self) -> dict[str, int]:
        """The number of each group, by its code and by its name."""
        codes = [group.code for group in self.model.groups]
        names = _index((group.code, group.name) for group in self.model.groups)
        return {written: codes.index(code) for written, code in names.items()}

    def find_veto(self, written: str) -> str | None:
        """The code of a veto; None where it is none's code or name."""
        return self._vetoes.get(written)

    def find_level(self, written: str) -> str:
        """The code of a level of matters; any word where the scheme declares no levels."""
        return _find(written, self._levels, Text("事项级别", "level")) if self._levels else written

    def find_leaf(self, written: str) -> IndicatorNode:
        """A leaf of the scheme. Raises BadCell naming the nearest one."""
        return self._leaves[_find(written, self._indicators, Text("末级指标", "indicator"))]

    def find_facet(self, written: str, leaf: IndicatorNode) -> str:
        """The key of a facet that figures may have, or that this leaf's rule reads; or of its label."""
        if leaf is UNIT_FIGURES:
            return _find(written, _UNIT_FACETS, Text("数据项", "facet"))
        facets = list_facets(leaf_expression(leaf))
        labels = {label_facet(facet).zh: facet.name for facet in facets}
        own = labels | {facet.name: facet.name for facet in facets}
        return _find(written, self._facets | own, Text("数据项", "facet"))

    def find_figure(self, heading: str) -> tuple[IndicatorNode, str]:
        """The leaf and the facet a column holds, headed A01, A01.target or 指标名称.目标值.

        What is known of a unit as a whole is headed 总分.上期位次, as if the total were an indicator.
        """
        indicator, dot, facet = heading.rpartition(".")
        if (
            indicator in (UNIT_FIGURES.code, UNIT_FIGURES.name)
            and indicator not in self._indicators
        ):
            return UNIT_FIGURES, self.find_facet(facet, UNIT_FIGURES)
        if heading in self._indicators or not dot or indicator not in self._indicators:
            return self.find_leaf(heading), "value"
        leaf = self.find_leaf(indicator)
        return leaf, self.find_facet(facet, leaf)


def _index(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The code by code and by name; a name that two have stands for neither, a code goes first."""
    listed = list(pairs)
    names = [name for _, name in listed]
    named = {name: code for code, name in listed if name and names.count(name) == 1}
    return named | {code: code for code, _ in listed}


def _find(written: str, known: Mapping[str, str], kind: Text) -> str:
    code = known.get(written)
    if not written:
        raise BadCell(
            Text(f"没有填{kind.zh}", f"no {kind.en} is given"),
            Text("请填上，或删去这一行", "fill it in, or delete the row"),
        )
    if code is None:
        near = find_nearest(written, known)
        shown = near or list(dict.fromkeys(known.values()))[:_SHOWN]
        raise BadCell(
            Text(f"方案里没有{kind.zh}“{written}”", f'the scheme has no {kind.en} "{written}"'),
            Text(
                f"{'相近的有' if near else '方案里有'}：{'、'.join(shown)}；不用的请删去",
                f"{'near it are' if near else 'it has'}: {', '.join(shown)}; delete what is not used",
            ),
        )
    return code
