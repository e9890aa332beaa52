"""Matters, items, marks and ballots as tables hold them."""

from fractions import Fraction
from pathlib import Path

from tests.engine.files.small_data import read, refuse

from kaohe.rules.records import Item, Mark, Matter, Vote


def test_records_of_every_kind(tmp_path: Path) -> None:
    data = read(
        tmp_path,
        "matter,unit,indicator,level,date,document,title,count,share,points,tolerance,status,reason\n"
        "M1,U01,A01,national,2019-03-05,〔2019〕1号,获奖,2,1/2,3.5,0.5,counted,\n"
        "M2,乙镇,V1,,2019年12月1日,,事故,,,,,待认定,调查中\n",
        "分项,单位,指标,完成率,权重\nI1,U01,A02,85%,2\n",
        "评委,单位,指标,评分,评委类别\nJ1,U01,A.3,92.5,领导\n",
        "选项,单位,指标,票数\n优秀,U01,A.3,31\n",
    )

    assert data.records == (
        Matter(
            code="M1",
            unit="U01",
            indicator="A01",
            level="national",
            date="2019-03-05",
            document="〔2019〕1号",
            title="获奖",
            count=Fraction(2),
            share=Fraction(1, 2),
            points=Fraction(7, 2),
            tolerance=Fraction(1, 2),
        ),
        Matter(
            "M2", "U02", "V1", date="2019-12-01", title="事故", status="pending", reason="调查中"
        ),
        Item("I1", "U01", "A02", completion=Fraction(17, 20), weight=Fraction(2)),
        Mark("J1", "U01", "A.3", points=Fraction(185, 2), scorer_class="领导"),
        Vote("U01", "A.3", "优秀", count=Fraction(31)),
    )


def test_a_record_counts_once_and_no_count_is_negative(tmp_path: Path) -> None:
    findings = refuse(
        tmp_path,
        "选项,单位,指标,票数\n优秀,U01,A.3,31\n优秀,甲镇,A.3,30\n良好,U01,A.3,-1\n一般,U01,A.3,1.5\n",
        "选项,单位,指标,票数,投票人类别\n优秀,U01,A.3,5,\n优秀,U01,A.3,5,领导\n",
        "分项,单位,指标,完成率,权重\nI1,U01,A02,85%,-2\nI1,U01,A02,85%,1\nI1,U01,A02,90%,1\n",
        "评委,单位,指标,评分\nJ1,U01,A.3,9\nJ1,U02,A.3,9\nJ1,U01,A.3,8\n",
    )

    assert [(each.kind, each.place.file, each.place.line, each.wrong.zh) for each in findings] == [
        ("record-twice", "1.csv", 3, "与 1.csv · 第2行 是同一条"),
        ("bad-record", "1.csv", 4, "-1 是负数"),
        ("bad-record", "1.csv", 5, "1.5 不是整数"),
        ("record-twice", "2.csv", 2, "与 1.csv · 第2行 是同一条"),
        ("bad-record", "3.csv", 2, "-2 是负数"),
        ("record-twice", "3.csv", 3, "与 3.csv · 第2行 是同一条"),
        ("record-twice", "3.csv", 4, "与 3.csv · 第2行 是同一条"),
        ("record-twice", "4.csv", 4, "与 4.csv · 第2行 是同一条"),
    ]


def test_what_records_make_is_not_given_as_a_figure_too(tmp_path: Path) -> None:
    marks = "scorer,unit,indicator,points\nJ1,U01,A04,90\n"
    assert read(tmp_path, "unit,A04.mark\nU02,80\n", marks).figures == {
        ("A04", "mark", "U02"): Fraction(80)
    }

    findings = refuse(tmp_path, "unit,A04.mark,A05.tally\nU01,85,\nU02,80,3\n", marks)

    assert [(each.kind, each.place.line, each.place.key, each.wrong.zh) for each in findings] == [
        ("figure-from-records", 2, "A04.mark", "A04 的“评委平均分”由事项、分项、评分或票数算出，不能另填"),
        ("figure-from-records", 3, "A05.tally", "A05 的“事项计分”由事项、分项、评分或票数算出，不能另填"),
    ]  # fmt: skip
