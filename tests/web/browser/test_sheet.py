"""A reporter's sheet in a real browser: pasted, undone, refused, submitted."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from kaohe_web.collection.actions import rounds
from kaohe_web.collection.models import Observation
from kaohe_web.foundation.clock import now
from tests.web.collection.season import find_sheet
from tests.web.schemes.season import adopt_scheme
from tests.web.world import World

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("browser")]


@pytest.fixture
def sheet_address(district: World) -> str:
    version = adopt_scheme(district)
    rounds.open_round(
        versions=[version],
        period="2026-03",
        opens_at=now() - timedelta(hours=1),
        closes_at=now() + timedelta(days=3),
        by=district.actor("考核办甲"),
    )
    return f"/collection/sheets/{find_sheet(district, 'JJ04').pk}/"


def paste(page: Page, text: str) -> None:
    """A block from a spreadsheet, pasted where the grid's range is."""
    page.evaluate(
        """(text) => { const data = new DataTransfer(); data.setData("text/plain", text);
        document.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})); }""",
        text,
    )


def choose(page: Page, row: int) -> None:
    """The first figure of a row is chosen."""
    page.locator(".tabulator-row").nth(row).locator(
        ".tabulator-cell[tabulator-field^=f]"
    ).first.click()


def test_a_block_is_pasted_saved_and_submitted(
    visit: Callable[[str], Page],
    sheet_address: str,
    picture: Callable[[Page, str], None],
    find_barriers: Callable[[Page], list[str]],
) -> None:
    page = visit("财政局填报员")
    page.goto(sheet_address)
    expect(page.locator(".sheet-grid[data-ready]")).to_be_visible()
    choose(page, 0)
    paste(page, "8.5\n九\n10.25\n")

    expect(page.locator(".grid-list li")).to_have_count(1)
    expect(page.locator(".saved")).to_contain_text("已保存")
    assert find_barriers(page) == []
    picture(page, "sheet-refused")

    choose(page, 1)
    paste(page, "9")
    expect(page.locator(".grid-list")).to_be_hidden()
    expect(page.locator(".waiting")).to_have_count(0)
    page.get_by_role("button", name="提交").click()
    expect(page.locator(".message")).to_contain_text("已提交 3 个数据")
    picture(page, "sheet-submitted")
    values = (
        Observation.objects.filter(indicator="A1")
        .order_by("unit__code")
        .values_list("value", flat=True)
    )
    assert list(values) == ["8.5", "9", "10.25"]


def test_undo_takes_a_whole_block_back(visit: Callable[[str], Page], sheet_address: str) -> None:
    page = visit("财政局填报员")
    page.goto(sheet_address)
    expect(page.locator(".sheet-grid[data-ready]")).to_be_visible()
    choose(page, 0)
    paste(page, "1\n2\n3")
    expect(page.locator(".saved")).to_contain_text("已保存")
    page.locator(".sheet-grid").press("Control+z")
    expect(page.locator(".sheet-grid .unreported")).to_have_count(3)
    expect(page.locator(".waiting")).to_have_count(0)
    assert set(Observation.objects.values_list("value", flat=True)) == {""}


def test_typing_starts_editing_and_enter_ends_it(
    visit: Callable[[str], Page], sheet_address: str
) -> None:
    page = visit("财政局填报员")
    page.goto(sheet_address)
    expect(page.locator(".sheet-grid[data-ready]")).to_be_visible()
    choose(page, 0)
    page.keyboard.press("7")
    page.keyboard.type(".25")
    page.keyboard.press("Enter")
    expect(page.locator(".saved")).to_contain_text("已保存")
    expect(page.locator(".waiting")).to_have_count(0)

    assert Observation.objects.get(indicator="A1", unit__code="QZ01").value == "7.25"
