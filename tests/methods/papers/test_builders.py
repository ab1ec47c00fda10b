"""The four papers cases need: their words, their form, and nothing to find."""

from dataclasses import replace
from datetime import date

from minhu.methods.papers import (
    Attachment,
    Decision,
    Form,
    Notice,
    Order,
    Reply,
    check,
    decision,
    notice,
    order,
    plain,
    reply,
)
from tests.methods.papers.samples import HEADING

ORDER = Order(
    matter="停车场共享逾期",
    organisation="慈城镇",
    requirement="十日内报送整改方案。\n附证据。",
    basis="督查办法第七条",
    post="督查科科长",
    limit_on=date(2026, 3, 20),
    article="督查办法第十二条",
    contact="区委改革办督查科",
)


def test_order() -> None:
    paper = order(HEADING, ORDER)
    assert (paper.form, check(paper)) == (Form.PLAIN, [])
    assert plain(paper) == (
        "甬北督〔2026〕3号\n\n督办单\n\n督办事项：停车场共享逾期\n承办单位：慈城镇\n督办依据：督查办法第七条\n"
        "交办岗位：督查科科长\n办理要求：十日内报送整改方案。 附证据。\n"
        "办结时限：2026年3月20日 督查办法第十二条\n"
        "联系单位：区委改革办督查科\n\n区委改革办\n2026年3月5日\n\n"
        "抄送：区纪委。\n区委改革办 2026年3月5日印发\n"
    )


def test_order_with_a_supporting_body() -> None:
    rows = order(HEADING, replace(ORDER, supporting="区住建局")).body[0].rows
    assert rows[2] == ("协办单位", "区住建局")


def test_notice() -> None:
    fields = Notice(
        "开展督查",
        "各镇",
        "通知如下。",
        (("范围", "全部。"), ("时间", "三月。")),
        "请遵照执行。",
        (Attachment("清单"),),
    )
    paper = notice(HEADING, fields)
    assert (paper.form, check(paper)) == (Form.DOCUMENT, [])
    assert plain(paper).startswith(
        "区委改革办文件\n\n甬北督〔2026〕3号\n\n关于开展督查的通知\n\n"
        "各镇：\n　　通知如下。\n　　一、范围\n　　全部。\n"
        "　　二、时间\n　　三月。\n　　请遵照执行。\n\n附件：清单\n\n"
    )


def test_reply() -> None:
    fields = Reply(
        "加装电梯",
        "王同志",
        date(2026, 3, 1),
        "情况属实。",
        ("甲第三条", "乙第一条"),
        "可申请复查。",
        "信访局",
    )
    paper = reply(HEADING, fields)
    assert (paper.form, check(paper)) == (Form.LETTER, [])
    assert plain(paper) == (
        "区委改革办\n\n甬北督〔2026〕3号\n\n关于“加装电梯”的答复\n\n王同志：\n"
        "　　2026年3月1日反映的“加装电梯”收悉。现答复如下：\n　　情况属实。\n　　依据：甲第三条；乙第一条。\n"
        "　　可申请复查。\n　　联系方式：信访局\n\n区委改革办\n2026年3月5日\n\n抄送：区纪委。\n"
    )


def test_reply_leaves_out_what_is_not_given() -> None:
    paper = reply(HEADING, Reply("加装电梯", "王同志", date(2026, 3, 1), "情况属实。"))
    assert len(paper.body) == 2


def test_decision() -> None:
    fields = Decision(
        "裁定书",
        "职责争议",
        ("住建局", "慈城镇"),
        "事实。",
        "理由。",
        ("甲第一条", "乙第二条"),
        ("住建局主办", "慈城镇会办"),
        "可复核。",
    )
    paper = decision(HEADING, fields)
    assert (paper.form, check(paper)) == (Form.PLAIN, [])
    assert plain(paper).startswith(
        "甬北督〔2026〕3号\n\n关于职责争议的裁定书\n\n"
        "　　当事单位：住建局、慈城镇\n　　一、事实\n　　事实。\n　　二、理由\n"
        "　　理由。\n　　三、依据\n　　甲第一条\n　　乙第二条\n"
        "　　四、裁定\n　　1. 住建局主办\n　　2. 慈城镇会办\n　　可复核。\n\n"
    )
