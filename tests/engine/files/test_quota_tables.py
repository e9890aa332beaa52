"""Headcounts and decided grades as people keep them; every bad cell named at once."""

from datetime import date

import openpyxl
import pytest

from kaohe.errors import BadInput, Place
from kaohe.files.data.quota_tables import read_decided_grades, read_headcounts
from kaohe.grading.headcounts import Headcount

DAY = date(2019, 12, 31)


def write(folder, text, name="t.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def list_faults(caught):
    return [(each.kind, each.place.line, each.place.key) for each in caught.value.findings]


def test_headcounts_are_read_by_chinese_or_english_headers(tmp_path):
    chinese = write(
        tmp_path, "单位代码,单位,人员类别,基准日,人数\nB1,甲局,公务员,2019年12月31日,４７\n"
    )
    english = write(tmp_path, "number,date,category,organ\n47,2019-12-31,公务员,B1\n", "e.csv")

    expected = [Headcount("B1", "公务员", DAY, 47, Place(file="t.csv", line=2))]
    assert read_headcounts(chinese) == expected
    assert [(each.organ, each.number) for each in read_headcounts(english)] == [("B1", 47)]


def test_headcounts_are_read_from_a_workbook_with_its_dates_and_numbers(tmp_path):
    book = openpyxl.Workbook()
    for row in (
        ["单位", "类别", "日期", "人数"],
        ["甲局", "公务员", DAY, 47],
        ["乙局", "公务员", DAY, 0],
    ):
        book.active.append(row)
    book.save(tmp_path / "人数.xlsx")

    rows = read_headcounts(tmp_path / "人数.xlsx", codes={"甲局": "B1"})

    assert [(each.organ, each.date, each.number) for each in rows] == [
        ("B1", DAY, 47), ("乙局", DAY, 0)
    ]  # fmt: skip
    assert rows[0].place.cell == "2"


def test_every_bad_headcount_is_named_at_once(tmp_path):
    path = write(
        tmp_path,
        "organ,category,date,number\nB1,公务员,2019-13-31,47\nB2,公务员,2019-12-31,4.5\n"
        ",公务员,2019-12-31,3\nB4,,,-1\nB5,公务员,2019-12-31,\n",
    )

    with pytest.raises(BadInput) as caught:
        read_headcounts(path)

    assert list_faults(caught) == [
        ("cell-unreadable", 2, "date"),
        ("cell-unreadable", 3, "number"),
        ("cell-unreadable", 4, "organ"),
        ("cell-unreadable", 5, "category"),
        ("cell-unreadable", 5, "date"),
        ("cell-unreadable", 5, "number"),
        ("cell-unreadable", 6, "number"),
    ]
    assert [each.wrong.zh for each in caught.value.findings][:3] == [
        "“2019-13-31”不是日期", "4.5 不是整数", "没有填写"
    ]  # fmt: skip
    assert str(caught.value).splitlines()[1] == (
        "t.csv · line 3 · number: 4.5 is no whole number → write a whole number such as 3"
    )


def test_missing_columns_are_named_together(tmp_path):
    with pytest.raises(BadInput) as caught:
        read_headcounts(write(tmp_path, "organ,number\nB1,4\n"))

    assert [(each.kind, each.wrong.en) for each in caught.value.findings] == [
        ("column-missing", 'the column "category" is missing'),
        ("column-missing", 'the column "date" is missing'),
    ]
    assert caught.value.findings[0].remedy.zh == "请在表头加上 类别"


def test_a_decided_grade_names_its_decider(tmp_path):
    path = write(
        tmp_path, "单位,等次,决定机构\n甲局,一等次,领导小组2020年第1次会议\nB2,二等次,常委会\n"
    )

    assert read_decided_grades(path, codes={"甲局": "B1"}) == {"B1": "一等次", "B2": "二等次"}


def test_no_grade_arises_without_a_named_decider(tmp_path):
    path = write(
        tmp_path,
        "unit,grade,decided_by\nB1,一等次, \nB2,,常委会\nB3,一等次,常委会\nB3,二等次,常委会\n",
    )

    with pytest.raises(BadInput) as caught:
        read_decided_grades(path)

    assert list_faults(caught) == [
        ("grade-without-decider", 2, "decided_by"),
        ("cell-unreadable", 3, "grade"),
        ("grade-repeated", 5, ""),
    ]
    assert caught.value.findings[0].wrong.en == "the row does not say who decided the grade"
    assert caught.value.findings[2].wrong.zh == "B3的等次写了两次"
