"""Schemes in a notebook."""

from fractions import Fraction

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import kaohe

SCHEME = """\
kaohe: 1
code: small
name: Small
period: 2019
groups: [{code: towns, name: Towns}]
units:
  - {code: T1, name: Xi, group: towns}
  - {code: T2, name: Yu, group: towns}
  - {code: T3, name: Zu, group: towns}
  - {code: T4, name: Ge, group: towns}
rounding: {display: 1}
missing: {empty: leave_out}
indicators:
  - code: A
    name: Economy
    children:
      - {code: A1, name: Output, points: 60, text: as agreed, rule: {method: target_ratio}, target: 30}
      - {code: A2, name: Growth, points: 40, text: as agreed, rule: {method: efficacy_coefficient}}
"""
COLUMNS = {"unit": ["T1", "T2", "T3", "T4"], "A1": [10, 30, 20, 15], "A2": [1.5, None, 0.5, 1]}


@pytest.fixture
def scheme(tmp_path):
    (tmp_path / "scheme.yaml").write_text(SCHEME, encoding="utf-8")
    return kaohe.read_scheme(tmp_path / "scheme.yaml")


@pytest.mark.parametrize("make", [pa.table, pd.DataFrame, pl.DataFrame])
def test_a_table_is_scored_to_the_exact_figures(scheme, make):
    found = kaohe.score_table(scheme, make(COLUMNS))

    assert found.to_pandas()["total"].mean() == 71.5
    assert found.to_pydict() == {
        "unit": ["T1", "T2", "T3", "T4"],
        "group": ["towns"] * 4,
        "participation": ["ranked"] * 4,
        "total": [60, 100, 64, 62],
        "rank": [4, 1, 2, 3],
        "grade": [None] * 4,
        "A1": [20, 60, 40, 30],
        "A2": [40, None, 24, 32],
        "A": [60, 100, 64, 62],
    }


def test_a_file_is_scored_exactly(scheme, tmp_path):
    (tmp_path / "data.csv").write_text(
        "unit,A1,A2\nT1,10,1.5\nT2,30,\nT3,20,0.5\nT4,15,1\n", encoding="utf-8"
    )

    result = kaohe.score(scheme, tmp_path / "data.csv")

    assert [(each.unit.code, each.total.total, each.standing.rank) for each in result.units] == [
        ("T1", Fraction(60), Fraction(4)),
        ("T2", Fraction(100), Fraction(1)),
        ("T3", Fraction(64), Fraction(2)),
        ("T4", Fraction(62), Fraction(3)),
    ]


def test_a_scheme_that_is_none_is_refused(tmp_path):
    (tmp_path / "scheme.yaml").write_text("kaohe: 1\n", encoding="utf-8")

    with pytest.raises(kaohe.BadInput) as refused:
        kaohe.read_scheme(str(tmp_path / "scheme.yaml"))

    assert "missing-key" in {each.kind for each in refused.value.findings}
