"""Parquet: exact types exactly, doubles at fifteen digits, anything doubtful refused."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kaohe.errors import BadInput, Finding, Place
from kaohe.files.tables.limits import UPLOAD
from kaohe.files.tables.reading import read_table


def write(tmp_path: Path, columns: Mapping[str, Any], **options: Any) -> Path:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table(dict(columns)), path, **options)
    return path


def refuse(path: Path, **options: Any) -> tuple[Finding, ...]:
    with pytest.raises(BadInput) as refusal:
        read_table(path, **options)
    return refusal.value.findings


def test_every_type_that_a_cell_can_have(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        {
            "unit": ["U01", "U02"],
            "A01": [0.1 + 0.2, None],
            "A02": pa.array([Decimal("12345678901234567890.12"), None], pa.decimal128(38, 2)),
            "A03": pa.array([2**62, None], pa.int64()),
            "date": pa.array([date(2019, 12, 31), None], pa.date32()),
            "yes": [True, None],
            "kind": pa.array(["a", None]).dictionary_encode(),
            "none": pa.nulls(2),
        },
    )

    table = read_table(path)

    assert table.header == ("unit", "A01", "A02", "A03", "date", "yes", "kind", "none")
    assert list(table.rows) == [
        (
            "U01",
            Fraction(3, 10),
            Fraction("12345678901234567890.12"),
            Fraction(4611686018427387904),
            date(2019, 12, 31),
            True,
            "a",
            None,
        ),
        ("U02", None, None, None, None, None, None, None),
    ]
    assert table.place(0, 1) == Place(file="a.parquet", line=1, key="A01")


def test_every_bad_double_is_named(tmp_path: Path) -> None:
    findings = refuse(
        write(
            tmp_path,
            {
                "unit": ["a", "b", "c"],
                "A01": [float("nan"), 1.0, float("inf")],
                "A02": [1e300, 0.0, 1.0],
            },
        )
    )

    assert [(finding.place.line, finding.place.key) for finding in findings] == [
        (1, "A01"),
        (3, "A01"),
        (1, "A02"),
    ]


def test_types_that_are_no_cells_are_refused(tmp_path: Path) -> None:
    findings = refuse(
        write(
            tmp_path,
            {
                "list": [[1]],
                "single": pa.array([0.1], pa.float32()),
                "moment": pa.array([0], pa.timestamp("s")),
                "bytes": [b"x"],
                "struct": [{"a": 1}],
            },
        )
    )

    assert [finding.place.key for finding in findings] == [
        "list",
        "single",
        "moment",
        "bytes",
        "struct",
    ]
    assert findings[1].wrong.zh == "这一列的类型是 float，不能作为表格的值"


def test_headers_are_checked(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table([["U01"], ["1"]], names=["unit", "unit"]), path)

    assert refuse(path)[0].wrong.zh == "表头“unit”重复了"


def test_one_long_text_repeated_is_foreseen(tmp_path: Path) -> None:
    once = pa.DictionaryArray.from_arrays(pa.array([0] * 100_000), ["长" * 10_000])
    path = write(tmp_path, {"unit": once}, store_schema=False)

    assert path.stat().st_size < 100_000
    assert refuse(path)[0].wrong.zh == "文字太多：3,000,000,000 字节，上限 60,000,000"


def test_rows_that_are_too_many(tmp_path: Path) -> None:
    path = write(tmp_path, {"unit": pa.array([1] * 5_000_000, pa.int8())})

    assert refuse(path, limits=UPLOAD)[0].kind == "too-large"


def test_a_damaged_file(tmp_path: Path) -> None:
    path = write(tmp_path, {"unit": ["U01"], "A01": [1.5]})
    path.write_bytes(path.read_bytes()[:-30] + b"PAR1")

    assert refuse(path)[0].wrong.zh == "Parquet 文件已损坏"


def test_an_empty_table(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, {"unit": pa.array([], pa.string())}))

    assert (table.header, len(table.rows)) == (("unit",), 0)
