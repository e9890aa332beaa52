"""The first sheet: what this workbook is, where everything stands, what may be changed."""

from collections.abc import Iterator

from kaohe.files.results.live.grade_columns import can_follow
from kaohe.files.results.live.pen import SheetPen
from kaohe.files.results.live.plan import Plan
from kaohe.language import Text

_SCHEME = Text("方案", "Scheme")
_PERIOD = Text("考核年度", "Period")
_SCHEME_DIGEST = Text("方案校验码", "Digest of the scheme")
_DATA_DIGEST = Text("数据校验码", "Digest of the data")
_ENGINE = Text("计算程序", "Engine")
_USE = Text("怎样使用", "How to use it")
_SHEETS = Text("各表", "The sheets")
_HOW = (
    Text(
        "黄色单元格可以改：“数据”中的数，“规则”中的数值。改后得分、总分、位次、定序、等次随即变动。",
        "Yellow cells may be changed: figures in the data, numbers in the rules. Scores, totals, places, "
        "the tie-break and grades follow at once.",
    ),
    Text(
        "没有数据的不能写0：不适用写“不适用”，未到期写“未到期”，拒报写“拒报”，未报的留空；怎样处理按方案。",
        "Where there is no figure write n/a, not due or refused, or leave the cell empty; the scheme says what follows. "
        "None of them is zero.",
    ),
    Text(
        "某数使规则无法计分（如基数为零）时，该项得分和排名显示 #N/A，改正后恢复。",
        "Where a figure leaves a rule without meaning (a base of zero), its score and the ranking show #N/A until it is put right.",
    ),
    Text(
        "评委打分、测评票、事项、分项工作在“数据”中只有汇总后的一个数，不含个人打分。",
        "Marks, ballots, matters and items stand in the data as one figure each; no single mark is shown.",
    ),
    Text(
        "“规则”中没有黄色数值的规定（如阶梯、对照表、舍入方式）写在公式中，要改的请改方案后重新计分。",
        "What has no yellow number in the rules, such as curves, tables of marks or rounding, stands in the formulas; "
        "to change it change the scheme and score again.",
    ),
    Text(
        "打开时显示的是精确计算的结果；改动后由表格软件按双精度数计算，取小数位后与精确结果一致。",
        "What is shown on opening is the exact result; after a change the spreadsheet computes with doubles, "
        "which agree after rounding.",
    ),
    Text(
        "本表供核对和试算，不代替正式结果；正式结果以系统计算并附校验码的结果包为准。",
        "This workbook is for checking and trying; the result that counts is the package with its digests.",
    ),
)
_PLAIN_GRADES = Text(
    "有类别的晋优占用名额，其建议等次是固定值，不随改动变动（见“等次”）。",
    "Where promotions take places of a share, the proposals of that group are plain and do not follow (see the grades).",
)


def write_guide(pen: SheetPen, plan: Plan) -> None:
    """Title, identity, how to use it, the sheets."""
    say, line = plan.say, 3
    pen.widths([18, 110])
    pen.text(1, 0, plan.model.name, "title")
    for label, text in _list_identity(plan):
        pen.text(line, 0, say(label), "wrapped")
        pen.wrapped(line, 1, text)
        line += 1
    is_plain = any(not can_follow(graded.rule) for graded in plan.result.grades)
    for number, how in enumerate([*_HOW, *([_PLAIN_GRADES] if is_plain else [])]):
        pen.text(line + 1, 0, say(_USE) if number == 0 else "", "wrapped")
        pen.wrapped(line + 1, 1, say(how))
        line += 1
    line += 2
    for number, (sheet, what) in enumerate(_list_sheets(plan)):
        pen.text(line, 0, say(_SHEETS) if number == 0 else "", "wrapped")
        pen.wrapped(
            line, 1, f"{sheet}：{say(what)}" if say.language == "zh" else f"{sheet}: {say(what)}"
        )
        line += 1
    pen.sheet.fit_to_pages(1, 0)


def _list_identity(plan: Plan) -> Iterator[tuple[Text, str]]:
    result = plan.result
    yield _SCHEME, f"{plan.model.name}（{plan.model.code}）"
    yield _PERIOD, plan.model.period
    yield _SCHEME_DIGEST, result.scheme.digest
    yield _DATA_DIGEST, result.data_digest
    yield _ENGINE, f"Kaohe {result.engine}"


def _list_sheets(plan: Plan) -> Iterator[tuple[str, Text]]:
    yield plan.ranking, Text("各类别按名次排列，随数据变动", "every group in order of place")
    yield plan.data, Text("各单位各指标的数据，可以改", "the figures of every unit; may be changed")
    yield (
        plan.rules,
        Text(
            "计分办法原文、读法和各项数值，数值可以改",
            "the rules' words, how they are read, their numbers; numbers may be changed",
        ),
    )
    for sheet, top in plan.step_sheets.items():
        yield sheet, Text(f"{top.name}各指标逐步计算", f"{top.name}: each indicator step by step")
    yield plan.marks, Text("每项得分按多少分计", "what every score counts for")
    yield plan.rollup, Text("逐级汇总到总分", "added up to the total")
    yield plan.places, Text("总分、定序、位次", "totals, tie-break, places")
    yield (
        plan.grades,
        Text("各档名额、分数线、建议等次", "places, cut lines and proposals of grades"),
    )
    yield plan.matters, Text("事项台账，供核对", "matters, to check against")
