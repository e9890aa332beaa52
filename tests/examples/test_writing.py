"""The district's files are what its program writes."""

from pathlib import Path

import pytest
from examples.district_years import BEFORE_2018, BEFORE_2019, pin_versions, shift_years
from examples.write_district import DISTRICT, write_district
from python_calamine import CalamineWorkbook


@pytest.mark.slow
def test_writing_the_district_again_gives_what_is_committed(tmp_path: Path) -> None:
    write_district(tmp_path, source=DISTRICT)

    assert read_tree(tmp_path) == read_tree(DISTRICT)


def read_tree(root: Path) -> dict[str, object]:
    """Every file by its path: text as it is, workbooks by their cells."""
    files = sorted(path for path in root.rglob("*") if path.is_file())
    return {str(path.relative_to(root)): read_content(path) for path in files}


def read_content(path: Path) -> object:
    if path.suffix != ".xlsx":
        return path.read_text(encoding="utf-8")
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_dates_move_with_the_year_and_legal_days_stay() -> None:
    text = "{since: 2019-01-01} 汀组〔2020〕3号 {until: 2020-12-31} {since: 2021-01-01}"

    assert shift_years(2017, text) == (
        "{since: 2017-01-01} 汀组〔2018〕3号 {until: 2020-12-31} {since: 2021-01-01}"
    )


def test_a_pin_is_set_once_and_can_be_set_again() -> None:
    text = 'scheme: special-water-2019\n  version: ""\n'
    pinned = pin_versions(text, {"water": "0a1b"})

    assert pinned == "scheme: special-water-2019\n  version: 0a1b\n"
    assert (
        pin_versions(pinned, {"water": "ffff"}) == "scheme: special-water-2019\n  version: ffff\n"
    )


def test_every_change_of_earlier_years_changes_something() -> None:
    assert all(old != new for old, new in (*BEFORE_2019, *BEFORE_2018))
