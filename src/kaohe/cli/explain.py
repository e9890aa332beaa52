"""`kaohe explain`."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from kaohe.cli.inputs import find_code, load_data, load_scheme, require_data
from kaohe.cli.speech import Speech, out, show_findings
from kaohe.files.data.observations import find_unread
from kaohe.files.results.receipt_text import write_receipt_text, write_steps_text
from kaohe.results.receipts import Receipt, Receipts
from kaohe.results.result import Result, score


def explain_score(
    scheme: Path, data: Sequence[Path] | None, *, unit: str, indicator: str | None
) -> None:
    """Print the receipt of one indicator, or of everything a unit scored."""
    data = require_data(data, scheme)
    admitted = load_scheme(scheme)
    result = score(admitted, load_data(data, admitted))
    show_findings(find_unread(scheme, data))
    unit = find_code(unit, {each.unit.code: each.unit.name for each in result.units}, "--unit")
    if indicator is None:
        show_unit(result, unit)
        return
    nodes = admitted.model.nodes_by_code
    scored = [*result.scores.leaves, *result.scores.branches]
    code = find_code(indicator, {code: nodes[code].name for code in scored}, "--indicator")
    show_receipts([find_receipts(result).of_node(unit, code)])


def show_unit(result: Result, unit: str) -> None:
    """Everything about one unit: its total, its place and grade, and every receipt under it."""
    receipts = find_receipts(result)
    show_receipts([receipts.of_total(unit)])
    scored = next(each for each in result.units if each.unit.code == unit)
    out.print(write_steps_text(scored.steps, Speech.language), markup=False)
    show_receipts(receipts.of_unit(unit))


def show_receipts(receipts: Iterable[Receipt]) -> None:
    """Receipts, one under the other."""
    for receipt in receipts:
        out.print(write_receipt_text(receipt, Speech.language), markup=False)


def find_receipts(result: Result) -> Receipts:
    """The receipts of a result."""
    return Receipts(result.scheme.model, result.observations, result.scores)
