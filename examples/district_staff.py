"""Staff of the seeded district: headcounts by organ, category and date, and the grades as decided."""

from pathlib import Path

from examples.district_draws import draw_chance
from examples.district_tables import write_csv
from kaohe.results.result import Result

CATEGORIES = {"公务员": 1.0, "事业人员": 1.6}
SIZES = {"QZ": (70, 130), "DQ": (9, 40), "JJ": (22, 60), "MS": (10, 55), "CG": (12, 60)}
"""Fewest and most civil servants of an organ, by group."""

LARGE = {"CG01": 176, "CG04": 118, "CG06": 64, "MS06": 44, "MS08": 46}
"""Civil servants of organs that are larger or smaller than their group's."""


def write_staff(folder: Path, result: Result, year: int) -> None:
    """Write headcount.csv and grades.csv beside the data of one year."""
    days = (f"{year - 1}-12-31", f"{year}-12-31")
    rows = [
        (each.unit.code, category, day, _count(each.unit.code, each.unit.group, category, day))
        for each in result.units
        for category in CATEGORIES
        for day in days
    ]
    write_csv(folder / "headcount.csv", [("organ", "category", "date", "number"), *rows])
    body = f"区综合考核领导小组{year + 1}年第1次会议"
    decided = [
        (each.unit.code, each.grade.label, body)
        for each in result.units
        if each.grade and each.grade.label
    ]
    write_csv(folder / "grades.csv", [("unit", "grade", "decided_by"), *decided])


def _count(organ: str, group: str, category: str, day: str) -> int:
    fewest, most = SIZES[group]
    size = LARGE.get(organ, fewest + (most - fewest) * draw_chance(organ, "staff"))
    change = 0.98 + 0.04 * draw_chance(organ, category, day)
    return round(size * CATEGORIES[category] * change)
