"""A lead-unit officer: proves what is late, waits, asks for time, and stays within the own unit."""

from collections.abc import Callable

import pytest
from django.utils.translation import gettext
from playwright.sync_api import Page, expect

from tests.journeys import asking

pytestmark = pytest.mark.journey

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64
PAPER = {
    "name": "上线报告.txt",
    "mimeType": "text/plain",
    "buffer": "设备共享应用已上线，首批接入十二家。".encode(),
}


def test_a_late_milestone_is_proved_and_waits_for_others(enter: Callable[..., Page]) -> None:
    page = enter("jingxin")
    late = page.locator("#late li").first
    expect(late.locator(".light.l-red")).to_be_visible()
    owed = late.locator("a").inner_text()
    late.locator("a").click()
    page.fill("input[name=title]", "应用上线报告和接入名单")

    # A picture that calls itself a PDF is refused, with words, and what was typed stays.
    page.set_input_files(
        "input[name=file]", {"name": "报告.pdf", "mimeType": "application/pdf", "buffer": PNG}
    )
    page.click("#sheet button.main-act")
    expect(page.locator("#sheet .wrong [role=alert], #sheet .error").first).to_contain_text("pdf")
    expect(page.locator("input[name=title]")).to_have_value("应用上线报告和接入名单")

    page.set_input_files("input[name=file]", PAPER)
    page.click("#sheet button.main-act")
    stone = page.locator(".timeline li").filter(has_text="应用上线报告和接入名单")
    expect(stone.locator(".light")).to_be_visible()
    expect(stone.locator("a.proof")).to_have_text("应用上线报告和接入名单")
    expect(stone.locator("a[href^='/reforms/proofs/'].btn")).to_have_count(0)

    page.goto(page.url.split("/reforms/")[0] + "/desk/")
    expect(page.locator("#waits")).to_contain_text("应用上线报告和接入名单")
    # Others may have become late since the pack was written: this one no longer is.
    expect(page.locator("#late li").filter(has_text=owed)).to_have_count(0)


def test_another_units_pages_are_refused_in_words(enter: Callable[..., Page]) -> None:
    page = enter("jingxin")
    others = asking.open_milestone("jiaoyu")
    house = page.url.split("/desk/")[0]
    for path in (f"/reforms/{others.reform.code}/edit/", f"/reforms/milestones/{others.pk}/prove/"):
        answer = page.goto(house + path)
        assert answer.status == 403, path
        expect(page.locator("h1")).to_have_text(gettext("Not for this post"))
        expect(page.locator("main .facts")).to_contain_text("区委改革办")
    page.goto(house + others.reform.get_absolute_url())
    expect(page.locator("h1")).to_have_text(others.reform.name)
    expect(page.locator("main form, main .acts")).to_have_count(0)


def test_a_postponement_is_asked_for_and_does_not_move_the_date(enter: Callable[..., Page]) -> None:
    stone = asking.open_milestone("shenpi")
    page = enter("shenpiban")
    page.goto(page.url.replace("/desk/", stone.reform.get_absolute_url()))
    mine = page.locator(f"#{stone.anchor}")
    mine.locator("a[href$='/postpone/']").click()
    mine.locator("input[name=to_on]").fill(asking.in_days(400).isoformat())
    mine.locator("textarea[name=reason]").fill("会签单位要求补充材料")
    mine.locator("#sheet button.main-act").click()

    expect(mine).to_contain_text("会签单位要求补充材料")
    expect(mine.locator(".when")).to_contain_text(stone.due_on.isoformat())
    page.goto(page.url.split("/reforms/")[0] + "/desk/")
    expect(page.locator("#waits")).to_contain_text(stone.title)
