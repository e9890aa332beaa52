"""Rules over matters, items, panels and ballots, which are reduced to facets first."""

from random import Random
from typing import Any

from tests.engine.tables.figures import Size
from tests.engine.tables.making import Setting, set_rule
from tests.engine.tables.records import CLASSES, LEVELS, OPTIONS

_CAPS = (None, None, {"city": "0.5"})
_STARTS = ("points", "zero")


def _price(*points: str) -> dict[str, str]:
    return dict(zip(LEVELS, points, strict=True))


def make_events(random: Random, _: Size) -> Setting:
    """R13"""
    by_table = random.random() < 0.5
    losses = random.choice([("0.5", "points"), ("0.10005", "0.2", "2"), ("1/3",), ("points",)])
    return set_rule(
        "events",
        start=random.choice(_STARTS),
        per_event=None if by_table else random.choice(["0.5", "0.12345", "1/3"]),
        losses=losses if by_table else None,
        cap=random.choice([None, "3", "1.00005"]),
        counted_from=random.choice(["matters", "value"]),
    )


def make_over_fulfilment(random: Random, _: Size) -> Setting:
    """R16"""
    rates = _price("8%", "6%", random.choice(["0.05", "1/3"]))
    return set_rule("over_fulfilment", rates=rates, cap=random.choice([None, "0.30005"]))


def make_awards(random: Random, _: Size) -> Setting:
    """R18"""
    levels, cap = _price("2", "1.0001", "0.35"), random.choice([None, "1.50005"])
    return set_rule("awards", levels=levels, level_caps=random.choice(_CAPS), cap=cap)


def make_deductions(random: Random, _: Size) -> Setting:
    """R19"""
    return set_rule(
        "deductions",
        start=random.choice(_STARTS),
        kinds=_price("5", "1", "0.12345"),
        kind_caps=random.choice(_CAPS),
        cap=random.choice([None, "6", "1.00005"]),
    )


def make_specials(random: Random, _: Size) -> Setting:
    """R21"""
    return set_rule(
        "specials",
        grades=random.choice([None, _price("0.3", "-0.30005", "-0.5")]),
        most_lost=random.choice([None, "0.5", "2"]),
        most_gained=random.choice([None, "0.75005", "2"]),
    )


def make_difficulty(random: Random, _: Size) -> Setting:
    """R15"""
    combine = random.choice(["mean", "sum"])
    cap = random.choice([None, "11", "2.50005"]) if combine == "sum" else None
    return set_rule("difficulty", combine=combine, cap=cap)


def make_case_handling(random: Random, _: Size) -> Setting:
    """R22"""
    return set_rule(
        "case_handling",
        closing=random.choice([None, "70"]),
        late_factor=random.choice([None, "0", "1/3"]),
        delay=random.choice([None, "0"]),
        rework=random.choice([None, "12.00125"]),
        kinds=random.choice([None, _price("1", "0.5", "-0.5")]),
        case_share=random.choice([None, "1/3"]),
        team_share=random.choice([None, "0", "0.3"]),
        street_share=random.choice([None, "0", "0.1"]),
        missing=random.choice(["refuse", "renormalise"]),
    )


def make_weighted_scores(random: Random, _: Size) -> Setting:
    """R23"""
    weights = random.choice([("0.7", "0.3"), ("2", "1", "4"), ("1/3", "0.1", "50", "7")])
    names = ("finance", "reform", "trade", "safety")
    parts: list[dict[str, Any]] = [
        {"facet": facet, "weight": weight} for facet, weight in zip(names, weights, strict=False)
    ]
    full = random.choice([None, "150", "3"])
    return set_rule(
        "weighted_scores", parts=parts, full=full, missing=random.choice(["refuse", "renormalise"])
    )


def make_panel(random: Random, _: Size) -> Setting:
    """R27"""
    drop, drop_share = random.choice([(None, None), (1, None), (2, None), (None, "20%")])
    return set_rule(
        "panel",
        full=random.choice([None, "120"]),
        fewest=random.choice([None, 1]),
        drop=drop,
        drop_share=drop_share,
        drop_from=random.choice([None, 3]),
        classes=random.choice([None, dict(zip(CLASSES, ("0.6", "0.4"), strict=True))]),
    )


def make_ballot(random: Random, _: Size) -> Setting:
    """R28"""
    return set_rule(
        "ballot",
        options=dict(zip(OPTIONS, ("100", "75", "55.5"), strict=True)),
        uncounted=random.choice([["unsure"], ["unsure"], None]),
        full=random.choice([None, "150"]),
        fewest=random.choice([None, 10]),
        classes=random.choice([None, dict(zip(CLASSES, ("0.5", "1/3"), strict=True))]),
    )
