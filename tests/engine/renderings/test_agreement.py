"""The bet: exact, columns and the recalculated workbook agree from one definition.

On 1,000 tables: KAOHE_AGREEMENT_TABLES=1000 .venv/bin/python -m pytest tests/engine/renderings/test_agreement.py
"""

import os
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
import xlsxwriter

from kaohe.expressions.nodes import list_steps
from kaohe.numbers.absence import Absence
from kaohe.numbers.rounding import scale_fraction
from kaohe.renderings.arrays import score_columns
from kaohe.renderings.columns import make_columns
from kaohe.renderings.exact import Refusal, evaluate
from kaohe.renderings.formulas import (
    list_ranked_steps,
    write_rounding_formula,
    write_step_formula,
)
from kaohe.renderings.grid import Grid, Row, measure_digits
from kaohe.renderings.settling import MISSING_SCORE
from tests.engine.office import recalculate
from tests.engine.tables import MODES, TIES, Case, make_cases

TABLES = int(os.environ.get("KAOHE_AGREEMENT_TABLES", "100"))
SEED = 20200331
DECIMALS = 4
CODES = ("R03", "R04", "R06", "R08", "R18")
CHOICES = ("gain_mode", "loss_mode", "ties")


def test_the_tables_hold_what_renderings_stumble_over() -> None:
    """In 100 tables, as many as any run has at least."""
    seen = Counter(trait for case in make_cases(100, seed=SEED) for trait in list_traits(case))

    assert {rule: seen[rule, "exact half"] >= 3 for rule in CODES} == dict.fromkeys(CODES, True)
    assert {rule: seen[rule, "tie"] >= 10 for rule in CODES} == dict.fromkeys(CODES, True)
    assert {rule: seen[rule, "gap"] >= 5 for rule in CODES} == dict.fromkeys(CODES, True)
    assert [rule for rule in CODES if seen[rule, "refusal"]] == ["R03", "R04", "R06"]
    assert [rule for rule in CODES if seen[rule, "less is better"]] == ["R03", "R04", "R06", "R08"]
    assert seen["R03", "target missing"] >= 3
    assert {seen["R03", "gain_mode", mode] > 0 for mode in MODES} == {True}
    assert {seen["R03", "loss_mode", mode] > 0 for mode in MODES} == {True}
    assert {seen["R06", "ties", ties] > 0 for ties in TIES} == {True}
    for trait in ("negative", "huge", "tiny", "half even"):
        assert sum(seen[rule, trait] for rule in CODES) >= 3, trait
    assert {seen[rule, "several pools"] > 0 for rule in CODES} == {True}
    assert {seen[rule, "never ends"] > 0 for rule in CODES} == {True}


def list_traits(case: Case) -> Iterator[tuple[str, ...]]:
    rule, values = case.rule.code, evaluate(case.expression(), case.frame).values
    figures = [cell for cells in case.frame.facets.values() for cell in cells]
    numbers = [cell for cell in figures if isinstance(cell, Fraction)]
    scores = [value for value in values if isinstance(value, Fraction)]
    yield from ((rule, "exact half") for score in scores if is_half(score))
    yield from ((rule, "never ends") for score in scores if 10**40 % score.denominator)
    yield from ((rule, "gap") for value in values if isinstance(value, Absence))
    yield from ((rule, "refusal") for value in values if isinstance(value, Refusal))
    yield from ((rule, "tie") for _ in range(len(numbers) - len(set(numbers))))
    yield from ((rule, "target missing") for row in missing_targets(case))
    yield from ((rule, name, getattr(case.rule, name, "")) for name in CHOICES)
    traits = {
        "less is better": not case.higher_is_better,
        "half even": case.rounding == "half_even" and any(map(is_half, scores)),
        "several pools": len(case.frame.pools) > 1,
        "negative": min(numbers, default=0) < 0,
        "huge": max(map(abs, numbers), default=0) >= 10**9,
        "tiny": any(0 < abs(number) < Fraction(1, 100) for number in numbers),
    }
    yield from ((rule, trait) for trait, is_there in traits.items() if is_there)


def missing_targets(case: Case) -> list[int]:
    targets = case.frame.facets.get("target", [])
    return [row for row, target in enumerate(targets) if isinstance(target, Absence)]


def is_half(score: Fraction) -> bool:
    doubled = score * 2 * 10**DECIMALS
    return doubled.denominator == 1 and bool(doubled.numerator % 2)


def score_exactly(case: Case) -> list[int | None]:
    values = evaluate(case.expression(), case.frame).values
    return [
        scale_fraction(value, DECIMALS, case.rounding) if isinstance(value, Fraction) else None
        for value in values
    ]


@pytest.mark.slow
def test_columns_agree_with_exact_on_generated_tables() -> None:
    for number, case in enumerate(make_cases(TABLES * 5, seed=SEED)):
        columns = make_columns(case.frame)
        scores = score_columns(case.expression(), columns, decimals=DECIMALS, mode=case.rounding)
        found = [None if score == MISSING_SCORE else int(score) for score in scores]

        assert found == score_exactly(case), f"table {number}: {case}"


@pytest.mark.slow
def test_workbook_agrees_with_exact_on_generated_tables(tmp_path: Path) -> None:
    cases = list(make_cases(TABLES, seed=SEED))
    workbook = tmp_path / "tables.xlsx"
    with xlsxwriter.Workbook(str(workbook)) as book:
        for number, case in enumerate(cases):
            write_case(book.add_worksheet(f"T{number}"), case)

    saved = recalculate(workbook, tmp_path)

    for number, case in enumerate(cases):
        sheet = saved.get_sheet_by_name(f"T{number}").to_python(skip_empty_area=False)
        found = [read_score(row[-1]) for row in sheet[1:]]
        assert found == score_exactly(case), f"table {number}: {case}"


def read_score(cell: object) -> int | None:
    return round(cell * 10**DECIMALS) if isinstance(cell, float) else None


def write_case(sheet: xlsxwriter.worksheet.Worksheet, case: Case) -> None:
    """Facets, points and one column per step, from the second row on."""
    expression = case.expression()
    steps = list_steps(expression)
    names = [*case.frame.facets, "points", *(step.name for step in steps)]
    columns = {name: chr(ord("A") + place) for place, name in enumerate(names)}
    grid = Grid(columns, {}, measure_digits(case.frame))
    ranked = list_ranked_steps(expression)
    sheet.write_row(0, 0, [*names, "rounded"])
    for place in range(len(case.frame)):
        write_figures(sheet, case, place)
        pool = case.frame.pools[case.frame.pool_of[place]]
        row = Row(grid, place + 2, pool[0] + 2, pool[-1] + 2)
        for step in steps:
            formula = write_step_formula(step, row, ranked=step.name in ranked)
            sheet.write_formula(f"{columns[step.name]}{place + 2}", formula)
        formula = write_rounding_formula(steps[-1], row, decimals=DECIMALS, mode=case.rounding)
        sheet.write_formula(place + 1, len(names), formula)


def write_figures(sheet: xlsxwriter.worksheet.Worksheet, case: Case, place: int) -> None:
    for column, cells in enumerate([*case.frame.facets.values(), case.frame.points]):
        if isinstance(cells[place], Fraction):
            sheet.write_number(place + 1, column, float(cells[place]))
