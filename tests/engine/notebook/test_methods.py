"""Methods in a notebook, over every kind of table."""

from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import kaohe

UNTYPED: Any = kaohe
COLUMNS = {
    "town": ["QX", "QY", "QZ"],
    "A1": [10, 30, 20],
    "A2": [4.0, 8.0, None],
    "region": ["east", "east", "west"],
}
MAKERS = {"arrow": pa.table, "pandas": pd.DataFrame, "polars": pl.DataFrame}


@pytest.fixture(params=MAKERS)
def table(request):
    return MAKERS[request.param](COLUMNS)


def test_indicators_are_normalised_and_the_rest_is_handed_through(table):
    found = kaohe.normalise(table, lower="A2")

    assert found.to_pydict() == {
        "town": ["QX", "QY", "QZ"],
        "region": ["east", "east", "west"],
        "A1": [0, 100, 50],
        "A2": [100, 0, None],
    }


def test_indicators_become_one_with_places(table):
    found = kaohe.aggregate(table, weights={"A1": 3, "A2": 1}, into="vigour")

    assert found.to_pydict() == {
        "town": ["QX", "QY", "QZ"],
        "region": ["east", "east", "west"],
        "vigour": [8.5, 24.5, 20],
        "rank": [3, 1, 2],
    }


def test_weights_are_found(table):
    found = kaohe.weigh(table, "standard_deviation").to_pydict()

    assert found["indicator"] == ["A1", "A2"]
    assert found["weight"] == pytest.approx([0.414214, 0.585786], abs=1e-6)


def test_missing_figures_are_imputed(table):
    assert kaohe.impute(table)["A2"].to_pylist() == [4, 8, 6]
    assert kaohe.impute(table, by="region")["A2"].to_pylist() == [4, 8, None]


def test_results_are_pandas_and_polars_tables_when_asked():
    found = kaohe.normalise(pa.table(COLUMNS), "rank")

    assert found.to_pandas()["A1"].tolist() == [1, 3, 2]
    assert pl.DataFrame(found)["A1"].to_list() == [1, 3, 2]


def test_pandas_index_and_missing_values_are_understood():
    table = pd.DataFrame(
        {"A1": [1.0, float("nan"), 3.0]}, index=pd.Index(["QX", "QY", "QZ"], name="town")
    )

    found = kaohe.normalise(table)

    assert found.to_pydict() == {"town": ["QX", "QY", "QZ"], "A1": [0, None, 100]}


def test_outliers_are_treated():
    table = pa.table({"A1": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30, 100]})

    assert kaohe.treat(table, most=5)["A1"].to_pylist()[-2:] == [30, 30]
    assert kaohe.treat(table, skewness=9)["A1"].to_pylist()[-2:] == [30, 100]


