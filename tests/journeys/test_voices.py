"""A resident on a phone is heard, answered badly, answered again; a hot matter becomes part of a reform."""

import pytest
from playwright.sync_api import Page, expect

from minhu.voices.models import Call, Group
from tests.journeys.browser import PHONE, faults_of_layout
from tests.journeys.casework import Casework, casework
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.journey
HOT = "电动车充电棚突然停用，余额退不了"
SAID = "反映小区电动自行车充电棚停用，物业称运营方撤走，居民只能拉飞线充电，存在火灾隐患，请尽快恢复。"
REFORM = "风险隐患闭环管控"


def test_a_resident_is_heard_to_the_end(visit: Visit) -> None:
    with casework(visit) as house:
        resident = visit.open(size=PHONE)
        say(visit, resident)
        group = Group.objects.get(title=HOT)
        number = give_out(house, group)
        house.do("zhujian", number, "accept")
        answer(house, group, "运营单位已退出，正在协调，请耐心等待。")

        reload(resident, "请耐心等待")
        rate(resident, level=1, fixed="no", words="等了一周，一句耐心等待。")
        expect(resident.locator("main")).to_contain_text("已退回重新办理")
        assert "反映人评价不满意" in house.case("zhili", number).locator("#record").inner_text()

        answer(
            house,
            group,
            "临时充电柜明天上午到位，名单贴在门岗；余额登记在社区，本月底前退还，依据协议第六条。",
        )
        reload(resident, "临时充电柜")
        expect(resident.locator("main")).to_contain_text("请耐心等待")
        rate(resident, level=5, fixed="yes")

        small_cut(house, group)
        reload(resident, REFORM)
        what_everybody_sees(visit, group)


def say(visit: Visit, page: Page) -> None:
    """Say it on the phone; others who say the same are shown while typing; the code opens the page."""
    page.goto(visit.url + "/")
    page.locator(".front-doors a").first.click()
    # As fast as fingers: the list of similar ones waits for the pause.
    page.locator("textarea[name=text]").press_sequentially(SAID[:30])
    expect(page.locator("#similar")).to_contain_text(HOT)
    page.fill("textarea[name=text]", SAID)
    page.select_option("select[name=place]", "yongjiang")
    assert faults_of_layout(page) == []
    page.locator("form#say button.main-act").click()
    code = page.locator(".big-code").inner_text()
    page.goto(visit.url + "/voices/follow/")
    page.fill("input[name=code]", code.lower())
    page.locator("main form button.main-act").first.click()
    expect(page.locator(".stepper [aria-current]")).to_have_text("已收到")
    expect(page.locator("main")).to_contain_text("30人")


def give_out(house: Casework, group: Group) -> str:
    """The desk finds the voice among its likes and gives the group to an office; the number of its case."""
    page = house.go("zhili", f"/voices/groups/{group.pk}/")
    expect(page.locator("main")).to_contain_text("请尽快恢复")
    page.goto(f"{house.visit.url}/voices/groups/{group.pk}/assign/")
    page.select_option("select[name=office]", "zhujian")
    page.fill("textarea[name=note]", "先通电，再算账。")
    page.locator("main form button.main-act").click()
    expect(page.locator(".head h1")).to_have_text(HOT)
    house.work()
    group.refresh_from_db()
    assert group.case is not None
    return str(group.case.number)


def answer(house: Casework, group: Group, text: str) -> None:
    """The office answers everybody at once."""
    page = house.go("zhujian", f"/voices/groups/{group.pk}/answer/")
    page.fill("textarea[name=v-answer]", text)
    page.locator("main form button.main-act").click()
    expect(page.locator("main")).to_contain_text(text[:12])
    house.work()


def reload(page: Page, words: str) -> None:
    """Look again: now it says so."""
    page.goto(page.url.split("/voices/")[0] + "/voices/follow/mine/")
    expect(page.locator("main")).to_contain_text(words)
    assert faults_of_layout(page) == []


def rate(page: Page, *, level: int, fixed: str, words: str = "") -> None:
    """Say what to think of the answer."""
    page.locator(f"form.rate input[name=level][value='{level}']").check()
    page.locator(f"form.rate input[name=fixed][value='{fixed}']").check()
    page.fill("form.rate textarea[name=words]", words)
    page.locator("form.rate button.main-act").click()
    expect(page.locator("form.rate")).to_have_count(0)


def small_cut(house: Casework, group: Group) -> None:
    """The reform office sees why it is hot, proposes a small cut, and takes it into a reform."""
    page = house.go("gaige", "/voices/hot/")
    page.locator("main").get_by_role("link", name=HOT).first.click()
    page.locator("a.main-act").click()
    page.fill("input[name=title]", "公共充电设施退出先通知、先接上")
    page.fill("textarea[name=problem]", "运营单位说走就走，几百户没处充电，飞线上楼。")
    page.locator("input[name=severity][value='3']").check()
    page.locator("main form button.main-act").click()
    details = page.locator("details").filter(has=page.locator("select[name=reform]"))
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    page.select_option("select[name=reform]", label=page.locator(
        "select[name=reform] option", has_text=REFORM).inner_text())  # fmt: skip
    page.locator("form").filter(has=page.locator("select[name=reform]")).locator("button").click()
    expect(page.locator("h1")).to_have_text(REFORM)
    expect(page.locator("main")).to_contain_text(HOT)
    assert group.reform_links.get(state="confirmed").reform.name == REFORM


def what_everybody_sees(visit: Visit, group: Group) -> None:
    """On the open pages: the group with its reform, what came of things, and no sentence of the resident."""
    page = visit.open(size=PHONE)
    page.goto(f"{visit.url}/voices/open/?stage=reform")
    page.get_by_role("link", name=HOT).click()
    expect(page.locator("main")).to_contain_text(REFORM)
    expect(page.locator("main")).to_contain_text("正在回访是否解决")
    assert "请尽快恢复" not in page.content()
    assert faults_of_layout(page) == []
    page.goto(visit.url + "/voices/outcomes/")
    expect(page.locator("main")).to_contain_text(REFORM)
    assert faults_of_layout(page) == []
    assert page.request.get(visit.url + "/voices/open/groups.json").json()["groups"]


def test_an_article_is_commented_and_the_comment_answered(visit: Visit) -> None:
    with casework(visit) as house:
        call = Call.objects.get(code="gonggong-chongdian")
        page = visit.open(size=PHONE)
        page.goto(visit.url + "/voices/calls/")
        page.get_by_role("link", name=call.title).click()
        article = page.locator(".articles > li").filter(has_text="第七条")
        article.locator("summary").last.click()
        article.locator("textarea").fill("四十八小时修不好的，要先放一台备用的。")
        article.locator("button").click()
        expect(page.locator(".big-code")).to_be_visible()
        page.get_by_role("link", name="看看办到哪了").click()

        desk = house.go("zhujian", f"/voices/call-desk/{call.code}/")
        desk.get_by_label("要先放一台备用的").check()
        desk.locator("input[name=adoption][value=adopted]").check()
        desk.fill("textarea[name=reason]", "写进第七条：修复前先放备用设施。")
        desk.locator("#weigh button.main-act").click()
        expect(desk.locator("main")).to_contain_text("修复前先放备用设施")

        reload(page, "修复前先放备用设施")
        page.goto(f"{visit.url}/voices/calls/{call.code}/")
        expect(page.locator("main")).to_contain_text("修复前先放备用设施")
        assert "先放一台备用的" not in page.content()
        assert faults_of_layout(page) == []
