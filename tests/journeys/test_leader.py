"""The leader: reads one page, opens the rows behind a number, decides what others ask."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import asking

pytestmark = pytest.mark.journey


def test_the_late_number_opens_the_rows_that_make_it(enter: Callable[..., Page]) -> None:
    page = enter("lingdao")
    expect(page.locator("h1")).to_have_text("驾驶舱")
    late = page.locator(".figures a.late[href='/reforms/late/']")
    number = int(late.inner_text())
    assert number > 0
    late.click()
    expect(page.locator("main tbody tr:has(.l-red)")).to_have_count(number)
    page.locator("main tbody tr th a").first.click()
    expect(page.locator(".timeline li.bad").first).to_be_visible()


def test_a_postponement_is_granted_and_the_date_moves(enter: Callable[..., Page]) -> None:
    stone = asking.open_milestone("gaigeban", reform__leader_post__code="quwei-fenguan")
    wish = asking.wish_for(stone, "gaige")
    page = enter("lingdao")
    page.click("nav a[href='/desk/']")
    page.click(f"main a[href='/reforms/postponements/{wish.pk}/']")
    expect(page.locator("#sheet")).to_contain_text("会签单位要求补充材料")
    page.click("button[value=yes]")
    mine = page.locator(f"#{stone.anchor}")
    expect(mine.locator(".when")).to_contain_text(wish.from_on.isoformat())
    expect(mine.locator(".when")).to_contain_text(wish.to_on.isoformat())
    expect(mine.locator(".tag.green")).to_be_visible()


def test_not_applicable_is_agreed_by_a_second_person(enter: Callable[..., Page]) -> None:
    proposal = asking.proposal_for_a_gap("gaige")
    page = enter("lingdao")
    page.click("nav a[href='/desk/']")
    page.click(f"main .tasks a[href$='?at={proposal.clause.pk}']")
    expect(page.locator(".answers")).to_contain_text("本区没有这类机构")
    expect(page.locator(".answers")).to_contain_text("区委改革办综合科岗")
    page.click("form[action$='/decide/'] button[name=yes]")
    expect(page.locator("#review [role=status]")).to_contain_text(proposal.clause.label)
    proposal.refresh_from_db()
    assert proposal.granted is True
