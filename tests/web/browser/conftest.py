"""A real Chromium on pages that are really served."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route, ViewportSize
from pytest_django.live_server_helper import LiveServer

from tests.web.world import World

PICTURES = Path(__file__).resolve().parents[3] / "build" / "pictures"
DESK = ViewportSize(width=1440, height=900)
TELEPHONE = ViewportSize(width=390, height=844)
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
    return {"executable_path": shutil.which("chromium"), "args": FLAGS, "headless": True}


class Windows:
    """Browser windows of one test, and what went wrong in them."""

    def __init__(self, address: str, browser: Browser) -> None:
        self.address, self.browser = address, browser
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def open(self, who: str) -> Page:
        """An empty window that asks this server alone."""
        context = self.browser.new_context(
            base_url=self.address, viewport=DESK, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        self.contexts.append(context)
        context.route("**/*", self._stay_here)
        page = context.new_page()
        page.on("pageerror", lambda fault: self.complaints.append(f"{who}: {fault}"))
        page.on("console", self._note_error)
        return page

    def _note_error(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.complaints.append(said.text)

    def _stay_here(self, route: Route) -> None:
        if route.request.url.startswith((self.address, "data:", "blob:")):
            route.continue_()
            return
        self.complaints.append(f"asked for {route.request.url}")
        route.abort()


@pytest.fixture
def visit(
    district: World, live_server: LiveServer, browser: Browser
) -> Iterator[Callable[[str], Page]]:
    """A browser window in which somebody has signed in, "" for a stranger.

    A script's error, a break of the content policy and a call to anywhere else fail the test.
    """
    windows = Windows(live_server.url, browser)

    def open_window(name: str = "") -> Page:
        page = windows.open(name)
        if name:
            cookie = district.client(name).cookies[settings.SESSION_COOKIE_NAME]
            page.context.add_cookies(
                [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
            )
        return page

    yield open_window
    for context in windows.contexts:
        context.close()
    assert windows.complaints == []


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Keeps what a page looks like, on a desk and on a telephone, in build/pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)

    def take(page: Page, name: str) -> None:
        for screen in (TELEPHONE, DESK):
            page.set_viewport_size(screen)
            page.screenshot(path=PICTURES / f"{name}-{screen['width']}.png", full_page=True)

    return take


@pytest.fixture(scope="session")
def find_barriers() -> Callable[[Page], list[str]]:
    """What axe finds serious on a page."""
    axe = Axe()

    def find(page: Page) -> list[str]:
        found = axe.run(page).response["violations"]
        return [
            f"{each['id']}: {node['html'][:160]}"
            for each in found
            if each["impact"] in ("serious", "critical")
            for node in each["nodes"]
        ]

    return find
