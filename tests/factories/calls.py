"""Made-up calls: a district, its limits, a call with a draft of three articles."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from minhu.trail.states import Actor
from minhu.voices.actions.calls import announce_call, comment_call, prepare_call
from minhu.voices.models import Call, Comment
from minhu.voices.states.calls import CallDraft
from minhu.voices.states.hearing import Draft
from tests.factories.rulebook import LimitFactory
from tests.factories.voices import NOW, lay_district

TODAY = date(2026, 3, 31)
BY = Actor(7, "zhujian-jingban", "zhujian")
TEXT = """公共充电设施办法

第一条　为了方便居民，制定本办法。

第二条　停止运营的应当提前三十日公告。

第三条　余额十五日内退还。
"""
LIMITS = {"decision.consult_days": 30, "call.least_days": 14, "suggestion.reply_days": 30}


def lay_calls() -> None:
    """The district of voices, and the limits of calls."""
    lay_district()
    for code, days in LIMITS.items():
        LimitFactory(code=code, value=Decimal(days), unit="day")


def draft(**more: Any) -> CallDraft:
    """A call that opens today for thirty days."""
    values = {
        "code": "charging", "title": "充电棚怎么管", "matter": "请逐条提意见", "office": "zhujian",
        "opens_on": TODAY, "closes_on": TODAY + timedelta(days=29), "draft": TEXT, "draft_title": "办法草案",
    }  # fmt: skip
    return CallDraft(**(values | more))


def a_call(at: datetime = NOW, **more: Any) -> Call:
    """An announced call."""
    return announce_call(by=BY, call=prepare_call(by=BY, draft=draft(**more), at=at), at=at)


def commented(
    call: Call, text: str, *, article: int = 0, at: datetime = NOW, may_publish: bool = False
) -> Comment:
    """A comment on the whole, or on the article with that number."""
    row = call.articles.get(order=article) if article else None
    said = Draft(text, may_publish=may_publish)
    return comment_call(by=None, call=call, article=row, draft=said, at=at).voice.comment
