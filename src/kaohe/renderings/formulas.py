"""The workbook rendering: the same expression as live spreadsheet formulas.

One column per named step; a pool's rows stand together, so plain ranges serve as peers. Cells hold
doubles, so every decision rounds its operands first, to a digit that depends on the error they can
have (`measure_digits`): noise goes, differences that matter stay. The formulas keep to what
LibreOffice 7.4, WPS and Excel 2016 share.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from kaohe.expressions import nodes
from kaohe.numbers.rounding import RoundingMode
from kaohe.numbers.writing import write_number
from kaohe.renderings.grid import Row
from kaohe.renderings.peers import points_at


def write_step_formula(step: nodes.Named, row: Row, *, ranked: bool = False) -> str:
    """The formula of one named step in one row; blank while a figure it needs is missing.

    A step that others are ranked by is itself rounded, since RANK compares cells as they stand.
    """
    formula = _formula(step.of, row)
    if ranked:
        formula = _guard(formula, step, row)
    gaps = _list_gaps(step.of, row)
    if gaps:
        is_gap = gaps[0] if len(gaps) == 1 else f"OR({','.join(gaps)})"
        formula = f'IF({is_gap},"",{formula})'
    return f"={formula}"


def _list_gaps(node: nodes.Node, row: Row) -> list[str]:
    """The conditions under which a step has no value: a figure of the row's, or all peers', is missing."""
    names = {*_needed_columns(node)}
    needed = sorted({row.cell(name) for name in names})
    gaps = [f"COUNT({','.join(needed)})<{len(needed)}"] if needed else []
    asked = (each for each in _list_asked(node) if not _is_answered(each, row, names))
    lonely = (_write_lonely(each, row) for each in asked)
    return [*gaps, *dict.fromkeys(lonely)]


def _list_asked(node: nodes.Node) -> Iterator[nodes.Peer]:
    """The statistics asked for in a step's own formula."""
    if isinstance(node, nodes.Peer):
        yield node
    elif not isinstance(node, nodes.Named):
        for child in nodes.iterate_children(node):
            yield from _list_asked(child)


def _is_answered(node: nodes.Peer, row: Row, names: set[str]) -> bool:
    """Whether a statistic has a value because the row itself has a figure, or without anybody's."""
    in_pool = node.own and not row.is_guest and _argument_column(node.of) in names
    return in_pool or node.statistic in ("sum", "count")


def _write_lonely(node: nodes.Peer, row: Row) -> str:
    """The condition that nobody else in the pool has a figure."""
    column = _argument_column(node.of)
    own = "" if node.own or row.is_guest else f"-COUNT({row.cell(column)})"
    return f"COUNT({row.pool_range(column)}){own}<1"


def write_rounding_formula(
    step: nodes.Named, row: Row, *, decimals: int, mode: RoundingMode = "half_up"
) -> str:
    """The formula of the rounded score, from the cell of its last step."""
    cell = row.cell(step.name)
    rounded = _round_formula(cell, row.grid.digits(step), decimals, mode)
    return f'=IF(COUNT({cell})<1,"",{rounded})'


def write_rounded(formula: str, *, digits: int, decimals: int, mode: RoundingMode) -> str:
    """A formula rounded as a scheme rounds, once the noise beyond its trusted digits is gone."""
    return _round_formula(formula, digits, decimals, mode)


def list_ranked_steps(expression: nodes.Node) -> set[str]:
    """The named steps by which rows are ranked."""
    return {
        node.of.name
        for node in nodes.iterate_nodes(expression)
        if isinstance(node, nodes.Rank | nodes.PlacePoints) and isinstance(node.of, nodes.Named)
    }


def write_literal(value: Fraction) -> str:
    """A number as a formula writes it; one without an end as a quotient in brackets."""
    text = write_number(value)
    return f"({text})" if "/" in text or value < 0 else text


def _formula(node: nodes.Node, row: Row) -> str:
    return _FORMULAS[type(node)](node, row)


def _guard(formula: str, node: nodes.Node, row: Row) -> str:
    return f"ROUND({formula},{row.grid.digits(node)})"


def _needed_columns(node: nodes.Node) -> Iterator[str]:
    """The facets and steps of the row itself without which its formula has no value."""
    if isinstance(node, nodes.Facet | nodes.Named):
        yield node.name
    elif isinstance(node, nodes.WeightedMean) and node.missing == "renormalise":
        return
    elif not isinstance(node, nodes.Peer):
        for child in nodes.iterate_children(node):
            yield from _needed_columns(child)


def _argument_column(node: nodes.Node) -> str:
    if isinstance(node, nodes.Facet | nodes.Named):
        return node.name
    raise TypeError("the argument of a peer node is a facet or a named step")


def _constant(node: nodes.Constant, _: Row) -> str:
    return write_literal(node.value)


def _parameter(node: nodes.Parameter, row: Row) -> str:
    return row.grid.parameters.get(node.name) or write_literal(node.value)


def _points(_: nodes.Points, row: Row) -> str:
    return row.cell("points")


