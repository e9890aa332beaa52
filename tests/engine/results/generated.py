"""Scored schemes for properties: trees of rules, weights and bounds over figures with gaps of every kind."""

from itertools import count
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from kaohe.checking import admit
from kaohe.errors import BadInput
from kaohe.numbers.absence import Absence
from kaohe.results.result import Result, score
from kaohe.rules.records import Matter
from kaohe.scheme.draft import Draft
from kaohe.scheme.queries import iterate_leaves
from kaohe.scoring.observations import Observations

UNITS = ("甲", "乙", "丙", "丁", "戊")
RULES: tuple[dict[str, Any], ...] = (
    {"method": "target_ratio"},
    {"method": "efficacy_coefficient"},
    {"method": "efficacy_coefficient", "worst": "0", "best": "7"},
    {"method": "ratio_to_best"},
    {"method": "mean_taper"},
    {"method": "place", "table": ["5", "3", "1"], "beyond": "0", "ties": "highest"},
    {"method": "reach_mean", "loss": "0.7", "loss_step": "3", "loss_mode": "floor"},
    {"method": "bands", "bands": [{"edge": "60", "share": "1"}, {"edge": "30", "share": "1/3"}]},
    {"method": "interval", "low": "40", "high": "60", "lowest": "10", "highest": "90"},
)
_scores = st.sampled_from(["0.1", "2/3", "1", "2.5", "7"])
_maybe = st.none() | _scores


@st.composite
def leaves(draw: st.DrawFn, family: str = "common") -> dict[str, Any]:
    """A leaf without its code; a bonus or deduction counts matters."""
    leaf: dict[str, Any] = {"family": family, "points": draw(_scores), "weight": draw(_scores)}
    if family == "bonus":
        return leaf | {"rule": {"method": "awards", "levels": {"a": "0.75", "b": "1/3"}}}
    if family == "deduction":
        return leaf | {"rule": {"method": "deductions", "start": "zero", "kinds": {"a": "0.75"}}}
    bounds = {"maximum": draw(_maybe), "target": draw(st.sampled_from(["50", "77"]))}
    return leaf | {"rule": draw(st.sampled_from(RULES))} | {k: v for k, v in bounds.items() if v}


branches = st.recursive(
    leaves(),
    lambda inner: st.fixed_dictionaries(
        {
            "children": st.lists(inner | leaves("bonus"), min_size=1, max_size=3),
            "combine": st.sampled_from(["sum", "weighted_mean"]),
            "weight": _scores,
        },
        optional={"maximum": _scores},
    ),
    max_leaves=6,
)


@st.composite
def trees(draw: st.DrawFn) -> dict[str, Any]:
    """A whole scheme of one group, as plain data."""
    top = draw(st.lists(branches, min_size=1, max_size=3))
    top += draw(st.lists(leaves("bonus") | leaves("deduction"), max_size=2))
    numbers = count(1)
    policies = st.sampled_from(["group_mean", "leave_out", "zero", "provisional"])
    total = {"bonus_cap": draw(_maybe), "maximum": draw(_maybe)}
    return {
        "kaohe": "1", "code": "g", "name": "生成", "period": "2019",
        "groups": [{"code": "g", "name": "组"}],
        "units": [{"code": unit, "name": unit, "group": "g"} for unit in UNITS],
        "missing": {absence.value: draw(policies) for absence in Absence},
        "total": {key: value for key, value in total.items() if value},
        "indicators": [number_nodes(node, numbers) for node in top],
    }  # fmt: skip


def number_nodes(node: dict[str, Any], numbers: Any) -> dict[str, Any]:
    """The node and all below it with codes of their own."""
    code = f"N{next(numbers)}"
    named = {**node, "code": code, "name": code}
    if "children" in node:
        named["children"] = [number_nodes(child, numbers) for child in node["children"]]
    return named


figures = st.fractions(0, 100, max_denominator=7) | st.sampled_from(
    [Absence.EMPTY, Absence.NOT_APPLICABLE, Absence.NOT_DUE, Absence.REFUSED]
)


@st.composite
def results(draw: st.DrawFn) -> Result:
    """A scored scheme; one whose figures a rule refuses is drawn again."""
    scheme = admit(Draft(draw(trees())))
    codes = [leaf.code for leaf in iterate_leaves(scheme.model)]
    cells = {(code, "value", unit): draw(figures) for code in codes for unit in UNITS}
    matters = draw(st.lists(st.tuples(st.sampled_from(codes), st.sampled_from(UNITS)), max_size=4))
    records = tuple(Matter(f"M{n}", unit, code, "a") for n, (code, unit) in enumerate(matters))
    try:
        return score(scheme, Observations(cells, records))
    except BadInput:
        assume(False)
        raise
