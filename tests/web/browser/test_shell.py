"""The frame in a real browser: it loads from here alone, is reachable by everybody, and fits a telephone."""

import pytest
from playwright.sync_api import expect

from tests.web.conftest import TELEPHONE

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("browser")]


def test_a_stranger_is_sent_to_the_sign_in_page(site, picture) -> None:
    page = site.open("/")

    expect(page).to_have_url(f"{site.address}/account/login/?next=/")
    picture(page, "sign-in")


@pytest.mark.parametrize("name", ["考核办甲", "统计局填报员", "芦漪负责人", "审计管理员"])
def test_the_desk_opens_without_a_fault(site, axe, picture, name: str) -> None:
    page = site.open("/", name=name)

    expect(page.locator("main h1")).to_be_visible()
    assert axe(page) == []
    picture(page, f"desk-{site.world.account(name).username}")


def test_no_page_scrolls_sideways_on_a_telephone(site) -> None:
    page = site.open("/", name="考核办甲", screen=TELEPHONE)

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
