"""A small district for tests: two groups, every family of indicators, gaps, matters, a tie and a veto."""

from pathlib import Path

from kaohe.checking import admit
from kaohe.files.data.observations import read_observations
from kaohe.files.schemes.yaml_reading import compose_draft
from kaohe.results.result import Result, score

SCHEME = """\
kaohe: 1
code: town-2019
name: 云河区二〇一九年度综合考核
period: 2019
starts: 2019-01-01
ends: 2019-12-31
groups:
  - {code: towns, name: 镇街}
  - {code: offices, name: 区直部门}
units:
  - {code: T1, name: 松潆镇, group: towns}
  - {code: T2, name: 竹畹镇, group: towns}
  - {code: T3, name: 梅溆街道, group: towns}
  - {code: T4, name: 兰溆镇, group: towns}
  - {code: T5, name: 开发区管委会, group: towns, participation: listed_apart, reason: 体制单列}
  - {code: D1, name: 区产业办, group: offices}
  - {code: D2, name: 区建设办, group: offices}
  - {code: D3, name: 区民生办, group: offices}
  - {code: D4, name: 区改革办, group: offices, participation: ungraded, reason: 当年新设}
  - {code: D5, name: 区文旅办, group: offices}
tie_break:
  - {by: category, of: A}
missing: {empty: provisional, not_due: leave_out, refused: zero}
total: {bonus_cap: 3, minimum: 0, maximum: 110}
indicators:
  - code: A
    name: 高质量发展
    children:
      - code: A1
        name: 一般公共预算收入增幅
        points: 20
        unit: "%"
        decimals: 2
        owner: D1
        text: 以增幅最高者得满分，最低者得六成，其余按功效系数法计分。
        rule: {method: efficacy_coefficient}
      - code: A2
        name: 固定资产投资完成率
        points: 20
        unit: 亿元
        target: 30
        text: 完成目标得满分，未完成的按比例计分，超额不加分。
        rule: {method: target_ratio}
      - code: A3
        name: 空气质量优良天数
        points: {towns: 10}
        unit: 天
        text: 按位次得分：第一名 10 分，以下依次 8、6、4 分。
        rule: {method: place, table: [10, 8, 6, 4], ties: lowest}
  - code: B
    name: 民生与治理
    children:
      - code: B1
        name: 群众满意度
        points: 20
        text: 90 分以上 20 分，80 分以上 16 分，70 分以上 12 分，其余不得分。
        rule:
          method: bands
          bands:
            - {edge: 90, share: 1}
            - {edge: 80, share: 0.8}
            - {edge: 70, share: 0.6}
      - code: B2
        name: 专家评议
        points: {towns: 30, offices: 40}
        direction: judged
        text: 五名评委打分，去掉一个最高分和一个最低分后平均。
        rule: {method: panel, full: 100, fewest: 3, drop: 1}
  - code: P
    name: 表彰加分
    family: bonus
    points: 4
    text: 国家级 2 分，省级 1 分，市级 0.5 分，累计不超过 3 分。
    rule: {method: awards, levels: {nation: 2, province: 1, city: 0.5}}
  - code: M
    name: 通报扣分
    family: deduction
    points: 2
    text: 市级通报每次扣 0.5 分，区级通报每次扣 0.2 分。
    rule: {method: deductions, start: zero, kinds: {city: 0.5, district: 0.2}}
vetoes:
  - {code: V1, name: 安全生产责任事故, effects: [no_top_grade]}
grades:
  - code: annual
    name: 年度等次
    groups: [towns, offices]
    bands:
      - {label: 优秀, share: 0.4}
      - {label: 良好, share: 0.4}
      - {label: 一般, rest: true}
"""

FIGURES = """\
单位代码,单位名称,A1,A2,A3,B1
T1,松潆镇,8.50,31.2,301,92
T2,竹畹镇,6.25,28.5,310,88
T3,梅溆街道,7.40,30,295,79
T4,兰溆镇,3.10,21.7,310,64
T5,开发区管委会,11.20,45,280,90
D1,区产业办,5.00,30,/,91
D2,区建设办,4.20,29.1,/,85
D3,区民生办,未到期,24,/,95
D4,区改革办,拒报,,/,82
D5,区文旅办,3.60,30,/,77
"""

RECORDS = """\
事项编号,单位代码,指标代码,级别,事项名称,状态,理由
J1,T1,P,province,省级文明镇,认定,
J2,T1,P,nation,全国示范镇,认定,
J3,T1,P,nation,全国先进集体,认定,
J4,T2,P,city,市级先进,不认定,与 J1 重复申报
K1,T2,M,city,市通报一次,认定,
K2,D2,M,district,区通报一次,认定,
S1,T1,V1,,厂房火灾责任事故,认定,
"""

MARKS = """\
评委,单位代码,指标代码,评分
E1,T1,B2,92
E2,T1,B2,88
E3,T1,B2,95
E4,T1,B2,90.5
E5,T1,B2,70
E1,T2,B2,85
E2,T2,B2,86
E3,T2,B2,90
E1,T3,B2,91
E2,T3,B2,93
E3,T3,B2,95
E1,T4,B2,80
E2,T4,B2,75
E3,T4,B2,77
E1,T5,B2,90
E2,T5,B2,90
E3,T5,B2,90
E1,D1,B2,90
E2,D1,B2,88
E3,D1,B2,92
E1,D2,B2,85
E2,D2,B2,89
E3,D2,B2,93
E1,D3,B2,94
E2,D3,B2,96
E3,D3,B2,95
E1,D4,B2,80
E2,D4,B2,82
E3,D4,B2,84
E1,D5,B2,78
E2,D5,B2,81
E3,D5,B2,84
"""

TABLES = {"figures.csv": FIGURES, "records.csv": RECORDS, "marks.csv": MARKS}


def write_town(folder: Path, **replaced: str) -> tuple[Path, list[Path]]:
    """The scheme and its tables as files; `replaced` holds other texts by stem, such as scheme or figures."""
    scheme = folder / "scheme.yaml"
    scheme.write_text(replaced.get("scheme", SCHEME), encoding="utf-8")
    tables = []
    for name, text in TABLES.items():
        table = folder / name
        table.write_text(replaced.get(table.stem, text), encoding="utf-8")
        tables.append(table)
    return scheme, tables


def score_town(folder: Path, **replaced: str) -> Result:
    """The town's result, read from files."""
    scheme, tables = write_town(folder, **replaced)
    admitted = admit(compose_draft(scheme.read_text(encoding="utf-8"), "scheme.yaml"))
    return score(admitted, read_observations(tables, admitted))
