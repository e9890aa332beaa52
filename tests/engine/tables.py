"""Random tables for the five first rules: halves, ties and gaps on purpose."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from kaohe.expressions.nodes import Named
from kaohe.numbers.absence import Absence, Cell
from kaohe.numbers.rounding import RoundingMode
from kaohe.renderings.frame import Frame
from kaohe.rules.catalogue import BY_NAME
from kaohe.rules.method import Method
from kaohe.rules.records import Matter, Records

MODES = ("linear", "floor", "ceil")
TIES = ("lowest", "average", "highest", "dense")
ROUNDINGS: tuple[RoundingMode, ...] = ("half_up", "half_up", "half_even")
POINTS = ("5", "2.5", "8", "12.00125", "0.75005", "100")
ABSENCES = (Absence.EMPTY, Absence.NOT_APPLICABLE, Absence.NOT_DUE, Absence.REFUSED)


@dataclass(frozen=True)
class Case:
    """One rule with its parameters over one table, rows in pool order."""

    rule: Method
    higher_is_better: bool
    frame: Frame
    rounding: RoundingMode

    def expression(self) -> Named:
        return self.rule.expression(higher_is_better=self.higher_is_better)


@dataclass(frozen=True)
class Size:
    """How large the figures of a table are: so many units of their last decimal."""

    least: int
    most: int
    decimals: int


SIZES = (
    Size(1, 20, 0),
    Size(10, 200, 1),
    Size(100, 2000, 2),
    Size(6000, 14000, 2),
    Size(-120, 120, 1),
    Size(-300, 0, 2),
    Size(-99, 99, 5),
    Size(0, 100, 2),
    Size(10**11, 10**11 + 20000, 2),
    Size(-(10**9), 10**9, 0),
)
COUNT = Size(0, 6, 0)


def make_cases(count: int, *, seed: int) -> Iterator[Case]:
    """The five rules in turn, each over a fresh table."""
    random = Random(seed)  # noqa: S311 – tables, not secrets
    makers = (make_target_steps, make_efficacy, make_place, make_taper, make_awards)
    for number in range(count):
        yield makers[number % len(makers)](random)


def make_target_steps(random: Random) -> Case:
    rule = make_rule(
        "target_steps",
        gain=random.choice(["1", "0.5", "0.12345", "0.15"]),
        gain_step=random.choice(["1", "0.1", "0.5", "0.3", "0.00001"]),
        gain_mode=random.choice(MODES),
        gain_cap=random.choice(["2", "1.50005", "points"]),
        loss=random.choice(["1", "0.5", "0.03215"]),
        loss_step=random.choice(["1", "0.1", "0.2", "3", "0.00002"]),
        loss_mode=random.choice(MODES),
        step_in=random.choice(["value", "value", "percent_of_target"]),
    )
    return make_case(random, rule, "value", "target")


def make_efficacy(random: Random) -> Case:
    higher = random.random() < 0.7
    base, span = random.choice([("60", "40"), ("50", "50"), ("0", "100"), ("70", "30")])
    bounds = ("2", "18.5") if higher else ("18.5", "2")
    fixed = random.choice([{}, {}, {}, dict(zip(("worst", "best"), bounds, strict=True))])
    rule = make_rule("efficacy_coefficient", base=base, span=span, **fixed)
    return make_case(random, rule, "value", higher_is_better=higher)


def make_place(random: Random) -> Case:
    ties = random.choice(TIES)
    if random.random() < 0.5:
        step = random.choice(["0.5", "1.5", "0.33", "0.00015"])
        return make_case(random, make_rule("place", step=step, ties=ties, floor="0.2"), "value")
    beyond = random.choice([{}, {"beyond": "0"}, {"beyond": "1.1"}])
    table = ["5", "4.55005", "4", "3.25", "1.1"][: random.randint(1, 5)]
    return make_case(random, make_rule("place", table=table, ties=ties, **beyond), "value")


def make_taper(random: Random) -> Case:
    shape = {
        "band": random.choice(["10", "5", "2.5", "0.0002"]),
        "floor": random.choice(["0", None]),
        **random.choice([{}, {"cap": "12.5"}]),
    }
    if random.random() < 0.2:
        rule = make_rule("mean_taper", not_started="0.33005", **shape)
        return make_case(random, rule, "value", "not_started")
    return make_case(random, make_rule("mean_taper", **shape), "value")


def make_awards(random: Random) -> Case:
    """Awards are recorded as matters and reduced to a tally, unit by unit."""
    levels = {"national": "2", "provincial": "1.0001", "city": "0.35"}
    caps = random.choice([{}, {"level_caps": {"city": "0.5"}}])
    rule = make_rule("awards", levels=levels, **caps, **random.choice([{}, {"cap": "1.50005"}]))
    rows = make_pools(random)
    reductions = [rule.reduce_records(make_matters(random)) for _ in rows]
    tally = [reduction.facets["tally"] for reduction in reductions]
    return Case(rule, True, make_frame(random, {"tally": tally}, rows), random.choice(ROUNDINGS))


def make_matters(random: Random) -> Records:
    levels = ["national", "provincial", "city", "city"] + ["district"] * (random.random() < 0.3)
    return Records([
        Matter(
            code=f"M{random.randint(1, 5)}",
            unit="",
            indicator="",
            level=random.choice(levels),
            share=random.choice([Fraction(1), Fraction(1, 2), Fraction(1, 3)]),
            tolerance=random.choice([Fraction(1), Fraction("0.35")]),
            status=random.choice(["counted", "counted", "counted", "pending"]),
        )
        for _ in range(random.randint(0, 5))
    ])  # fmt: skip


def make_rule(name: str, **parameters: Any) -> Method:
    return BY_NAME[name](**parameters)


def make_case(
    random: Random, rule: Method, *facets: str, higher_is_better: bool | None = None
) -> Case:
    size, rows = random.choice(SIZES), make_pools(random)
    cells = {
        name: make_cells(random, len(rows), COUNT if name == "not_started" else size)
        for name in facets
    }
    higher = random.random() < 0.7 if higher_is_better is None else higher_is_better
    return Case(rule, higher, make_frame(random, cells, rows), random.choice(ROUNDINGS))


def make_pools(random: Random) -> list[int]:
    """The pool of each row: one to three pools of two to eight rows."""
    sizes = [random.randint(2, 8) for _ in range(random.randint(1, 3))]
    return [pool for pool, size in enumerate(sizes) for _ in range(size)]


def make_frame(random: Random, facets: dict[str, list[Cell]], pool_of: list[int]) -> Frame:
    return Frame(
        facets=facets,
        points=[Fraction(random.choice(POINTS))] * len(pool_of),
        pool_of=pool_of,
        pools=[[row for row, own in enumerate(pool_of) if own == pool] for pool in {*pool_of}],
    )


def make_cells(random: Random, rows: int, size: Size) -> list[Cell]:
    """Few distinct figures, so that ties happen; none, some or many are missing."""
    stock = [
        Fraction(random.randint(size.least, size.most), 10**size.decimals)
        for _ in range(random.choice([1, 3, rows // 2 + 1, rows]))
    ]
    gaps = random.choice([0, 0.1, 0.1, 0.5])
    make: Callable[[], Cell] = lambda: (  # noqa: E731
        random.choice(ABSENCES) if random.random() < gaps else random.choice(stock)
    )
    return [make() for _ in range(rows)]
