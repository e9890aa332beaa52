"""The firmness of a ranking in a notebook: the same draws as on the command line, as Arrow tables."""

from typing import Any

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


def test_no_sensitivity_is_measured_for_no_samples():
    found = kaohe.study_robustness(INDEX, pl.DataFrame(TABLE), draws=10, samples=0)

    assert found.sensitivity.num_rows == 0
    assert found.ranks.num_rows == 3


def test_settings_that_mean_nothing_are_refused_all_at_once():
    wrong: dict[str, Any] = {
        "draws": 10.5,
        "seed": -1,
        "spread": 0.25,
        "cuts": 3,
        "normalisations": "min_max",
    }

    with pytest.raises(BadInput) as refused:
        kaohe.study_robustness(INDEX, pl.DataFrame(TABLE), drawz=5, **wrong)

    assert refused.value.say("en").splitlines() == [
        'drawz: this method takes no "drawz" → it takes: draws',
        "draws: 10.5 cannot be used → give a whole number, 1 or more",
        "seed: -1 cannot be used → give a whole number, 0 or more",
        "spread: 0.25 cannot be used → give Band(0.25) or Dirichlet(5) of kaohe.analysis.draws",
        "cuts: 3 cannot be used → give a list, such as […]",
        "normalisations: 'min_max' cannot be used → give a list, such as […]",
    ]


def test_ranks_are_taken_at_twelve_decimals_at_most():
    with pytest.raises(BadInput, match="no ranks at 13 decimals → give 0 to 12"):
        kaohe.study_robustness(INDEX, pl.DataFrame(TABLE), decimals=13)
