"""Periods by their short names: 2026-03, 2026-Q1, 2026-H1, 2026; and which are asked for how often."""

import re
from datetime import date, timedelta

from kaohe.language import Text
from kaohe_web.foundation.refusals import Unprocessable

_FORMS = {
    "month": re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])"),
    "quarter": re.compile(r"([0-9]{4})-Q([1-4])"),
    "half_year": re.compile(r"([0-9]{4})-H([12])"),
    "year": re.compile(r"([0-9]{4})()"),
}
_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


def find_frequency(period: str) -> str:
    """How often such a period is asked for.

    Raises:
        Unprocessable: it is no period.
    """
    found = next((kind for kind, form in _FORMS.items() if form.fullmatch(period)), None)
    if found is None:
        raise Unprocessable(
            Text(
                f"“{period}”不是期次,请写 2026-03、2026-Q1、2026-H1 或 2026",
                f"{period} is no period; write 2026-03, 2026-Q1, 2026-H1 or 2026",
            )
        )
    return found


def find_last_day(period: str) -> date:
    """The last day of a period."""
    kind = find_frequency(period)
    match = _FORMS[kind].fullmatch(period)
    year, part = match.groups() if match else ("", "")
    month = int(part or 1) * _MONTHS[kind]
    return date(int(year) + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def find_year_before(period: str) -> str:
    """The same period of the year before."""
    return f"{int(period[:4]) - 1}{period[4:]}"


def name_period(period: str) -> Text:
    """A period as people say it."""
    year, _, part = period.partition("-")
    if not part:
        return Text(f"{year}年", year)
    if part[0] in "QH":
        word = "季度" if part[0] == "Q" else "半年"
        named = f"第{part[1]}{word}" if part[0] == "Q" else ("上", "下")[int(part[1]) - 1] + word
        return Text(f"{year}年{named}", f"{year} {part}")
    return Text(f"{year}年{int(part)}月", f"{year}-{part}")
