from fractions import Fraction
from pathlib import Path

from tests.engine.results.town import score_town

from kaohe.numbers.absence import Absence
from kaohe.results.board import Trees, list_board
from kaohe.results.result import Result, score


def with_previous(result: Result, **ranks: str) -> Result:
    """The result scored again with last year's ranks beside it."""
    figures = {
        ("total", "previous_rank", unit): Fraction(rank) if rank != "/" else Absence.NOT_APPLICABLE
        for unit, rank in ranks.items()
    }
    observations = result.observations
    return score(
        result.scheme, type(observations)({**observations.figures, **figures}, observations.records)
    )


def test_a_group_stands_best_first_with_gaps_and_those_without_a_place_last(tmp_path: Path):
    board = list_board(score_town(tmp_path), "towns")

    assert [(row.result.unit.code, row.result.standing.rank, row.gap, row.climbed) for row in board] == [
        ("T1", Fraction(1), None, None),
        ("T2", Fraction(2), Fraction("8.7833"), None),
        ("T3", Fraction(3), Fraction("4.9963"), None),
        ("T4", Fraction(4), Fraction("22.6037"), None),
        ("T5", None, None, None),
    ]  # fmt: skip


def test_movement_is_places_gained_since_the_rank_before(tmp_path: Path):
    result = with_previous(score_town(tmp_path), T1="3", T2="1", T3="3", T4="/", T5="1")

    board = list_board(result, "towns")

    assert [(row.previous, row.climbed) for row in board] == [
        (Fraction(3), Fraction(2)),
        (Fraction(1), Fraction(-1)),
        (Fraction(3), Fraction(0)),
        (None, None),
        (Fraction(1), None),
    ]


def test_a_group_that_is_not_there_has_an_empty_board(tmp_path: Path):
    assert list_board(score_town(tmp_path), "nobody") == []


def test_a_units_tree_has_levels_ranks_and_last_places(tmp_path: Path):
    result = score_town(tmp_path)
    unit = result.scheme.model.units_by_code["T4"]

    rows = Trees(result).of_unit(unit)

    assert [
        (row.node.code, row.level, int(row.points), str(row.score), str(row.rank), row.is_last)
        for row in rows
    ] == [
        ("A", 0, 50, "364667/10000", "4", True),
        ("A1", 1, 20, "12", "4", True),
        ("A2", 1, 20, "144667/10000", "4", True),
        ("A3", 1, 10, "10", "1", False),
        ("B", 0, 50, "116/5", "4", True),
        ("B1", 1, 20, "0", "4", True),
        ("B2", 1, 30, "116/5", "4", True),
        ("P", 0, 4, "0", "2", True),
        ("M", 0, 2, "0", "1", False),
    ]


def test_nobody_is_last_where_all_share_one_rank(tmp_path: Path):
    result = score_town(tmp_path)
    unit = result.scheme.model.units_by_code["D1"]

    ranks = {row.node.code: (row.rank, row.is_last) for row in Trees(result).of_unit(unit)}

    assert ranks["P"] == (Fraction(1), False)
