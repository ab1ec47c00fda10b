"""Offices at work on cases: whoever does a step opens the case, presses its button, types, and sends."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from minhu.cases.models import Case
from minhu.cases.tasks import one_round
from tests.journeys.conftest import Visit

Typed = str | bool | date | Sequence[str] | dict[str, object]
PDF = {"name": "材料.txt", "mimeType": "text/plain", "buffer": "依据和经过。".encode()}


@dataclass
class Casework:
    """Everybody who takes part in a case, each with one browser; and the days that pass between them."""

    visit: Visit
    patch: pytest.MonkeyPatch
    pages: dict[str, Page] = field(default_factory=dict)

    # -- who and where -----------------------------------------------------------------------------------
    def page(self, username: str) -> Page:
        """The browser of somebody."""
        if username not in self.pages:
            self.pages[username] = self.visit.slip_in(username)
        return self.pages[username]

    def go(self, username: str, path: str) -> Page:
        """Somebody opens an address of the house."""
        page = self.page(username)
        page.goto(self.visit.url + path)
        return page

    def case(self, username: str, number: str) -> Page:
        """Somebody opens a case."""
        return self.go(username, f"/cases/{number}/")

    def desk(self, username: str, title: str) -> Locator:
        """The row of somebody's desk that a case stands in."""
        page = self.go(username, "/desk/")
        return page.locator("main section:not(#waits) li").filter(has_text=title)

    def status(self, username: str, path: str) -> int:
        """How the house answers somebody."""
        return self.page(username).goto(self.visit.url + path).status

    # -- deeds -------------------------------------------------------------------------------------------
    def open(self, username: str, kind: str, *, here: bool = False, **typed: Typed) -> str:
        """Open a case as one does: from the queue, by its kind (or `here`, in the form shown); its number."""
        if not here:
            self.go(username, "/cases/").click("a.main-act[href='/cases/open/']")
            self.page(username).click(f"a[href='/cases/open/{kind}/']")
            self.page(username).wait_for_url(f"**/cases/open/{kind}/")
        page = self.page(username)
        fill(page, typed)
        page.click("#sheet button.main-act")
        expect(page.locator("#deeds, #values").first).to_be_visible()
        return page.url.rstrip("/").rpartition("/")[2]

    def start(self, username: str, number: str, step: str, **typed: Typed) -> Page:
        """Press the button of a step on the page of a case, and type what it asks."""
        page = self.case(username, number)
        page.locator(f"#deeds a.btn[href$='/do/{step}/']").click()
        page.wait_for_url(f"**/do/{step}/")
        fill(page, typed)
        return page

    def do(self, username: str, number: str, step: str, **typed: Typed) -> Page:
        """Do a step and let the worker do what follows; the page of the case afterwards."""
        page = self.start(username, number, step, **typed)
        self.send(page)
        expect(page.locator("h1")).to_be_visible()
        assert page.url.endswith(f"/cases/{number}/"), page.locator("#sheet").inner_text()
        self.work()
        return page

    def send(self, page: Page) -> None:
        """Confirm what is serious, and press the button of the form."""
        sure = page.locator("input[name=sure]")
        if sure.count():
            sure.check()
        page.locator("#sheet form button").first.click()

    def refuse(self, username: str, number: str, step: str, **typed: Typed) -> str:
        """Send a step that is refused: what the page says of it; what was typed stands there still."""
        page = self.start(username, number, step, **typed)
        before = Case.objects.get(number=number).rev
        self.send(page)
        said = page.locator("#sheet .wrong, #sheet .error, #sheet [role=alert]").first
        expect(said).to_be_visible()
        for name, value in typed.items():
            if isinstance(value, str) and (box := page.locator(f"textarea[name='v-{name}']")).count():
                expect(box).to_have_value(value)
        assert Case.objects.get(number=number).rev == before
        return page.locator("#sheet").inner_text()

    def barred(self, username: str, number: str, step: str, **typed: Typed) -> str:
        """Somebody sees the case but no button; the form is closed to them, and sending it does nothing."""
        page = self.case(username, number)
        expect(page.locator(f"a[href$='/do/{step}/']")).to_have_count(0)
        path = f"/cases/{number}/do/{step}/"
        assert self.status(username, path) == 403
        button = page.locator("#sheet form button").first
        expect(button).to_be_disabled()
        before = Case.objects.get(number=number).rev
        fill(page, typed)
        # A stubborn one takes the bar off.
        button.evaluate("it => { it.disabled = false; it.form.noValidate = true }")
        self.send(page)
        expect(page.locator("#sheet [role=alert], #sheet .wrong, #sheet .error").first).to_be_visible()
        assert Case.objects.get(number=number).rev == before
        return page.locator("#sheet").inner_text()

    # -- time --------------------------------------------------------------------------------------------
    def work(self) -> None:
        """The worker goes its rounds until nothing is left to do now."""
        while one_round(at=timezone.now()).count:
            pass

    def days_pass(self, days: int) -> None:
        """So many days later: everybody logs in anew, and the worker has been at work meanwhile."""
        then = timezone.now

        def now() -> datetime:
            return then() + timedelta(days=days)

        self.patch.setattr(timezone, "now", now)
        self.pages.clear()
        self.work()


