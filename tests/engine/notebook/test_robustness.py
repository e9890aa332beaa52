"""The firmness of a ranking in a notebook: the same draws as on the command line, as Arrow tables."""

import polars as pl
import pytest
from tests.engine.analysis.indexes import INDEX
from tests.engine.results.town import score_town

import kaohe
from kaohe.analysis.draws import Band
from kaohe.errors import BadInput

TABLE = {
    "unit": ["QX", "QY", "QZ"],
    "A1": [10, 30, 20],
    "A2": [4.0, 8.0, 6.0],
    "B1": [1.0, 3.0, None],
}


def test_a_result_is_studied_group_by_group(tmp_path):
    found = kaohe.study_robustness(
        score_town(tmp_path), spread=Band(0), draws=10, cuts=[2], samples=8
    )

    assert found.ranks.to_pylist()[1] == {
        "group": "towns", "subject": "T2", "rank": 2.0, "expected": 2.0, "best": 2, "low": 2,
        "median": 2, "high": 2, "worst": 2, "above 优秀": 0.0, "above 良好": 1.0, "above ≤ 2": 1.0,
    }  # fmt: skip
    assert found.acceptability.to_pylist()[0] == {
        "group": "towns", "subject": "T1", "rank": 1, "share": 1.0,
    }  # fmt: skip
    assert found.central_weights.num_rows == 9
    assert (
        found.sensitivity.column("factor").to_pylist() == ["weights", "one indicator left out"] * 2
    )
    assert found.notes[0].en.startswith("10 draws (seed 1), each weight within ± 0 %")


def test_an_index_is_studied_over_a_table():
    found = kaohe.study_robustness(INDEX, pl.DataFrame(TABLE), draws=100, samples=8)

    assert found.ranks.column("subject").to_pylist() == ["QX", "QY", "QZ"]
    shares = found.acceptability.to_pandas().groupby("subject")["share"].sum()
    assert shares.to_list() == pytest.approx([1, 1, 1])


def test_an_index_without_data_is_refused():
    with pytest.raises(BadInput) as refused:
        kaohe.study_robustness(INDEX)

    assert (
        refused.value.say("en") == "the index has no data → give a file or a table after the index"
    )
