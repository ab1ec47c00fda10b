"""Fixtures of the journeys: one served house with the demonstration district in it, and a browser.

The district is loaded once for all journeys (it costs seconds) and flushed after the last of them, so each
journey works on things of its own and undoes nothing of another.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import Client, override_settings
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

import hatch_build
from tests.journeys import browser as chromium
from tests.triggers import lifted

HOUSE = Path(__file__).resolve().parents[2]
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOCALES = {"zh-hans": "zh-CN", "en": "en-GB"}


@dataclass
class Visit:
    """Whoever walks through the house with a browser; what the browser complains of fails the test."""

    browser: Browser
    url: str
    contexts: list[BrowserContext] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def open(self, *, lang: str = "zh-hans", size: dict = chromium.DESKTOP, **more: object) -> Page:
        """A fresh browser at no page yet, in a language and a size."""
        context = self.browser.new_context(viewport=size, locale=LOCALES[lang], **more)
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        self.cookie(context, settings.LANGUAGE_COOKIE_NAME, lang)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("console", lambda line: self.heard(page, line))
        return page

    def heard(self, page: Page, line: object) -> None:
        """Keep errors and refusals of the policy; what a refused answer's status prints is meant."""
        if "Content Security Policy" in line.text or (
            line.type == "error" and "the server responded with a status of 4" not in line.text
        ):
            self.faults.append(f"{page.url}: {line.text}")

    def cookie(self, context: BrowserContext, name: str, value: str) -> None:
        """Give a browser a cookie of the house."""
        context.add_cookies([{"name": name, "value": value, "url": self.url}])

    def enter(self, username: str, **how: object) -> Page:
        """Log in by the page, as everybody does."""
        page = self.open(**how)
        page.goto(self.url + "/people/log-in/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", settings.MINHU_DEMO_PASSWORD)
        page.locator("form").filter(has=page.locator("input[name=password]")).locator("button").click()
        page.wait_for_url(lambda url: "log-in" not in url)
        return page

    def slip_in(self, username: str, **how: object) -> Page:
        """Come with the cookie of a session, where logging in is not what is looked at."""
        client = Client()
        client.force_login(self.account(username))
        page = self.open(**how)
        self.cookie(page.context, settings.SESSION_COOKIE_NAME, client.cookies["sessionid"].value)
        return page

    def account(self, username: str) -> object:
        """The row of an account."""
        from minhu.people.models import User

        return User.objects.get(username=username)

    def leave(self) -> None:
        """Close every browser of this visit."""
        for context in self.contexts:
            context.close()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    yield from chromium.start_browser()


@pytest.fixture(scope="package")
def db(django_db_setup: None, django_db_blocker) -> Iterator[object]:
    """In this folder the rows stay between tests: the connection, taken before Playwright's loop hides it."""
    with django_db_blocker.unblock():
        yield connections["default"]
        with lifted():
            call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(scope="package")
def house(db: object, browser: Browser) -> Iterator[str]:
    """The address of a served house with the demonstration district in it."""
    from minhu.site.load_pack import load
    from minhu.trail.states import SYSTEM

    connections["default"] = db
    # For good: a thread of the server may close its share of an in-memory database after the server stopped.
    db.inc_thread_sharing()
    hatch_build.build()
    with override_settings(MINHU_DEMO=True, PASSWORD_HASHERS=QUICK):
        load(HOUSE / "packs" / "jiangbei", by=SYSTEM, at=datetime.now(tz=UTC))
        server = LiveServer("127.0.0.1")
        yield server.url
        server.stop()


@pytest.fixture
def visit(house: str, browser: Browser) -> Iterator[Visit]:
    """A visit to the house; the errors its browser met are told at the end."""
    visit = Visit(browser, house)
    yield visit
    visit.leave()
    assert visit.faults == []


@pytest.fixture
def enter(visit: Visit) -> Callable[..., Page]:
    """`enter("gaige", lang=, size=)` logs in and gives a page."""
    return visit.enter
