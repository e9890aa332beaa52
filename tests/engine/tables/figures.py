"""Random figures: halves, ties and gaps on purpose."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from kaohe.numbers.absence import Absence, Cell
from kaohe.renderings.frame import Frame

POINTS = ("5", "2.5", "8", "12.00125", "0.75005", "100")
ABSENCES = (Absence.EMPTY, Absence.NOT_APPLICABLE, Absence.NOT_DUE, Absence.REFUSED)


@dataclass(frozen=True)
class Size:
    """How large the figures of a table are: so many units of their last decimal."""

    least: int
    most: int
    decimals: int = 0

    def draw(self, random: Random) -> Fraction:
        """One figure."""
        return Fraction(random.randint(self.least, self.most), 10**self.decimals)

    def draw_ascending(self, random: Random, count: int) -> list[Fraction]:
        """So many different figures, from small to great."""
        drawn = random.sample(range(self.least, self.most + 1), count)
        return [Fraction(number, 10**self.decimals) for number in sorted(drawn)]


SIZES = (
    Size(1, 20),
    Size(10, 200, 1),
    Size(100, 2000, 2),
    Size(6000, 14000, 2),
    Size(-120, 120, 1),
    Size(-300, 0, 2),
    Size(-99, 99, 5),
    Size(-50, 50, 8),
    Size(0, 100, 2),
    Size(10**11, 10**11 + 20000, 2),
    Size(-(10**9), 10**9),
)
FACET_SIZES = {
    "rank": Size(1, 8),
    "ranked": Size(4, 9),
    "previous_rank": Size(1, 8),
    "not_started": Size(0, 6),
    "events": Size(0, 8),
    "completed": Size(0, 40, 1),
    "planned": Size(0, 4),
    "due": Size(0, 40),
    "on_time": Size(0, 40),
    "late_closed": Size(0, 20),
    "delayed": Size(0, 20),
    "reworked": Size(0, 20),
    "team": Size(0, 10000, 2),
    "street": Size(0, 10000, 2),
    "mark": Size(0, 10000, 2),
    "ballot": Size(0, 10000, 2),
    "tally": Size(-300, 600, 2),
}


def make_pools(random: Random) -> list[int]:
    """The pool of each row: one to three pools of one to eight rows."""
    sizes = [random.choice([1, 2, 3, 4, 5, 6, 8]) for _ in range(random.randint(1, 3))]
    return [pool for pool, size in enumerate(sizes) for _ in range(size)]


def make_frame(random: Random, facets: dict[str, list[Cell]], pool_of: list[int]) -> Frame:
    """The table; the points are the same for all, or differ from pool to pool."""
    points = [Fraction(random.choice(POINTS)) for _ in {*pool_of}]
    if random.random() < 0.7:
        points = points[:1] * len(points)
    return Frame(
        facets=facets,
        points=[points[pool] for pool in pool_of],
        pool_of=pool_of,
        pools=[[row for row, own in enumerate(pool_of) if own == pool] for pool in {*pool_of}],
    )


def make_cells(random: Random, rows: int, size: Size, edges: Sequence[Fraction] = ()) -> list[Cell]:
    """Few distinct figures, so that ties happen, edges among them; none, some or many are missing."""
    stock = [size.draw(random) for _ in range(random.choice([1, 3, rows // 2 + 1, rows]))]
    stock += [edge for edge in edges if random.random() < 0.5]
    gaps = random.choice([0, 0.1, 0.1, 0.5])
    return [
        random.choice(ABSENCES) if random.random() < gaps else random.choice(stock)
        for _ in range(rows)
    ]
