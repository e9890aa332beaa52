"""Formulas that ask the comparison pool: statistics, places, and points by place.

Cells are asked as they stand. A step's cell may hold noise and a refusal (#N/A): places over steps
are counted with half a unit of the last sure decimal as leeway, statistics over steps that may be
refused leave errors out.
"""

from fractions import Fraction

from kaohe.expressions import nodes
from kaohe.numbers.writing import write_number
from kaohe.renderings.arrays.exactness import is_noiseless, may_be_refused
from kaohe.renderings.peers import points_at
from kaohe.renderings.workbook.formula_text import SUM, Piece, as_piece, join_pieces, write_table
from kaohe.renderings.workbook.grid import Row

_STATISTICS = {"min": "MIN", "max": "MAX", "mean": "AVERAGE", "sum": "SUM", "count": "COUNT"}
_SKIPPING_ERRORS = {"mean": 1, "max": 4, "min": 5, "sum": 9}
"""Their numbers as AGGREGATE knows them."""


def find_column(node: nodes.Node) -> str:
    """The column that a peer node asks about. Raises TypeError where it asks about no column."""
    if isinstance(node, nodes.Facet | nodes.Named):
        return node.name
    raise TypeError("the argument of a peer node is a facet or a named step")


def write_range(node: nodes.Peer, row: Row) -> str:
    """The cells a statistic is taken of: the pool, or its parts above and below the row itself."""
    column = find_column(node.of)
    return row.pool_range(column) if node.own else ",".join(row.other_ranges(column))


def write_statistic(node: nodes.Peer, row: Row) -> Piece:
    """A statistic of the pool."""
    cells = write_range(node, row)
    if not cells:
        return Piece("0")
    if node.statistic in _SKIPPING_ERRORS and may_be_refused(node.of):
        return Piece(f"_xlfn.AGGREGATE({_SKIPPING_ERRORS[node.statistic]},6,{cells})")
    return Piece(f"{_STATISTICS[node.statistic]}({cells})")


def write_place(node: nodes.Rank, row: Row) -> Piece:
    """The row's place in its pool."""
    if node.ties == "dense":
        return _write_dense_place(node, row)
    if node.ties != "average":
        return _write_end(node, row, is_first=node.ties == "lowest")
    ends = [_write_end(node, row, is_first=is_first) for is_first in (True, False)]
    return join_pieces("/", [join_pieces("+", ends), Piece("2")])


def _write_end(node: nodes.Rank | nodes.PlacePoints, row: Row, *, is_first: bool) -> Piece:
    """The first or the last of the places that the row shares with its equals."""
    column = find_column(node.of)
    pool, own = row.pool_range(column), row.cell(column)
    if row.is_guest or not is_noiseless(node.of) or may_be_refused(node.of):
        return _count_better(node, row, is_first=is_first)
    best_first, worst_first = (0, 1) if node.higher_is_better else (1, 0)
    if is_first:
        return Piece(f"RANK({own},{pool},{best_first})")
    return Piece(f"COUNT({pool})+1-RANK({own},{pool},{worst_first})", SUM)


def _count_better(node: nodes.Rank | nodes.PlacePoints, row: Row, *, is_first: bool) -> Piece:
    """A place by the number of better cells, or of cells at least as good.

    RANK asks for the row itself among the pool, and takes noise for a difference.
    """
    column = find_column(node.of)
    if is_noiseless(node.of) and not may_be_refused(node.of):
        return _count_exactly(node, row, is_first=is_first)
    leeway = _write_leeway(node, row, outwards=is_first)
    sign = (">" if node.higher_is_better else "<") + ("" if is_first else "=")
    better = f'COUNTIF({row.pool_range(column)},"{sign}"&{row.cell(column)}{leeway})'
    return Piece(f"{better}+1", SUM) if is_first or row.is_guest else Piece(better)


def _count_exactly(node: nodes.Rank | nodes.PlacePoints, row: Row, *, is_first: bool) -> Piece:
    """A guest's place among figures as they stand; COUNTIF would compare with fifteen digits of its own."""
    pool, own = row.pool_range(find_column(node.of)), row.cell(find_column(node.of))
    sign = (">" if node.higher_is_better else "<") + ("" if is_first else "=")
    return Piece(f"SUMPRODUCT(ISNUMBER({pool})*({pool}{sign}{own}))+1", SUM)


def _write_leeway(node: nodes.Rank | nodes.PlacePoints, row: Row, *, outwards: bool) -> str:
    """Half a unit of the last sure decimal, towards better figures or towards worse; none without noise."""
    if is_noiseless(node.of):
        return ""
    sign = "+" if outwards == node.higher_is_better else "-"
    return sign + write_number(Fraction(1, 2 * 10 ** row.grid.digits(node.of)))


def _write_dense_place(node: nodes.Rank | nodes.PlacePoints, row: Row) -> Piece:
    """One more than the better figures there are, each counted where it stands first."""
    if row.first == row.last and not row.is_guest:
        return Piece("1")
    column = find_column(node.of)
    pool = row.pool_range(column)
    sign = ">" if node.higher_is_better else "<"
    shown = f'{pool}&""'
    if not is_noiseless(node.of):
        shown = f'TEXT({pool},"0.{"0" * row.grid.digits(node.of)}")'
    better = f"{pool}{sign}{row.cell(column)}{_write_leeway(node, row, outwards=True)}"
    first = f"MATCH({shown},{shown},0)=ROW({pool})-{row.first - 1}"
    return Piece(f"SUMPRODUCT(ISNUMBER({pool})*({better})*({first}))+1", SUM)


def write_place_points(node: nodes.PlacePoints, row: Row) -> Piece:
    """The points of the row's place."""
    if node.ties == "average":
        return _share_points(node, row)
    entries = list(node.table)
    if points_at(node, len(entries) + 1) != entries[-1]:
        entries.append(points_at(node, len(entries) + 1))
    dense = node.ties == "dense"
    place = _write_dense_place(node, row) if dense else _write_end(
        node, row, is_first=node.ties == "lowest"
    )  # fmt: skip
    if names := row.grid.tables.get(node):
        found = f"INDEX({names.values},MIN({place.text},{len(node.table)}))"
        if not names.outside:
            return Piece(found)
        return Piece(f"IF({place.text}>{len(node.table)},{names.outside},{found})")
    table, scale = write_table(entries)
    points = Piece(f"INDEX({table},MIN({place.text},{len(entries)}))")
    return points if scale is None else join_pieces("/", [points, scale])


def _share_points(node: nodes.PlacePoints, row: Row) -> Piece:
    """The mean points of the places that tied rows share, from the table and beyond it."""
    names = row.grid.tables.get(node)
    table, scale = (names.values, None) if names else write_table(node.table)
    size = len(node.table)
    low, high = (_write_end(node, row, is_first=is_first) for is_first in (True, False))
    places = "{" + (";" if names else ",").join(map(str, range(1, size + 1))) + "}"
    inside = Piece(f"SUMPRODUCT(({places}>={low.text})*({places}<={high.text})*{table})")
    if scale is not None:
        inside = join_pieces("/", [inside, scale])
    beyond = as_piece(points_at(node, size + 1))
    if names:
        beyond = Piece(names.outside or f"INDEX({names.values},{size})")
    outside = Piece(f"MAX(0,{high.text}-MAX({low.text}-1,{size}))")
    shared = join_pieces("+", [inside, join_pieces("*", [beyond, outside])])
    number = join_pieces("+", [join_pieces("-", [high, low]), Piece("1")])
    return join_pieces("/", [shared, number])
