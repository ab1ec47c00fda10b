"""A hazard: graded, listed, planned, reported each quarter, accepted by others, watched, closed."""

import pytest
from playwright.sync_api import expect

from tests.journeys.asking import in_days
from tests.journeys.casework import PDF, casework, ended, paper, told
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.journey
TITLE = "某材料库房电气线路老化、疏散口被占"


def hazard(title: str, regulator: str) -> dict[str, object]:
    """What is typed when a hazard is found."""
    return {
        "subject": title, "matter": "micro_safety", "unit": "某材料库房", "address": "慈城镇工业区",
        "found_by": "patrol", "found_on": in_days(-1), "facts": "线路裸露，疏散口堆放货物，夜间有人值守。",
        "regulator": regulator,
    }  # fmt: skip


def test_a_major_hazard_goes_all_the_way(visit: Visit) -> None:
    with casework(visit) as house:
        number = house.open("cicheng", "hazard", photo=PDF, **hazard(TITLE, "yingji"))
        expect(house.desk("yingji", TITLE)).to_contain_text("待评估定级")
        house.do("yingji", number, "grade", harm=True, stop_needed=True, external=False, rectifier="jingxin")
        page = house.case("yingji", number)
        expect(page.locator("#values")).to_contain_text("重大隐患")

        house.barred("jingxin", number, "list", list_note="自行摘牌")
        page = house.do("yingji", number, "list", list_note="限期改造线路，疏散口立即清空。")
        paper(page, "重大隐患挂牌督办通知书", "每季度至少报告一次进展", "立即清空")
        house.do(
            "jingxin", number, "file_plan",
            goal="线路全部更换", staff="安全科，3个岗位", measures="停用老化回路", supplies="专项经费已列",
            schedule="分三段施工", funds="42.5", planned_on=in_days(80), stop_kind="part",
            government_help=False,
        )  # fmt: skip
        house.barred("jingxin", number, "record_plan", plan_note="自己备案")
        house.do("yingji", number, "record_plan", plan_note="同意备案。")
        house.do("yingji", number, "order_stop", stop_kind="part", stop_note="库房东侧停用至改造完成。")

        # Seventy-eight of ninety days later it is too late to ask for more time.
        house.days_pass(78)
        words = house.barred(
            "jingxin", number, "ask_more",
            extend_reason="材料未到", extend_measures="加派值守", extend_to=in_days(60),
        )  # fmt: skip
        assert "最迟应在" in words
        assert "不受理" in words
        expect(house.case("jingxin", number).locator("#deeds")).to_contain_text("申请延期")

        # A quarter after the plan the worker asks for a report; the light is red by then.
        house.days_pass(17)
        page = house.case("jingxin", number)
        expect(page.locator(".head .light.l-red")).to_be_visible()
        expect(house.desk("jingxin", TITLE).locator(".light.l-red").first).to_be_visible()
        house.do("jingxin", number, "report_progress", progress="东侧线路已更换，西侧施工中。")
        house.do(
            "jingxin", number, "self_check", done_on=in_days(0), spent="40", self_check="线路更换完毕。",
            self_paper=PDF,
        )  # fmt: skip

        # Whoever mended accepts nothing: neither the experts' word nor the government's.
        house.barred("jingxin", number, "pass_experts", expert_opinion="合格")
        house.do("yingji", number, "pass_experts", expert_opinion="电气专业专家现场复核，结论合格。")
        house.barred("jingxin", number, "pass_government", government_opinion="合格")
        page = house.do("zhengfuban", number, "pass_government", government_opinion="同意通过验收。")
        paper(page, "重大隐患治理验收意见书", "现场复核", "同意通过验收")
        page = house.do("yingji", number, "close_out", close_note="予以销号。")
        paper(page, "隐患销号通知书", "停产停业措施同时解除")

        house.days_pass(95)
        page = house.do("yingji", number, "look_good", look_note="未见复发。")
        ended(page, "闭环")
        record = told(page)
        for deed in ("评估定级", "挂牌督办", "满一季度", "政府验收通过", "销号", "到期回头看"):
            assert deed in record, deed


def test_a_hazard_is_not_accepted_by_its_own_rectifier(visit: Visit) -> None:
    title = "办公楼配电间堆放杂物"
    with casework(visit) as house:
        number = house.open("xiaofang", "hazard", **hazard(title, "jingxin"))
        house.do(
            "jingxin", number, "grade", harm=False, stop_needed=False, external=False, rectifier="jingxin"
        )
        house.do("jingxin", number, "self_check", done_on=in_days(0), spent="0", self_check="杂物已清空。")
        words = house.barred("jingxin", number, "pass_general", check_opinion="自己验收合格")
        assert "完成整治并自评" in words
        house.do("yingji", number, "recuse_check", regulator="yingji")
        page = house.do("yingji", number, "pass_general", check_opinion="现场已清空。")
        page = house.do("yingji", number, "close_out", close_note="予以销号。")
        house.do("yingji", number, "look_early")
        page = house.do("yingji", number, "look_good", look_note="未复发。")
        ended(page, "闭环")


def test_a_place_without_the_power_is_not_made_to_mend(visit: Visit) -> None:
    with casework(visit) as house:
        said = hazard("加油站卸油口缺少静电接地", "yingji") | {"matter": "chemicals"}
        number = house.open("yingji", "hazard", **said)
        words = house.refuse(
            "yingji", number, "grade", harm=True, stop_needed=False, external=False, rectifier="cicheng",
            grade_note="由属地督促整改。",
        )  # fmt: skip
        assert "慈城" in words
        assert "应急局" in words
        page = house.do("yingji", number, "hand_over", transfer_note="移送市级主管部门。")
        ended(page, "已移送")
