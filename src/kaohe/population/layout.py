"""From exact observations to columns: records reduced by their rules, planned targets filled in."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pyarrow as pa

from kaohe.errors import Finding
from kaohe.numbers.absence import Absence, Cell
from kaohe.population.subjects import PARTICIPATIONS, FacetKey, Population
from kaohe.renderings.arrays.absences import CODE_OF, Kinds, missing_code
from kaohe.renderings.arrays.columns import FacetColumn, Integers, Mask, make_facet
from kaohe.renderings.frame import Frame
from kaohe.results.standings import UNIT_LEVEL
from kaohe.rules.records import Matter
from kaohe.scheme import queries
from kaohe.scheme.draft import Scheme
from kaohe.scheme.model import SchemeModel
from kaohe.scoring.leaves import find_doubles, make_frame, reduce_records
from kaohe.scoring.observations import Observations
from kaohe.scoring.sheet import Sheet
from kaohe.scoring.vetoes import find_vetoes


def lay_out(scheme: Scheme, observations: Observations) -> Population:
    """The scored units of a scheme, with what one snapshot of data says of them, as columns."""
    model, sheet = scheme.model, Sheet.lay_out(scheme.model, observations)
    groups = {group.code: number for number, group in enumerate(model.groups)}
    columns = _Columns()
    for leaf in queries.iterate_leaves(model):
        reductions = reduce_records(leaf, sheet)
        columns.findings.extend(find_doubles(leaf, sheet, reductions))
        columns.add(leaf.code, make_frame(leaf, sheet, reductions))
    codes = [unit.code for unit in sheet.units]
    return Population(
        codes=pa.array(codes, type=pa.string()),
        group=np.array([groups[unit.group] for unit in sheet.units], dtype=np.int64),
        participation=np.array(
            [PARTICIPATIONS.index(unit.participation) for unit in sheet.units], dtype=np.int8
        ),
        facets=columns.facets,
        absences=columns.absences,
        previous_rank=_lay_out_ranks(codes, observations),
        vetoes=count_vetoes(model, observations, codes),
        levels=mark_levels(model, observations, codes),
        exact=columns.exact,
        findings=tuple(columns.findings),
        places=observations.places,
    )


class _Columns:
    """The facets of all indicators, put together one indicator at a time."""

    def __init__(self) -> None:
        self.facets: dict[FacetKey, FacetColumn] = {}
        self.absences: dict[FacetKey, Kinds] = {}
        self.exact: dict[str, Frame] = {}
        self.findings: list[Finding] = []

    def add(self, leaf: str, frame: Frame) -> None:
        """One indicator's rows; as they are where columns cannot carry its figures."""
        try:
            make_facet([*set(frame.points)])
            facets = {name: make_facet(cells) for name, cells in frame.facets.items()}
        except ValueError:
            self.exact[leaf] = frame
            return
        for name, column in facets.items():
            self.facets[leaf, name] = column
            kinds = _list_kinds(frame.facets[name])
            if (kinds[kinds > 0] != missing_code(name)).any():
                self.absences[leaf, name] = kinds


def _list_kinds(cells: Sequence[Cell]) -> Kinds:
    codes = [CODE_OF[cell] if isinstance(cell, Absence) else 0 for cell in cells]
    return np.array(codes, dtype=np.int8)


def _lay_out_ranks(codes: Sequence[str], observations: Observations) -> FacetColumn | None:
    figures = observations.figures
    cells = [figures.get((UNIT_LEVEL, "previous_rank", code), Absence.EMPTY) for code in codes]
    return make_facet(cells) if any(isinstance(cell, Fraction) for cell in cells) else None


def count_vetoes(
    model: SchemeModel, observations: Observations, codes: Sequence[str]
) -> dict[str, Integers]:
    """How often each subject met each veto; vetoes that nobody met are left away."""
    row_of = {code: row for row, code in enumerate(codes)}
    counts: dict[str, Integers] = {}
    for unit, met in find_vetoes(model, observations).items():
        for veto, _ in met:
            if unit in row_of:
                column = counts.setdefault(veto.code, np.zeros(len(codes), dtype=np.int64))
                column[row_of[unit]] += 1
    return counts


def mark_levels(
    model: SchemeModel, observations: Observations, codes: Sequence[str]
) -> dict[FacetKey, Mask]:
    """Who has a counted matter of which level under the indicators that may promote."""
    row_of = {code: row for row, code in enumerate(codes)}
    promoting = {each.of for rule in model.grades for each in rule.promotions}
    marks: dict[FacetKey, Mask] = {}
    for record in observations.records:
        if not isinstance(record, Matter) or record.status != "counted":
            continue
        if record.indicator in promoting and record.unit in row_of:
            key = (record.indicator, record.level)
            marks.setdefault(key, np.zeros(len(codes), dtype=bool))[row_of[record.unit]] = True
    return marks
