"""The sheet of matters: what was recorded of whom, at which level, counted or not, and why not."""

from kaohe.files.results import words as told
from kaohe.files.results.live.pen import SheetPen
from kaohe.files.results.live.plan import Plan
from kaohe.language import Text
from kaohe.rules.records import Matter, MatterStatus

_HEADS = (
    Text("事项编号", "Matter"), told.CODE, told.UNIT, told.INDICATOR, told.NAME, Text("级别", "Level"),
    Text("日期", "Date"), Text("文号", "Document"), Text("件数", "Count"), Text("分担比例", "Share"),
    Text("文件定分", "Points fixed"), Text("容错后保留", "Left after tolerance"),
    Text("状态", "Status"), Text("理由", "Reason"),
)  # fmt: skip
_NUMBERS = range(8, 12)
_WIDTHS = (12, 10, 24, 10, 34, 12, 12, 18, 8, 9, 9, 11, 9, 28)
_STATUSES: dict[MatterStatus, Text] = {
    "counted": Text("认定", "counted"),
    "refused": Text("不认定", "refused"),
    "pending": Text("待认定", "pending"),
}
_TITLE = Text(
    "事项：仅供核对，改动不影响得分；计分请改“数据”中相应单位的数",
    "Matters: to check against; what counts for scores stands in the sheet of data",
)
_NO_MATTERS = Text("没有事项", "No matters")
_MATTER_TITLE = 4


def write_matters(pen: SheetPen, plan: Plan) -> None:
    """A line a matter, by indicator and unit."""
    say = plan.say
    pen.text(1, 0, say(_TITLE), "title")
    for place, head in enumerate(_HEADS):
        pen.text(2, place, say(head), "number head" if place in _NUMBERS else "head")
    pen.height(2, 2)
    pen.widths(_WIDTHS)
    pen.print_wide(2, columns=1)
    records = plan.result.observations.records
    matters = [record for record in records if isinstance(record, Matter)]
    matters.sort(key=lambda each: (each.indicator, each.unit, repr(each)))
    if not matters:
        pen.text(3, 0, say(_NO_MATTERS), "note")
    for number, each in enumerate(matters):
        _write_matter(pen, plan, 3 + number, each)


def _write_matter(pen: SheetPen, plan: Plan, line: int, each: Matter) -> None:
    unit = plan.model.units_by_code.get(each.unit)
    name = unit.name if unit else ""
    texts = (each.code, each.unit, name, each.indicator, each.title, each.level, each.date)
    pen.texts(line, (*texts, each.document), style="wrapped")
    pen.wrapped(line, _MATTER_TITLE, each.title)
    for place, number in zip(
        _NUMBERS, (each.count, each.share, each.points, each.tolerance), strict=True
    ):
        pen.figure(line, place, number)
    pen.texts(line, (plan.say(_STATUSES[each.status]), each.reason), first=12, style="wrapped")
