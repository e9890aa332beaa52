"""Whole schemes for properties: every method, every policy, and words that a careless form would mistake."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from kaohe.rules.catalogue import METHODS
from kaohe.rules.families import method_name
from kaohe.scheme.model import SchemeModel

_AWKWARD = (
    "甲、乙", "甲；乙=1", "a, b", "x=1", "[1]", "{a: 1}", '{"a": 1}', "是", "零分", "true", "no", "~", "null",
    "007", "1.50", "1e3", "1:30", "2019-12-31", "=1+1", "# 甲", "- 甲", "甲: 乙", "&甲", "*甲", "!甲", "%甲", "@甲",
    "'甲'", '"甲"', "第一行\n第二行", "None", "_x0041_", "http://甲", "甲\\n乙", "😀", "1/3", "/", "<b>&amp;", "a  b", "长 字 " * 40 + "完",
)  # fmt: skip
"""Words that mean something else to YAML, to a spreadsheet or to the grammar of cells."""

RULES: tuple[dict[str, Any], ...] = tuple(
    {"method": method_name(method), **example.parameters}
    for method in METHODS
    for example in method.examples
)
"""Every method as its worked examples set it."""

words = st.sampled_from(_AWKWARD) | st.text("甲乙丙ab1 ._-", min_size=1, max_size=8).filter(
    str.strip
)
numbers = st.fractions(min_value=-1000, max_value=1000, max_denominator=30) | st.decimals(
    -1000, 1000, places=3
).map(Fraction)
days = st.dates(date(2018, 1, 1), date(2021, 12, 31))
_absences = ("empty", "not_applicable", "not_due", "refused", "no_target")
_policies = ("group_mean", "comparable_mean", "leave_out", "zero", "provisional")
_modes = ("half_up", "half_even")
_stages = ("trial", "first_result", "feedback", "decided", "public_notice", "published")
_audiences = ("office", "leaders", "own_unit", "same_group", "all_units", "public")
_shown = ("own_score", "own_rank", "own_figures", "cut_lines", "peer_scores", "grades")
_effects = ("no_top_grade", "grade_down", "zero_indicator", "fail", "no_award")


def some(strategy: st.SearchStrategy[Any], *, most: int = 3) -> st.SearchStrategy[list[Any]]:
    """A short list."""
    return st.lists(strategy, max_size=most)


def mapping(
    needed: Mapping[str, st.SearchStrategy[Any]], /, **optional: st.SearchStrategy[Any]
) -> st.SearchStrategy[dict[str, Any]]:
    """Keys that must be there, and keys that may."""
    return st.fixed_dictionaries(dict(needed), optional=optional)


extensions = st.dictionaries(
    words,
    st.recursive(
        words | st.none() | st.just(""),
        lambda inner: some(inner) | st.dictionaries(words, inner, max_size=2),
        max_leaves=4,
    ),
    max_size=3,
)
missing = mapping({}, **{absence: st.sampled_from(_policies) for absence in _absences})
examples = mapping(
    {"score": numbers},
    value=numbers,
    target=numbers,
    previous=numbers,
    facets=st.dictionaries(words, numbers, max_size=2),
    peers=some(numbers),
)
targets = st.dictionaries(
    words, numbers | mapping({}, target=numbers, challenge=numbers, constraint=numbers), max_size=3
)
leaves = mapping(
    {"name": words, "rule": st.sampled_from(RULES)},
    family=st.sampled_from(["common", "unit_specific", "special", "bonus", "deduction"]),
    provenance=words,
    points=numbers | st.dictionaries(words, numbers, min_size=1, max_size=3),
    weight=numbers.map(abs),
    minimum=numbers,
    maximum=numbers,
    direction=st.sampled_from(["higher", "lower", "interval", "judged"]),
    unit=words,
    decimals=st.integers(0, 12),
    value_minimum=numbers,
    value_maximum=numbers,
    myriads=st.booleans(),
    owner=words,
    lead=words,
    scorer=words,
    frequency=st.sampled_from(["month", "quarter", "half_year", "year", "once"]),
    due=st.integers(0, 90) | days,
    vintage=st.sampled_from(["preliminary", "annual", "final"]),
    cutoff=days,
    acceptance=words,
    text=words,
    disclosure=st.sampled_from(["own", "group", "all"]),
    pool=words,
    target=numbers,
    targets=targets,
    applicable=some(words),
    not_applicable=some(words),
    missing=missing,
    rounding=mapping({}, indicator=st.integers(0, 12), mode=st.sampled_from(_modes)),
    examples=some(examples, most=2),
)
branches = mapping(
    {"name": words, "children": st.lists(leaves, min_size=1, max_size=3)},
    combine=st.sampled_from(["sum", "weighted_mean"]),
    points=numbers,
    text=words,
)
GRADE_TILTS = [
    {"group": "甲、", "grade": "好", "places": 3, "kind": "redistributed",
     "taken_from": {"乙；": 1, "丙=": 2}, "reason": "a=b"},
    {"group": "乙；", "grade": "好", "places": 1, "kind": "additional", "approval": "甲；乙", "reason": "、"},
]  # fmt: skip
grades = mapping(
    {
        "code": words,
        "name": words,
        "groups": st.lists(words, min_size=1, max_size=2),
        "bands": st.sampled_from(
            [
                [{"label": "优、良", "share": Fraction(1, 3), "at_least": 1}, {"label": "=", "rest": True}],
                [{"label": "好", "up_to": "0.3", "minimum_score": 90}, {"label": "一般", "rest": True}],
                [{"label": "好", "number": 2}, {"label": "合格", "rest": True}],
            ]
        ),
    },
    since=days,
    share_base=st.just(["ranked", "exempt"]) | st.integers(1, 50),
    share_rounding=st.sampled_from(["floor", "half_up", "ceil"]),
    cut_tie=st.sampled_from(["all_in", "none_in", "tie_break"]),
    vetoed=st.sampled_from(["successor", "vacant"]),
)  # fmt: skip
tilted_grades = mapping(
    {
        "code": words,
        "name": words,
        "groups": st.just(["甲、", "乙；", "丙="]),
        "bands": st.just([{"label": "好", "number": 2}, {"label": "合格", "rest": True}]),
        "tilts": some(st.sampled_from(GRADE_TILTS)),
    }
)
quotas = mapping(
    {
        "code": words,
        "name": words,
        "category": words,
        "base_date": days,
        "caps": st.just([{"until": "2020-12-31", "share": "0.15"}, {"since": "2021-01-01", "share": "0.2", "approved_share": "1/4", "approval": "甲；乙"}]),
    },
    base_categories=some(words),
    approved_total=st.integers(0, 99),
    method=st.sampled_from(["largest_remainder", "quota_method"]),
    minimum=st.integers(0, 3),
    tie=st.sampled_from(["larger_headcount", "smaller_headcount"]),
    pools=st.just([{"code": "p", "organs": ["甲", "乙、丙"], "leader": "x"}]),
    unit_grade_link=st.dictionaries(words, st.fractions(0, 1, max_denominator=30), max_size=2),
    tilts=st.just([{"units": ["甲"], "seats": 1, "kind": "redistributed", "reason": "a=b"}]),
)  # fmt: skip
units = mapping(
    {"code": words, "name": words, "group": words},
    participation=st.sampled_from(["ranked", "listed_apart", "ungraded", "exempt"]),
    reason=words,
    since=days,
    until=days,
    joined=days,
    left=days,
    merged_into=words,
    inherit_targets=st.sampled_from(["sum", "own"]),
)
trees = mapping(
    {
        "kaohe": st.just(1),
        "code": words,
        "name": words,
        "period": words,
        "groups": st.lists(mapping({"code": words, "name": words}), min_size=1, max_size=3),
        "units": st.lists(units, min_size=1, max_size=3),
        "indicators": st.lists(leaves | branches, min_size=1, max_size=3),
    },
    starts=days,
    ends=days,
    pools=some(mapping({"code": words}, name=words, groups=some(words), units=some(words))),
    peers=st.just(["ranked", "listed_apart"]),
    rounding=mapping(
        {},
        indicator=st.integers(0, 12),
        display=st.integers(0, 12),
        mode=st.sampled_from(_modes),
    ),
    missing=missing,
    ties=st.sampled_from(["lowest", "average", "highest", "dense"]),
    tie_break=some(
        st.sampled_from(
            [
                {"by": "bonus"},
                {"by": "category", "of": "A、B"},
                {"by": "decision"},
                {
                    "by": "decision",
                    "order": ["甲；乙", "丙=丁"],
                    "decided_by": "、",
                    "reason": "a: b",
                },
            ]
        )
    ),
    total=mapping(
        {},
        points=numbers,
        minimum=numbers,
        maximum=numbers,
        bonus=st.sampled_from(["added", "tie_break"]),
        bonus_cap=numbers.map(abs),
        deduction_cap=numbers.map(abs),
    ),
    matters=mapping({}, levels=some(mapping({"code": words}, name=words))),
    vetoes=some(
        mapping(
            {"code": words, "name": words},
            groups=some(words),
            effects=some(st.sampled_from(_effects)),
            indicator=words,
            text=words,
        )
    ),
    grades=some(grades | tilted_grades, most=2),
    quotas=some(quotas, most=2),
    disclosure=some(
        mapping(
            {"stage": st.sampled_from(_stages), "audience": st.sampled_from(_audiences)},
            shows=some(st.sampled_from(_shown)),
        )
    ),
    extensions=extensions,
)


def _name_indicators(tree: dict[str, Any]) -> dict[str, Any]:
    """Codes of their own, without which no tree can be told from another."""
    for number, top in enumerate(tree["indicators"]):
        top["code"] = f"{number}、{top['name']}"
        for place, child in enumerate(top.get("children", ())):
            child["code"] = f"{number}={place}"
    return tree


models: st.SearchStrategy[SchemeModel] = trees.map(_name_indicators).map(SchemeModel.model_validate)
"""Schemes that are well formed, whether or not they make sense."""