def _cell(node: nodes.Facet | nodes.Named, row: Row) -> str:
    return row.cell(node.name)


_STATISTICS = {"min": "MIN", "max": "MAX", "mean": "AVERAGE", "sum": "SUM", "count": "COUNT"}


def _peer(node: nodes.Peer, row: Row) -> str:
    column = _argument_column(node.of)
    pool, own = row.pool_range(column), row.cell(column)
    plain = f"{_STATISTICS[node.statistic]}({pool})"
    if node.own or row.is_guest:
        return plain
    without = {
        "min": f"IF({own}=MIN({pool}),SMALL({pool},2),MIN({pool}))",
        "max": f"IF({own}=MAX({pool}),LARGE({pool},2),MAX({pool}))",
        "mean": f"(SUM({pool})-{own})/(COUNT({pool})-1)",
        "sum": f"SUM({pool})-{own}",
        "count": f"COUNT({pool})-1",
    }
    return f"IF(ISNUMBER({own}),{without[node.statistic]},{plain})"


def _place(node: nodes.Rank | nodes.PlacePoints, row: Row, ties: str) -> str:
    column = _argument_column(node.of)
    pool, own = row.pool_range(column), row.cell(column)
    order, opposite = (0, 1) if node.higher_is_better else (1, 0)
    low = f"RANK({own},{pool},{order})"
    high = f"(COUNT({pool})+1-RANK({own},{pool},{opposite}))"
    sign = ">" if node.higher_is_better else "<"
    if row.is_guest:
        low = f"(SUMPRODUCT(ISNUMBER({pool})*({pool}{sign}{own}))+1)"
        high = f"(SUMPRODUCT(ISNUMBER({pool})*({pool}{sign}={own}))+1)"
    if ties == "dense":
        first = f'(MATCH({pool}&"",{pool}&"",0)=ROW({pool})-{row.first - 1})'
        return f"(SUMPRODUCT(ISNUMBER({pool})*({pool}{sign}{own})*{first})+1)"
    return {"lowest": low, "highest": high, "average": f"(({low}+{high})/2)"}[ties]


def _rank(node: nodes.Rank, row: Row) -> str:
    return _place(node, row, node.ties)


def _place_points(node: nodes.PlacePoints, row: Row) -> str:
    table = "{" + ",".join(write_number(points) for points in node.table) + "}"
    size = len(node.table)
    beyond = write_literal(points_at(node, size + 1))
    if node.ties != "average":
        place = _place(node, row, node.ties)
        return f"IF({place}>{size},{beyond},INDEX({table},{place}))"
    low, high = _place(node, row, "lowest"), _place(node, row, "highest")
    places = "{" + ",".join(map(str, range(1, size + 1))) + "}"
    inside = f"SUMPRODUCT(({places}>={low})*({places}<={high})*{table})"
    outside = f"{beyond}*MAX(0,{high}-MAX({low}-1,{size}))"
    return f"({inside}+{outside})/({high}-{low}+1)"


def _add(node: nodes.Add, row: Row) -> str:
    return f"({'+'.join(_formula(term, row) for term in node.terms)})"


def _subtract(node: nodes.Subtract, row: Row) -> str:
    return f"({_formula(node.left, row)}-{_formula(node.right, row)})"


def _multiply(node: nodes.Multiply, row: Row) -> str:
    return "*".join(_formula(factor, row) for factor in node.factors)


_LEAVES = nodes.Constant | nodes.Parameter | nodes.Points | nodes.Facet
"""What stands in a cell or in the formula as it was written; a zero there is a zero."""
_INSTEAD: dict[nodes.OnZero, str] = {"refuse": "NA()", "not_applicable": '""'}


def _divide(node: nodes.Divide, row: Row) -> str:
    above, below = _formula(node.above, row), _formula(node.below, row)
    quotient = f"{above}/({below})"
    if node.on_zero == "refuse" and isinstance(node.below, _LEAVES):
        return f"({quotient})"
    instead = _INSTEAD.get(node.on_zero) or write_literal(Fraction(node.on_zero))
    return f"IF({_guard(below, node.below, row)}=0,{instead},{quotient})"


def _extreme(function: str) -> Callable[[Any, Row], str]:
    return lambda node, row: f"{function}({','.join(_formula(term, row) for term in node.terms)})"


def _clamp(node: nodes.Clamp, row: Row) -> str:
    formula = _formula(node.of, row)
    if node.low is not None:
        formula = f"MAX({formula},{_formula(node.low, row)})"
    if node.high is not None:
        formula = f"MIN({formula},{_formula(node.high, row)})"
    return formula


_SIGNS = {"==": "=", "!=": "<>"}


def _compare(node: nodes.Compare, row: Row) -> str:
    difference = nodes.Subtract(node.left, node.right)
    sign = _SIGNS.get(node.sign, node.sign)
    return f"{_guard(_formula(difference, row), difference, row)}{sign}0"


def _all(node: nodes.All, row: Row) -> str:
    return f"AND({','.join(_formula(condition, row) for condition in node.conditions)})"


