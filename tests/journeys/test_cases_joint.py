"""A joint question: asked, claimed, answered by each guest in a case of its own, merged, ruled on."""

import pytest
from playwright.sync_api import expect

from minhu.cases.models import Case
from tests.journeys.asking import in_days
from tests.journeys.casework import casework, due_day, ended, paper, told
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.journey
TITLE = "工业用地提容后的审批由谁牵头"


def test_a_joint_question_goes_all_the_way(visit: Visit) -> None:
    with casework(visit) as house:
        number = house.open(
            "shenpiban", "joint", subject=TITLE, question="现状三家各批一段；要明确谁牵头、几天办完。",
            why_joint="规划、经信、审批各管一段。", expected="process", urgency="urgent",
        )  # fmt: skip
        house.barred("shenpiban", number, "set_hosts", host="shenpi", guest=["jingxin"])
        expect(house.desk("gaige", TITLE)).to_contain_text("定主办会办")
        house.do(
            "gaige", number, "set_hosts", host="shenpi", guest=["jingxin", "zigui"], host_note="审批链条长。"
        )
        page = house.do("shenpiban", number, "claim")

        # The worker opened one answer for each guest; each sees the own one alone.
        page.reload()
        expect(page.locator("#family li")).to_have_count(2)
        children = Case.objects.filter(parent__number=number)
        parts = [one.parts.select_related("organisation").get(role="answerer") for one in children]
        mine = {part.organisation.code: part.case.number for part in parts}
        assert house.status("jingxin", f"/cases/{mine['zigui']}/") == 404
        expect(house.desk("jingxin", TITLE).filter(has_text="分答")).to_be_visible()
        assert due_day(house.case("jingxin", mine["jingxin"])) > in_days(10)
        page = house.do(
            "jingxin", mine["jingxin"], "agree",
            measures="出具产业准入意见并联审查。", finish_on=in_days(20), output="并联审查单",
        )  # fmt: skip
        ended(page, "意见一致")
        # The host reads the answers it has to put together; the other guest does not.
        expect(house.case("shenpiban", number).locator("#family header")).to_contain_text("1")
        page = house.case("shenpiban", mine["jingxin"])
        expect(page.locator("#values")).to_contain_text("并联审查单")
        assert house.status("zigui", f"/cases/{mine['jingxin']}/") == 404

        house.do("zigui", mine["zigui"], "send_back", return_reason="容积率调整由市局审批。")
        house.barred("zigui", mine["zigui"], "insist", insist_reason="自己决定")
        house.do("gaige", mine["zigui"], "insist", insist_reason="区级初审仍在你单位。")
        house.do(
            "zigui", mine["zigui"], "reserve", measures="初审五日内完成。", finish_on=in_days(25),
            output="初审意见", reserve_reason="市局时限不由区里定。",
        )  # fmt: skip
        expect(house.desk("shenpiban", TITLE)).to_contain_text("合卷")
        house.do(
            "shenpiban",
            number,
            "merge",
            merged="审批办牵头，两家并联五日内出具意见。",
            reserved="市局时限另报。",
        )
        house.do(
            "gaige",
            number,
            "raise_dispute",
            dispute="初审时限由谁承诺",
            dispute_kind="time",
            dispute_level="leader",
        )
        house.barred("gaige", number, "rule_leader", ruling="由改革办定")
        page = house.do("lingdao", number, "rule_leader", ruling="资规分局五个工作日内完成初审。")
        paper(page, "同题共答争议裁定书", "时序期限", "五个工作日内完成初审")
        house.do("shenpiban", number, "carried_out", result="已按裁定联办十件。")

        house.days_pass(190)
        page = house.case("shenpiban", number)
        page = house.do("shenpiban", number, "looked_back", lesson="联办平均七天。", fixed_as="process")
        ended(page, "闭题")
        record = told(page)
        for deed in ("答卷收齐", "作出裁定", "到期复盘"):
            assert deed in record, deed
