"""A real Chromium on pages that are really served."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from tests.web.world import World, make_world

PICTURES = Path("build", "pictures")
WIDTHS = ((1440, 900), (390, 844))
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, which asks nobody outside for anything."""
    return {"executable_path": "/usr/bin/chromium", "args": FLAGS, "headless": True}


@pytest.fixture
def district(transactional_db: None) -> World:
    """The small district, kept so that the server's threads see it."""
    del transactional_db
    return make_world()


@pytest.fixture
def visit(
    district: World, live_server: LiveServer, browser: Browser
) -> Iterator[Callable[[str], Page]]:
    """A browser window in which somebody has signed in; nothing on its pages may break the policy."""
    opened: list[tuple[str, BrowserContext, list[str]]] = []

    def open_window(name: str) -> Page:
        client = district.client(name)
        context = browser.new_context(base_url=live_server.url, locale="zh-CN")
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        page = context.new_page()
        complaints: list[str] = []
        page.on(
            "console", lambda said: complaints.append(said.text) if said.type == "error" else None
        )
        page.on("pageerror", lambda fault: complaints.append(str(fault)))
        opened.append((name, context, complaints))
        return page

    yield open_window
    for _, context, _ in opened:
        context.close()
    assert [(name, complaints) for name, _, complaints in opened if complaints] == []


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Keeps what a page looks like, wide and on a phone."""

    def take(page: Page, name: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        for width, height in WIDTHS:
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)
        page.set_viewport_size({"width": 1440, "height": 900})

    return take


@pytest.fixture(scope="session")
def find_barriers() -> Callable[[Page], list[str]]:
    """What axe finds serious on a page."""
    axe = Axe()

    def find(page: Page) -> list[str]:
        found = axe.run(page).response["violations"]
        return [
            f"{each['id']}: {each['nodes'][0]['html'][:120]}"
            for each in found
            if each["impact"] in ("serious", "critical")
        ]

    return find
