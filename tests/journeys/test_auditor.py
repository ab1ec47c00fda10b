"""The auditor: reads everything, writes nothing, and is not even shown how."""

from collections.abc import Callable

import pytest
from django.utils.translation import gettext
from playwright.sync_api import Page, expect

from minhu.mandates.models import Version
from minhu.reforms.models import Proof
from minhu.trail.models import Entry
from tests.journeys import asking

pytestmark = pytest.mark.journey

# Whoever reads may still say that the software is bad, set the own password, narrow and search.
ALLOWED = "form[method=get], form[action^='/people/problems/'], form[action^='/people/password/']"


def test_everything_can_be_read_and_nothing_written(enter: Callable[..., Page]) -> None:
    stone, version = asking.open_milestone("jiaoyu"), Version.objects.filter(document__kind="upstream")[0].pk
    page = enter("shenji")
    house = page.url.split("/desk/")[0]
    for path in (
        "/cockpit/", "/desk/", "/reforms/", "/reforms/late/", stone.reform.get_absolute_url(), "/mandates/",
        version_page(version), "/reforms/coverage/", f"/reforms/coverage/{version}/",
        f"/reforms/coverage/{version}/matrix/", f"/reforms/coverage/{version}/gaps/",
        f"/reforms/coverage/{version}/claims/", "/basis/", "/basis/limits/light.near_days/", "/people/",
        "/people/organisations/jiaoyu/", "/people/rights/", "/record/",
        f"/record/reforms.reform:{stone.reform.pk}/",
    ):  # fmt: skip
        assert page.goto(house + path).status == 200, path
        forms = page.locator(f"main form:not({ALLOWED})")
        assert forms.count() == 0, f"{path}: {forms.first.inner_html()}"
        buttons = page.locator("main button:not([data-print]):not(form[method=get] button)")
        assert buttons.count() == 0, f"{path}: {buttons.first.inner_html()}"


def version_page(version: int) -> str:
    """The page of the document a wording belongs to."""
    return Version.objects.get(pk=version).document.get_absolute_url()


def test_what_is_posted_anyway_is_refused(enter: Callable[..., Page]) -> None:
    stone = asking.open_milestone("jiaoyu")
    code, waiting = stone.reform.code, Proof.objects.filter(state="waiting").first()
    version = Version.objects.filter(document__kind="upstream")[0].pk
    page = enter("shenji")
    house, before = page.url.split("/desk/")[0], Entry.objects.count()
    token = next(one["value"] for one in page.context.cookies() if one["name"] == "csrftoken")
    for path in (
        "/mandates/load/", "/reforms/new/", f"/reforms/{code}/edit/", f"/reforms/{code}/move/",
        f"/reforms/milestones/{stone.pk}/prove/", f"/reforms/milestones/{stone.pk}/postpone/",
        f"/reforms/proofs/{waiting.pk}/", f"/reforms/coverage/{version}/suggest/", f"/reforms/{code}/rules/",
        "/basis/check/1/", "/people/organisations/new/", "/people/accounts/new/",
    ):  # fmt: skip
        answer = page.request.post(house + path, form={"csrfmiddlewaretoken": token, "verdict": "yes"})
        assert answer.status == 403, path
        assert gettext("Not for this post") in answer.text(), path
    assert Entry.objects.count() == before
    page.goto(f"{house}/reforms/{code}/edit/")
    expect(page.locator("h1")).to_have_text(gettext("Not for this post"))
