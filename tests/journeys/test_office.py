"""The reform office: a document comes in and is answered; a reform is begun, and saved from two tabs."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.journey

DOCUMENT = """# 关于开展改革工作试点的通知

示例试〔2026〕9号

第一条 党委改革办每季度末月对账一次，逐条承接上级任务，列出缺口清单，督促补齐承接表和不适用理由。

第二条 沿海渔港所在地的渔业主管部门应当于2027年6月底前建立渔船进出港报告制度。

第三条 有关部门应当公布热带雨林保护区巡护道路的养护标准。"""


def test_a_document_comes_in_and_is_answered_by_keyboard(enter: Callable[..., Page]) -> None:
    page = enter("gaige")
    page.click("nav .loop a[href='/mandates/']")
    page.click("main a[href^='/mandates/load/']")
    page.fill("textarea[name=text]", DOCUMENT)
    page.click("button[name=look]")

    expect(page.locator("#cut .unit")).to_have_count(3)
    expect(page.locator("#cut .unit").nth(1)).to_contain_text("渔业主管部门")
    expect(page.locator("input[name=number]")).to_have_value("示例试〔2026〕9号")
    expect(page.locator("input[name=title]")).to_have_value("关于开展改革工作试点的通知")
    expect(page.locator("textarea[name=text]")).to_have_value(DOCUMENT)

    page.click("button[name=keep]")
    expect(page.locator("h1")).to_have_text("关于开展改革工作试点的通知")
    expect(page.locator("main")).to_contain_text("渔业主管部门")

    page.locator("main a[href*='/reforms/coverage/']").first.click()
    expect(page.locator("#review")).to_contain_text("1 / 3")
    page.click("form[action$='/suggest/'] button")
    best = page.locator(".match.best")
    expect(best.locator("h3")).to_have_text("上级任务逐条承接与年度清单管理")
    expect(best.locator("mark").first).to_be_visible()

    page.keyboard.press("y")
    expect(page.locator("#review .note[role=status]")).to_contain_text("第一条")
    page.keyboard.press("k")
    expect(page.locator(".clauses [aria-current] .no > b")).to_have_text("第一条")
    expect(page.locator(".answers .tag.green")).to_be_visible()

    page.keyboard.press("j")
    expect(page.locator(".clauses [aria-current] .no > b")).to_have_text("第二条")
    page.keyboard.press("x")
    expect(page.locator("textarea#reason")).to_be_focused()
    page.keyboard.type("本区没有渔港")
    page.click(".exempt button.main-act")
    expect(page.locator("#review .note[role=status]")).to_contain_text("第二条")
    page.keyboard.press("k") if page.locator(
        ".clauses [aria-current] .no > b"
    ).inner_text() == "第三条" else None
    expect(page.locator(".answers blockquote").first).to_have_text("本区没有渔港")
    expect(page.locator(".answers form[action$='/decide/']")).to_have_count(0)


def test_a_reform_is_begun_planned_and_moved_on(enter: Callable[..., Page]) -> None:
    page = enter("gaige")
    page.click("nav .loop a[href='/reforms/']")
    page.click("main a[href='/reforms/new/']")
    page.fill("input[name=code]", "GG-2026-91")
    page.fill("input[name=name]", "校门口接送一件事")
    page.select_option("select[name=domain]", "urban_rural")
    page.click("#sheet button.main-act")
    expect(page.locator("h1")).to_have_text("校门口接送一件事")
    expect(page.locator(".path [aria-current]")).to_contain_text("谋划")

    # The next stage says what it still needs, and refuses without it.
    page.click("a[href$='/GG-2026-91/move/']")
    page.click("#sheet button.main-act")
    expect(page.locator("#sheet [role=alert]").first).to_be_visible()

    page.goto(page.url.replace("/move/", "/edit/"))
    page.fill("textarea[name=problem]", "放学时段校门口拥堵")
    page.fill("textarea[name=goal]", "十五分钟内疏散")
    page.fill("input[name=starts_on]", "2026-11-01")
    page.fill("input[name=ends_on]", "2027-12-31")
    page.click("#sheet button.main-act")

    page.click("a[href$='/GG-2026-91/measures/']")
    page.fill("input[name=title]", "错峰接送")
    page.click("#sheet button.main-act")
    page.click("#milestones a[href$='/milestones/']")
    page.fill("input[name=title]", "三所学校试行")
    page.fill("input[name=deliverable]", "试行报告")
    page.fill("input[name=due_on]", "2027-03-31")
    page.select_option("select[name=acceptor]", index=3)
    page.click("#sheet button.main-act")
    expect(page.locator("#milestones h4")).to_have_text("三所学校试行")

    page.click("a[href$='/GG-2026-91/move/']")
    page.click("#sheet button.main-act")
    expect(page.locator(".path [aria-current]")).to_contain_text("论证")
    expect(page.locator("#milestones")).to_contain_text("2027-03-31")


def test_two_tabs_save_the_same_reform_and_nothing_is_lost(enter: Callable[..., Page]) -> None:
    first = enter("gaige")
    first.goto(first.url.replace("/desk/", "/reforms/GG-2026-07/edit/"))
    second = first.context.new_page()
    second.goto(first.url)
    first.fill("textarea[name=goal]", "第一个窗口的目标")
    second.fill("textarea[name=goal]", "第二个窗口的目标")
    second.fill("textarea[name=risk]", "第二个窗口的风险")
    first.click("#sheet button.main-act")
    expect(first.locator("#aim")).to_contain_text("第一个窗口的目标")

    second.click("#sheet button.main-act")
    expect(second.locator("#stale")).to_contain_text("第一个窗口的目标")
    expect(second.locator("#stale")).to_contain_text("第二个窗口的目标")
    expect(second.locator("textarea[name=goal]")).to_have_value("第二个窗口的目标")
    expect(second.locator("textarea[name=risk]")).to_have_value("第二个窗口的风险")

    second.check("#stale input[value=goal]")
    second.click("#sheet button.main-act")
    expect(second.locator("#aim")).to_contain_text("第一个窗口的目标")
    expect(second.locator("#aim")).to_contain_text("第二个窗口的风险")