def _when(node: nodes.When, row: Row) -> str:
    parts = (node.condition, node.then, node.otherwise)
    return f"IF({','.join(_formula(part, row) for part in parts)})"


def _require(node: nodes.Require, row: Row) -> str:
    return f"IF({_formula(node.condition, row)},{_formula(node.then, row)},NA())"


def _bands(node: nodes.Bands, row: Row) -> str:
    inside = _guard(_formula(node.of, row), node.of, row)
    formula = write_literal(node.below)
    for edge, value in zip(node.edges, node.values, strict=True):
        formula = f"IF({inside}<{write_literal(edge)},{formula},{write_literal(value)})"
    return formula


def _lookup(node: nodes.Lookup, row: Row) -> str:
    inside = _guard(_formula(node.of, row), node.of, row)
    formula = "NA()" if node.otherwise is None else write_literal(node.otherwise)
    for key, value in zip(node.keys, node.values, strict=True):
        formula = f"IF({inside}={write_literal(key)},{write_literal(value)},{formula})"
    return formula


def _curve(node: nodes.Curve, row: Row) -> str:
    inside = _formula(node.of, row)
    last = len(node.xs) - 2
    parts = [write_literal(node.ys[0])]
    for place, start in enumerate(node.xs[:-1]):
        slope = (node.ys[place + 1] - node.ys[place]) / (node.xs[place + 1] - start)
        reach = inside
        if place < last or node.after == "flat":
            reach = f"MIN({reach},{write_literal(node.xs[place + 1])})"
        if place > 0 or node.before == "flat":
            reach = f"MAX({reach},{write_literal(start)})"
        parts.append(f"{write_literal(slope)}*({reach}-{write_literal(start)})")
    return f"({'+'.join(parts)})"


def _steps(node: nodes.Steps, row: Row) -> str:
    count = nodes.Divide(node.of, node.size)
    formula = _formula(count, row)
    if node.mode == "linear":
        return formula
    guarded = _guard(formula, count, row)
    return f"INT({guarded})" if node.mode == "floor" else f"(-INT(-{guarded}))"


def _round(node: nodes.Round, row: Row) -> str:
    return _round_formula(
        _formula(node.of, row), row.grid.digits(node.of), node.decimals, node.mode
    )


_ROUNDINGS: dict[RoundingMode, str] = {"half_up": "ROUND", "up": "ROUNDUP", "down": "ROUNDDOWN"}
_WHOLES: dict[RoundingMode, str] = {
    "half_even": "IF({0}-INT({0})=0.5,2*ROUND({0}/2,0),ROUND({0},0))",
    "floor": "INT({0})",
    "ceil": "-INT(-{0})",
}


def _round_formula(formula: str, digits: int, decimals: int, mode: RoundingMode) -> str:
    """A rounded figure; where no function rounds so, by its whole number of last decimals."""
    if mode in _ROUNDINGS:
        return f"{_ROUNDINGS[mode]}(ROUND({formula},{digits}),{decimals})"
    scale = write_literal(Fraction(10) ** decimals)
    scaled = f"ROUND(({formula})*{scale},{digits - decimals})"
    return f"({_WHOLES[mode].format(scaled)})/{scale}"


def _weighted_mean(node: nodes.WeightedMean, row: Row) -> str:
    terms = [_formula(term, row) for term in node.terms]
    weights = [_formula(weight, row) for weight in node.weights]
    if node.missing == "refuse":
        above = "+".join(f"{term}*{weight}" for term, weight in zip(terms, weights, strict=True))
        return f"(({above})/({'+'.join(weights)}))"
    pairs = list(zip(terms, weights, strict=True))
    above = "+".join(f"IF(ISNUMBER({term}),{term}*{weight},0)" for term, weight in pairs)
    below = "+".join(f"IF(ISNUMBER({term}),{weight},0)" for term, weight in pairs)
    return f'IF(({below})=0,"",({above})/({below}))'


_FORMULAS: dict[type[nodes.Node], Callable[[Any, Row], str]] = {
    nodes.Constant: _constant,
    nodes.Parameter: _parameter,
    nodes.Points: _points,
    nodes.Facet: _cell,
    nodes.Peer: _peer,
    nodes.Rank: _rank,
    nodes.PlacePoints: _place_points,
    nodes.Add: _add,
    nodes.Subtract: _subtract,
    nodes.Multiply: _multiply,
    nodes.Divide: _divide,
    nodes.Minimum: _extreme("MIN"),
    nodes.Maximum: _extreme("MAX"),
    nodes.Clamp: _clamp,
    nodes.Compare: _compare,
    nodes.All: _all,
    nodes.When: _when,
    nodes.Bands: _bands,
    nodes.Lookup: _lookup,
    nodes.Curve: _curve,
    nodes.Steps: _steps,
    nodes.Round: _round,
    nodes.WeightedMean: _weighted_mean,
    nodes.Require: _require,
    nodes.Named: _cell,
}
