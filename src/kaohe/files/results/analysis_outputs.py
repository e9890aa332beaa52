"""Analyses out, by the ending of the file asked for; all that are asked for, or none."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from kaohe.analysis.analysing import Analysis
from kaohe.analysis.matrices import Floats
from kaohe.files.outputs import Write, require_writable, write_together
from kaohe.files.results.analysis_tables import (
    MARK,
    describe_methods,
    list_analysis_tables,
    make_analysis_scores,
)
from kaohe.files.results.csv_file import write_table_csv
from kaohe.files.results.table_workbook import write_tables
from kaohe.language import Language

Writer = Callable[[Analysis, Path, Language], None]


def write_analysis(analysis: Analysis, paths: Iterable[Path], language: Language) -> None:
    """Write an analysis in the format each file's ending asks for: all of them, or none.

    Raises BadInput for an ending that names no format, and for a place that cannot be written to.
    """
    paths = list(paths)
    require_writable(paths, ANALYSIS_WRITERS)
    write_together({path: _choose_writer(path, analysis, language) for path in paths})


def _choose_writer(path: Path, analysis: Analysis, language: Language) -> Write:
    writer = ANALYSIS_WRITERS[path.suffix.lower()]
    return lambda draft: writer(analysis, draft, language)


def _write_csv(analysis: Analysis, path: Path, language: Language) -> None:
    write_table_csv(make_analysis_scores(analysis), path, language)


def _write_xlsx(analysis: Analysis, path: Path, language: Language) -> None:
    tables = list_analysis_tables(analysis, language)
    title = analysis.index.name or analysis.index.index
    write_tables(tables, path, language, title=title, note=MARK.say(language))


def _write_json(analysis: Analysis, path: Path, _: Language) -> None:
    text = json.dumps(make_analysis_data(analysis), ensure_ascii=False, indent=1, allow_nan=False)
    path.write_text(f"{text}\n", encoding="utf-8")


def make_analysis_data(analysis: Analysis) -> dict[str, Any]:
    """Everything in an analysis as plain data: floats as they are, null where there is none."""
    subjects = analysis.table.subjects

    def by_subject(column: Floats) -> dict[str, float | None]:
        return dict(zip(subjects, map(_write_float, column.tolist()), strict=True))

    methods = describe_methods(analysis)
    return {
        "kind": "kaohe-analysis",
        "arithmetic": {"zh": MARK.zh, "en": MARK.en},
        "methods": {"zh": methods.zh, "en": methods.en},
        "index": analysis.index.index,
        "values": {code: by_subject(column) for code, column in analysis.values.items()},
        "ranks": {code: by_subject(column) for code, column in analysis.ranks.items()},
        "effective_weights": analysis.effective_weights,
        "correlations": [
            {"code": each.code, "above": each.above, "levels": each.levels,
             "coefficient": _write_float(each.coefficient)}
            for each in analysis.correlations
        ],
        "ranks_without": {
            code: by_subject(column) for code, column in analysis.ranks_without.items()
        },
        "findings": [
            {"kind": each.kind, "severity": each.severity, "zh": each.say("zh"), "en": each.say("en")}
            for each in analysis.findings
        ],
    }  # fmt: skip


def _write_float(value: float) -> float | None:
    return None if value != value else value


ANALYSIS_WRITERS: dict[str, Writer] = {
    ".csv": _write_csv,
    ".xlsx": _write_xlsx,
    ".json": _write_json,
}
"""What an analysis can be written as, by the ending of the file."""
