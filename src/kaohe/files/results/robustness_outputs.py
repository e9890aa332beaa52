"""How firm rankings are, by the ending of the file asked for; all that are asked for, or none."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kaohe.analysis.draws import Band, Spread
from kaohe.analysis.matrices import Floats
from kaohe.analysis.rank_shifts import ShiftSensitivity
from kaohe.analysis.ranking_studies import Robustness
from kaohe.files.outputs import Write, write_together
from kaohe.files.results.analysis_tables import MARK
from kaohe.files.results.csv_file import write_table_csv
from kaohe.files.results.robustness_tables import (
    describe_study,
    label_cut,
    list_robustness_tables,
    make_rank_intervals,
)
from kaohe.files.results.table_workbook import write_tables
from kaohe.language import Language, Text

Writer = Callable[[Sequence[Robustness], Path, Language], None]


def write_robustness(
    found: Sequence[Robustness], paths: Iterable[Path], language: Language
) -> None:
    """Write it in the format each file's ending asks for: all of them, or none.

    Every ending is one of `ROBUSTNESS_WRITERS`. Raises BadInput for a place that cannot be written to.
    """
    write_together({path: _choose_writer(path, found, language) for path in paths})


def _choose_writer(path: Path, found: Sequence[Robustness], language: Language) -> Write:
    writer = ROBUSTNESS_WRITERS[path.suffix.lower()]
    return lambda draft: writer(found, draft, language)


def _write_csv(found: Sequence[Robustness], path: Path, language: Language) -> None:
    write_table_csv(make_rank_intervals(found), path, language)


def _write_xlsx(found: Sequence[Robustness], path: Path, language: Language) -> None:
    tables = list_robustness_tables(found, language)
    title = Text("位次稳健性", "Robustness of ranks").say(language)
    write_tables(tables, path, language, title=title, note=MARK.say(language))


def _write_json(found: Sequence[Robustness], path: Path, _: Language) -> None:
    data = make_robustness_data(found)
    text = json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False)
    path.write_text(f"{text}\n", encoding="utf-8")


def make_robustness_data(found: Sequence[Robustness]) -> dict[str, Any]:
    """Everything as plain data: floats as they are, null where there is none."""
    return {
        "kind": "kaohe-robustness",
        "arithmetic": _write_text(MARK),
        "rankings": [_write_ranking(each) for each in found],
    }


def _write_ranking(each: Robustness) -> dict[str, Any]:
    study = each.of.study
    return {
        "code": each.of.code,
        "name": each.of.name,
        "draws": each.draws,
        "draws_asked_for": study.draws,
        "seed": study.seed,
        "spread": _write_spread(study.spread),
        "decimals": study.decimals,
        "choices": [composite.choice._asdict() for composite in study.composites],
        "cuts": [{"rank": cut.rank, "grade": cut.grade} for cut in each.of.cuts],
        "notes": [_write_text(note) for note in describe_study(each)],
        "weights": dict(zip(study.indicators, study.central.tolist(), strict=True)),
        "subjects": list(_write_subjects(each)),
        "sensitivity": None if each.sensitivity is None else _write_sensitivity(each.sensitivity),
    }


def _write_subjects(each: Robustness) -> Iterator[dict[str, Any]]:
    """Every subject, by the place that stands."""
    study, intervals = each.of.study, each.list_intervals()
    shares, central = each.counts.acceptability(), each.counts.central_weights()
    wins = each.counts.win_chances()
    labels = [label_cut(cut) for cut in each.of.cuts]
    for row in each.order_subjects():
        interval = asdict(intervals[row])
        yield {
            "code": study.subjects[row],
            "name": each.of.names[row],
            "rank": each.of.reference[row],
            **interval,
            "above": dict(zip(labels, interval["above"], strict=True)),
            "acceptability": {
                str(place + 1): share for place, share in enumerate(shares[row].tolist()) if share
            },
            "central_weights": _by_name(study.indicators, central[row]),
            **({"wins": _by_name(study.subjects, wins[row])} if len(wins) else {}),
        }


def _write_sensitivity(found: ShiftSensitivity) -> dict[str, Any]:
    indices = found.indices
    figures = zip(
        found.factors, indices.first.tolist(), indices.first_error.tolist(),
        indices.total.tolist(), indices.total_error.tolist(), strict=True,
    )  # fmt: skip
    return {
        "mean_shift": indices.mean,
        "variance": indices.variance,
        "evaluations": indices.evaluations,
        "factors": [
            {
                "factor": _write_text(factor),
                "first_order": _write_float(first),
                "first_order_error": _write_float(first_error),
                "total_order": _write_float(total),
                "total_order_error": _write_float(total_error),
            }
            for factor, first, first_error, total, total_error in figures
        ],
    }


def _write_spread(spread: Spread) -> dict[str, Any]:
    if isinstance(spread, Band):
        return {"kind": "band", "share": spread.share}
    return {"kind": "dirichlet", "concentration": spread.concentration}


def _by_name(names: Sequence[str], figures: Floats) -> dict[str, float | None]:
    return dict(zip(names, map(_write_float, figures.tolist()), strict=True))


def _write_text(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _write_float(value: float) -> float | None:
    return None if value != value else value


ROBUSTNESS_WRITERS: dict[str, Writer] = {
    ".csv": _write_csv,
    ".xlsx": _write_xlsx,
    ".json": _write_json,
}
"""What it can be written as, by the ending of the file."""
