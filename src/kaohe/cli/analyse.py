"""`kaohe analyse`."""

from collections.abc import Sequence
from pathlib import Path

from kaohe.analysis.analysing import Analysis, analyse
from kaohe.cli.speech import Speech, say, show_findings, show_table, show_working, word
from kaohe.files.data.wide_tables import read_wide_table
from kaohe.files.outputs import keep_inputs, require_writable
from kaohe.files.results.analysis_outputs import ANALYSIS_WRITERS, write_analysis
from kaohe.files.results.analysis_tables import (
    MARK,
    describe_methods,
    make_exact,
    order_subjects,
)
from kaohe.files.results.words import NOTHING, show_figure
from kaohe.files.schemes.index_files import read_index
from kaohe.language import Text
from kaohe.numbers.writing import write_number

_DECIMALS = 4  # where the index does not say


def analyse_data(index: Path, data: Path, *, outputs: Sequence[Path], top: int) -> None:
    """Compute an index, write every output asked for, and show the first places."""
    require_writable(outputs, ANALYSIS_WRITERS)
    keep_inputs(outputs, [index, data])
    with show_working("读取并计算", "reading and computing"):
        model = read_index(index)
        analysis = analyse(model, read_wide_table(data, model))
    show_findings(analysis.findings)
    with show_working("写出", "writing"):
        write_analysis(analysis, outputs, Speech.language)
    for output in outputs:
        say(f"已写出 {output}", f"wrote {output}")
    if top:
        show_places(analysis, top=top)
    say(f"{word(describe_methods(analysis))}（{MARK.zh}）",
        f"{word(describe_methods(analysis))} ({MARK.en})")  # fmt: skip


def show_places(analysis: Analysis, *, top: int) -> None:
    """The first places on the index, with the branches right below it."""
    root = analysis.tree
    codes = [root.code, *(child.code for child in root.children)]
    heads = [Text("位次", "rank"), Text("对象", "subject"), *(Text(code, code) for code in codes)]
    rows = [_write_row(analysis, row, codes) for row in order_subjects(analysis)[:top]]
    title = f"{analysis.index.name or root.code}（{len(analysis.table.subjects)}）"
    show_table(heads, rows, title=title)


def _write_row(analysis: Analysis, row: int, codes: Sequence[str]) -> list[str]:
    decimals = _DECIMALS if analysis.index.decimals is None else analysis.index.decimals
    rank = make_exact(analysis.ranks[codes[0]][row])
    figures = (make_exact(analysis.values[code][row]) for code in codes)
    return [
        show_figure(rank, Speech.language),
        analysis.table.subjects[row],
        *(NOTHING if each is None else write_number(each, decimals=decimals) for each in figures),
    ]
