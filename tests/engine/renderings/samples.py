"""A small frame, and expressions of every node over it."""

from fractions import Fraction

from kaohe.expressions import nodes
from kaohe.expressions.nodes import as_node
from kaohe.expressions.writing import compare, name_step
from kaohe.language import Text
from kaohe.numbers.absence import Absence, Cell
from kaohe.renderings.frame import Frame


def read(*cells: str) -> list[Cell]:
    """Cells written short; one that is no number says why."""
    absences = {each.value: each for each in Absence}
    return [absences.get(cell) or Fraction(cell) for cell in cells]


A, B = nodes.Facet("a"), nodes.Facet("b")
FRAME = Frame(
    facets={
        "a": read("3", "1.5", "1.5", "empty", "-2", "0.125", "7", "not_due"),
        "b": read("2", "0", "-1", "1", "no_target", "0.1", "2", "3"),
    },
    points=[Fraction(10)] * 8,
    pool_of=[0, 0, 0, 0, 1, 1, 1, 2],
    pools=[[0, 1, 2, 3], [4, 5, 6], [7]],
)

REASON = Text("须为正数", "must be positive")
STEP = name_step("doubled", "两倍", "doubled", A * 2)
SHARE = name_step("share", "份额", "share", A / B)
TABLE = (Fraction(9), Fraction(7), Fraction(4))
EDGES = (Fraction(0), Fraction(3, 2), Fraction(3))

SAMPLES: dict[str, nodes.Node] = {
    "constant": as_node(Fraction(5, 2)),
    "parameter": nodes.Parameter("gain", Fraction(1, 4), Text("加分", "gain")),
    "points": nodes.Points(),
    "facet": A,
    "facet nobody has": nodes.Facet("c"),
    "least of the pool": nodes.Peer("min", A),
    "greatest of the others": nodes.Peer("max", A, own=False),
    "least of the others": nodes.Peer("min", A, own=False),
    "mean": nodes.Peer("mean", A),
    "mean of the others": nodes.Peer("mean", A, own=False),
    "sum of a step": nodes.Peer("sum", STEP),
    "sum of the others": nodes.Peer("sum", A, own=False),
    "greatest of what may be refused": nodes.Peer("max", SHARE),
    "mean of the others' that may be refused": nodes.Peer("mean", SHARE, own=False),
    "place of what may be refused": nodes.Rank(SHARE, ties="average"),
    "count": nodes.Peer("count", A),
    "count of the others": nodes.Peer("count", A, own=False),
    "place": nodes.Rank(A),
    "average place, less is better": nodes.Rank(A, False, "average"),
    "highest place": nodes.Rank(A, True, "highest"),
    "dense place of a step": nodes.Rank(STEP, True, "dense"),
    "points by place": nodes.PlacePoints(A, TABLE),
    "points by shared place": nodes.PlacePoints(A, TABLE[:2], True, "average", Fraction(1)),
    "sum of terms": nodes.Add((A, B, as_node(1))),
    "difference": A - B,
    "product": nodes.Multiply((A, B, as_node(2))),
    "quotient": A / B,
    "quotient or not applicable": nodes.Divide(A, B, "not_applicable"),
    "quotient or a value": nodes.Divide(A, B, Fraction(1)),
    "minimum": nodes.Minimum((A, B, as_node(2))),
    "maximum": nodes.Maximum((A, B)),
    "clamp": nodes.Clamp(A, as_node(0), as_node(2)),
    "clamp from below": nodes.Clamp(A, low=B),
    "when": nodes.When(compare(A, ">", 1), A * 10, as_node(0)),
    "when both": nodes.When(
        nodes.All((compare(A, ">=", Fraction(3, 2)), compare(B, "<=", 0))), as_node(1), as_node(2)
    ),
    "bands": nodes.Bands(A, EDGES, TABLE, Fraction(-1)),
    "lookup": nodes.Lookup(A, EDGES, TABLE),
    "lookup with the rest": nodes.Lookup(A, EDGES, TABLE, Fraction(0)),
    "curve": nodes.Curve(A, EDGES, TABLE),
    "curve going on": nodes.Curve(A, EDGES, TABLE, "extend", "extend"),
    "steps in parts": nodes.Steps(A, as_node(2), "linear"),
    "whole steps": nodes.Steps(A, as_node(2), "floor"),
    "begun steps": nodes.Steps(A, as_node(2), "ceil"),
    "steps of nothing": nodes.Steps(A, B, "floor"),
    "half up": nodes.Round(A, 0),
    "half even": nodes.Round(A, 0, "half_even"),
    "away from zero": nodes.Round(A, 1, "up"),
    "towards zero": nodes.Round(A, 0, "down"),
    "down": nodes.Round(A, 2, "floor"),
    "up": nodes.Round(A, 2, "ceil"),
    "to tens": nodes.Round(A * 3, -1, "half_even"),
    "weighted mean": nodes.WeightedMean((A, B), (as_node(3), as_node(1))),
    "weighted mean of those there": nodes.WeightedMean(
        (A, B), (as_node(3), as_node(1)), "renormalise"
    ),
    "require": nodes.Require(compare(B, ">", 0), REASON, A),
    "named": STEP,
}
