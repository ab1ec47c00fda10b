"""An enterprise request: routed by the table, discussed, answered, rated by its author, made a reform."""

import pytest
from playwright.sync_api import expect

from minhu.reforms.models import Reform
from tests.journeys.asking import in_days
from tests.journeys.casework import Casework, casework, due_day, ended, paper, rate_once, told
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.journey
TITLE = "首台套设备补助材料反复补正"
SAID = {
    "subject": TITLE, "enterprise": "某装备企业", "source": "manager", "facts": "各轮口径不同，跑了四次。",
    "class": "chain", "scope": "wider", "difficulty": "hard", "matter": "tech_subsidy", "tags": "首台套",
}  # fmt: skip


def test_an_enterprise_request_goes_all_the_way_and_becomes_a_reform(visit: Visit) -> None:
    with casework(visit) as house:
        number = house.open("qifu", "enterprise", **SAID)
        house.work()
        page = house.case("jingxin", number)
        expect(page.locator("#values")).to_contain_text("产业链专班")
        expect(house.desk("jingxin", TITLE)).to_contain_text("专班待派单")

        house.barred("qifu", number, "dispatch_chain", handler="jingxin")
        words = house.refuse(
            "jingxin", number, "dispatch_chain", handler="hongtang", dispatch_note="请属地驿站办理。"
        )
        assert "洪塘" in words
        assert "经信局" in words
        house.do("jingxin", number, "dispatch_chain", handler="jingxin", dispatch_note="专班直接办。")
        house.do("jingxin", number, "sign")
        house.do("jingxin", number, "ask_meeting", meeting_reason="审核口径要财政、经信一致。")
        page = house.do("qifu", number, "met", meeting_opinion="由经信局牵头统一口径，三日内一次告知。")
        paper(page, "疑难问题会商纪要", "某装备企业", "统一口径")
        page = house.do(
            "jingxin", number, "answered", answer="口径已统一，一次告知清单已发。", solved="solved"
        )
        paper(page, "企业诉求反馈单", "已解决")
        assert due_day(page) >= in_days(0)
        house.barred("jingxin", number, "good", call_note="替企业认可")
        house.do("qifu", number, "good", call_note="企业认可。")

        # No address was left: the link is handed over by hand, shown once, and used once.
        house.desk("qifu", TITLE).locator("a").filter(has_text="评价").first.click()
        page = house.page("qifu")
        page.click("main form button.main-act")
        address = page.locator("code.secret").inner_text()
        rate_once(visit, address, 5, "一次办好")

        house.barred("jingxin", number, "mark_class", class_count="12")
        page = house.do(
            "qifu", number, "mark_class", class_case=True, class_count="12",
            class_proposal="补助审核统一口径，一次告知，系统预审。", class_domain="economy",
        )  # fmt: skip
        ended(page, "类案")
        assert "列为类案" in told(page)

        becomes_a_reform(house, number)


def becomes_a_reform(house: Casework, number: str) -> None:
    """The reform office starts a reform from it, and each page names the other."""
    page = house.case("jingxin", number)
    expect(page.locator(f"a[href*='{number}'][href*='reforms']")).to_have_count(0)
    page = house.case("gaige", number)
    page.locator(f"a[href*='{number}'][href*='reform']").click()
    expect(page.locator("[name=problem]")).to_have_value(TITLE)
    expect(page.locator("[name=goal]")).to_have_value("补助审核统一口径，一次告知，系统预审。")
    expect(page.locator("[name=domain]")).to_have_value("economy")
    page.fill("[name=code]", "GG-2026-95")
    page.fill("[name=name]", "首台套补助审核一次告知")
    page.click("main form button.main-act")
    expect(page.locator("h1")).to_contain_text("首台套补助审核一次告知")
    expect(page.locator("main")).to_contain_text(number)
    reform = Reform.objects.get(name="首台套补助审核一次告知")
    page = house.case("gaige", number)
    expect(page.locator(f"a[href='{reform.get_absolute_url()}']").first).to_be_visible()
