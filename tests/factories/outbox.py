"""Kinds whose steps have effects: a notice, cases opened for departments, their answers told, a rating."""

from dataclasses import replace

from minhu.packs.kinds import (
    ClockSpec,
    EffectSpec,
    FieldSpec,
    KindSpec,
    PlaceSpec,
    RoleSpec,
    StepSpec,
    TimerSpec,
)
from tests.factories.cases import REQUEST, KindFactory, with_step
from tests.factories.people import OrganisationFactory, PostFactory
from tests.factories.rulebook import LimitFactory, lay_rulebook

NOTICED = with_step("dispatch", effect=(EffectSpec("notice", to="host", text="有新任务：{title}"),))
"""REQUEST, whose host is told."""
RATED = with_step("close", effect=(EffectSpec("rating"),))
"""REQUEST, whose author is asked for a rating."""
TIMED = replace(
    REQUEST,
    step=(*REQUEST.step, StepSpec("escalate", ("work",), ("triage",), "超时收回", on="work_over")),
    timer=(TimerSpec("work_over", "work", "request.timeout"),),
)
"""REQUEST, taken back from a host that does nothing."""
ANSWER = KindSpec(
    code="answer",
    title="分答",
    summary="一个单位的答卷",
    headline="title",
    basis="测试",
    asks=("title",),
    field=(FieldSpec("title", "题目"), FieldSpec("reply", "答复")),
    role=(RoleSpec("host", "答题单位", posts=("lead",), assigned=True),),
    place=(
        PlaceSpec("start", "开始", "start"),
        PlaceSpec("work", "答题", role="host"),
        PlaceSpec("done", "交卷", "end"),
    ),
    step=(
        StepSpec("arrive", ("start",), ("work",), on="auto"),
        StepSpec("reply", ("work",), ("done",), "交卷", "host", asks=("reply",),
                 effect=(EffectSpec("signal", do="answered"),)),
    ),
    clock=(ClockSpec("answering", "答题时限", "request.days", ("work",), ("done",)),),
)  # fmt: skip
"""One department's answer to a joint question."""
JOINT = KindSpec(
    code="joint",
    title="共答",
    summary="出题、分答、合卷",
    headline="title",
    basis="测试",
    asks=("title",),
    assigns=("hosts",),
    field=(FieldSpec("title", "题目"),),
    role=(
        RoleSpec("clerk", "出题岗", posts=("office",)),
        RoleSpec("hosts", "答题单位", posts=("lead",), assigned=True, many=True),
    ),
    place=(
        PlaceSpec("start", "开始", "start"),
        PlaceSpec("asked", "出题", role="clerk"),
        PlaceSpec("waiting", "分答", "wait"),
        PlaceSpec("joined", "合卷", role="clerk"),
        PlaceSpec("done", "办结", "end"),
    ),
    step=(
        StepSpec("arrive", ("start",), ("asked",), on="auto"),
        StepSpec("send", ("asked",), ("waiting",), "发题", "clerk",
                 effect=(EffectSpec("open", of="answer", each="hosts", gets="host", copies=("title",)),)),
        StepSpec("hear", ("waiting",), ("waiting",), on="answered", guard="children_open > 0"),
        StepSpec("join", ("waiting",), ("joined",), on="answered", guard="children_open = 0"),
        StepSpec("close", ("joined",), ("done",), "办结", "clerk"),
    ),
)  # fmt: skip
"""A question put to several departments, joined when all have answered."""


def lay_house(*kinds: KindSpec, units: tuple[str, ...] = ("office", "host", "other")) -> None:
    """The rulebook, units with a lead post each (the office with one of its own), and kinds."""
    lay_rulebook()
    LimitFactory(code="request.days", value=5)
    LimitFactory(code="request.timeout", value=3)
    LimitFactory(code="personal.keep_months", value=12, unit="month")
    for code in units:
        role = "office" if code == "office" else "lead"
        PostFactory(code=f"{code}.{role}", role=role, organisation=OrganisationFactory(code=code))
    for spec in kinds:
        KindFactory(made=spec)
