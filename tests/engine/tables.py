"""Random tables for the five first rules: halves, ties and gaps on purpose."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from kaohe.numbers.absence import Absence, Cell
from kaohe.renderings.frame import Frame
from kaohe.rules.catalogue import BY_NAME
from kaohe.rules.method import Method


@dataclass(frozen=True)
class Case:
    """One rule with its parameters over one table, rows in pool order."""

    rule: Method
    higher_is_better: bool
    frame: Frame


def make_cases(count: int, *, seed: int) -> Iterator[Case]:
    """The five rules in turn, each over a fresh table."""
    random = Random(seed)  # noqa: S311 – tables, not secrets
    makers = (_target_steps, _efficacy, _place, _taper, _awards)
    for number in range(count):
        rule = makers[number % len(makers)](random)
        higher = random.random() < 0.7
        yield Case(rule, higher, _make_frame(random, rule))


def _pick(random: Random, *choices: Any) -> Any:
    return random.choice(choices)


def _rule(name: str, **parameters: Any) -> Method:
    return BY_NAME[name](**parameters)


def _target_steps(random: Random) -> Method:
    return _rule(
        "target_steps",
        gain=_pick(random, "1", "0.5", "0.25", "0.15"),
        gain_step=_pick(random, "1", "0.1", "0.5", "2", "0.3"),
        gain_mode=_pick(random, "linear", "floor", "ceil"),
        gain_cap=_pick(random, "2", "1.5", "points"),
        loss=_pick(random, "1", "0.5", "0.05"),
        loss_step=_pick(random, "1", "0.1", "0.2", "3"),
        loss_mode=_pick(random, "linear", "floor", "ceil"),
        step_in=_pick(random, "value", "value", "percent_of_target"),
    )


def _efficacy(random: Random) -> Method:
    base, span = _pick(random, ("60", "40"), ("50", "50"), ("0", "100"), ("70", "30"))
    fixed = {"worst": "2", "best": "18.5"} if random.random() < 0.2 else {}
    return _rule("efficacy_coefficient", base=base, span=span, **fixed)


def _place(random: Random) -> Method:
    ties = _pick(random, "lowest", "average", "highest", "dense")
    if random.random() < 0.5:
        return _rule("place", step=_pick(random, "0.5", "1.5", "0.33"), ties=ties, floor="0.2")
    beyond = _pick(random, {}, {"beyond": "0"}, {"beyond": "1.25"})
    return _rule("place", table=["5", "4.55", "4", "3.25", "1.1"], ties=ties, **beyond)


def _taper(random: Random) -> Method:
    cap = _pick(random, {}, {"cap": "12.5"})
    return _rule("mean_taper", band=_pick(random, "10", "5", "2.5"), **cap)


def _awards(random: Random) -> Method:
    return _rule("awards", levels={"city": "0.5"}, **_pick(random, {}, {"cap": "1.5"}))


def _make_frame(random: Random, rule: Method) -> Frame:
    sizes = [random.randint(3, 8) for _ in range(random.randint(1, 3))]
    rows = sum(sizes)
    decimals = random.randint(0, 2)
    pool_of = [pool for pool, size in enumerate(sizes) for _ in range(size)]
    facets = {
        "value": _make_cells(random, rows, decimals),
        "target": _make_cells(random, rows, decimals),
        "tally": _make_cells(random, rows, 2, largest=3),
    }
    return Frame(
        facets=facets,
        points=[Fraction(_pick(random, "5", "2.5", "8", "0.75"))] * rows,
        pool_of=pool_of,
        pools=[[row for row in range(rows) if pool_of[row] == pool] for pool in range(len(sizes))],
    )


def _make_cells(random: Random, rows: int, decimals: int, *, largest: int = 20) -> list[Cell]:
    """Few distinct figures, so that ties happen; one in ten is missing."""
    scale = 10**decimals
    stock = [
        Fraction(random.randint(scale, largest * scale), scale) for _ in range(max(3, rows // 2))
    ]
    return [Absence.EMPTY if random.random() < 0.1 else random.choice(stock) for _ in range(rows)]
