"""Files are parted by whole families of groups, as many to a bucket as it holds."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from kaohe.files.tables.column_files import ParquetColumns
from kaohe.spark.buckets import Bucket, Piece, RowGroup, plan_buckets, survey_files

FAMILIES = {"东": 0, "南": 1, "西": 1, "北": 2}


def write_groups(path: Path, *row_groups: list[str | None]) -> ParquetColumns:
    schema = pa.schema([("group ", pa.string())])
    with pq.ParquetWriter(path, schema) as writer:
        for words in row_groups:
            writer.write_table(pa.table({"group ": words}, schema))
    return ParquetColumns.open(path)


def test_every_row_group_is_counted_by_the_words_of_its_groups(tmp_path):
    file = write_groups(tmp_path / "a.parquet", ["东", "东", "南"], ["南", None])
    path = str(file.path)

    assert survey_files([file], "group") == [
        RowGroup(path, 0, 0, {"东": 2, "南": 1}),
        RowGroup(path, 1, 3, {"南": 1, "": 1}),
    ]


def test_without_a_column_of_groups_all_rows_are_of_one(tmp_path):
    file = write_groups(tmp_path / "a.parquet", ["东", "东"], ["南"])
    path = str(file.path)

    assert survey_files([file], None) == [
        RowGroup(path, 0, 0, {"": 2}),
        RowGroup(path, 1, 2, {"": 1}),
    ]


def test_a_bucket_is_filled_with_whole_families():
    survey = [
        RowGroup("a", 0, 0, {"东": 3}),
        RowGroup("b", 0, 0, {"南": 1}),
        RowGroup("b", 1, 1, {"北": 1, "西": 2}),
    ]

    assert plan_buckets(survey, FAMILIES, 6) == [
        Bucket(0, (Piece("a", (0,), (0,)), Piece("b", (0, 1), (0, 1))), 6, ("东", "南", "西")),
        Bucket(1, (Piece("b", (1,), (1,)),), 1, ("北",)),
    ]


def test_where_all_rows_belong_none_is_looked_for():
    survey = [RowGroup("a", 0, 0, {"东": 3}), RowGroup("b", 0, 0, {"北": 4})]

    assert plan_buckets(survey, FAMILIES, 4) == [
        Bucket(0, (Piece("a", (0,), (0,)),), 3),
        Bucket(1, (Piece("b", (0,), (0,)),), 4),
    ]


def test_a_family_larger_than_a_bucket_is_one_alone():
    survey = [RowGroup("a", 0, 0, {"东": 1, "南": 5, "北": 1})]

    assert [(bucket.words, bucket.rows) for bucket in plan_buckets(survey, FAMILIES, 3)] == [
        (("东",), 1),
        (("南",), 5),
        (("北",), 1),
    ]


def test_words_that_no_group_has_stay_together_to_be_refused():
    survey = [RowGroup("a", 0, 0, {"东": 1, "中": 1, "": 2})]

    assert [(bucket.words, bucket.rows) for bucket in plan_buckets(survey, FAMILIES, 3)] == [
        (("东",), 1),
        (("", "中"), 3),
    ]


def test_spaces_around_a_word_part_no_family():
    survey = [RowGroup("a", 0, 0, {"南": 1, " 西　": 1, "北": 4})]

    assert [(bucket.words, bucket.rows) for bucket in plan_buckets(survey, FAMILIES, 2)] == [
        ((" 西　", "南"), 2),
        (("北",), 4),
    ]
