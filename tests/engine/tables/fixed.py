"""Rules that read the score from bands, an interval or standards fixed beforehand."""

from random import Random

from tests.engine.tables.figures import Size
from tests.engine.tables.making import Setting, set_rule, write_all

_SHARES = ("1", "0.80005", "60%", "1/3", "0.2")


def make_bands(random: Random, size: Size) -> Setting:
    """R14"""
    edges = size.draw_ascending(random, random.randint(1, 5))
    if random.random() < 0.6:
        edges.reverse()
    bands = [
        {"edge": edge, "share": share}
        for edge, share in zip(write_all(edges), _SHARES, strict=False)
    ]
    return set_rule("bands", *edges, bands=bands, below=random.choice([None, "0.1"]))


def make_interval(random: Random, size: Size) -> Setting:
    """R25"""
    ends = size.draw_ascending(random, 4)
    lowest, low, high, highest = random.choice([
        ends, [ends[0], ends[0], *ends[2:]], [*ends[:2], ends[3], ends[3]], [ends[0], *ends[1:2] * 2, ends[3]],
    ])  # fmt: skip
    written = dict(
        zip(
            ("lowest", "low", "high", "highest"),
            write_all([lowest, low, high, highest]),
            strict=True,
        )
    )
    return set_rule("interval", *ends, **written)


def make_five_grades(random: Random, size: Size) -> Setting:
    """R26"""
    standards = size.draw_ascending(random, 5)
    if random.random() < 0.6:
        standards.reverse()
    return set_rule(
        "five_grades",
        *standards,
        standards=write_all(standards),
        coefficients=random.choice([None, _SHARES]),
        below=random.choice(["0", "0.1"]),
    )
