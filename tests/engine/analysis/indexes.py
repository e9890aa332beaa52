"""An invented index, its figures, and changes to both."""

from collections.abc import Sequence

import numpy as np

from kaohe.analysis.index_model import IndexModel
from kaohe.analysis.index_reading import admit_index
from kaohe.analysis.wide_tables import WideTable
from kaohe.files.schemes.yaml_reading import compose_draft

INDEX = """\
index: vigour
name: Vigour
normalisation: min_max
aggregation: arithmetic
indicators:
  - code: growth
    weight: 2
    children:
      - {code: A1, name: Output}
      - {code: A2, weight: 3, direction: lower}
  - code: B1
"""
NAN = float("nan")
FIGURES = {"A1": [10, 30, 20], "A2": [4, 8, 6], "B1": [1, 2, NAN], "people": [2, 4, 5]}


def read(text: str) -> IndexModel:
    """The index that a text states."""
    return admit_index(compose_draft(text, "vigour.yaml"))


def change(old: str, new: str) -> IndexModel:
    """The invented index with one passage changed."""
    assert INDEX.count(old) == 1
    return read(INDEX.replace(old, new))


def make_table(**columns: Sequence[float]) -> WideTable:
    """The invented figures, some columns changed."""
    figures = {name: np.array(column, float) for name, column in {**FIGURES, **columns}.items()}
    rows = len(figures["A1"])
    labels = {"region": ("east", "east", "west", "west")[:rows]}
    return WideTable(("QX", "QY", "QZ", "QW")[:rows], figures, labels)
