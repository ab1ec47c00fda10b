"""A voice: registered, refused to a place without the power, objected to, ruled on, answered twice, rated."""

import pytest
from django.core import mail
from playwright.sync_api import expect

from tests.journeys.casework import Casework, casework, due_day, ended, paper, rate_once, told
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.journey
TITLE = "变更经营范围要跑三个窗口"
SAID = {
    "subject": TITLE, "channel": "hotline", "sort": "complaint", "facts": "同一份材料交了三次。",
    "place": "洪塘街道", "name": "王先生", "phone": "13800000000", "mail": "author@example.org",
}  # fmt: skip


def test_a_voice_goes_all_the_way(visit: Visit) -> None:
    with casework(visit) as house:
        number = house.open("zhili", "voice", **SAID)
        house.work()
        page = house.case("zhili", number)
        expect(page.locator("main")).not_to_contain_text("13800000000")
        first_due = due_day(page)
        expect(house.desk("zhili", TITLE)).to_be_visible()

        # A street without the power cannot be given it; what was typed stays, and who keeps it is said.
        words = house.refuse(
            "zhili", number, "dispatch",
            handler="hongtang", matter="business_licence", dispatch_note="请属地先行核实并答复。",
        )  # fmt: skip
        assert "洪塘" in words
        assert "审批办" in words
        house.do("zhili", number, "dispatch", handler="jingxin", matter="business_licence")

        # Two objections, each with reasons; the second one goes to arbitration, and no clock stands still.
        assert house.status("zigui", f"/cases/{number}/") == 404
        house.do(
            "jingxin", number, "object", object_reason="经营范围登记不属本单位职责，建议由审批部门办理。"
        )
        house.do("zhili", number, "dispatch", handler="zigui")
        house.barred("zhili", number, "object", object_reason="替承办单位退回")
        house.do("zigui", number, "object", object_reason="不涉及规划许可，建议由审批部门办理。")
        page = house.do(
            "zhili",
            number,
            "arbitrate",
            arbitrate_reason="依据审批办权责清单，由审批办承办。",
            handler="shenpi",
        )
        paper(page, "退单仲裁意见书", "不得再次退回", "审批办")
        assert due_day(page) == first_due

        more_time(house, number)
        two_tabs(house, number)
        house.do("shenpiban", number, "answered", answer="系统已互通，不再补交。")
        house.barred("shenpiban", number, "satisfied", call_result="satisfied")
        page = house.do("zhili", number, "satisfied", call_result="satisfied", call_note="已办结。")
        ended(page, "办结")
        record = told(page)
        for deed in ("提出职责异议", "作出仲裁", "批准延期", "退回重办", "回访：办结"):
            assert deed in record, deed
        assert "author@example.org" not in page.content()

        rated(house, number)


def more_time(house: Casework, number: str) -> None:
    """More time is asked for by one office and given by another."""
    first_due = due_day(house.case("zhili", number))
    duty = house.desk("shenpiban", TITLE)
    expect(duty.locator(".light")).to_be_visible()
    house.do("shenpiban", number, "ask_more", extend_reason="需要三个窗口一起改流程。")
    house.barred("shenpiban", number, "give_more", extend_note="同意")
    page = house.do("zhili", number, "give_more", extend_note="情况复杂，同意延期。")
    assert due_day(page) > first_due


def two_tabs(house: Casework, number: str) -> None:
    """One tab answers; the other comes too late, is told what changed, and loses nothing."""
    second = house.visit.slip_in("shenpiban")
    second.goto(f"{house.visit.url}/cases/{number}/do/answered/")
    second.fill("textarea[name=v-answer]", "另一个窗口里写的答复")
    page = house.do("shenpiban", number, "answered", answer="已改为一窗受理，一次告知。")
    paper(page, "群众诉求答复书", TITLE, "一窗受理")
    house.do("zhili", number, "dissatisfied", call_note="仍被要求补交一次材料。")
    second.click("#sheet form button.main-act")
    expect(second.locator("#sheet section[role=alert]").first).to_contain_text("办理中")
    expect(second.locator("textarea[name=v-answer]")).to_have_value("另一个窗口里写的答复")


def rated(house: Casework, number: str) -> None:
    """The author has mail with a link, and rates once."""
    letter = next(one for one in mail.outbox if one.to == ["author@example.org"])
    address = next(line for line in letter.body.splitlines() if "/rate/" in line)
    rate_once(house.visit, address, 4, "第二次很快")
    expect(house.case("zhili", number).locator("#ratings")).to_contain_text("第二次很快")


def test_a_petition_is_sorted_to_its_own_desk(visit: Visit) -> None:
    with casework(visit) as house:
        said = SAID | {"subject": "小区消防通道被占", "channel": "petition", "sort": "help"}
        number = house.open("xinfang", "voice", **said)
        house.work()
        house.barred("zhili", number, "dispatch_petition", handler="zhifa")
        house.do("xinfang", number, "dispatch_petition", handler="xiaofang")
        house.days_pass(12)
        page = house.case("xiaofang", number)
        expect(page.locator("#deeds")).to_contain_text("答复")
        assert "期满未提异议" in told(page)
