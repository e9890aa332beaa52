"""The headcount a quota is reckoned from: by category and date, from rows as they were reported."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kaohe.errors import BadInput, Finding, Place, blocking
from kaohe.language import Text
from kaohe.scheme.quotas import QuotaRule


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many persons of a category an organ had on a date; `place` is where that was written."""

    organ: str
    category: str
    date: date
    number: int
    place: Place = Place()


def find_unreported(rule: QuotaRule, rows: Sequence[Headcount]) -> list[tuple[str, str]]:
    """Organs in the base, each with a category that counts and of which it has no row."""
    reported = {(row.organ, row.category) for row in rows if row.date == rule.base_date}
    counted = {organ: None for organ, category in reported if category in rule.counted_categories}
    return sorted(
        (organ, category)
        for organ in counted
        for category in rule.counted_categories
        if (organ, category) not in reported
    )


def count_bases(rule: QuotaRule, rows: Sequence[Headcount]) -> dict[str, int]:
    """The headcount base of each organ, in the order of the rows.

    Raises BadInput for rows that repeat or are negative, for organs the rule names and the rows lack, for
    a pool with the code of an organ, and where no row has the base date and category.
    """
    counted = [
        row
        for row in rows
        if row.date == rule.base_date and row.category in rule.counted_categories
    ]
    findings = [*_find_faults(counted), *_find_unknown(rule, counted)]
    if findings:
        raise BadInput(findings)
    bases: Counter[str] = Counter()
    for row in counted:
        bases[row.organ] += row.number
    return dict(bases)


def _find_faults(rows: Sequence[Headcount]) -> Iterator[Finding]:
    seen = set()
    for row in rows:
        if (row.organ, row.category) in seen:
            yield _refuse_repeated(row)
        if row.number < 0:
            yield _refuse_negative(row)
        seen.add((row.organ, row.category))


def _find_unknown(rule: QuotaRule, rows: Sequence[Headcount]) -> Iterator[Finding]:
    known = {row.organ for row in rows}
    if not known:
        yield _refuse_empty(rule)
        return
    named = [organ for pool in rule.pools for organ in pool.organs]
    named += [unit for tilt in rule.tilts for unit in tilt.units]
    for pool in rule.pools:
        if pool.code in known:
            yield _refuse_shared_code(rule, pool.code)
    for organ in dict.fromkeys(named):
        if organ not in known:
            yield _refuse_unknown(rule, organ)


def _refuse_repeated(row: Headcount) -> Finding:
    return blocking(
        "headcount-repeated",
        row.place,
        Text(
            f"{row.organ}“{row.category}”{row.date}的人数写了两次",
            f"{row.organ} has two headcounts of {row.category} on {row.date}",
        ),
        Text("只保留一行", "keep one row"),
    )


def _refuse_negative(row: Headcount) -> Finding:
    return blocking(
        "headcount-negative",
        row.place,
        Text(f"{row.organ}的人数为负：{row.number}", f"{row.organ} has {row.number} persons"),
        Text("请写零或正整数", "write zero or a positive whole number"),
    )


def _refuse_empty(rule: QuotaRule) -> Finding:
    wanted = "、".join(rule.counted_categories)
    return blocking(
        "headcount-missing",
        Place(key=f"quotas.{rule.code}.base_date"),
        Text(
            f"没有{rule.base_date}“{wanted}”的人数", f"no headcount of {wanted} on {rule.base_date}"
        ),
        Text(
            "请补报该日人数，或更正基准日、类别", "add rows of that date, or mend date and category"
        ),
    )


def _refuse_unknown(rule: QuotaRule, organ: str) -> Finding:
    return blocking(
        "quota-organ-unknown",
        Place(key=f"quotas.{rule.code}"),
        Text(
            f"规则提到的{organ}在基准日没有人数",
            f"the rule names {organ}, which has no headcount on the base date",
        ),
        Text("请补报人数，或更正单位代码", "add its headcount, or mend its code"),
    )


def _refuse_shared_code(rule: QuotaRule, code: str) -> Finding:
    return blocking(
        "quota-code-shared",
        Place(key=f"quotas.{rule.code}.pools"),
        Text(f"{code}既是单位又是合并核定组", f"{code} is both an organ and a pool"),
        Text("请给合并核定组另取代码", "give the pool a code of its own"),
    )
