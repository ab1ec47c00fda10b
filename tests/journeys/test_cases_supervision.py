"""A supervision order: from a milestone, with a mandate, answered, reviewed by others, mended, spaced."""

import pytest
from playwright.sync_api import expect

from minhu.reforms.models import Milestone
from tests.journeys import asking
from tests.journeys.asking import in_days
from tests.journeys.casework import Casework, casework, due_day, ended, paper, told
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.journey
OPENS = "a[href*='/cases/open/supervision/']"
MANDATE = {
    "category": "daily", "topic": "reform", "source": "light", "mandate": "区委改革委会议纪要〔2026〕3号",
    "mandate_post": "区委分管改革领导岗", "mandate_on": in_days(-3), "requirement": "明确完成时间。",
    "limit_kind": "instruction",
}  # fmt: skip


def test_a_supervision_order_goes_all_the_way(visit: Visit) -> None:
    stone = asking.open_milestone("shenpi")
    with casework(visit) as house:
        number, title = from_the_milestone(house, stone)
        page = house.go("ducha", stone.reform.get_absolute_url())
        expect(page.locator("main")).to_contain_text(number)

        issued(house, number, title)
        house.do("shenpiban", number, "sign")
        house.do("shenpiban", number, "reported", report="已排定接入计划，月底完成。")
        house.do("ducha", number, "return_it", return_reason="没有说明责任岗位。")
        house.do("shenpiban", number, "reported", report="由窗口岗位负责，月底完成。")
        reviewed(house, number)
        house.do("shenpiban", number, "mended", mend_report="其余单位已接入。")
        page = house.do("ducha", number, "mend_good", check_note="抽查属实。", use="none")
        paper(page, "督查销号通知", "予以销号")
        ended(page, "销号归档")
        assert "作出复核决定" in told(page)

        # The same unit on the same field again within half a year: the rule stands in the way, with the case.
        again, _title = from_the_milestone(house, stone)
        words = house.refuse("lingdao", again, "approve", approve_note="同意再督查一次。")
        assert "不得重复督查" in words
        assert number in words
        page = house.do("lingdao", again, "reject", approve_note="间隔期内，不予立项。")
        ended(page, "不予立项")


def test_only_the_body_with_the_mandate_finds_the_button(visit: Visit) -> None:
    stone = asking.open_milestone("shenpi")
    with casework(visit) as house:
        for username in ("gaige", "shenpiban", "lingdao"):
            page = house.go(username, stone.reform.get_absolute_url())
            expect(page.locator(OPENS)).to_have_count(0)
            assert house.status(username, "/cases/open/supervision/") == 403


def from_the_milestone(house: Casework, stone: Milestone) -> tuple[str, str]:
    """Press the button at a milestone: what the ledger knows stands there already; number and title."""
    page = house.go("ducha", stone.reform.get_absolute_url())
    page.locator(f"#{stone.anchor} {OPENS}").click()
    expect(page.locator("input[name=v-milestone]")).to_have_value(stone.title)
    expect(page.locator("input[name=v-reform]")).to_have_value(stone.reform.code)
    expect(page.locator("select[name=r-body]")).to_have_value(stone.reform.lead.code)
    title = page.locator("input[name=v-subject]").input_value()
    assert title
    number = house.open("ducha", "supervision", here=True, **MANDATE)
    house.work()
    return number, title


def issued(house: Casework, number: str, title: str) -> None:
    """Approved by whom it is for, planned, and given out as an order that names its mandate."""
    house.barred("ducha", number, "approve", approve_note="自己批准")
    expect(house.desk("lingdao", title)).to_contain_text("待批准立项")
    house.do("lingdao", number, "approve", approve_note="同意。")
    plan = {"plan_scope": "该节点进展", "plan_way": "papers", "plan_burden": "直接调取台账。"}
    house.do("ducha", number, "file_plan", **plan)
    page = house.do("ducha", number, "issue")
    paper(page, "督办单", "区委改革委会议纪要〔2026〕3号", "区委分管改革领导岗")
    assert due_day(page) >= in_days(5)
    expect(house.desk("shenpiban", title)).to_contain_text("待签收")


def reviewed(house: Casework, number: str) -> None:
    """Concluded by one, reviewed by another: whoever concluded does not review."""
    said = {"finding": "partly", "finding_text": "接入不足一半。", "mend_needed": True}
    page = house.do("ducha", number, "conclude", **said)
    paper(page, "督查结论书", "部分办结", "可以自收到之日起30日内申请复核")
    house.do("shenpiban", number, "ask_review", review_reason="首批单位已全部接入。")
    said = {"review_result": "change", "review_text": "首批已接入，其余限期整改。", "mend_needed": True}
    words = house.barred("ducha", number, "decide_review", **said)
    assert "回避" in words
    page = house.do("duchafuhe", number, "decide_review", **said)
    paper(page, "督查复核决定书", "变更", "回避")
