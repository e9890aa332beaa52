"""Rules that compare a figure with the pool, and growth with a wider area."""

from random import Random
from typing import Any

from kaohe.rules.catalogue import BY_NAME
from tests.engine.tables.figures import Size
from tests.engine.tables.making import MODES, Setting, set_rule, write_all
from tests.engine.tables.records import LEVELS

_OUT_OF_100 = [("60", "40"), ("50", "50"), ("0", "100"), ("70", "30")]


def make_efficacy(random: Random, size: Size) -> Setting:
    """R04"""
    base, span = random.choice(_OUT_OF_100)
    ends = size.draw_ascending(random, 2)
    if random.random() < 0.5:
        ends.reverse()
    worst, best = write_all(ends) if random.random() < 0.3 else (None, None)
    return set_rule("efficacy_coefficient", *ends, base=base, span=span, worst=worst, best=best)


def make_static_dynamic(random: Random, _: Size) -> Setting:
    """R05"""
    base, span = random.choice(_OUT_OF_100)
    return set_rule(
        "static_dynamic",
        static_share=random.choice([None, "0.5", "0", "1/3"]),
        base=base,
        span=span,
        change=random.choice(["0.1", "0.12345"]),
        change_step=random.choice(["0.1", "1", "0.3", "0.00005"]),
        change_mode=random.choice(MODES),
        change_cap=random.choice([None, "0.5", "2.00005"]),
        deductions=random.choice([None, dict(zip(LEVELS, ("2", "1", "0.5"), strict=True))]),
    )


def make_ratio_to_best(_: Random, __: Size) -> Setting:
    """R07"""
    return set_rule("ratio_to_best")


def make_mean_taper(random: Random, _: Size) -> Setting:
    """R08"""
    shape: dict[str, Any] = {
        "band": random.choice(["10", "5", "2.5", "0.0002"]),
        "gains": random.choice([["20", "40", "60"], ["100"], ["10", "20", "30", "40", "50"]]),
        "losses": random.choice([["60", "80", "100"], ["25"], ["100", "50"]]),
        "cap": random.choice([None, "12.5"]),
        "not_started": random.choice([None, None, "0.33005"]),
        "floor": random.choice([None, "0"]),
    }
    return Setting(BY_NAME["mean_taper"](**shape))


def make_increment_growth(random: Random, _: Size) -> Setting:
    """R09"""
    base, span = random.choice(_OUT_OF_100)
    return set_rule(
        "increment_growth",
        measured_by=random.choice(["ratio_to_best", "efficacy", "target_ratio"]),
        increment_share=random.choice([None, "0.5", "1/3", "1"]),
        base=base,
        span=span,
        cap=random.choice([None, "1.2"]),
    )
