"""Figures as analysis takes them: a row for each subject, a column for each indicator."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from kaohe.analysis.index_model import IndexModel
from kaohe.analysis.matrices import Floats
from kaohe.errors import Finding, Place, blocking, find_nearest
from kaohe.language import Text

SUBJECT_HEADS = ("unit", "code", "subject", "单位代码", "单位", "代码", "对象")
"""What a column of subjects' codes may be called where the index does not say."""


@dataclass(frozen=True)
class WideTable:
    """Subjects with their columns of floats (NaN: missing), and columns of text such as names or groups.

    `place` is where they were read, `findings` what to beware of there.
    """

    subjects: tuple[str, ...]
    columns: Mapping[str, Floats]
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    place: Place = Place()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class WantedColumns:
    """Which columns of a table an index asks for."""

    subject: str
    figures: tuple[str, ...]
    labels: tuple[str, ...]


def want_columns(
    index: IndexModel, header: Sequence[str], place: Place
) -> tuple[WantedColumns | None, list[Finding]]:
    """The columns an index asks for among those there are, or what is missing."""
    subjects = [index.subject] if index.subject else SUBJECT_HEADS
    subject = next((name for name in subjects if name in header), None)
    figures = tuple(dict.fromkeys(_list_figures(index)))
    labels = tuple(dict.fromkeys(_list_labels(index)))
    findings = [
        _say_absent(name, header, place) for name in (*figures, *labels) if name not in header
    ]
    if subject is None:
        findings.insert(0, _say_absent(subjects[0], header, place))
    if subject is None or findings:
        return None, findings
    return WantedColumns(subject, figures, labels), []


def _list_figures(index: IndexModel) -> Iterator[str]:
    for leaf in index.list_leaves():
        yield leaf.code
        if leaf.denominator is not None:
            yield leaf.denominator.column


def _list_labels(index: IndexModel) -> Iterator[str]:
    by = index.imputation.by if index.imputation is not None else ""
    return (name for name in (index.subject_name, by) if name)


def _say_absent(name: str, header: Sequence[str], place: Place) -> Finding:
    near = find_nearest(name, header) or list(header)[:5]
    return blocking(
        "missing-column",
        place,
        Text(f"数据里没有“{name}”这一列", f'the data have no column "{name}"'),
        Text(f"数据里有：{'、'.join(near)}", f"they have: {', '.join(near)}"),
    )


def find_subject_faults(subjects: Sequence[str], places: Iterable[Place]) -> Iterator[Finding]:
    """Subjects without a code, and codes that stand twice; a place for each subject."""
    seen: set[str] = set()
    for subject, place in zip(subjects, chain(places), strict=True):
        if not subject:
            yield blocking(
                "no-subject", place,
                Text("这一行没有对象代码", "this row has no subject's code"),
                Text("请填上代码，或删去这一行", "give it, or delete the row"),
            )  # fmt: skip
        elif subject in seen:
            yield blocking(
                "subject-twice", place,
                Text(f"对象“{subject}”不止一行", f'the subject "{subject}" has more than one row'),
                Text("每个对象只留一行", "keep one row for each subject"),
            )  # fmt: skip
        seen.add(subject)
