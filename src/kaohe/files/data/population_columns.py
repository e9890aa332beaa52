"""What the columns of a wide table of subjects hold, and all of them read as a Population."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

import numpy as np
import pyarrow as pa

from kaohe.files.data.decimal_columns import LARGEST
from kaohe.files.data.figure_columns import ColumnPlace, ColumnReader, ReadColumn, Source
from kaohe.files.data.figures import FigureReader
from kaohe.files.data.identity_columns import read_codes, read_levels, read_words
from kaohe.files.data.names import UNIT_FIGURES, SchemeNames
from kaohe.files.data.population_headings import match_headings
from kaohe.files.tables.gathering import Gathering
from kaohe.language import Text
from kaohe.numbers.absence import Cell
from kaohe.population.subjects import PARTICIPATIONS, RANKED, Codes, FacetKey, Population
from kaohe.renderings.arrays.absences import CODE_OF, Kinds, missing_code
from kaohe.renderings.arrays.columns import FacetColumn, Integers, Mask
from kaohe.rules.records import Records
from kaohe.scheme import queries
from kaohe.scheme.choices import CHOICES
from kaohe.scheme.draft import Scheme
from kaohe.scheme.indicators import IndicatorNode


class PopulationReader:
    """Reads wide tables of one header as populations of one scheme; what is wrong is gathered.

    Every table has a row per subject: `unit`, `group`, maybe `participation`, then A01, A01.target, …
    and the codes of vetoes, with how often each was met. Null is empty.
    """

    def __init__(
        self, scheme: Scheme, header: Sequence[str], source: Source, gathering: Gathering,
        *, are_distinct: bool = False,
    ):  # fmt: skip
        self._model = scheme.model
        self._are_distinct = are_distinct
        self._names = SchemeNames(scheme.model)
        self._source = source
        self._gathering = gathering
        self.headings = match_headings(header, self._names, source, gathering)

    def read(self, table: pa.Table) -> Population:
        """The population of a table; exempt subjects are left out.

        What is wrong with it is gathered, and the population then of no use.
        """
        people = self.read_people(table)
        facets, absences = self.read_facets(table, queries.iterate_leaves(self._model))
        is_counted = people.participation != EXEMPT
        whole = replace(people, facets=facets, absences=absences)
        return whole if is_counted.all() else keep_rows(whole, is_counted)

    def read_people(self, table: pa.Table) -> Population:
        """Who the subjects of a table are, exempt ones among them, without any figure of an indicator."""
        columns = _Columns(table, self._source, self._gathering)
        codes, group, participation = self._read_identities(columns)
        previous = [
            columns.read(head, reader).numbers
            for head, reader in self.headings.figures.items()
            if reader.leaf is UNIT_FIGURES
        ]
        vetoes = {
            veto: np.where(self._find_held(veto)[group], columns.count(head), 0)
            for head, veto in self.headings.vetoes.items()
        }
        return Population(
            codes,
            group,
            participation,
            {},
            previous_rank=previous[0] if previous else None,
            vetoes=vetoes,
            levels={
                (code, level): mask
                for head, code in self.headings.levels.items()
                for level, mask in columns.mark(head, self._names.find_level).items()
            },
        )

    def read_facets(
        self, table: pa.Table, leaves: Iterable[IndicatorNode]
    ) -> tuple[dict[FacetKey, FacetColumn], dict[FacetKey, Kinds]]:
        """The figures of some indicators, with what stands for those that nothing is written of."""
        columns = _Columns(table, self._source, self._gathering)
        chosen = {leaf.code: leaf for leaf in leaves}
        read = {
            (reader.leaf.code, reader.facet): columns.read(head, reader)
            for head, reader in self.headings.figures.items()
            if reader.leaf.code in chosen
        }
        for leaf in chosen.values():
            for facet, cell in list_defaults(leaf).items():
                key = (leaf.code, facet)
                before, read[key] = read.get(key), fill_empty(read.get(key), cell, len(table))
                if before is not None:
                    self._check_digits(leaf, facet, before.numbers, read[key].numbers)
        kinds = {key: _find_kinds(key, column) for key, column in read.items()}
        return (
            {key: column.numbers for key, column in read.items()},
            {key: found for key, found in kinds.items() if found is not None},
        )

    def _read_identities(self, columns: "_Columns") -> tuple[pa.Array, Integers, Codes]:
        unit, group, how = (
            self.headings.unit, self.headings.group, self.headings.participation,
        )  # fmt: skip
        codes = read_codes(
            columns.table[unit], columns.place(unit), self._gathering,
            are_distinct=self._are_distinct,
        )  # fmt: skip
        groups = np.zeros(len(codes), dtype=np.int64)
        if group is not None:
            known = self._names.number_groups()
            groups = columns.number(group, known, Text("考核类别", "group"))
        taking = np.full(len(codes), RANKED, dtype=np.int8)
        if how is not None:
            kind = Text("参评方式", "participation")
            taking = columns.number(how, _PARTICIPATIONS, kind, default=RANKED).astype(np.int8)
        return codes, groups, taking

    def _find_held(self, code: str) -> Mask:
        """Group by group, whether a veto holds for it."""
        (veto,) = (each for each in self._model.vetoes if each.code == code)
        groups = [group.code for group in self._model.groups]
        return np.array([not veto.groups or group in veto.groups for group in groups])

    def _check_digits(
        self, leaf: IndicatorNode, facet: str, before: FacetColumn, after: FacetColumn
    ) -> None:
        """Refuse a column whose figures do not fit under one denominator with what the scheme states."""
        if after.denominator == before.denominator:
            return
        if np.fmax.reduce(np.abs(after.figures)) * after.denominator < LARGEST:
            return
        self._gathering.add(
            "bad-figure",
            self._source.find(f"{leaf.code}.{facet}"),
            Text(
                "这一列的数与方案里统一的数合在一起，位数太多",
                "together with the figure that the scheme states for all, the column has too many digits",
            ),
            Text("请把这一列四舍五入到更少的小数位", "round the column to fewer decimals"),
        )


def list_defaults(leaf: IndicatorNode) -> Mapping[str, Cell]:
    """What stands for a facet of which nothing is written: the one target for all, and nothing recorded."""
    none_recorded = queries.leaf_rule(leaf).reduce_records(Records()).facets
    target = {} if leaf.target is None else {"target": leaf.target}
    return target | none_recorded


def fill_empty(column: ReadColumn | None, cell: Cell, count: int) -> ReadColumn:
    """A facet with its default where nothing is written; the whole column where there is none."""
    figure = float(cell) if isinstance(cell, Fraction) else np.nan
    denominator = cell.denominator if isinstance(cell, Fraction) else 1
    code = 0 if isinstance(cell, Fraction) else CODE_OF[cell]
    if column is None:
        said = np.broadcast_to(np.int8(code), count)
        return ReadColumn(FacetColumn(np.broadcast_to(figure, count), denominator), said)
    is_empty = np.isnan(column.numbers.figures) & (column.said == 0)
    figures = np.where(is_empty, figure, column.numbers.figures)
    below = lcm(column.numbers.denominator, denominator)
    return ReadColumn(FacetColumn(figures, below), np.where(is_empty, np.int8(code), column.said))


def _find_kinds(key: FacetKey, column: ReadColumn) -> Kinds | None:
    """The kinds of absence of a facet, where any is not what nothing written means."""
    usual = missing_code(key[1])
    if not np.any((column.said != 0) & (column.said != usual)):
        return None
    is_plain = np.isnan(column.numbers.figures) & (column.said == 0)
    return np.where(is_plain, np.int8(usual), column.said)


def keep_column(column: FacetColumn, rows: Integers) -> FacetColumn:
    """A facet of some of the subjects; of one figure for all nothing is copied."""
    if column.figures.strides == (0,):
        return replace(column, figures=np.broadcast_to(column.figures[:1], rows.shape))
    return replace(column, figures=column.figures[rows])


def keep_rows(population: Population, mask: Mask) -> Population:
    """The population of some of the subjects."""
    return pick_rows(population, np.flatnonzero(mask))


def pick_rows(population: Population, rows: Integers) -> Population:
    """The subjects of these rows, in their order."""
    rank = population.previous_rank
    return replace(
        population,
        codes=population.codes.take(pa.array(rows)),
        group=population.group[rows],
        participation=population.participation[rows],
        facets={key: keep_column(column, rows) for key, column in population.facets.items()},
        absences={key: kinds[rows] for key, kinds in population.absences.items()},
        previous_rank=None if rank is None else keep_column(rank, rows),
        vetoes={code: hits[rows] for code, hits in population.vetoes.items()},
        levels={key: marks[rows] for key, marks in population.levels.items()},
    )


@dataclass(frozen=True)
class _Columns:
    """The columns of one table, read by heading."""

    table: pa.Table
    source: Source
    gathering: Gathering

    def place(self, head: str) -> ColumnPlace:
        """Where a column stands."""
        return ColumnPlace(self.source, head)

    def read(self, head: str, reader: FigureReader) -> ReadColumn:
        """A column of figures."""
        return ColumnReader(reader, self.place(head), self.gathering).read(self.table[head])

    def number(
        self, head: str, known: Mapping[str, int], kind: Text, *, default: int | None = None
    ) -> Integers:
        """A column of words, each by its number."""
        column, place = self.table[head], self.place(head)
        return read_words(column, known, kind, place, self.gathering, default=default)

    def mark(self, head: str, find: Callable[[str], str]) -> dict[str, Mask]:
        """A column of levels: of each the rows in which it stands."""
        return read_levels(self.table[head], find, self.place(head), self.gathering)

    def count(self, head: str) -> Integers:
        """A column of counts; nothing is zero."""
        counts = self.read(head, FigureReader(_COUNTED, "value")).numbers.figures
        return np.nan_to_num(counts).astype(np.int64)


_COUNTED = IndicatorNode.model_construct(code="", name="", decimals=0, value_minimum=Fraction(0))
_PARTICIPATIONS = {each: number for number, each in enumerate(PARTICIPATIONS)} | {
    word: PARTICIPATIONS.index(choice)
    for word, choice in CHOICES.items()
    if choice in PARTICIPATIONS
}
EXEMPT = PARTICIPATIONS.index("exempt")
