"""Formulas of a scheme's own, and rules put together of others."""

from random import Random

from pydantic import ValidationError

from tests.engine.tables.figures import Size
from tests.engine.tables.formulas import OWN_FACETS, write_formula
from tests.engine.tables.making import Maker, Setting, set_rule

_MODERATE = (Size(1, 20), Size(0, 100, 2), Size(-120, 120, 1), Size(-99, 99, 4))
_SHARES = (("1/3", "2/3"), ("0.9", "0.1"), ("0.5", "0.25", "0.25"))


def make_custom(random: Random, _: Size) -> Setting:
    """R32"""
    facets = ("value", "target", "previous", *OWN_FACETS)
    sizes = {facet: random.choice(_MODERATE) for facet in facets}
    while True:
        try:
            rule = set_rule("custom", calculation=write_formula(random), facets=OWN_FACETS).rule
        except ValidationError:  # too large
            continue
        return Setting(rule, sizes=sizes)


def make_components(random: Random, size: Size, makers: list[Maker]) -> Setting:
    """R33, of rules that have a direction in common."""
    settings = [random.choice(makers)(random, size)]
    ways = {*settings[0].rule.directions()}
    shares = random.choice(_SHARES)
    while len(settings) < len(shares):
        drawn = random.choice(makers)(random, size)
        if ways & {*drawn.rule.directions()}:
            ways &= {*drawn.rule.directions()}
            settings.append(drawn)
    parts = [
        {
            "rule": setting.rule,
            "share": share,
            "facets": random.choice([{}, {}, {"value": "growth"}]),
        }
        for setting, share in zip(settings, shares, strict=True)
    ]
    sizes = {name: of for setting in settings for name, of in setting.sizes.items()}
    edges = [edge for setting in settings for edge in setting.edges]
    return Setting(set_rule("components", parts=parts).rule, edges, sizes)
