"""Populations of small schemes, and what columns say of them, as text by unit."""

from fractions import Fraction

import numpy as np

from kaohe.population.layout import lay_out
from kaohe.population.scoring import score_population
from kaohe.renderings.arrays.settling import MISSING_SCORE
from tests.engine.scoring.schemes import figures


def score_table(scheme, table, *, records=()):
    """The result of a table by heading, then unit."""
    return score_population(scheme, lay_out(scheme, figures(table, records=records)))


def units(result):
    return result.population.codes.to_pylist()


def scores(result, code):
    """The scores of a leaf or branch."""
    if code in result.sums.branches:
        return write(result, result.sums.branches[code])
    scale = 10 ** result.decimals[code]
    column = [
        None if each == MISSING_SCORE else str(Fraction(int(each), scale))
        for each in result.leaves[code]
    ]
    return dict(zip(units(result), column, strict=True))


def totals(result):
    return write(result, result.sums.total)


def write(result, column):
    """A column of exact figures."""
    figures = [column.exact(row) for row in range(len(column))]
    written = [None if each is None else str(each) for each in figures]
    return dict(zip(units(result), written, strict=True))


def places(result, column=None):
    """Places, None for who takes none."""
    column = result.ranks if column is None else column
    written = [None if np.isnan(each) else float(each) for each in column]
    return dict(zip(units(result), written, strict=True))
