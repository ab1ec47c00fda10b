"""Made-up voices in groups."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from minhu.cases.actions import act
from minhu.cases.states import Ask
from minhu.packs.kinds import (
    ChoiceSpec,
    ClockSpec,
    EffectSpec,
    FieldSpec,
    FieldType,
    KindSpec,
    PlaceSpec,
    RoleSpec,
    StepSpec,
)
from minhu.trail.states import Actor
from minhu.voices.actions.answering import Assignment, answer_group, assign_group
from minhu.voices.actions.groups import place_voice
from minhu.voices.models import Group, Voice, VoiceCase
from tests.factories.cases import KindFactory, doer
from tests.factories.people import OrganisationFactory
from tests.factories.rulebook import LimitFactory, lay_rulebook

NOW = datetime(2026, 3, 31, 2, 0, tzinfo=UTC)
"""Ten o'clock in Shanghai, on a Tuesday."""
OFFICE = Actor(7, "gaige", "gaigeban")
NUMBERS = count(1)


def a_voice(text: str = "路灯不亮", **values: Any) -> Voice:
    """A voice that was heard; its masked text is its text."""
    n = next(NUMBERS)
    said = {
        "number": f"x2026-{n:06}", "channel": "web", "state": "received", "said_on": date(2026, 3, 30),
        "received_at": NOW, "title": text[:20], "text": text, "masked": text, "sameness": f"same-{n}",
        "person": f"person-{n}",
    }  # fmt: skip
    return Voice.objects.create(**(said | values))


def a_group(size: int = 1, text: str = "路灯不亮", **values: Any) -> Group:
    """A group of so many voices that say the same."""
    group = None
    for _one in range(size):
        group = place_voice(voice=a_voice(text, **values), into=group, alike=1.0, at=NOW)
    assert group is not None
    return group


VOICE = KindSpec(
    code="voice",
    title="群众诉求办理",
    summary="分派、答复、回访",
    headline="subject",
    basis="测试",
    opens=("office", "lead"),
    asks=("subject", "channel", "sort", "facts", "place?"),
    field=(
        FieldSpec("subject", "诉求标题"),
        FieldSpec("channel", "来源渠道"),
        FieldSpec("sort", "诉求类别"),
        FieldSpec("facts", "诉求内容", FieldType.LONG),
        FieldSpec("place", "发生地点"),
        FieldSpec("dispatch_note", "分派意见", FieldType.LONG),
        FieldSpec("answer", "答复内容", FieldType.LONG),
        FieldSpec("adoption", "建议采纳情况", FieldType.CHOICE, (
            ChoiceSpec("adopted", "采纳"), ChoiceSpec("declined", "不采纳"),
        )),
        FieldSpec("public_reason", "可公开的理由", FieldType.LONG),
        FieldSpec("call_note", "回访记录", FieldType.LONG),
    ),
    role=(
        RoleSpec("centre", "社会治理中心", posts=("lead",), organisation="zhili"),
        RoleSpec("handler", "承办单位", posts=("lead",), assigned=True),
    ),
    place=(
        PlaceSpec("start", "登记", "start"),
        PlaceSpec("triage", "待分派", role="centre"),
        PlaceSpec("handling", "办理中", role="handler", most=2),
        PlaceSpec("calling", "待回访", role="centre"),
        PlaceSpec("closed", "办结", "end"),
    ),
    step=(
        StepSpec("register", ("start",), ("triage",), on="auto"),
        StepSpec("dispatch", ("triage",), ("handling",), "分派", asks=("dispatch_note?",),
                 assigns=("handler",)),
        StepSpec("answered", ("handling",), ("calling",), "答复", guard='sort != "suggestion"',
                 asks=("answer",)),
        StepSpec("answered_suggestion", ("handling",), ("calling",), "答复建议", guard='sort = "suggestion"',
                 asks=("adoption", "public_reason", "answer")),
        StepSpec("satisfied", ("calling",), ("closed",), "回访：办结", asks=("call_note?",),
                 apart=("answered",), effect=(EffectSpec("rating"),)),
        StepSpec("author_dissatisfied", ("calling",), ("handling",), "反映人不满意", on="rated_bad"),
    ),
    clock=(ClockSpec("close", "办理答复", "request.days", ("triage",), ("answered", "answered_suggestion")),),
)  # fmt: skip
"""Given out by the centre, answered by the handler, called back by the centre; at most twice in hand."""


def lay_voices() -> None:
    """The kind of case, its units, and the limits of answering."""
    version = lay_rulebook()
    for code, (value, unit) in LIMITS.items():
        LimitFactory(code=code, value=value, unit=unit, pack_version=version)
    for code in ("zhili", "chengguan", "jiaotong", "gaigeban"):
        OrganisationFactory(code=code, short=code, name=f"{code}局")
    KindFactory(made=VOICE)


LIMITS = {
    "request.days": (5, "working_day"),
    "privacy.contact_keep_months": (12, "month"),
    "voices.reopen_most": (1, "count"),
    "voices.public_least": (3, "count"),
    "voices.hot_days": (28, "day"),
    "voices.small_cut_least": (3, "count"),
}
CENTRE = doer("zhili")
HANDLER = doer("chengguan", user=8)
KEYS = count()


def assigned(group: Group, sort: str = "help", office: str = "chengguan") -> VoiceCase:
    """A group given to an office."""
    values = {"subject": group.title, "channel": "web", "sort": sort, "facts": group.title}
    given = Assignment(values, office)
    return assign_group(by=CENTRE, group=group, given=given, key=f"assign-{next(KEYS)}", at=NOW)


def answered(row: VoiceCase, text: str = "已修好。", at: datetime = NOW, **more: Any) -> int:
    """The office answers; how many authors were sent the answer."""
    step = "answered_suggestion" if more else "answered"
    ask = Ask(row.case.number, step, f"answer-{next(KEYS)}", {"answer": text, **more})
    row.refresh_from_db()
    return answer_group(by=HANDLER, voice_case=row, ask=ask, at=at)


def closed(row: VoiceCase, at: datetime = NOW) -> None:
    """The centre calls back and closes."""
    act(by=CENTRE, ask=Ask(row.case.number, "satisfied", f"close-{next(KEYS)}"), at=at)
