"""What tests of the platform start from: the small district, and a real browser on a real server."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Route,
    ViewportSize,
)

from tests.web.world import World, make_world

PICTURES = Path(__file__).resolve().parents[2] / "build" / "pictures"
DESK = ViewportSize(width=1440, height=900)
TELEPHONE = ViewportSize(width=390, height=844)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BAD = {"serious", "critical"}


@pytest.fixture
def world(db: None) -> World:
    """The small district, new for every test."""
    del db
    return make_world()


@pytest.fixture
def lasting_world(transactional_db: None) -> World:
    """The same, really committed: for tests with several connections, threads or processes."""
    del transactional_db
    return make_world()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's own Chromium, asking nothing outside."""
    chromium = shutil.which("chromium")
    return {**browser_type_launch_args, "executable_path": chromium, "args": QUIET}


class Site:
    """The platform on a port of this machine, and browsers of people signed in to it."""

    def __init__(self, address: str, world: World, browser: Browser) -> None:
        self.address, self.world, self.browser = address, world, browser
        self.contexts: list[BrowserContext] = []
        self.faults: list[str] = []

    def open(self, path: str = "/", *, name: str = "", screen: ViewportSize = DESK) -> Page:
        """A page in a new browser, of a stranger or of somebody signed in."""
        context = self.browser.new_context(
            viewport=screen, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        self.contexts.append(context)
        context.route("**/*", self._stay_here)
        if name:
            session = self.world.client(name).cookies["session"].value
            context.add_cookies([{"name": "session", "value": session, "url": self.address}])
        page = context.new_page()
        page.on("pageerror", self._note_error)
        page.on("console", self._note_console)
        page.goto(self.address + path)
        return page

    def _note_error(self, error: Error) -> None:
        self.faults.append(str(error))

    def _note_console(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.faults.append(said.text)

    def _stay_here(self, route: Route) -> None:
        if route.request.url.startswith((self.address, "data:", "blob:")):
            route.continue_()
            return
        self.faults.append(f"asked for {route.request.url}")
        route.abort()


@pytest.fixture
def site(live_server: Any, lasting_world: World, browser: Browser) -> Iterator[Site]:
    """The platform as browsers see it; a script's error or a call to elsewhere fails the test."""
    site = Site(live_server.url, lasting_world, browser)
    yield site
    for context in site.contexts:
        context.close()
    assert site.faults == []


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """What on a page a screen reader or a keyboard cannot reach, serious or worse."""

    def look(page: Page) -> list[str]:
        found = Axe().run(page).response["violations"]
        return [
            f"{each['id']}: {node['html'][:200]}"
            for each in found
            if each["impact"] in BAD
            for node in each["nodes"]
        ]

    return look


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Keeps how a page looks on a desk and on a telephone, in build/pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)

    def keep(page: Page, name: str) -> None:
        before = page.viewport_size
        for screen in (DESK, TELEPHONE):
            page.set_viewport_size(screen)
            page.wait_for_timeout(200)
            page.screenshot(path=PICTURES / f"{name}-{screen['width']}.png", full_page=True)
        if before:
            page.set_viewport_size(before)

    return keep
