"""A tolerance file: evidence against five conditions, decided by people, hidden from everybody else."""

import pytest
from playwright.sync_api import expect

from tests.journeys.asking import in_days
from tests.journeys.casework import PDF, casework, due_day, ended, paper, told
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.journey
TITLE = "先行试点中一批地块出让延期"
EVIDENCE = {
    "subject": TITLE, "reform": "GG-2024-01", "course": "试点方案批复后市场变化，两宗地块流拍。",
    "evidence_direction": "试点方案批复文号和条款。", "evidence_lawful": "合法性审查意见已出具。",
    "evidence_procedure": "论证会、集体讨论记录各一份。", "evidence_diligence": "履职记录、回避情况说明。",
    "evidence_remedy": "三十日内重新挂牌。", "trail": "改革台账和会议纪要编号。", "loss": "120",
    "recovered": "95.5", "remedy": "三个月内完善出让条件论证。",
}  # fmt: skip
FOUND = {f"found_{one}": "shown" for one in ("direction", "lawful", "procedure", "diligence", "remedy")}


def test_a_tolerance_file_goes_all_the_way(visit: Visit) -> None:
    with casework(visit) as house:
        number = house.open("zigui", "tolerance", paper_direction=PDF, **EVIDENCE)

        # Nobody but the parties knows of it: no page, no row, no find, not even for those who see all else.
        for username in ("jingxin", "ducha", "shenji", "shenpiban"):
            assert house.status(username, f"/cases/{number}/") == 404, username
            page = house.go(username, f"/find/?q={TITLE[:6]}")
            expect(page.locator("main")).not_to_contain_text(number)
            page = house.go(username, "/cases/?show=open")
            expect(page.locator("main")).not_to_contain_text(TITLE)
            assert house.status(username, f"/cases/{number}/do/accept/") in (403, 404), username

        house.barred("zigui", number, "accept")
        expect(house.desk("gaige", TITLE)).to_contain_text("待受理")
        page = house.do("gaige", number, "accept")
        assert due_day(page) > in_days(30)
        house.barred("gaige", number, "verify", verify_note="代为核实", excluded=False, **FOUND)
        house.do(
            "jiwei", number, "verify", verify_note="听取经办岗位说明，调阅会议记录。", excluded=False, **FOUND
        )

        # All five are shown, and still the software proposes no verdict: the choice is empty.
        page = house.start("lingdao", number, "decide")
        expect(page.locator("input[name=v-verdict]:checked")).to_have_count(0)
        page = house.do(
            "lingdao",
            number,
            "decide",
            verdict="reduce",
            verdict_reason="五项均有证据，程序略有瑕疵。",
            mend_needed=True,
        )
        paper(page, "容错认定书", "减责", "由认定人依职权作出")
        house.do("zuzhibu", number, "file", filing_note="已备案。")
        page = house.do("gaige", number, "feed_back")
        paper(page, "容错认定反馈书", "10个工作日内提出")
        house.do("zigui", number, "object", objection="程序瑕疵一项请再核。")
        house.barred("lingdao", number, "review", review_result="uphold", review_text="维持")
        page = house.do(
            "zuzhibu", number, "review",
            review_result="change", review_text="程序材料补齐。", verdict="exempt", mend_needed=True,
        )  # fmt: skip
        paper(page, "容错异议复核决定书", "变更", "免责")
        house.do("zigui", number, "mended", mend_report="论证办法已修订。")
        house.do("gaige", number, "mend_good", check_note="属实。")
        page = house.do(
            "gaige",
            number,
            "clarify",
            clarify_scope="district",
            clarify_note="在全区范围内说明，不影响评先评优。",
        )
        paper(page, "澄清正名通知", "全区范围")
        ended(page, "归档")
        assert "作出复核决定" in told(page)
        assert house.status("ducha", f"/cases/{number}/") == 404
        page = house.go("ducha", "/record/")
        expect(page.locator("main")).not_to_contain_text(TITLE)
