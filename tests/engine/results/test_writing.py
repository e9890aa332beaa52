from fractions import Fraction
from pathlib import Path

from tests.engine.results.town import score_town

from kaohe.results.result import score
from kaohe.results.writing import write_result
from kaohe.scoring.observations import Observations
from kaohe.scoring.snapshot import canonical_bytes


def test_a_result_is_written_in_a_fixed_shape(tmp_path: Path):
    result = score_town(tmp_path)
    written = write_result(result)

    assert list(written) == [
        "engine", "scheme", "data", "provisional", "units", "leaves", "branches",
    ]  # fmt: skip
    assert written["scheme"] == {
        "code": "town-2019",
        "name": "云河区二〇一九年度综合考核",
        "digest": result.scheme.digest,
    }
    assert (written["engine"], written["provisional"]) == ("0.1.0", True)
    assert written["units"][0] == {
        "code": "T1", "name": "松潆镇", "group": "towns", "participation": "ranked",
        "base": "93.05", "bonus": "3", "deduction": "0", "total": "96.05", "provisional": [],
        "rank": "1", "would_be": None, "tied_with": [], "broken_by": [], "proposed_grade": "良好", "vetoes": ["V1"],
        "grade_steps": [
            {"zh": "总分96.05，第1名", "en": "total 96.05, rank 1"},
            {
                "zh": "在优秀范围内，因否决事项V1不得评为该等次，位置由下一名递补",
                "en": "within 优秀, kept out by veto V1; the place goes to the next",
            },
            {"zh": "第1名，总分96.05，在良好范围内", "en": "rank 1, total 96.05: within 良好"},
        ],
    }  # fmt: skip
    assert written["branches"]["A"]["D3"] == {"score": "32", "rank": "3"}


def test_a_cell_says_why_it_has_no_score(tmp_path: Path):
    leaves = write_result(score_town(tmp_path))["leaves"]

    assert leaves["A1"]["D3"] == {"points": "20", "absence": "not_due", "policy": "leave_out"}
    assert leaves["A1"]["D4"] == {
        "points": "20", "score": "0", "absence": "refused", "policy": "zero",
    }  # fmt: skip
    assert leaves["A2"]["D4"] == {"points": "20", "absence": "empty", "policy": "provisional"}
    assert leaves["A1"]["T3"] == {
        "points": "20", "raw": "496/27", "score": "18.3704", "rank": "2",
    }  # fmt: skip


def test_the_same_figures_in_another_order_are_the_same_bytes(tmp_path: Path):
    result = score_town(tmp_path)
    observations = result.observations
    shuffled = Observations(
        dict(reversed(list(observations.figures.items()))), tuple(reversed(observations.records))
    )

    assert canonical_bytes(write_result(score(result.scheme, shuffled))) == canonical_bytes(
        write_result(result)
    )


def test_every_number_is_written_exactly(tmp_path: Path):
    result = score_town(tmp_path)

    assert result.scores.leaves["A1"].cells[2].raw == Fraction(496, 27)
    assert write_result(result)["leaves"]["A1"]["T3"]["raw"] == "496/27"
