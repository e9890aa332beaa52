"""The sample: a small scheme in which nothing is found, with its data. Every kind's example is a change to it."""

SCHEME = """\
kaohe: 1
code: sample
name: 样例方案
period: "2019"
starts: 2019-01-01
ends: 2019-12-31
groups:
  - {code: towns, name: 区镇}
  - {code: bureaus, name: 部门}
pools:
  - {code: everybody, name: 全体, groups: [towns, bureaus]}
units:
  - {code: T1, name: 东禾镇, group: towns}
  - {code: T2, name: 南潆镇, group: towns}
  - {code: T3, name: 西崦镇, group: towns}
  - {code: D1, name: 甲局, group: bureaus}
  - {code: D2, name: 乙局, group: bureaus}
  - {code: D3, name: 丙局, group: bureaus}
  - {code: D4, name: 丁局, group: bureaus, participation: listed_apart, reason: 年内新设}
total: {points: 20, bonus_cap: 1, deduction_cap: 2}
tie_break:
  - {by: firsts}
indicators:
  - code: A
    name: 发展
    points: 12
    children:
      - code: A1
        name: 投资完成额
        points: 5
        unit: 亿元
        decimals: 2
        value_minimum: 0
        value_maximum: 1000
        owner: 统计局
        frequency: quarter
        due: 20
        acceptance: 以统计局核定数为准
        text: 完成目标得满分，未完成的按完成率得分，超额不加分。
        rule: {method: target_ratio}
        targets: {T1: 120.5, T2: 80.5, T3: 60.5, D1: 20.5, D2: 30.5, D3: 40.5, D4: 10.5}
        examples:
          - {value: 108, target: 120, score: 4.5}
      - code: A2
        name: 空气优良天数比率
        points: 4
        unit: "%"
        decimals: 2
        value_minimum: 0
        value_maximum: 100
        owner: 生态环境局
        frequency: month
        due: 2020-01-20
        acceptance: 以监测数据为准
        text: 达到目标得基本分；每高1个百分点加0.5分，最多加1分；每低1个百分点扣0.5分；按比例计算。
        target: 82.5
        rule:
          method: target_steps
          gain: 0.5
          gain_step: 1
          gain_mode: linear
          gain_cap: 1
          loss: 0.5
          loss_step: 1
          loss_mode: linear
        examples:
          - {value: 83.5, target: 82.5, score: 4.5}
      - code: A3
        name: 营商环境评价
        points: 3
        unit: 分
        decimals: 2
        pool: everybody
        owner: 行政审批局
        frequency: year
        due: 20
        acceptance: 以评价通报为准
        text: 按位次得分，从第一名起依次得3、2.5、2、1.5、1、0.5分，并列的取前位。
        rule: {method: place, table: [3, 2.5, 2, 1.5, 1, 0.5]}
        examples:
          - {value: 90, peers: [95, 80], score: 2.5}
  - code: B
    name: 治理
    points: 8
    combine: weighted_mean
    children:
      - code: B1
        name: 群众满意率
        points: 8
        weight: 0.6
        unit: "%"
        decimals: 1
        value_minimum: 0
        value_maximum: 100
        owner: 信访局
        frequency: half_year
        due: 20
        acceptance: 以调查报告为准
        text: 95%以上得满分，90%以上得95%，85%以上得90%，其余得85%。
        rule:
          method: bands
          bands:
            - {edge: 95, share: 100%}
            - {edge: 90, share: 95%}
            - {edge: 85, share: 90%}
          below: 85%
        examples:
          - {value: 92, score: 7.6}
      - code: B2
        name: 重点工作评议
        points: 8
        weight: 0.4
        direction: judged
        owner: 考核办
        frequency: year
        due: 20
        acceptance: 以评议记录为准
        text: 三名以上评委评分取平均，按满分100分折算。
        rule: {method: panel}
        examples:
          - {facets: {mark: 75}, score: 6}
  - code: C
    name: 表彰加分
    family: bonus
    points: 1
    owner: 考核办
    frequency: year
    due: 20
    acceptance: 以表彰文件为准
    text: 国家级表彰加1分，市级加0.5分，同一事项就高不就低，合计不超过1分。
    rule: {method: awards, levels: {national: 1, city: 0.5}}
    examples:
      - {facets: {tally: 0.5}, score: 0.5}
  - code: E
    name: 事故扣分
    family: deduction
    points: 2
    direction: lower
    unit: 起
    decimals: 0
    value_minimum: 0
    owner: 应急管理局
    frequency: month
    due: 20
    acceptance: 以事故调查报告为准
    text: 每发生一起责任事故扣0.5分，最多扣2分。
    rule: {method: events, start: zero, per_event: 0.5, counted_from: value}
    examples:
      - {value: 3, score: -1.5}
matters:
  levels:
    - {code: national, name: 国家级}
    - {code: city, name: 市级}
vetoes:
  - {code: X, name: 安全生产, effects: [no_top_grade], text: 发生较大以上责任事故的，不得评为第一等次。}
grades:
  - code: G
    name: 年度等次
    groups: [towns, bureaus]
    bands:
      - {label: 第一等次, share: 40%}
      - {label: 第二等次, rest: true}
quotas:
  - code: Q
    name: 公务员优秀名额
    category: 公务员
    base_date: 2019-12-31
    caps:
      - {until: 2020-12-31, share: 15%, approved_share: 20%}
      - {since: 2021-01-01, share: 20%, approved_share: 25%}
disclosure:
  - {stage: feedback, audience: own_unit, shows: [own_score, own_figures]}
  - {stage: published, audience: all_units, shows: [own_score, own_rank, peer_scores, peer_figures, grades]}
"""

FIGURES = """\
unit,A1,A2,A3,B1,E
T1,118.21,83.10,91.20,92.1,0
T2,79.34,82.90,90.10,91.3,0
T3,59.02,81.75,88.35,93.4,0
D1,20.11,82.30,87.60,90.2,0
D2,29.75,83.45,92.40,92.7,0
D3,40.02,82.15,86.90,91.9,0
D4,10.21,82.60,85.15,91.1,0
"""

MATTERS = """\
matter,unit,indicator,level,date,document,title
M1,T1,C,city,2019-05-20,市委〔2019〕12号,先进集体
M2,D2,C,national,2019-10-08,国办〔2019〕30号,示范单位
"""
