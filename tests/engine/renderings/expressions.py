"""Any expression over any small frame, for properties that hold of every rule there could be."""

from fractions import Fraction

from hypothesis import strategies as st

from kaohe.expressions import nodes
from kaohe.language import Text
from kaohe.numbers.absence import Absence
from kaohe.numbers.rounding import ROUNDING_NAMES
from kaohe.renderings.frame import Frame

FACETS = [nodes.Facet(name) for name in ("a", "b", "c")]
LABEL = Text("某", "some")
FEW = st.integers(-6, 6).map(lambda number: Fraction(number, 2))
TENTHS = st.integers(-30, 30).map(lambda number: Fraction(number, 10))
TINY = st.integers(-9, 9).map(lambda number: Fraction(number, 10**6))
LARGE = st.integers(-(10**9), 10**9).map(lambda number: Fraction(number, 100))
CELLS = st.one_of(FEW, FEW, TENTHS, TINY, LARGE, st.sampled_from([Absence.EMPTY, Absence.NOT_DUE]))
NUMBERS = st.one_of(
    FEW, TENTHS, st.sampled_from([Fraction(1, 3), Fraction(1, 100), Fraction(2, 7), Fraction(100)])
)
ZERO_BELOW = st.one_of(st.just("refuse"), st.just("not_applicable"), FEW)
MODES = st.sampled_from(sorted(ROUNDING_NAMES))
TIES = st.sampled_from(["lowest", "average", "highest", "dense"])


@st.composite
def frames(draw: st.DrawFn) -> Frame:
    """Up to three pools of up to a dozen rows together, rows in pool order."""
    pool_of = sorted(draw(st.lists(st.integers(0, 2), min_size=1, max_size=12)))
    columns = st.lists(CELLS, min_size=len(pool_of), max_size=len(pool_of))
    pools = sorted(set(pool_of))
    return Frame(
        facets={facet.name: draw(columns) for facet in FACETS},
        points=[draw(st.sampled_from([Fraction(5), Fraction("0.75005")]))] * len(pool_of),
        pool_of=[pools.index(pool) for pool in pool_of],
        pools=[[row for row, own in enumerate(pool_of) if own == pool] for pool in pools],
    )


@st.composite
def expressions(draw: st.DrawFn) -> nodes.Named:
    """One or two steps and a score that may use them and ask the pool about them."""
    plain = draw(_trees(st.sampled_from(FACETS), st.nothing()))
    first = nodes.Named("first", LABEL, plain)
    asked = st.sampled_from([*FACETS, first])
    peers = _peers(asked)
    second = nodes.Named("second", LABEL, draw(_trees(asked, peers)))
    return nodes.Named(
        "score", LABEL, draw(_trees(st.sampled_from([*FACETS, first, second]), peers))
    )


def _peers(asked: st.SearchStrategy[nodes.Node]) -> st.SearchStrategy[nodes.Node]:
    statistics = st.sampled_from(["min", "max", "mean", "sum", "count"])
    table = st.lists(NUMBERS, min_size=1, max_size=4).map(
        lambda points: tuple(sorted(points)[::-1])
    )
    return st.one_of(
        st.builds(nodes.Peer, statistics, asked, st.booleans()),
        st.builds(nodes.Rank, asked, st.booleans(), TIES),
        st.builds(nodes.PlacePoints, asked, table, st.booleans(), TIES, st.none() | FEW),
    )


def _trees(
    leaves: st.SearchStrategy[nodes.Node], peers: st.SearchStrategy[nodes.Node]
) -> st.SearchStrategy[nodes.Node]:
    numbers = st.one_of(NUMBERS.map(nodes.Constant), st.just(nodes.Points()))
    return st.recursive(st.one_of(leaves, leaves, peers, numbers), _combine, max_leaves=5)


def _combine(of: st.SearchStrategy[nodes.Node]) -> st.SearchStrategy[nodes.Node]:
    several = st.lists(of, min_size=2, max_size=3).map(tuple)
    signs = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
    comparison = st.builds(nodes.Compare, of, signs, of)
    condition = comparison | st.tuples(comparison, comparison).map(nodes.All)
    size = of | NUMBERS.filter(bool).map(nodes.Constant)
    return st.one_of(
        st.builds(nodes.Add, several),
        st.builds(nodes.Subtract, of, of),
        st.builds(nodes.Multiply, several),
        st.builds(nodes.Divide, of, of, ZERO_BELOW),
        st.builds(nodes.Minimum, several),
        st.builds(nodes.Maximum, several),
        st.builds(nodes.Clamp, of, st.none() | of, st.none() | of),
        st.builds(nodes.When, condition, of, of),
        st.builds(nodes.Require, condition, st.just(LABEL), of),
        st.builds(nodes.Steps, of, size, st.sampled_from(["linear", "floor", "ceil"])),
        st.builds(nodes.Round, of, st.integers(-1, 4), MODES),
        _tables(of),
        _curves(of),
        _means(several),
    )


@st.composite
def _tables(draw: st.DrawFn, of: st.SearchStrategy[nodes.Node]) -> nodes.Node:
    edges = tuple(sorted(draw(st.sets(NUMBERS, min_size=1, max_size=4))))
    values = tuple(draw(NUMBERS) for _ in edges)
    if draw(st.booleans()):
        return nodes.Bands(draw(of), edges, values, draw(NUMBERS))
    return nodes.Lookup(draw(of), edges, values, draw(st.none() | NUMBERS))


@st.composite
def _curves(draw: st.DrawFn, of: st.SearchStrategy[nodes.Node]) -> nodes.Node:
    xs = tuple(sorted(draw(st.sets(NUMBERS, min_size=2, max_size=4))))
    ys = tuple(draw(NUMBERS) for _ in xs)
    before: nodes.End = draw(st.sampled_from(["flat", "extend"]))
    return nodes.Curve(draw(of), xs, ys, before, draw(st.sampled_from(["flat", "extend"])))


@st.composite
def _means(draw: st.DrawFn, several: st.SearchStrategy[tuple[nodes.Node, ...]]) -> nodes.Node:
    terms = draw(several)
    weights = tuple(nodes.Constant(draw(NUMBERS)) for _ in terms)
    return nodes.WeightedMean(terms, weights, draw(st.sampled_from(["refuse", "renormalise"])))
