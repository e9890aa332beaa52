"""Whole years of random schemes: two groups, a common pool, trees of every family, gaps of every kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from typing import Any

from hypothesis import strategies as st

from kaohe.numbers.absence import Absence, Cell
from kaohe.results.result import Result, score
from kaohe.rules.records import Matter
from kaohe.scheme.draft import Scheme
from kaohe.scheme.model import SchemeModel
from kaohe.scoring.observations import FigureKey, Observations

GROUPS = ("G", "H")
UNITS = tuple(f"{group}{number}" for group in GROUPS for number in range(1, 6))
"""Five units a group, of which one at most takes no place and one at most has no figure: three remain."""

RULES: tuple[dict[str, Any], ...] = (
    {"method": "reference", "by": "score"},
    {"method": "target_ratio", "cap": "1.2"},
    {"method": "control"},
    {"method": "efficacy_coefficient"},
    {"method": "efficacy_coefficient", "base": 0, "span": 100},
    {"method": "place", "step": "0.3", "ties": "lowest"},
    {"method": "place", "table": ["9", "7", "4", "3.5"], "beyond": "1", "ties": "average"},
    {"method": "ratio_to_best"},
    {"method": "mean_taper"},
    {"method": "reach_mean", "loss": "0.1", "loss_step": 1, "loss_mode": "floor"},
    {
        "method": "target_steps", "gain": 1, "gain_step": 5, "gain_mode": "floor", "gain_cap": 2,
        "loss": "0.7", "loss_step": 3, "loss_mode": "ceil",
    },
    {"method": "bands", "bands": [{"edge": 60, "share": 1}, {"edge": 30, "share": "1/3"}]},
)  # fmt: skip
HIGHER_ONLY = ("reference", "bands")
LOWER_ONLY = ("control",)
EVENTS = {
    "method": "events",
    "start": "zero",
    "per_event": "0.4",
    "cap": 3,
    "counted_from": "value",
}
AWARDS = {"method": "awards", "levels": {"city": "0.5", "province": 1}}

_points = st.sampled_from(["5", "2.5", "12", {"G": "4", "H": "6"}, {"G": "10"}])
_weights = st.sampled_from(["1", "1", "0.3", "2"])
_policies = st.sampled_from(["group_mean", "comparable_mean", "leave_out", "zero", "provisional"])


@dataclass(frozen=True)
class Year:
    """A scheme as plain data, with one snapshot of data."""

    tree: Mapping[str, Any]
    observations: Observations

    def score(self) -> Result:
        """The result; no rule refuses a figure of these years."""
        return score(read_scheme(self.tree), self.observations)


def read_scheme(tree: Mapping[str, Any]) -> Scheme:
    """The scheme of plain data."""
    return Scheme(SchemeModel.model_validate(tree))


@st.composite
def leaves(draw: st.DrawFn) -> dict[str, Any]:
    """A leaf of the base, held between zero and its points."""
    rule = draw(st.sampled_from(RULES))
    ways = [
        way
        for way, excluded in (("higher", LOWER_ONLY), ("lower", HIGHER_ONLY))
        if rule["method"] not in excluded
    ]
    return {
        "points": draw(_points), "weight": draw(_weights), "rule": rule, "target": 50,
        "direction": draw(st.sampled_from(ways)), "pool": draw(st.sampled_from(["", "P"])),
    }  # fmt: skip


def added(family: str) -> st.SearchStrategy[dict[str, Any]]:
    """A leaf or branch of bonus or deductions."""
    rule = AWARDS if family == "bonus" else EVENTS
    way = "higher" if family == "bonus" else "lower"
    leaf = {"points": "3", "family": family, "rule": rule, "direction": way}
    return st.just(leaf) | st.just({"family": family, "children": [leaf, leaf]})


_branches = st.recursive(
    leaves(),
    lambda inner: st.fixed_dictionaries(
        {
            "children": st.lists(inner | added("bonus"), min_size=1, max_size=3),
            "combine": st.sampled_from(["sum", "weighted_mean"]),
            "weight": _weights,
        },
        optional={"maximum": st.sampled_from(["4", "11"])},
    ),
    max_leaves=5,
)


@st.composite
def trees(draw: st.DrawFn) -> dict[str, Any]:
    """A whole scheme as plain data."""
    apart = draw(st.sets(st.sampled_from(["G1", "H1"])))
    numbers = count(1)
    top = draw(st.lists(_branches, min_size=1, max_size=3))
    top += draw(st.lists(added("bonus") | added("deduction"), max_size=2))
    return {
        "kaohe": 1, "code": "year", "name": "一年", "period": "2019",
        "groups": [{"code": group, "name": group} for group in GROUPS],
        "pools": [{"code": "P", "groups": list(GROUPS)}],
        "units": [
            {
                "code": unit, "name": unit, "group": unit[0],
                "participation": "listed_apart" if unit in apart else "ranked",
            }
            for unit in UNITS
        ],
        "rounding": {"indicator": draw(st.sampled_from([1, 4]))},
        "missing": {absence.value: draw(_policies) for absence in Absence},
        "ties": draw(st.sampled_from(["lowest", "average", "dense"])),
        "tie_break": draw(st.sampled_from([[], [{"by": "firsts"}, {"by": "bonus"}]])),
        "total": draw(st.sampled_from([
            {}, {"bonus_cap": 1, "deduction_cap": 1}, {"minimum": 0, "maximum": 20}
        ])),
        "indicators": [number_nodes(node, numbers) for node in top],
        "vetoes": [
            {"code": "X", "name": "否决", "effects": ["no_top_grade"]},
            {"code": "Y", "name": "否决", "effects": ["zero_indicator"], "indicator": "N1"},
        ],
        "grades": [{
            "code": "R", "name": "等次", "groups": list(GROUPS), "cut_tie": "tie_break",
            "bands": [{"label": "一", "share": "30%"}, {"label": "二", "rest": True}],
        }],
    }  # fmt: skip


def number_nodes(node: Mapping[str, Any], numbers: Any) -> dict[str, Any]:
    """The node and all below it with codes of their own."""
    code = f"N{next(numbers)}"
    named = {**node, "code": code, "name": code}
    if "children" in node:
        named["children"] = [number_nodes(child, numbers) for child in node["children"]]
    return named


_figures = st.integers(1, 400).map(lambda quarters: Fraction(quarters, 4))


@st.composite
def years(draw: st.DrawFn) -> Year:
    """A scheme with figures for every leaf and a few matters."""
    tree = draw(trees())
    codes = [code for node in tree["indicators"] for code in list_leaf_codes(node)]
    cells: dict[FigureKey, Cell] = {
        (code, "value", unit): draw(_figures) for code in codes for unit in UNITS
    }
    for code in codes:
        for group in draw(st.sets(st.sampled_from(GROUPS))):
            gap = draw(st.sampled_from(list(Absence)))
            cells[code, "value", f"{group}{draw(st.integers(2, 5))}"] = gap
    chosen = st.tuples(
        st.sampled_from([*codes, "X", "Y"]),
        st.sampled_from(UNITS),
        st.sampled_from(["city", "province"]),
    )
    matters = enumerate(draw(st.lists(chosen, max_size=5)))
    records = tuple(Matter(f"M{n}", unit, code, level) for n, (code, unit, level) in matters)
    return Year(tree, Observations(cells, records))


def list_leaf_codes(node: Mapping[str, Any]) -> list[str]:
    """The codes of the leaves under a node."""
    if "children" not in node:
        return [node["code"]]
    return [code for child in node["children"] for code in list_leaf_codes(child)]
