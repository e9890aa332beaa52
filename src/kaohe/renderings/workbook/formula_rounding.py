"""Figures rounded in formulas: freed of the noise of doubles, and as a scheme rounds."""

from fractions import Fraction

from kaohe.expressions import nodes
from kaohe.numbers.rounding import RoundingMode
from kaohe.renderings.arrays.exactness import is_noiseless
from kaohe.renderings.workbook.formula_text import SIGNED, Piece, as_piece, join_pieces
from kaohe.renderings.workbook.grid import Row


def guard(piece: Piece, node: nodes.Node, row: Row) -> Piece:
    """A figure freed of noise, where it can have some."""
    if is_noiseless(node):
        return piece
    return Piece(f"ROUND({piece.text},{row.grid.digits(node)})")


def write_rounding(
    piece: Piece, node: nodes.Node, row: Row, decimals: int, mode: RoundingMode
) -> Piece:
    """A figure of a node rounded, once it is freed of noise."""
    if is_noiseless(node) and mode in _ROUNDINGS:
        return Piece(f"{_ROUNDINGS[mode]}({piece.text},{decimals})")
    return round_piece(piece, row.grid.digits(node), decimals, mode)


_ROUNDINGS: dict[RoundingMode, str] = {"half_up": "ROUND", "up": "ROUNDUP", "down": "ROUNDDOWN"}
_WHOLES: dict[RoundingMode, str] = {
    "half_even": "IF({0}-INT({0})=0.5,2*ROUND({0}/2,0),ROUND({0},0))",
    "floor": "INT({0})",
    "ceil": "-INT(-{0})",
}


def round_piece(piece: Piece, digits: int, decimals: int, mode: RoundingMode) -> Piece:
    """A rounded figure; where no function rounds so, by its whole number of last decimals."""
    if mode in _ROUNDINGS:
        return Piece(f"{_ROUNDINGS[mode]}(ROUND({piece.text},{digits}),{decimals})")
    scale = as_piece(Fraction(10) ** decimals)
    scaled = join_pieces("*", [piece, scale]) if decimals else piece
    whole = _WHOLES[mode].format(f"ROUND({scaled.text},{digits - decimals})")
    return join_pieces("/", [Piece(whole), scale]) if decimals else Piece(whole, SIGNED)
