"""`kaohe score --engine arrays`: a whole population over columns."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from os import cpu_count
from pathlib import Path

import numpy as np
from rich.progress import Progress

from kaohe.cli.inputs import load_data, load_scheme, require_data
from kaohe.cli.memory import keep_memory
from kaohe.cli.speech import Speech, err, say, show_findings, show_table, word
from kaohe.errors import Finding
from kaohe.files.data.observations import find_unread
from kaohe.files.outputs import keep_inputs
from kaohe.files.results.population_outputs import require_population_outputs, write_population
from kaohe.files.results.population_runs import score_files
from kaohe.files.results.words import NOTHING, UNDECIDED, show_figure
from kaohe.files.tables.reading import find_unread_sheets
from kaohe.language import Text
from kaohe.population.grades import UNDECIDED as IS_UNDECIDED
from kaohe.population.layout import lay_out
from kaohe.population.scoring import PopulationResult, score_population
from kaohe.renderings.arrays.settling import MISSING_SCORE
from kaohe.scheme.draft import Scheme
from kaohe.scheme.model import SchemeModel

HEADS = (
    Text("位次", "rank"),
    Text("单位", "unit"),
    Text("总分", "total"),
    Text("建议等次", "proposed grade"),
)


@dataclass
class Overview:
    """What is shown of results that are too large to be kept: the first of each group, and counts."""

    top: int
    rows: dict[int, list[tuple[str, ...]]] = field(default_factory=dict)
    sizes: Counter[int] = field(default_factory=Counter)
    provisional: int = 0

    def watch(self, results: Iterable[PopulationResult]) -> Iterator[PopulationResult]:
        """The results as they pass, each looked at and none kept."""
        return map(self._look_at, results)

    def _look_at(self, result: PopulationResult) -> PopulationResult:
        groups, standings = result.population.group, result.standings
        self.sizes.update(dict(enumerate(np.bincount(groups).tolist())))
        self.provisional += sum(int(mask.sum()) for mask in result.provisional.values())
        for group in np.unique(standings.groups).tolist():
            first = int(np.searchsorted(standings.groups, group))
            last = int(np.searchsorted(standings.groups, group, side="right"))
            rows = standings.rows[first : min(last, first + self.top)]
            self.rows[group] = [_write_row(result, row) for row in rows.tolist()]
        return result

    def show(self, model: SchemeModel) -> None:
        """The first of each group, and whether figures are still to come."""
        for number, group in enumerate(model.groups):
            if self.rows.get(number):
                title = f"{group.name}（{self.sizes[number]:,}）"
                show_table(HEADS, self.rows[number], title=title)
        if self.provisional:
            say(f"暂定结果：还有 {self.provisional} 个数据未报，补齐前不得公布",
                f"provisional, figures still to come: {self.provisional}; not to be published before")  # fmt: skip


def _write_row(result: PopulationResult, row: int) -> tuple[str, ...]:
    decimals = result.program.model.rounding.display
    total, grade = int(result.rounded_totals[row]), int(result.grades[row])
    exact = None if total == MISSING_SCORE else Fraction(total, 10**decimals)
    undecided = UNDECIDED.say(Speech.language) if grade == IS_UNDECIDED else NOTHING
    return (
        show_figure(Fraction(result.ranks[row]), Speech.language),
        result.population.code_at(row),
        show_figure(exact, Speech.language, decimals),
        result.labels[grade] if grade >= 0 else undecided,
    )


def score_arrays(
    scheme: Path,
    data: Sequence[Path] | None,
    *,
    outputs: Sequence[Path],
    top: int,
    scores: bool = False,
) -> None:
    """Score over columns, write every output asked for, and show the top of each group."""
    keep_memory()
    data = require_data(data, scheme)
    require_population_outputs(outputs)
    keep_inputs(outputs, [scheme, *data])
    admitted, overview = load_scheme(scheme), Overview(top)
    with _score(admitted, data, outputs) as results:
        write_population(overview.watch(results), outputs, Speech.language, scores=scores)
    show_findings(_find_unread(admitted, scheme, data))
    for output in outputs:
        say(f"已写出 {output}", f"wrote {output}")
    overview.show(admitted.model)


def _find_unread(scheme: Scheme, path: Path, data: Sequence[Path]) -> list[Finding]:
    """Sheets of data that were not read."""
    if scheme.model.units:
        return find_unread(path, data)
    return [fault for each in data if each.is_file() for fault in find_unread_sheets(each)]


@contextmanager
def _score(
    scheme: Scheme, data: Sequence[Path], outputs: Sequence[Path]
) -> Iterator[Iterator[PopulationResult]]:
    """The results: of the units the scheme lists with data in any form, or of all that a table lists.

    What has to wait on a disk does so beside the first output, where there is room for results.
    """
    if scheme.model.units:
        yield iter([score_population(scheme, lay_out(scheme, load_data(data, scheme)))])
        return
    with Progress(console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task(word(Text("计分", "scoring")), total=None)
        beside = outputs[0].absolute().parent if outputs else None
        scratch = beside if beside and beside.is_dir() else None
        with score_files(
            scheme,
            data,
            scratch=scratch,
            threads=cpu_count() or 1,
            tell=lambda done, of: bar.update(task, completed=done, total=of),
        ) as results:
            yield results
