"""What the columns of a wide table of subjects hold, by their headings."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kaohe.files.data.cell_reading import FAULTS
from kaohe.files.data.figure_columns import Source
from kaohe.files.data.figures import FigureReader
from kaohe.files.data.names import UNIT_FIGURES, SchemeNames
from kaohe.files.tables.gathering import Gathering
from kaohe.files.tables.headings import (
    GROUP_HEADS,
    LEVEL_HEADS,
    NAME_HEADS,
    NOTE_HEADS,
    PARTICIPATION_HEADS,
    UNIT_HEADS,
)
from kaohe.language import Text
from kaohe.scheme.indicators import IndicatorNode


@dataclass
class Headings:
    """What each column of one table is: who the subject is, the figures, and what happened to it.

    `vetoes` are columns of how often a veto was met, `levels` of the level reached under an indicator
    that may promote.
    """

    unit: str
    group: str | None = None
    participation: str | None = None
    figures: dict[str, FigureReader] = field(default_factory=dict)
    vetoes: dict[str, str] = field(default_factory=dict)
    levels: dict[str, str] = field(default_factory=dict)

    @property
    def used(self) -> list[str]:
        """The columns that are read."""
        return list(dict.fromkeys([*self.people, *self.figures]))

    @property
    def people(self) -> list[str]:
        """The columns of what is known of subjects beside the figures of indicators."""
        named = [self.unit, self.group, self.participation]
        rank = [head for head, reader in self.figures.items() if reader.leaf is UNIT_FIGURES]
        return [*(head for head in named if head is not None), *rank, *self.vetoes, *self.levels]

    @property
    def words(self) -> list[str]:
        """The columns in which few words stand again and again."""
        named = (self.group, self.participation, *self.levels)
        return [head for head in named if head is not None]

    def list_of(self, leaf: IndicatorNode) -> list[str]:
        """The columns of one indicator."""
        return [head for head, reader in self.figures.items() if reader.leaf.code == leaf.code]


def match_headings(
    header: Sequence[str], names: SchemeNames, source: Source, gathering: Gathering
) -> Headings:
    """What each column of a header holds. Raises BadInput with what is missing, unknown or there twice."""
    unit, group, participation = (
        next((head for head in heads if head in header), None)
        for heads in (UNIT_HEADS, GROUP_HEADS, PARTICIPATION_HEADS)
    )
    if unit is None:
        _miss(UNIT_HEADS, source, gathering)
    if group is None and len(names.model.groups) > 1:
        _miss(GROUP_HEADS, source, gathering)
    for number, head in enumerate(header, 1):
        if not head:
            _refuse_unheaded(number, source, gathering)
    gathering.raise_findings()
    headings = Headings(unit or "", group, participation)
    taken = {unit, *NAME_HEADS, *GROUP_HEADS, *PARTICIPATION_HEADS, *NOTE_HEADS}
    for head in header:
        if head not in taken and not _match_event(head, names, headings):
            _match_figure(head, names, headings, source, gathering)
    gathering.raise_findings()
    return headings


def _miss(heads: Sequence[str], source: Source, gathering: Gathering) -> None:
    gathering.add(
        "missing-column",
        source.find(""),
        Text(f"没有“{heads[1]}”列", f'there is no column "{heads[0]}"'),
        Text(
            f"请加一列，表头写：{' 或 '.join(heads)}", f"add a column headed {' or '.join(heads)}"
        ),
    )


def _refuse_unheaded(number: int, source: Source, gathering: Gathering) -> None:
    gathering.add(
        "bad-header",
        source.find(""),
        Text(f"第{number}列没有表头", f"column {number} has no heading"),
        Text("请填上，或删去这一列", "give it one, or delete the column"),
    )


def _match_event(head: str, names: SchemeNames, headings: Headings) -> bool:
    """Whether a column tells of vetoes, or of the level reached under an indicator that may promote."""
    veto = names.find_veto(head)
    if veto is not None:
        headings.vetoes[head] = veto
        return True
    written, _, what = head.rpartition(".")
    if what not in LEVEL_HEADS:
        return False
    promotions = [each for rule in names.model.grades for each in rule.promotions if each.levels]
    for code in dict.fromkeys(each.of for each in promotions):
        if written in (code, names.model.nodes_by_code[code].name):
            headings.levels[head] = code
    return head in headings.levels


def _match_figure(
    head: str, names: SchemeNames, headings: Headings, source: Source, gathering: Gathering
) -> None:
    try:
        reader = FigureReader(*names.find_figure(head))
    except FAULTS as fault:
        gathering.add("unknown-column", source.find(head), fault.wrong, fault.remedy)
        return
    if reader in headings.figures.values():
        gathering.add(
            "figure-twice",
            source.find(head),
            Text("另有一列是同一个数据项", "another column holds the same facet"),
            Text("同一个数只填一列", "keep one of the columns"),
        )
    headings.figures[head] = reader
