"""Who takes part in a random world: groups, units of every participation, pools across groups with guests."""

from random import Random
from typing import Any

GROUPS = ("G", "H", "J", "K")
ENDS = "2019-12-31"
PARTICIPATIONS = ("listed_apart", "ungraded", "exempt")


def draw_people(random: Random) -> dict[str, Any]:
    """Groups, units, pools and who counts as a peer, as a scheme writes them."""
    groups = GROUPS[: random.choice([1, 1, 1, 2, 2, 3, 4])]
    units = _draw_units(random, groups)
    return {
        "groups": [{"code": code, "name": f"{code}组"} for code in groups],
        "units": units,
        "pools": _draw_pools(random, groups, [unit["code"] for unit in units]),
        "peers": random.choice([["ranked"], ["ranked"], ["ranked", "listed_apart"]]),
    }


def _draw_units(random: Random, groups: tuple[str, ...]) -> list[dict[str, Any]]:
    """One to thirty units, some of which came, went, were merged or take part in a way of their own."""
    most = random.choice([3, 8, 12, 12, 12, 30])
    units = [
        {"code": f"U{number}", "name": f"单位{number}", "group": random.choice(groups)}
        for number in range(1, random.randint(max(1, most // 2), most) + 1)
    ]
    for unit in units[1:]:
        if random.random() < 0.3:
            unit |= _draw_turn(random, units[0]["code"])
    if random.random() < 0.5:
        units[0]["inherit_targets"] = "sum"
    return units


def _draw_turn(random: Random, heir: str) -> dict[str, Any]:
    """What sets a unit apart: how it takes part and until when, or that it came or went."""
    apart = {"participation": random.choice(PARTICIPATIONS), "reason": "新设"}
    return random.choice([
        apart,
        apart,
        apart | {"until": random.choice(["2019-06-30", "2020-06-30"])},
        {"joined": random.choice(["2019-03-01", "2020-01-01"])},
        {"left": random.choice(["2019-10-01", "2020-03-01"])},
        {"merged_into": heir},
        {"merged_into": heir, "left": random.choice(["2019-07-01", "2020-07-01"])},
    ])  # fmt: skip


def _draw_pools(random: Random, groups: tuple[str, ...], units: list[str]) -> list[dict[str, Any]]:
    """A pool of all groups, and one of some units, guests of whichever group among them."""
    guests = random.sample(units, random.randint(0, min(3, len(units))))
    return [
        {"code": "ALL", "name": "全部", "groups": list(groups)},
        {"code": "SOME", "name": "部分", "groups": [random.choice(groups)], "units": guests},
    ]
