"""Subjects as columns: who they are, how they take part, and the figures about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import get_args

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from kaohe.errors import Finding, Place
from kaohe.renderings.arrays.absences import Kinds
from kaohe.renderings.arrays.columns import FacetColumn, Integers, Mask
from kaohe.renderings.frame import Frame
from kaohe.scheme.grades import Participation
from kaohe.scoring.observations import FigureKey

Codes = npt.NDArray[np.int8]
PARTICIPATIONS: tuple[Participation, ...] = get_args(Participation)
"""How a subject takes part, by code; exempt subjects are no part of a population."""
RANKED = PARTICIPATIONS.index("ranked")
FacetKey = tuple[str, str]
"""Indicator and facet."""


@dataclass(frozen=True)
class Population:
    """Everything known of n scored subjects, a row each.

    `codes` is an Arrow array of texts; `group` numbers the model's groups as they are written,
    `participation` numbers PARTICIPATIONS. `facets` holds what was observed or planned, by indicator
    and facet, NaN where it is missing; `absences` says why (kaohe.renderings.arrays.absences) where any row of
    a facet is missing for another reason than that nothing was written, or no target.

    `vetoes` counts by veto how often each subject met it, `levels` marks by indicator and level who has
    a counted matter of it. `exact` holds the rows of indicators whose figures columns cannot carry,
    `findings` what must be mended first, and `places` where figures stood.
    """

    codes: pa.Array
    group: Integers
    participation: Codes
    facets: Mapping[FacetKey, FacetColumn]
    absences: Mapping[FacetKey, Kinds] = field(default_factory=dict)
    previous_rank: FacetColumn | None = None
    vetoes: Mapping[str, Integers] = field(default_factory=dict)
    levels: Mapping[FacetKey, Mask] = field(default_factory=dict)
    exact: Mapping[str, Frame] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    places: Mapping[FigureKey, Place] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.group)

    @cached_property
    def _facets_by_leaf(self) -> dict[str, dict[str, FacetColumn]]:
        by_leaf: dict[str, dict[str, FacetColumn]] = {}
        for (leaf, facet), column in self.facets.items():
            by_leaf.setdefault(leaf, {})[facet] = column
        return by_leaf

    def facets_of(self, leaf: str) -> dict[str, FacetColumn]:
        """The facets of one indicator by name."""
        return self._facets_by_leaf.get(leaf, {})

    def absences_of(self, leaf: str) -> dict[str, Kinds]:
        """The kinds of absence of one indicator by facet, where they are not what they always are."""
        return {facet: kinds for (code, facet), kinds in self.absences.items() if code == leaf}

    def find_rows(self, codes: Sequence[str]) -> tuple[Integers, Integers]:
        """The rows of those of the codes that are here, and the place of each in `codes`."""
        wanted = pa.array(codes, type=self.codes.type)
        places = pc.index_in(self.codes, value_set=wanted)
        rows = np.flatnonzero(np.asarray(places.is_valid()))
        return rows, np.asarray(places.take(pa.array(rows)), dtype=np.int64)

    def code_at(self, row: int) -> str:
        """The code of one subject."""
        code: str = self.codes[row].as_py()
        return code
