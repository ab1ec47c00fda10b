"""Fixtures of the journeys: a served house with a district in it, and a browser."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys import browser as chromium

HOUSE = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    yield from chromium.start_browser()


@pytest.fixture
def district(transactional_db, settings) -> None:
    """The demonstration district with its log-ins."""
    from minhu.site.load_pack.actions import load
    from minhu.trail.states import SYSTEM

    settings.MINHU_DEMO = True
    load(HOUSE / "packs" / "jiangbei", by=SYSTEM, at=datetime.now(tz=UTC))


@pytest.fixture
def enter(live_server, district, browser: Browser) -> Iterator[Callable[..., Page]]:
    """`enter("gaige", lang=, size=)` logs in and gives a page; an error in the page fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_page(username: str | None, *, lang: str = "zh-hans", size: dict = chromium.DESKTOP) -> Page:
        context = browser.new_context(viewport=size, locale="zh-CN" if lang == "zh-hans" else "en-GB")
        contexts.append(context)
        context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": lang, "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "console",
            lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None,
        )
        page.goto(live_server.url)
        if username:
            page.fill("input[name=username]", username)
            page.fill("input[name=password]", settings.MINHU_DEMO_PASSWORD)
            page.click("main button[type=submit]")
            page.wait_for_load_state()
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []
