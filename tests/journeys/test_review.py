"""The reform office goes through many suggestions by keyboard, and takes the last ones back."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from minhu.mandates.models import Clause
from minhu.reforms.models import Answer
from tests.factories.mandates import ClauseFactory, VersionFactory
from tests.factories.reforms import AnswerFactory, ReformFactory
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.journey
MANY, DECIDED = 34, 30


def articles(count: int) -> list[Clause]:
    """An upstream document of so many articles."""
    words = [f"第{n + 1}条 推进第{n}项工作，健全工作机制。" for n in range(count)]
    version, at = VersionFactory(text="\n".join(words)), 0
    for n, said in enumerate(words):
        ClauseFactory(
            version=version, order=n, label=said.split()[0], path=f"art{n + 1}", start=at, end=at + len(said)
        )
        at += len(said) + 1
    return list(version.clauses.order_by("order"))


def test_thirty_are_decided_by_keyboard_and_two_taken_back(enter: Callable[..., Page], visit: Visit) -> None:
    clauses = articles(MANY)
    for n, clause in enumerate(clauses):
        reform = ReformFactory(code=f"JP-{n}", name=f"第{n}项工作改革")
        AnswerFactory(clause=clause, reform=reform, state="suggested", score=0.6, spans=[[2, 5, 0, 3]])
    version = clauses[0].version_id
    page = enter("gaige", lang="en")
    page.goto(f"{visit.url}{reverse('reforms:coverage_review', args=[version])}?show=pending")
    expect(page.locator("#review .pace")).to_contain_text(f"0 of {MANY}")

    for n in range(DECIDED):
        page.keyboard.press("n" if n % 5 == 4 else "y")
        expect(page.locator("#review .pace")).to_contain_text(f"{n + 1} of {MANY}")
    states = list(Answer.objects.filter(clause__version=version).values_list("state", flat=True))
    assert (states.count("confirmed"), states.count("refused"), states.count("suggested")) == (24, 6, 4)
    expect(page.locator("#review .pace")).to_contain_text("s a decision")

    for left in (DECIDED - 1, DECIDED - 2):
        page.keyboard.press("u")
        expect(page.locator("#review .pace")).to_contain_text(f"{left} of {MANY}")
    assert Answer.objects.filter(clause__version=version, state="suggested").count() == 6

    page.keyboard.press("x")
    page.locator("#reason").fill("本区没有这项工作")
    page.locator("details.exempt form button").click()
    expect(page.locator("#review [role=status]")).to_contain_text("second person")

    page.click("nav.tabs a[href$='/decisions/']")
    expect(page.locator("#decisions-title")).to_contain_text(f"{DECIDED - 2} decisions")
    expect(page.locator("nav.shows")).to_contain_text(f"{DECIDED - 2}")
