"""The committed district, scored once for all its tests."""

from functools import cache
from typing import Any

from examples.write_district import DISTRICT, score_files

from kaohe.results.result import Result


@cache
def score_annual(year: int) -> Result:
    """The district's own assessment of one year."""
    return score_files(DISTRICT / str(year) / "annual.yaml", DISTRICT / str(year) / "data.xlsx")


@cache
def score_city(year: int) -> Result:
    """The city's assessment of ten districts in one year."""
    return score_files(DISTRICT / str(year) / "city.yaml", DISTRICT / str(year) / "city.xlsx")


@cache
def score_specials(year: int) -> tuple[Result, ...]:
    """The six specials of one year, in the order of their names."""
    schemes = sorted((DISTRICT / str(year) / "specials").glob("*.yaml"))
    return tuple(score_files(path, path.with_suffix(".csv")) for path in schemes)


def find_unit(result: Result, code: str) -> Any:
    """One unit's outcome, of which a test knows what is there."""
    return next(each for each in result.units if each.unit.code == code)
