from pathlib import Path

from tests.engine.cli.running import Done, run_kaohe
from tests.engine.results.town import SCHEME

QUOTA = """\
quotas:
  - code: Q
    name: 优秀名额
    grade: 优秀
    category: 公务员
    base_date: 2019-12-31
    caps: [{share: 20%}]
"""
HEADCOUNT = """\
单位,人员类别,基准日,人数
T1,公务员,2019-12-31,27
T2,公务员,2019-12-31,18
T3,公务员,2018-12-31,99
T3,公务员,2019-12-31,14
"""


def quota(
    folder: Path, *options: str, headcount: str = HEADCOUNT, scheme: str = SCHEME + QUOTA
) -> Done:
    (folder / "scheme.yaml").write_text(scheme, encoding="utf-8")
    (folder / "headcount.csv").write_text(headcount, encoding="utf-8")
    return run_kaohe(folder, "quota", "scheme.yaml", "headcount.csv", *options)


def test_a_quota_is_divided_within_its_cap(tmp_path: Path):
    done = quota(tmp_path)

    lines = done.out.splitlines()
    assert (done.code, done.err, lines[0]) == (0, "", "优秀名额（Q，2019-12-31）")
    # A fifth of 59 is 11.8, so 11 in all; each organ has the whole part of its own fifth.
    assert [(row[0], row[2], row[-1]) for row in (line.split() for line in lines[2:5])] == [
        ("T1", "27", "5"),
        ("T2", "18", "3"),
        ("T3", "14", "2"),
    ]
    assert lines[5].split() == ["together", "59", "11.8", "11", "0", "0", "10"]
    assert "· T2: 20% × 18 = 3.6, rounded down 3" in lines


def test_an_unknown_rule_is_told_the_known_ones(tmp_path: Path):
    done = quota(tmp_path, "--rule", "R")

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("blocking [unknown-code] --rule: ")


def test_a_scheme_without_quotas_says_so(tmp_path: Path):
    done = quota(tmp_path, scheme=SCHEME)

    assert (done.code, done.out) == (2, "")
    assert "quotas" in done.err


def test_headcounts_that_cannot_be_read_are_named_by_cell(tmp_path: Path):
    done = quota(
        tmp_path, headcount=HEADCOUNT.replace("27", "many").replace("2018-12-31", "last year")
    )

    assert (done.code, done.out) == (2, "")
    assert [line.split(": ")[0].split("] ")[1] for line in done.err.splitlines()] == [
        "headcount.csv · line 2 · 人数",
        "headcount.csv · line 4 · 基准日",
    ]
