"""Results of populations as files: a row per subject, exact decimals, whole files or none."""

from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.engine.population.people import make_scheme

from kaohe.errors import BadInput
from kaohe.files.data.population_tables import read_population
from kaohe.files.results import population_outputs
from kaohe.files.results.population_outputs import write_population
from kaohe.population.scoring import score_population

ROWS = {
    "unit": ["P1", "P2", "=P3", "P4", "P5"],
    "group": ["north", "north", "south", "north", "north"],
    "participation": ["ranked", "ranked", "ranked", "ungraded", "ranked"],
    "A1": [80, 60, 40, 80, 80],
    "A2": [10.0, 7.5, 5.0, 2.5, 10.0],
    "B": [95, 60, 10, 95, 95],
    "V1": [1, 0, 0, 0, 0],
}


def score_rows(columns=None, scheme=None):
    scheme = scheme or make_scheme()
    return score_population(scheme, read_population(pa.table(columns or ROWS), scheme))


def test_a_parquet_file_holds_places_grades_and_scores(tmp_path):
    write_population([score_rows()], [tmp_path / "out.parquet"], "zh", scores=True)

    written = pq.read_table(tmp_path / "out.parquet")

    assert written.to_pydict() == {
        "unit": ["P1", "P2", "=P3", "P4", "P5"],
        "group": ["north", "north", "south", "north", "north"],
        "participation": ["ranked", "ranked", "ranked", "ungraded", "ranked"],
        "total": [Decimal(each) for each in ("100.00", "76.50", "50.00", "77.50", "100.00")],
        "rank": [1, 3, 1, None, 1],
        "grade": ["称职", "称职", "称职", None, "优秀"],
        "A1": [Decimal(each) for each in ("40.0000", "30.0000", "20.0000", "40.0000", "40.0000")],
        "A2": [Decimal(each) for each in ("30.0000", "22.5000", "15.0000", "7.5000", "30.0000")],
        "B": [Decimal(each) for each in ("30.0000", "24.0000", "15.0000", "30.0000", "30.0000")],
    }
    assert written.schema.field("total").type == pa.decimal128(18, 2)
    assert written.schema.field("rank").type == pa.int64()


def test_text_opens_in_spreadsheets_and_holds_no_formula(tmp_path):
    write_population([score_rows()], [tmp_path / "out.csv"], "zh")

    assert (tmp_path / "out.csv").read_bytes().decode("utf-8") == (
        '\ufeff"unit","group","participation","total","rank","grade"\n'
        '"P1","north","ranked",100.00,1,"称职"\n'
        '"P2","north","ranked",76.50,3,"称职"\n'
        '"\'=P3","south","ranked",50.00,1,"称职"\n'
        '"P4","north","ungraded",77.50,,\n'
        '"P5","north","ranked",100.00,1,"优秀"\n'
    )


def test_halved_places_and_open_ties_are_told(tmp_path):
    columns = ROWS | {"A1": [80, 80, 80, None, 40], "A2": [5.0] * 5, "B": [95] * 5, "V1": [0] * 5}
    scheme = make_scheme("tie_break:\n  - {by: previous_rank}\n", "ties: average\n")

    write_population([score_rows(columns, scheme)], [tmp_path / "out.parquet"], "en")

    written = pq.read_table(tmp_path / "out.parquet").to_pydict()
    assert written["rank"] == [1.5, 1.5, 1.0, None, 3.0]
    assert written["grade"] == ["to be decided", "to be decided", "称职", None, "称职"]


def test_pieces_follow_each_other(tmp_path, monkeypatch):
    monkeypatch.setattr(population_outputs, "PIECE", 2)

    write_population([score_rows()], [tmp_path / "a.csv", tmp_path / "a.parquet"], "en")

    assert pq.read_table(tmp_path / "a.parquet")["unit"].to_pylist() == ROWS["unit"]
    assert len((tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()) == 6


def test_nobody_is_an_empty_file(tmp_path):
    nobody = {head: pa.array([], pa.string()) for head in ("unit", "group")}

    write_population([score_rows(nobody)], [tmp_path / "out.parquet"], "en")

    assert pq.read_table(tmp_path / "out.parquet").num_rows == 0


def test_other_endings_are_refused_before_anything_is_written(tmp_path):
    with pytest.raises(BadInput) as refusal:
        write_population([score_rows()], [tmp_path / "a.csv", tmp_path / "a.json"], "en")

    assert refusal.value.say("en") == (
        'a.json: cannot write ".json" → write one of: .parquet .csv .xlsx'
    )
    assert list(tmp_path.iterdir()) == []