def test_options_are_given_by_indicator_and_by_subject():
    table = pa.table(COLUMNS)

    goals = kaohe.normalise(
        table, "goalposts", low=0, high={"A1": 20, "A2": 16}, cap={"A1": False}, lower=["A2"]
    )
    reference = kaohe.normalise(
        table.select(["town", "A1"]), "distance_to_reference", reference="QZ"
    )
    targets = kaohe.normalise(table, "distance_to_target", targets={"A1": 20, "A2": 12})

    assert goals["A1"].to_pylist() == [0.5, 1.5, 1]
    assert goals["A2"].to_pylist() == [0.75, 0.5, None]
    assert reference["A1"].to_pylist() == [0, 2, 1]
    assert targets["A2"].to_pylist() == [0, 0.5, None]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda table: kaohe.normalise(table, lower="A9"), 'A9: there is no column "A9" → the table has: A2, A1'),
        (lambda table: kaohe.normalise(table, subject="who"), 'there is no column "who"'),
        (lambda table: kaohe.normalise(table, "distance_to_reference", reference="QK"), 'there is no subject "QK"'),
        (lambda table: kaohe.normalise(table, "distance_to_target", targets={"A1": 40}), "A2 has no target"),
        (lambda table: kaohe.aggregate(table, "mean"), 'there is no method "mean"'),
        (lambda table: kaohe.aggregate(table, missing="refuse"), "A2 of QZ is missing"),
        (lambda table: kaohe.aggregate(table, weights={"A1": -1}), "A1 has a weight that is negative"),
        (lambda table: kaohe.aggregate(kaohe.normalise(table), "geometric"), "A1 of QX is zero or negative"),
        (lambda table: kaohe.impute(table, by="A1"), 'there is no column of groups "A1"'),
        (lambda table: kaohe.weigh(table.select(["town"])), "the figures have the shape 3 × 0"),
        (lambda table: UNTYPED.normalise(table, None), 'there is no method "None"'),
        (lambda table: kaohe.normalise(table, mean=5), 'mean: this method takes no "mean" → it takes: to'),
        (lambda table: kaohe.normalise(table, to=(100, 1)), "to: (100, 1) cannot be used → give two numbers, the smaller first"),
        (lambda table: kaohe.normalise(table, to=5), "to: 5 cannot be used"),
        (lambda table: kaohe.normalise(table, "rank", ties="best"), "ties: 'best' cannot be used → write one of: lowest, average"),
        (lambda table: kaohe.normalise(table, "z_score", deviation=0), "deviation: 0 cannot be used → give a number above 0"),
        (lambda table: kaohe.normalise(table, "goalposts", low=0), 'high: this method needs "high" → write high=…'),
        (lambda table: kaohe.normalise(table, "distance_to_target", targets="40"), "targets: '40' cannot be used → give one number"),
        (lambda table: UNTYPED.aggregate(table, missing="drop"), "missing: 'drop' cannot be used → write one of: renormalise, refuse"),
        (lambda table: kaohe.aggregate(table, least_weight=60), "least_weight: 60 cannot be used → give a number from 0 to 1"),
        (lambda table: UNTYPED.aggregate(table, weights={"A1": "two"}), "cannot be used → give one number, or {indicator: number}"),
        (lambda table: kaohe.aggregate(table, "geometric", power=2), 'power: this method takes no "power" → remove it'),
        (lambda table: kaohe.aggregate(table, into="town"), 'town: there is a column "town" already'),
        (lambda table: kaohe.aggregate(table, into="rank"), 'rank: there is a column "rank" already'),
        (lambda table: kaohe.treat(table, fallback="sqrt", most=-1), "most: -1 cannot be used → give a whole number, 0 or more"),
    ],
)  # fmt: skip
def test_what_has_no_meaning_is_refused(call, said):
    with pytest.raises(kaohe.BadInput) as refused:
        call(pa.table(COLUMNS))

    assert said in refused.value.say("en")


@pytest.mark.parametrize(
    "table",
    [
        pd.DataFrame({"town": pd.Categorical(["QX", "QY"]), "A1": pd.array([1, None], dtype="Int64")}),
        pl.DataFrame({"town": pl.Series(["QX", "QY"], dtype=pl.Categorical), "A1": [1, None]}),
        pl.DataFrame({"town": [["QX"], ["QY"]], "A1": [1.0, float("nan")]}),
        pa.record_batch({"town": [True, False], "A1": pa.array([1, None], pa.float16())}),
    ],
)  # fmt: skip
def test_columns_of_any_kind_are_handed_through(table):
    found = kaohe.normalise(table)

    assert found.column_names == ["town", "A1"]
    assert found["A1"].to_pylist() == [50, None]


def test_what_is_no_table_is_refused():
    data: Any = {"A1": [1]}

    with pytest.raises(kaohe.BadInput) as refused:
        kaohe.weigh(data)

    assert refused.value.say("en") == "dict is no table → give a table of pandas, polars or Arrow"


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (pa.table([[1.0], [2.0]], names=["A1", "A1"]), "A1: two columns have this name → change or delete one of them"),
        (pd.DataFrame([[1.0, 2.0]], columns=["A1", "A1"]), "DataFrame cannot be read as a table: Duplicate column names found"),
        (pd.Series([1.0], name="A1"), "Series cannot be read as a table"),
        (pd.DataFrame({"A1": [1, "x"]}), "DataFrame cannot be read as a table"),
    ],
)  # fmt: skip
def test_tables_whose_columns_cannot_be_told_apart_or_read_are_refused(table, said):
    with pytest.raises(kaohe.BadInput) as refused:
        kaohe.normalise(table)

    assert refused.value.say("en").startswith(said)


def test_subjects_may_be_numbers():
    table = pa.table({"id": [7, 8], "A1": [1.0, -1.0]})

    with pytest.raises(kaohe.BadInput) as refused:
        kaohe.aggregate(table, "geometric", subject="id")

    assert "A1 of 8 is zero or negative" in refused.value.say("en")
