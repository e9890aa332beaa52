"""The frame in a real browser: it loads from here alone, is reachable by everybody, and fits a telephone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.conftest import TELEPHONE
from tests.web.world import World

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("browser")]
Visit = Callable[[str], Page]
DESKS = ["考核办甲", "统计局填报员", "芦漪负责人", "审计管理员"]


def test_a_stranger_is_sent_to_the_sign_in_page(
    visit: Visit, picture: Callable[[Page, str], None]
) -> None:
    page = visit("")
    page.goto("/")

    assert page.url.endswith("/account/login/?next=/")
    picture(page, "sign-in")


def test_every_desk_opens_without_a_fault(
    district: World,
    visit: Visit,
    picture: Callable[[Page, str], None],
    find_barriers: Callable[[Page], list[str]],
) -> None:
    for name in DESKS:
        page = visit(name)
        page.goto("/")
        expect(page.locator("main h1")).to_be_visible()
        assert find_barriers(page) == []
        picture(page, f"desk-{district.account(name).username}")


def test_the_frame_does_not_scroll_sideways_on_a_telephone(visit: Visit) -> None:
    page = visit("考核办甲")
    page.set_viewport_size(TELEPHONE)
    page.goto("/")

    assert page.evaluate("document.documentElement.scrollWidth") == TELEPHONE["width"]


@pytest.mark.parametrize(
    ("content", "barrier"),
    [
        ("<main><img src='data:,'></main>", "image-alt"),
        ("<main><button></button></main>", "button-name"),
        ("<main><p style='color:#aaa;background:#fff'>淡得看不清的字</p></main>", "color-contrast"),
    ],
)
def test_a_planted_barrier_is_found(
    visit: Visit, find_barriers: Callable[[Page], list[str]], content: str, barrier: str
) -> None:
    page = visit("")
    page.set_content(f"<html lang='zh'><title>考核</title>{content}</html>")

    assert [each.partition(":")[0] for each in find_barriers(page)] == [barrier]
