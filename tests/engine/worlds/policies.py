"""What a random world decides for all: rounding, gaps, totals, ties, vetoes and grades."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from tests.engine.worlds.indicators import draw_missing, iterate_nodes

Part = dict[str, Any]
EFFECTS = ("no_top_grade", "grade_down", "zero_indicator", "fail", "no_award")
MODES = ("half_up", "half_even")


def draw_policies(random: Random, people: Part, indicators: Sequence[Part]) -> Part:
    """Everything a scheme decides beside its units and its indicators."""
    codes = [node["code"] for node in iterate_nodes(list(indicators))]
    units = [unit["code"] for unit in people["units"]]
    return {
        "rounding": {
            "indicator": random.choice([0, 1, 2, 4, 4]),
            "display": random.choice([0, 1, 2, 2, 3]),
            "mode": random.choice(MODES),
        },
        "missing": draw_missing(random),
        "ties": random.choice(["lowest", "average", "highest", "dense"]),
        "tie_break": [_draw_link(random, codes, units) for _ in range(random.choice([0, 1, 2, 3]))],
        "total": _draw_total(random),
        "vetoes": [
            _draw_veto(random, number, people, codes) for number in range(random.choice([0, 1, 2]))
        ],
        "grades": _draw_grade_rules(random, [group["code"] for group in people["groups"]], codes),
    }


def _draw_link(random: Random, codes: Sequence[str], units: list[str]) -> Part:
    return random.choice([
        {"by": "category", "of": random.choice(codes)},
        {"by": "firsts"},
        {"by": "bonus"},
        {"by": "previous_rank"},
        {
            "by": "decision", "order": random.sample(units, random.randint(1, len(units))),
            "decided_by": "领导小组会议", "reason": "集体研究",
        },
    ])  # fmt: skip


def _draw_total(random: Random) -> Part:
    parts = {
        "bonus": ["added", "tie_break"], "bonus_cap": ["0", "1", "2.5"], "deduction_cap": ["0.2", "1"],
        "minimum": ["0", "-1"], "maximum": ["20", "8.125"],
    }  # fmt: skip
    return {key: random.choice(choices) for key, choices in parts.items() if random.random() < 0.3}


def _draw_veto(random: Random, number: int, people: Part, codes: Sequence[str]) -> Part:
    effects = random.sample(EFFECTS, random.randint(1, 2))
    groups = [group["code"] for group in people["groups"] if random.random() < 0.5]
    veto = {"code": f"V{number}", "name": f"否决{number}", "effects": effects, "groups": groups}
    return veto | ({"indicator": random.choice(codes)} if "zero_indicator" in effects else {})


def _draw_grade_rules(random: Random, groups: list[str], codes: Sequence[str]) -> list[Part]:
    """None, one for some groups, or one for each; now and then one that no longer holds."""
    shares = random.choice([[], [groups], [groups[:1], groups[1:]], [groups[:2]]])
    rules = [
        _draw_grade_rule(random, f"R{number}", share, codes)
        for number, share in enumerate(shares)
        if share
    ]
    old = {"code": "OLD", "name": "旧规则", "groups": groups, "until": "2018-12-31", "bands": [{"label": "旧", "rest": "true"}]}  # fmt: skip
    if rules and random.random() < 0.2:
        return [old, *({**rule, "since": "2019-01-01"} for rule in rules)]
    return rules


def _draw_grade_rule(random: Random, code: str, groups: list[str], codes: Sequence[str]) -> Part:
    bands = _draw_bands(random)
    has_fail = random.random() < 0.6
    return {
        "code": code, "name": "等次", "groups": groups, "bands": bands,
        "share_base": random.choice([["ranked"], ["ranked", "listed_apart"], "7"]),
        "share_rounding": random.choice(["floor", "half_up", "ceil"]),
        "cut_tie": random.choice(["all_in", "none_in", "tie_break"]),
        "vetoed": random.choice(["successor", "vacant"]),
        "promotions": [_draw_promotion(random, codes) for _ in range(random.choice([0, 0, 1, 2]))],
        "tilts": _draw_tilts(random, groups, bands),
        **({"fail": "不合格"} if has_fail else {}),
        **({"pass_line": random.choice(["2", "5"])} if has_fail and random.random() < 0.5 else {}),
    }  # fmt: skip


def _draw_bands(random: Random) -> list[Part]:
    """A first grade by share, place or number, perhaps a second one, and the rest."""
    best: Part = random.choice([
        {"share": random.choice(["30%", "1/3", "0.5"]), "at_least": random.choice([0, 1])},
        {"up_to": random.choice(["0.3", "0.5"])},
        {"number": random.choice([1, 2, 3])},
        {"minimum_score": random.choice(["8", "10"])},
    ])  # fmt: skip
    if random.random() < 0.3 and "minimum_score" not in best:
        best["minimum_score"] = random.choice(["5", "9.5"])
    second: list[Part] = random.choice(
        [[], [{"share": "40%"}], [{"up_to": "0.8"}], [{"minimum_score": "4"}]]
    )
    middle = [{"label": "良好", **band} for band in second]
    return [{"label": "优秀", **best}, *middle, {"label": "合格", "rest": "true"}]


def _draw_promotion(random: Random, codes: Sequence[str]) -> Part:
    by = random.choice(["special_award", "matter_level", "indicator_score"])
    condition: Part = (
        {"at_least": random.choice(["0", "5"])}
        if by == "indicator_score"
        else {"levels": ["national", "city"]}
    )
    limit: Part = random.choice([{}, {"limit": 1}, {"limit": 0}])
    return {
        "by": by, "of": random.choice(codes), "to": "优秀", **condition, **limit,
        "outside_share": random.choice(["true", "false"]),
    }  # fmt: skip


def _draw_tilts(
    random: Random, groups: list[str], bands: Sequence[Mapping[str, Any]]
) -> list[Part]:
    """More places of the first grade for one group: by approval, or from the other groups."""
    best = bands[0]
    if random.random() < 0.7 or not {"share", "up_to", "number"} & set(best):
        return []
    tilt = {"group": groups[0], "grade": "优秀", "reason": "一线"}
    if len(groups) > 1 and random.random() < 0.5:
        return [{**tilt, "places": 1, "kind": "redistributed", "taken_from": {groups[1]: 1}}]
    amount: Part = {"points_share": "10%"} if "share" in best and random.random() < 0.5 else {"places": 1}  # fmt: skip
    return [{**tilt, **amount, "kind": "additional", "approval": "批文"}]
