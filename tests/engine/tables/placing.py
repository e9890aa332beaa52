"""Rules that score by place."""

from random import Random

from tests.engine.tables.figures import Size
from tests.engine.tables.making import TIES, Setting, set_rule

_TABLE = ("5", "4.55005", "4", "10/3", "1.1")


def make_place(random: Random, _: Size) -> Setting:
    """R06"""
    ties = random.choice(TIES)
    floor = random.choice([None, "0.2"])
    if random.random() < 0.5:
        step = random.choice(["0.5", "1.5", "0.33", "0.00015"])
        return set_rule("place", step=step, ties=ties, floor=floor)
    table, beyond = _TABLE[: random.randint(1, 5)], random.choice([None, "0", "1.1"])
    return set_rule("place", table=table, ties=ties, beyond=beyond)


def make_movement(random: Random, _: Size) -> Setting:
    """R10"""
    return set_rule(
        "movement",
        place_from=random.choice(["value", "rank"]),
        table=random.choice([None, _TABLE, _TABLE[:2], _TABLE[:1]]),
        gain=random.choice(["0.5", "1", "0.30005"]),
        gain_cap=random.choice(["1", "2", "10"]),
        loss=random.choice(["0.5", "0.12345"]),
        loss_cap=random.choice(["0.75005", "1", "10"]),
        first_kept=random.choice([None, "0.3"]),
        ties=random.choice(TIES),
    )


def make_upper_places(random: Random, _: Size) -> Setting:
    """R11"""
    return set_rule(
        "upper_places",
        place_from=random.choice(["value", "rank"]),
        gains=random.choice([("5", "4", "3"), _TABLE, ("1.00005",)]),
        losses=random.choice([("5", "4", "3.33335"), ("2",), _TABLE]),
        precedence=random.choice(["gain", "loss", "both"]),
        ties=random.choice(TIES[::2]),
    )


def make_reference(random: Random, _: Size) -> Setting:
    """R24"""
    if random.random() < 0.5:
        return set_rule("reference", by="score", full=random.choice([None, "150", "3"]))
    return set_rule("reference", by="rank", table=_TABLE[: random.randint(1, 5)])
