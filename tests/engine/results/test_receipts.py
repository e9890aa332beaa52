from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests.engine.results.generated import results
from tests.engine.results.readding import readd_result
from tests.engine.results.town import SCHEME, score_town

from kaohe.errors import Place
from kaohe.language import Text
from kaohe.numbers.absence import Absence
from kaohe.results.receipt_lines import ReceiptLine
from kaohe.results.receipts import Part, Receipt, Receipts
from kaohe.results.result import Result


def receipts_of(result: Result) -> Receipts:
    return Receipts(result.scheme.model, result.observations, result.scores)


def show(line: ReceiptLine) -> tuple[str, object, str]:
    return line.label.en, line.value, line.place.say("en") if line.place else ""


def test_every_line_of_the_towns_receipts_adds_up_again(tmp_path: Path):
    readd_result(score_town(tmp_path))


@pytest.mark.slow
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.filter_too_much])
@given(results())
def test_every_line_of_every_receipt_adds_up_again(result: Result):
    readd_result(result)


def test_a_leaf_shows_its_facts_with_their_cells_its_peers_and_its_steps(tmp_path: Path):
    receipt = receipts_of(score_town(tmp_path)).of_node("T2", "A3")

    assert [show(line) for line in receipt.lines] == [
        ("points", Fraction(10), ""),
        ("value", Fraction(310), "figures.csv · line 3 · A3"),
        ("the number of units in the pool with a figure", Fraction(4), ""),
        ("the place of value in the pool from high to low (ties take the better place)", Fraction(1), ""),
        ("score", Fraction(10), ""),
        ("rounded to 4 decimals (half up)", Fraction(10), ""),
    ]  # fmt: skip
    assert receipt.rule_text == "按位次得分：第一名 10 分，以下依次 8、6、4 分。"
    assert receipt.within == (
        Part("A", "高质量发展", Fraction("45.6667"), Fraction(50), Fraction(1)),
    )


def test_a_refused_figure_shows_what_the_scheme_makes_of_it(tmp_path: Path):
    receipt = receipts_of(score_town(tmp_path)).of_node("D4", "A1")

    assert (receipt.score, show(receipt.lines[1]), receipt.lines[-1]) == (
        Fraction(0),
        ("value", Absence.REFUSED, "figures.csv · line 10 · A1"),
        ReceiptLine(
            Text("拒报", "refused"),
            Text("缺数：按零分计", "no figure: counts as zero"),
            Fraction(0),
        ),
    )


def test_a_mean_that_stands_in_shows_what_it_is_of(tmp_path: Path):
    scheme = SCHEME.replace("refused: zero", "refused: group_mean")
    receipt = receipts_of(score_town(tmp_path, scheme=scheme)).of_node("D4", "A1")

    assert [(line.label.en, line.value) for line in receipt.lines[-4:]] == [
        ("units with a score", 3),
        ("sum of their scores", Fraction("47.4286")),
        ("refused", Fraction("47.4286") / 3),
        ("rounded to 4 decimals (half up)", Fraction("15.8095")),
    ]


def test_records_stand_in_the_receipt_as_they_counted(tmp_path: Path):
    receipt = receipts_of(score_town(tmp_path)).of_node("T1", "P")

    assert [line.note.zh for line in receipt.lines if line.label.en == "record" and line.note] == [
        "省级文明镇（province）：1 分",
        "全国示范镇（nation）：2 分",
        "全国先进集体（nation）：2 分",
    ]
    assert receipt.score == 4


def test_records_are_shown_where_they_were_read(tmp_path: Path):
    receipts = receipts_of(score_town(tmp_path))
    matters, marks = receipts.of_node("T1", "P"), receipts.of_node("T1", "B2")

    assert [line.place for line in matters.lines if line.label.en == "record"] == [
        Place("records.csv", line=2),
        Place("records.csv", line=3),
        Place("records.csv", line=4),
    ]
    assert [line for line in marks.lines if line.label.en == "record"] == [
        ReceiptLine(
            Text("记录", "record"),
            Text(
                "评委 5 人，去掉最高、最低各 1 个，平均 541/6 ≈ 90.166667 分",
                "scorers: 5, marks left out at each end: 1, mean 541/6 ≈ 90.166667",
            ),
            place=Place("marks.csv"),
        )
    ]


def test_a_branch_tells_how_it_was_scaled_to_full_marks(tmp_path: Path):
    receipt = receipts_of(score_town(tmp_path)).of_node("D3", "A")

    assert [(line.label.en, line.value) for line in receipt.lines] == [
        ("sum", Fraction(16)),
        ("points of what is scored", Fraction(20)),
        ("all points", Fraction(40)),
        ("score", Fraction(32)),
    ]
    assert [(part.code, part.score) for part in receipt.parts] == [
        ("A1", None), ("A2", Fraction(16)), ("A3", None),
    ]  # fmt: skip


def test_a_total_tells_base_bonus_and_cap(tmp_path: Path):
    receipt = receipts_of(score_town(tmp_path)).of_total("T1")

    assert receipt == Receipt(
        "T1", "total", "", Fraction("96.05"),
        (
            ReceiptLine(Text("基础各项合计", "sum of the base"), value=Fraction("93.05")),
            ReceiptLine(Text("基础分", "base"), value=Fraction("93.05")),
            ReceiptLine(Text("加分", "bonus"), value=Fraction(4)),
            ReceiptLine(Text("计入总分的加分", "bonus counted"), Text("按加分上限", "held to the cap"), Fraction(3)),
            ReceiptLine(Text("总分", "total"), Text("基础分 + 加分 − 扣分", "base + bonus − deduction"), Fraction("96.05")),
        ),
        (
            Part("A", "高质量发展", Fraction(46), Fraction(50), Fraction(1)),
            Part("B", "民生与治理", Fraction("47.05"), Fraction(50), Fraction(1)),
            Part("P", "表彰加分", Fraction(4), Fraction(4), Fraction(1)),
            Part("M", "通报扣分", Fraction(0), Fraction(2), Fraction(1)),
        ),
    )  # fmt: skip


def test_a_unit_has_a_receipt_for_every_node(tmp_path: Path):
    receipts = receipts_of(score_town(tmp_path)).of_unit("D1")

    assert [receipt.code for receipt in receipts] == [
        "A",
        "A1",
        "A2",
        "A3",
        "B",
        "B1",
        "B2",
        "P",
        "M",
    ]


def test_an_indicator_zeroed_by_a_veto_says_so(tmp_path: Path):
    scheme = SCHEME.replace("effects: [no_top_grade]", "effects: [zero_indicator], indicator: A2")

    receipt = receipts_of(score_town(tmp_path, scheme=scheme)).of_node("T1", "A2")

    assert (receipt.score, receipt.lines[-1]) == (
        Fraction(0),
        ReceiptLine(Text("否决 V1：本项记零分", "veto V1: zero"), value=Fraction(0)),
    )