@contextmanager
def casework(visit: Visit) -> Iterator[Casework]:
    """Casework in a visit; time goes back to what it is at the end."""
    with pytest.MonkeyPatch.context() as patch:
        yield Casework(visit, patch)


# -- forms -----------------------------------------------------------------------------------------------
def fill(page: Page, typed: dict[str, Typed]) -> None:
    """Type, choose, tick or attach each value where the form asks for it."""
    for name, value in typed.items():
        enter(page, name, value)


def enter(page: Page, name: str, value: Typed) -> None:
    """One value or role of a form."""
    boxes = page.locator(f"[name='v-{name}'], [name='r-{name}']")
    if not boxes.count():
        boxes = page.locator(f"[name='{name}']")
    kind = boxes.first.evaluate("it => it.tagName == 'SELECT' ? 'select' : it.type")
    if kind == "file":
        boxes.set_input_files(value)
    elif kind == "select":
        boxes.select_option(value)
    elif kind in ("radio", "checkbox"):
        said = {True: "true", False: "false"}.get(value, value) if isinstance(value, bool) else value
        for one in [said] if isinstance(said, str) else said:
            page.locator(f"[name='{boxes.first.get_attribute('name')}'][value='{one}']").check()
    else:
        boxes.fill(value.isoformat() if isinstance(value, date) else str(value))


# -- what a page shows -----------------------------------------------------------------------------------
def due_day(page: Page, clock: int = 0) -> date:
    """The last day of a clock as the page of a case shows it."""
    return date.fromisoformat(page.locator("#clocks .clock").nth(clock).locator("b.num").inner_text())


def paper(page: Page, title: str, *holds: str) -> str:
    """Read a paper from the page of a case, and take it along as Word; its number."""
    row = page.locator("#papers li").filter(has=page.get_by_role("link", name=title, exact=True))
    number = row.locator(".tag").first.inner_text()
    case = page.url
    row.get_by_role("link", name=title, exact=True).first.click()
    official = page.locator("article.official")
    expect(official.locator(".doc-number")).to_contain_text(number)
    for words in holds:
        expect(official).to_contain_text(words)
    with page.expect_download() as taken:
        page.locator("a.main-act", has_text="Word").click()
    assert taken.value.suggested_filename.endswith(".docx")
    text = ZipFile(BytesIO(Path(taken.value.path()).read_bytes())).read("word/document.xml").decode()
    for words in holds:
        assert words in text, words
    page.goto(case)
    return number


def told(page: Page) -> str:
    """What the record of a case says, newest first."""
    return page.locator("#record").inner_text()


def ended(page: Page, title: str) -> None:
    """The case is closed, at this end."""
    expect(page.locator(".head")).to_contain_text(title)
    expect(page.locator("#deeds")).to_have_count(0)


def rate_once(visit: Visit, address: str, level: int, words: str = "") -> None:
    """Whoever raised it rates without signing in; the second time the page says that one answer was given."""
    page = visit.open()
    path = visit.url + "/" + address.split("://", 1)[-1].split("/", 1)[1]
    page.goto(path)
    page.locator(f"input[name=level][value='{level}']").check()
    page.fill("textarea[name=words]", words)
    page.click("form.rate button")
    expect(page.locator(".note.green")).to_be_visible()
    page.goto(path)
    expect(page.locator("form.rate")).to_have_count(0)
    expect(page.locator("main .note")).to_contain_text("一事一评")
