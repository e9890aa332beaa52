"""What a live workbook says: sheets, heads, absences and what is made of them."""

from typing import NamedTuple

from kaohe.language import Language, Text
from kaohe.numbers.absence import Absence
from kaohe.scheme.policies import MissingPolicy

GUIDE = Text("说明", "Guide")
RANKING = Text("得分与排名", "Ranking")
DATA = Text("数据", "Data")
RULES = Text("规则", "Rules")
STEPS = Text("计算 {}", "Steps {}")
MARKS = Text("分值", "Full marks")
ROLLUP = Text("汇总", "Roll-up")
PLACES = Text("位次", "Places")
GRADES = Text("等次", "Grades")
MATTERS = Text("事项", "Matters")

ABSENCES: dict[Absence, Text] = {
    Absence.EMPTY: Text("未报", "not reported"),
    Absence.NOT_APPLICABLE: Text("不适用", "n/a"),
    Absence.NOT_DUE: Text("未到期", "not due"),
    Absence.REFUSED: Text("拒报", "refused"),
    Absence.NO_TARGET: Text("未定目标", "no target"),
}
"""Words for absences; all but the first and last are written in data cells as readers accept them."""
WRITTEN = (Absence.NOT_APPLICABLE, Absence.NOT_DUE, Absence.REFUSED)

TREATMENTS: dict[MissingPolicy, Text] = {
    "zero": Text("记零分", "zero"),
    "leave_out": Text("不计入", "left out"),
    "provisional": Text("暂定", "provisional"),
    "group_mean": Text("同组平均", "group mean"),
    "comparable_mean": Text("可比平均", "peers' mean"),
}
_LONGEST_PART = 120
VETOED = Text("否决记零", "veto: zero")
NOT_ITS_OWN = "—"
"""What stands under an indicator that is not the unit's at all."""


class Words(NamedTuple):
    """Says everything in the language of the workbook."""

    language: Language

    def __call__(self, text: Text) -> str:
        return text.say(self.language)

    def quoted(self, text: Text) -> str:
        """A word as a formula writes it."""
        return quote(self(text))


def quote(text: str) -> str:
    """A text as a formula writes it: in parts, as none may have more than 255 characters."""
    parts = [text[at : at + _LONGEST_PART] for at in range(0, len(text), _LONGEST_PART)] or [""]
    return "&".join('"' + part.replace('"', '""') + '"' for part in parts)
