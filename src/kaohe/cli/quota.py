"""`kaohe quota`."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

from kaohe.cli.inputs import load_scheme
from kaohe.cli.speech import out, say, show_table, word
from kaohe.errors import BadInput, Place, blocking, find_nearest
from kaohe.files.data.quota_tables import read_decided_grades, read_headcounts
from kaohe.grading.quotas import PoolQuota, QuotaAllocation, allocate_quota
from kaohe.grading.steps import show_decimal, show_percent
from kaohe.language import Text
from kaohe.scheme.model import SchemeModel
from kaohe.scheme.quotas import QuotaRule
from kaohe.scheme.units import Unit

_HEADS = (
    Text("单位", "organ"),
    Text("名称", "name"),
    Text("人数", "headcount"),
    Text("比例", "share"),
    Text("理论名额", "claim"),
    Text("上限", "cap"),
    Text("倾斜得", "gained"),
    Text("让出", "given"),
    Text("名额", "places"),
)
_POOL_HEADS = (
    Text("合并核定组", "pool"),
    Text("分管领导", "supervising leader"),
    Text("人数", "headcount"),
    Text("理论名额", "claim"),
    Text("上限", "cap"),
    Text("名额", "places"),
)


def divide_quota(scheme: Path, headcount: Path, *, rule: str | None, grades: Path | None) -> None:
    """Divide each quota of a scheme, or one of them, and print every step."""
    model = load_scheme(scheme).model
    codes = {unit.name: unit.code for unit in model.units}
    rows = read_headcounts(headcount, codes=codes)
    decided = read_decided_grades(grades, codes=codes) if grades else {}
    for chosen in _choose_rules(model, rule):
        on = model.ends or chosen.base_date
        show_allocation(chosen, allocate_quota(chosen, rows, on=on, grades=decided), model, on)


def show_allocation(
    rule: QuotaRule, allocation: QuotaAllocation, model: SchemeModel, on: date
) -> None:
    """One quota: the tables of organs and pools, the steps, and whose headcount is missing.

    A cap of — is that of the approved pool the organ is in, or of the organs the pool sums up.
    """
    _show_organs(rule, allocation, model.units_by_code, on)
    if allocation.pools:
        show_table(_POOL_HEADS, [_list_pool(rule, each) for each in allocation.pools])
    for step in allocation.steps:
        out.print(f"· {word(step.text)}", markup=False)
    counted = {each.organ for each in allocation.organs}
    absent = [code for code in model.units_by_code if code not in counted]
    if absent:
        say(
            f"方案中没有人数、未参加分配的单位：{'、'.join(absent)}",
            f"units of the scheme without headcount, left aside: {', '.join(absent)}",
        )


def _show_organs(
    rule: QuotaRule, allocation: QuotaAllocation, units: Mapping[str, Unit], on: date
) -> None:
    rows = [
        (
            each.organ,
            units[each.organ].name if each.organ in units else "",
            str(each.headcount),
            show_percent(each.share).words,
            show_decimal(each.claim).words,
            _write_cap(each.cap),
            str(each.gained),
            str(each.given),
            str(each.places),
        )
        for each in allocation.organs
    ]
    headcount, claim = allocation.headcount, sum((each.claim for each in allocation.organs), _ZERO)
    gained = sum(each.gained for each in allocation.organs)
    given = sum(each.given for each in allocation.organs)
    rows.append(
        (
            word(Text("合计", "together")), "", str(headcount), "", show_decimal(claim).words,
            str(allocation.most), str(gained), str(given), str(allocation.places),
        )
    )  # fmt: skip
    show_table(_HEADS, rows, title=f"{rule.name}（{rule.code}，{on}）")


def _list_pool(rule: QuotaRule, pool: PoolQuota) -> tuple[str, ...]:
    name = next(each.name for each in rule.pools if each.code == pool.code)
    return (
        f"{pool.code} {name}".rstrip(),
        pool.leader,
        str(pool.headcount),
        show_decimal(pool.claim).words,
        _write_cap(pool.cap),
        str(pool.places),
    )


def _write_cap(cap: int | None) -> str:
    return "—" if cap is None else str(cap)


_ZERO = Fraction()


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
