"""The supervisor: accepts a proof, checks a limit, reads what was done to a milestone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from minhu.trail.models import ref
from tests.journeys import asking

pytestmark = pytest.mark.journey


def test_a_proof_is_accepted_and_light_and_pips_change(enter: Callable[..., Page]) -> None:
    stone = asking.open_milestone("zigui")
    asking.proof_of(stone, "zigui")
    page = enter("ducha")
    house = page.url.split("/desk/")[0]
    page.goto(house + stone.reform.get_absolute_url())
    mine = page.locator(f"#{stone.anchor}")
    green = page.locator(".figures .pips .p-done")
    before = green.count()
    expect(mine).not_to_have_class("ok")

    mine.locator("a.btn[href^='/reforms/proofs/']").click()
    mine.locator("#sheet button[value=yes]").click()
    expect(mine).to_have_class("ok")
    expect(green).to_have_count(before + 1)
    expect(mine.locator("a.btn")).to_have_count(0)

    page.goto(f"{house}/record/{ref(stone)}/")
    expect(page.locator("main .timeline li").first).to_contain_text("督查室督查岗")
    expect(page.locator("#chain .note.green")).to_be_visible()


def test_a_proof_without_a_reason_is_not_returned(enter: Callable[..., Page]) -> None:
    stone = asking.open_milestone("jingxin", reform__code="GG-2024-01")
    proof = asking.proof_of(stone, "jingxin")
    page = enter("ducha")
    page.goto(page.url.replace("/desk/", f"/reforms/proofs/{proof.pk}/"))
    page.click("button[value=no]")
    expect(page.locator("#sheet .error, #sheet [role=alert]").first).to_be_visible()
    page.fill("textarea[name=reason]", "缺少接入企业名单")
    page.click("button[value=no]")
    expect(page.locator(f"#{stone.anchor}")).to_contain_text("缺少接入企业名单")


def test_a_limit_is_checked_today(enter: Callable[..., Page]) -> None:
    page = enter("ducha")
    page.click("nav a[href='/basis/']")
    row = page.locator("tr[id^=limit-]").filter(has=page.locator(".light.l-yellow")).first
    row_id = row.get_attribute("id")
    row.locator("button").click()
    checked = page.locator(f"#{row_id}")
    expect(checked.locator("button")).to_have_count(0)
    expect(checked).to_contain_text("督查岗")
    expect(checked.locator(".l-yellow")).to_have_count(0)
