"""An index in a notebook."""

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from tests.engine.analysis.indexes import INDEX

import kaohe

COLUMNS = {"unit": ["QX", "QY", "QZ"], "A1": [10, 30, 20], "A2": [4, 8, 6], "B1": [1, 2, None]}


def round_column(column):
    return [round(each, 9) if isinstance(each, float) else each for each in column]


@pytest.mark.parametrize("make", [pa.table, pd.DataFrame, pl.DataFrame])
def test_an_index_is_computed_over_every_kind_of_table(make):
    found = kaohe.analyse(INDEX, make(COLUMNS))

    scores = {code: round_column(column) for code, column in found.scores.to_pydict().items()}
    assert scores == {
        "subject": ["QX", "QY", "QZ"],
        "rank": [1, 1, 1],
        "vigour": [50, 50, 50],
        "growth": [75, 25, 50],
        "A1": [0, 100, 50],
        "A2": [100, 0, 50],
        "B1": [0, 100, None],
    }
    assert found.ranks.to_pydict() == {
        "subject": ["QX", "QY", "QZ"],
        "vigour": [1, 1, 1],
        "growth": [1, 3, 2],
    }
    assert found.weights["node"].to_pylist() == ["vigour", "growth", "B1", "A1", "A2"]
    assert found.weights["effective_weight"].to_pylist() == pytest.approx(
        [1, 2 / 3, 1 / 3, 1 / 6, 1 / 2]
    )
    assert found.correlations.slice(1, 1).to_pylist() == [
        {"node": "A1", "above": "growth", "levels": 1, "coefficient": pytest.approx(-1)}
    ]
    assert found.ranks_without["A2"].to_pylist() == [3, 1, 2]
    assert found.findings == ()


def test_an_index_and_its_data_may_be_files(tmp_path):
    (tmp_path / "index.yaml").write_text(INDEX, encoding="utf-8")
    (tmp_path / "data.csv").write_text("unit,A1,A2,B1\nQX,1,2,3\nQY,3,2,1\n", encoding="utf-8")

    found = kaohe.analyse(tmp_path / "index.yaml", str(tmp_path / "data.csv"))

    assert found.scores["vigour"].to_pylist() == pytest.approx([58.333333, 41.666667])
    assert [each.kind for each in found.findings] == ["constant-indicator"]


def test_what_is_wrong_with_an_index_is_said_with_its_line():
    with pytest.raises(kaohe.BadInput) as refused:
        kaohe.analyse(INDEX.replace("arithmetic", "mean"), pa.table(COLUMNS))

    assert refused.value.say("en").startswith('line 4 · aggregation: "mean" is none of the choices')
