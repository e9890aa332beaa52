"""Findings about quotas: caps above the law, or none on the day that counts."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from kaohe.checking.inspected import Inspected
from kaohe.checking.kinds import Example, Fault, Kind
from kaohe.errors import Severity
from kaohe.language import Text
from kaohe.numbers.writing import write_number
from kaohe.scheme.quotas import Cap

LAW = (
    (date(2021, 1, 1), Fraction(20, 100), Fraction(25, 100)),
    (date.min, Fraction(15, 100), Fraction(20, 100)),
)
"""Legal caps on 优秀 from when on: ordinary share, and with an approval (公务员考核规定, and the trial rule before)."""


def _find_high_caps(inspected: Inspected) -> Iterator[Fault]:
    for place, rule in enumerate(inspected.model.quotas):
        for number, cap in enumerate(rule.caps):
            found = _exceed_law(cap)
            if rule.grade == "优秀" and found is not None:
                key, share, legal = found
                yield Fault(
                    ("quotas", place, "caps", number, key),
                    Text(
                        f"“{rule.name}”比例上限 {_percent(share)} 高于规定的 {_percent(legal)}",
                        f"{rule.code}: a cap of {_percent(share)} is above the legal {_percent(legal)}",
                    ),
                )


def _exceed_law(cap: Cap) -> tuple[str, Fraction, Fraction] | None:
    """The key, its share, and the legal one it exceeds by the law of the cap's last day."""
    last = cap.until or date.max
    ordinary, approved = next((low, high) for since, low, high in LAW if last >= since)
    if cap.share > ordinary:
        return "share", cap.share, ordinary
    if cap.approved_share is not None and cap.approved_share > approved:
        return "approved_share", cap.approved_share, approved
    return None


def _percent(share: Fraction) -> str:
    return f"{write_number(share * 100)}%"


QUOTA_ABOVE_LAW = Kind(
    code="quota-above-law",
    severity=Severity.WARNING,
    title=Text("优秀比例高于规定", "A cap above the law"),
    explanation=Text(
        "优秀等次的比例，2021年起一般不超过20%、经批准不超过25%，此前为15%和20%。按比例上限失效日所在时期判断。",
        "The share of 优秀 is at most 20 % (25 % with an approval) from 2021 on, before that 15 % (20 %); the law of the "
        "cap's last day decides.",
    ),
    remedy=Text("请按规定改正，或按时期分列", "keep to the law, or part the caps by date"),
    example=Example(
        "{until: 2020-12-31, share: 15%,",
        "{until: 2020-12-31, share: 18%,",
        "quotas[0].caps[0].share",
        "- {until: 2020-12-31",
    ),
    find=_find_high_caps,
)


def _find_capless_quotas(inspected: Inspected) -> Iterator[Fault]:
    for place, rule in enumerate(inspected.model.quotas):
        if rule.find_cap(rule.base_date) is None:
            yield Fault(
                ("quotas", place, "base_date"),
                Text(
                    f"“{rule.name}”在基准日 {rule.base_date} 没有比例上限",
                    f"{rule.code}: no cap holds on the base date {rule.base_date}",
                ),
            )


NO_QUOTA_CAP = Kind(
    code="no-quota-cap",
    severity=Severity.WARNING,
    title=Text("基准日没有比例上限", "No cap on the base date"),
    explanation=Text(
        "名额规则的比例上限没有一条在核定基准日有效，名额无从核定。",
        "None of the caps holds on the date of the headcount, so that no number of places can be found.",
    ),
    remedy=Text(
        "请核对 caps 的 since、until 与 base_date", "check since and until against base_date"
    ),
    example=Example(
        "{until: 2020-12-31,",
        "{until: 2018-12-31,",
        "quotas[0].base_date",
        "base_date: 2019-12-31",
    ),
    find=_find_capless_quotas,
)

KINDS = (QUOTA_ABOVE_LAW, NO_QUOTA_CAP)
