"""`kaohe quota` as people use it: the tables, every step, what is refused."""

import pytest
from tests.engine.cli.running import run_kaohe

QUOTAS = """\
quotas:
  - code: Q
    name: 优秀名额
    category: 公务员
    base_date: 2019-12-31
    caps:
      - {until: 2020-12-31, share: 15%, approved_share: 20%, approval: 测组〔2020〕1号}
      - {since: 2021-01-01, share: 20%}
    pools:
      - {code: P, name: 小单位, leader: 副职一, organs: [U1, U2], approval: 测组〔2020〕2号}
    unit_grade_link: {第一等次: 20%}
    tilts:
      - {units: [U3], seats: 1, kind: redistributed, reason: 防疫一线}
"""
SCHEME = """\
kaohe: 1
code: small
name: 小方案
period: 2019
ends: 2019-12-31
groups: [{code: G, name: 部门}]
units:
  - {code: U1, name: 甲局, group: G}
  - {code: U2, name: 乙局, group: G}
  - {code: U3, name: 丙局, group: G}
  - {code: U4, name: 丁局, group: G}
total: {points: 100}
indicators:
  - {code: X, name: 完成率, points: 100, target: 100, rule: {method: target_ratio}}
"""
STAFF = "单位,人员类别,基准日,人数\n甲局,公务员,2019-12-31,5\n乙局,公务员,2019-12-31,9\n丙局,公务员,2019-12-31,40\n"
GRADES = "unit,grade,decided_by\nU2,第一等次,领导小组2020年第1次会议\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "scheme.yaml").write_text(SCHEME + QUOTAS, encoding="utf-8")
    (tmp_path / "staff.csv").write_text(STAFF, encoding="utf-8")
    (tmp_path / "grades.csv").write_text(GRADES, encoding="utf-8")
    return tmp_path


def test_a_quota_is_printed_with_every_step(folder):
    done = run_kaohe(
        folder, "quota", "scheme.yaml", "staff.csv", "--grades", "grades.csv", language="zh"
    )

    assert done.code == 0, done.err
    assert [" ".join(line.split()) for line in done.out.splitlines()] == [
        "优秀名额（Q，2019-12-31）",
        "单位 名称 人数 比例 理论名额 上限 倾斜得 让出 名额",
        "U1 甲局 5 15% 0.75 — 0 0 0",
        "U2 乙局 9 20% 1.8 — 0 1 1",
        "U3 丙局 40 15% 6 8 1 0 7",
        "合计 54 8.55 10 1 1 8",
        "合并核定组 分管领导 人数 理论名额 上限 名额",
        "P 小单位 副职一 14 2.55 2 1",
        "· 2019-12-31执行的比例上限为15%，经批准不超过20%（测组〔2020〕1号）",
        "· 2019-12-31公务员合计54人，15% × 54 = 8.1，取整，总数8个",
        "· U3（未定等次，按一般比例）：15% × 40 = 6，取整6",
        "· U1（未定等次，按一般比例）：15% × 5 = 0.75，归入P",
        "· U2（第一等次）：20% × 9 = 1.8，归入P",
        "· P（合并核定：测组〔2020〕2号）：应得合计2.55，取整2",
        "· P的2个名额在组内按最大余数法分配",
        "· U1：应得0.75，先得0",
        "· U2：应得1.8，先得1",
        "· 第2个：U2，应得1.8，已有1，尚差0.8",
        "· 倾斜（防疫一线，调剂）：U3现有6个，应增1个，实增1个",
        "· 调剂：其他单位现有2个，让出1个，余下1个按最大余数法重新分配",
        "· U1：应得1 × 0.75 ÷ 2.55 = 0.2941…，先得0",
        "· U2：应得1 × 1.8 ÷ 2.55 = 0.7058…，先得0",
        "· 第1个：U2，应得0.7058…，已有0，尚差0.7058…",
        "· U2让出1个",
        "· 合计8个：总数8个，不超过上限10个",
        "方案中没有人数、未参加分配的单位：U4",
    ]


def test_the_same_quota_in_english(folder):
    done = run_kaohe(folder, "quota", "scheme.yaml", "staff.csv", "--grades", "grades.csv")

    lines = done.out.splitlines()
    assert lines[1].split() == (
        ["organ", "name", "headcount", "share", "claim", "cap", "gained", "given", "places"]
    )
    assert "· tilt (防疫一线; redistributed): U3 has 6, asked 1, gets 1" in lines
    assert "· the others have 2 and give 1; the 1 left are divided by largest remainder" in lines
    assert lines[-2:] == [
        "· 8 places: total 8, within the cap of 10",
        "units of the scheme without headcount, left aside: U4",
    ]


def test_an_unknown_rule_and_a_scheme_without_quotas_are_refused(folder):
    (folder / "bare.yaml").write_text(SCHEME, encoding="utf-8")

    unknown = run_kaohe(folder, "quota", "scheme.yaml", "staff.csv", "--rule", "R")
    bare = run_kaohe(folder, "quota", "bare.yaml", "staff.csv")

    assert (unknown.code, unknown.out) == (2, "")
    assert "the scheme has no quota rule R → known: Q" in unknown.err
    assert bare.code == 2
    assert "write `quotas` in the scheme" in bare.err


def test_a_grade_without_decider_divides_nothing(folder):
    (folder / "grades.csv").write_text("unit,grade,decided_by\nU2,第一等次,\n", encoding="utf-8")

    done = run_kaohe(folder, "quota", "scheme.yaml", "staff.csv", "--grades", "grades.csv")

    assert (done.code, done.out) == (2, "")
    assert (
        "grades.csv · line 2 · decided_by: the row does not say who decided the grade" in done.err
    )
