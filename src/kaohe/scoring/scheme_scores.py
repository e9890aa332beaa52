"""Scoring a scheme: every leaf, then the roll-up."""

from kaohe.errors import BadInput, Finding
from kaohe.scheme import queries
from kaohe.scheme.draft import Scheme
from kaohe.scheme.units import require_units
from kaohe.scoring.leaves import score_leaf
from kaohe.scoring.observations import Observations
from kaohe.scoring.rollup import RollUp
from kaohe.scoring.scores import LeafScores, Scores
from kaohe.scoring.sheet import Sheet


def score_scheme(scheme: Scheme, observations: Observations) -> Scores:
    """Score every unit of a scheme exactly.

    Raises BadInput with every cell that a rule refuses, and for a scheme without units.
    """
    require_units(scheme.model.units)
    sheet = Sheet.lay_out(scheme.model, observations)
    leaves: dict[str, LeafScores] = {}
    refusals: list[Finding] = []
    for leaf in queries.iterate_leaves(scheme.model):
        leaves[leaf.code], refused = score_leaf(leaf, sheet)
        refusals.extend(refused)
    if refusals:
        raise BadInput(refusals)
    cells = {code: scores.cells for code, scores in leaves.items()}
    rollup = RollUp(scheme.model, sheet.units, cells)
    codes = tuple(unit.code for unit in sheet.units)
    return Scores(codes, leaves, rollup.branches, rollup.totals())
