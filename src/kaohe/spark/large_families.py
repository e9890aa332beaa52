"""A family of groups too large for one task: a column at a time over everybody, then some rows at a time.

As `kaohe.population.columnwise` does on one machine: peers are found in whole columns, which are small
where whole rows are not, so that every rule works as it always does. A task scores one indicator over all
subjects; what it gives is cut into stretches of rows, each added up by a task of its own; places and grades
are given over the totals of all stretches.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from kaohe.errors import BadInput
from kaohe.files.data.population_columns import keep_rows
from kaohe.population.gathering import Gathering
from kaohe.population.leaves import LeafColumns, score_leaves
from kaohe.population.program import compile_scheme
from kaohe.population.proposals import Grading
from kaohe.population.quotients import Quotients
from kaohe.population.ranking import rank_totals
from kaohe.population.rollup import Sums, add_up
from kaohe.population.roster import Roster
from kaohe.population.scoring import PopulationResult
from kaohe.population.subjects import Population
from kaohe.renderings.arrays.columns import Floats, Integers
from kaohe.spark.buckets import Bucket
from kaohe.spark.reading import Order, drop_exempt, read_leaf, read_people
from kaohe.spark.shelf import Shelf
from kaohe.spark.tasks import Report, report_findings, write_part


@dataclass(frozen=True)
class Family:
    """A large family under way: its rows, where its columns are kept, and how many rows a stretch has."""

    bucket: Bucket
    shelf: Shelf
    stretch: int


@dataclass(frozen=True)
class Column:
    """One indicator over a large family, by the number of the leaf."""

    family: Family
    leaf: int


@dataclass(frozen=True)
class Stretch:
    """Some rows of a large family, by the number of the stretch."""

    family: Family
    number: int


def cut_rows(family: Family, rows: int) -> list[slice]:
    """The rows of every stretch of a family of so many subjects; an empty one where all are exempt."""
    starts = range(0, max(rows, 1), family.stretch)
    return [slice(start, min(start + family.stretch, rows)) for start in starts]


@report_findings
def lay_out_people(order: Order, family: Family) -> Report:
    """Put who the subjects are on the shelf, whole and by stretches."""
    everybody = read_people(order, family.bucket)
    people = drop_exempt(everybody)
    family.shelf.put("everybody", everybody)
    family.shelf.put("people", people)
    for number, rows in enumerate(cut_rows(family, len(people))):
        mask = np.zeros(len(people), dtype=bool)
        mask[rows] = True
        family.shelf.put(f"people-{number}", keep_rows(people, mask))
    return Report(len(people))


@report_findings
def score_column(order: Order, column: Column) -> Report:
    """Score one indicator over all subjects, and put the scores of every stretch on the shelf."""
    family, program = column.family, compile_scheme(order.scheme)
    single = replace(program, leaves=(program.leaves[column.leaf],))
    everybody: Population = family.shelf.take("everybody")
    population = read_leaf(order, family.bucket, single.leaves[0].node, everybody)
    scored = score_leaves(single, Roster(single, population))
    if scored.findings:
        raise BadInput(scored.findings)
    for number, rows in enumerate(cut_rows(family, len(population))):
        family.shelf.put(f"leaf-{column.leaf}-{number}", scored.scores[0, rows])
    family.shelf.put(f"gaps-{column.leaf}", scored.has_gaps[0])
    return Report(0, to_come=sum(int(mask.sum()) for mask in scored.provisional.values()))


@report_findings
def add_up_stretch(order: Order, stretch: Stretch) -> Report:
    """Add up one stretch, and put the sums on the shelf."""
    program = compile_scheme(order.scheme)
    people, leaves = _take_stretch(order, stretch)
    sums = add_up(program, Roster(program, people), leaves.scores, leaves.has_gaps)
    stretch.family.shelf.put(f"sums-{stretch.number}", sums)
    return Report(0)


def _take_stretch(order: Order, stretch: Stretch) -> tuple[Population, LeafColumns]:
    """Who the subjects of a stretch are, and all their scores."""
    shelf, number = stretch.family.shelf, stretch.number
    leaves = range(len(compile_scheme(order.scheme).leaves))
    scores = np.stack([shelf.take(f"leaf-{leaf}-{number}") for leaf in leaves])
    gaps = [shelf.take(f"gaps-{leaf}") for leaf in leaves]
    return shelf.take(f"people-{number}"), LeafColumns(scores, gaps, {}, {}, ())


@report_findings
def place_family(order: Order, family: Family) -> Report:
    """Rank and grade everybody, and put each stretch's places and grades on the shelf."""
    program, shelf = compile_scheme(order.scheme), family.shelf
    people: Population = shelf.take("people")
    scores: Any = _ShelvedScores(family, (len(program.leaves), len(people)))
    leaves = LeafColumns(scores, [True] * len(program.leaves), {}, {}, ())
    sums = _gather_sums(order, family, len(people))
    standings = rank_totals(program, Roster(program, people), leaves, sums)
    places = standings.place(program.model.ties, len(people))
    grades = Grading(program, people, leaves, sums, standings).propose()
    for number, rows in enumerate(cut_rows(family, len(people))):
        shelf.put(f"places-{number}", (places[rows], grades[rows]))
    return Report(0)


@dataclass(frozen=True)
class _ShelvedScores:
    """Scores of all indicators over a large family, taken from the shelf one indicator at a time."""

    family: Family
    shape: tuple[int, int]

    def __getitem__(self, leaf: int) -> Integers:
        stretches = range(len(cut_rows(self.family, self.shape[1])))
        return np.concatenate([self.family.shelf.take(f"leaf-{leaf}-{each}") for each in stretches])

    def __iter__(self) -> Iterator[Integers]:
        return (self[leaf] for leaf in range(self.shape[0]))


def _gather_sums(order: Order, family: Family, count: int) -> Sums:
    """The sums of all stretches: totals, and those branches that break ties or promote."""
    model, gathering = order.scheme.model, Gathering(count)
    promotions = (each for rule in model.grades for each in rule.promotions)
    wanted = {link.of for link in model.tie_break} | {each.of for each in promotions}
    for number, rows in enumerate(cut_rows(family, count)):
        sums: Sums = family.shelf.take(f"sums-{number}")
        branches = {code: column for code, column in sums.branches.items() if code in wanted}
        gathering.keep(rows, branches | _name_sums(sums))
    found = gathering.finish()
    bonus, deduction, total = (found.pop(name) for name in _name_sums(sums))
    return Sums(found, bonus, deduction, total)


def _name_sums(sums: Sums) -> dict[str, Quotients]:
    return {"+bonus": sums.bonus, "+deduction": sums.deduction, "+total": sums.total}


@dataclass(frozen=True)
class StretchResult(PopulationResult):
    """The result of one stretch, with the places its subjects have among everybody."""

    places: Floats

    @property
    def ranks(self) -> Floats:
        """Places in the whole group; NaN for who takes none."""
        return self.places


@report_findings
def write_stretch(order: Order, stretch: Stretch) -> Report:
    """Write the results of one stretch as a part."""
    program, shelf = compile_scheme(order.scheme), stretch.family.shelf
    people, leaves = _take_stretch(order, stretch)
    sums: Sums = shelf.take(f"sums-{stretch.number}")
    places, grades = shelf.take(f"places-{stretch.number}")
    roster = Roster(program, people)
    standings = rank_totals(program, roster, leaves, sums)
    result = StretchResult(program, people, roster, leaves, sums, standings, grades, places)
    write_part(result, order, f"part-{stretch.family.bucket.number:05}-{stretch.number:05}")
    return Report(len(people))
