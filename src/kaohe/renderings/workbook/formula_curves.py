"""Piecewise linear curves as formulas: straight pieces, chosen by where they end."""

from collections.abc import Sequence
from fractions import Fraction

from kaohe.expressions import nodes
from kaohe.numbers.writing import write_number
from kaohe.renderings.workbook.formula_text import (
    COMPARISON,
    SUM,
    Piece,
    as_piece,
    call_function,
    join_pieces,
)


def draw_curve(node: nodes.Curve, inside: Piece) -> Piece:
    """The straight pieces from left to right, each from the point where it begins."""
    points = list(zip(node.xs, node.ys, strict=True))
    lines = [
        (end[0], _draw_line(inside, start, end))
        for start, end in zip(points, points[1:], strict=False)
    ]
    bounds = [*(bound for bound, _ in lines[:-1]), *(node.xs[-1:] if node.after == "flat" else ())]
    pieces = [piece for _, piece in lines]
    if node.before == "flat":
        bounds, pieces = [node.xs[0], *bounds], [as_piece(node.ys[0]), *pieces]
    if node.after == "flat":
        pieces.append(as_piece(node.ys[-1]))
    return _choose_piece(inside, bounds, pieces)


def _draw_line(
    inside: Piece, start: tuple[Fraction, Fraction], end: tuple[Fraction, Fraction]
) -> Piece:
    """start + way from it × rise / run, with what is zero or one left out."""
    (x, y), rise, run = start, end[1] - start[1], end[0] - start[0]
    if rise == 0:
        return as_piece(y)
    way = inside
    if x:
        way = join_pieces("-" if x > 0 else "+", [inside, as_piece(abs(x))])
    line = _scale_piece(way, abs(rise) / run)
    if y == 0 and rise > 0:
        return line
    return join_pieces("+" if rise > 0 else "-", [as_piece(y), line])


def _scale_piece(piece: Piece, slope: Fraction) -> Piece:
    """A piece times a slope; one whose decimals never end as numerator and denominator."""
    factors = [slope]
    if "/" in write_number(slope):
        factors = [Fraction(slope.numerator), Fraction(slope.denominator)]
    if factors[0] != 1:
        piece = join_pieces("*", [piece, as_piece(factors[0])])
    return piece if len(factors) == 1 else join_pieces("/", [piece, as_piece(factors[1])])


def _choose_piece(inside: Piece, bounds: Sequence[Fraction], pieces: Sequence[Piece]) -> Piece:
    """The first piece whose bound is not passed, else the last; there is one piece more than bounds."""
    chosen = pieces[-1]
    for bound, piece in reversed(list(zip(bounds, pieces, strict=False))):
        reached = Piece(f"{inside.within(SUM)}<={as_piece(bound).text}", COMPARISON)
        chosen = call_function("IF", reached, piece, chosen)
    return chosen
