"""`kaohe quota`."""

from datetime import date
from pathlib import Path

from kaohe.cli.inputs import load_scheme
from kaohe.cli.speech import out, say, show_table, word
from kaohe.errors import BadInput, Place, blocking, find_nearest
from kaohe.files.quota_tables import read_decided_grades, read_headcounts
from kaohe.grading.quotas import QuotaAllocation, allocate_quota
from kaohe.language import Text
from kaohe.numbers.writing import write_number
from kaohe.scheme.model import SchemeModel
from kaohe.scheme.quotas import QuotaRule

_HEADS = (
    Text("单位", "organ"),
    Text("说明", "note"),
    Text("人数", "headcount"),
    Text("比例", "share"),
    Text("理论名额", "claim"),
    Text("上限", "cap"),
    Text("倾斜得", "gained"),
    Text("让出", "given"),
    Text("名额", "places"),
)


def divide_quota(scheme: Path, headcount: Path, *, rule: str | None, grades: Path | None) -> None:
    """Divide each quota of a scheme, or one of them, and print every step."""
    model = load_scheme(scheme).model
    rows = read_headcounts(headcount)
    decided = read_decided_grades(grades) if grades else {}
    for chosen in _choose_rules(model, rule):
        on = model.ends or chosen.base_date
        show_allocation(chosen, allocate_quota(chosen, rows, on=on, grades=decided), model, on)


def show_allocation(
    rule: QuotaRule, allocation: QuotaAllocation, model: SchemeModel, on: date
) -> None:
    """One quota: the table of organs, the steps, and what still needs a decision."""
    rows = [
        (
            each.organ,
            model.units_by_code[each.organ].name if each.organ in model.units_by_code else "",
            str(each.headcount),
            write_number(each.share),
            write_number(each.claim),
            "—" if each.cap is None else str(each.cap),
            str(each.gained),
            str(each.given),
            str(each.places),
        )
        for each in allocation.organs
    ]
    show_table(_HEADS, rows, title=f"{rule.name}（{rule.code}，{on}）")
    for step in allocation.steps:
        out.print(f"· {word(step.text)}", markup=False)
    for tie in allocation.open_ties:
        say(f"尚待决定：{tie}", f"needs a decision: {tie}")
    say(
        f"合计 {allocation.places} 名，核定 {allocation.total} 名，基数 {allocation.headcount} 人",
        f"{allocation.places} places of {allocation.total} approved, base {allocation.headcount}",
    )


def _choose_rules(model: SchemeModel, code: str | None) -> list[QuotaRule]:
    chosen = [rule for rule in model.quotas if code in (None, rule.code)]
    if chosen:
        return chosen
    known = [rule.code for rule in model.quotas]
    near = find_nearest(code or "", known) or known[:3]
    raise BadInput([
        blocking(
            "unknown-code",
            Place(key="--rule" if code else "quotas"),
            Text(f"方案中没有名额规则 {code or ''}", f"the scheme has no quota rule {code or ''}"),
            Text(f"可用：{'、'.join(near)}", f"known: {', '.join(near)}")
            if near
            else Text("请在方案中写明 quotas", "write `quotas` in the scheme"),
        )
    ])  # fmt: skip
