"""Debian's Chromium on pages that a real server gives, driven by Playwright; skipped where there is none.

Everything that a page asks for is written down: requests to other hosts, and what the browser complains of
(scripts or styles that the policy forbids among it), fail the test in `Screen.check`.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from center.app import make_app
from center.console.app import Console
from center.serving import listen
from tests.center.console.browser import PASSWORD
from tests.center.office import QUICK_HASHER, SHANGHAI, Center
from tests.patience import PATIENCE_MS

DESKTOP, PHONE = (1366, 768), (390, 844)


def chromium() -> str:
    """Its path. Skips the test if there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium here: apt-get install chromium, and the console is tried in it")
    return found


@contextmanager
def running_browser() -> Iterator[Browser]:
    path = chromium()
    expect.set_options(timeout=PATIENCE_MS)  # which has 5 s of its own
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def serving(center: Center) -> Iterator[str]:
    """The address of a server over this center, in a thread."""
    listener = listen("127.0.0.1", 0)
    app = make_app(center.office, Console(center.office, zone=SHANGHAI, hasher=QUICK_HASHER))
    config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


@dataclass
class Screen:
    """One window of the browser."""

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def go(self, path: str) -> None:
        self.page.goto(self.url + path)

    def sign_in(self, name: str) -> None:
        self.go("/signin")
        self.page.fill("[name=name]", name)
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url(self.url + "/")

    def size(self) -> tuple[int, int]:
        """Width and height of all that the page shows, in CSS pixels."""
        element = "document.documentElement"
        width, height = self.page.evaluate(f"[{element}.scrollWidth, {element}.scrollHeight]")
        return width, height

    def focused(self) -> str:
        """The id of the element that has the focus."""
        found: str = self.page.evaluate("document.activeElement.id")
        return found

    def check(self) -> None:
        assert self.complaints == []
        assert self.hosts <= {self.url}


@contextmanager
def screen(
    browser: Browser, url: str, size: tuple[int, int] = DESKTOP, *, lang: str = "zh", dark: bool = False
) -> Iterator[Screen]:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        locale="zh-CN" if lang == "zh" else "en-GB",
    )
    context.set_default_timeout(PATIENCE_MS)
    made = Screen(context.new_page(), url)
    made.page.on("console", lambda said: made.complaints.append(f"{said.type}: {said.text}"))
    made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
    made.page.on("request", lambda asked: made.hosts.add("/".join(asked.url.split("/")[:3])))
    yield made
    context.close()
