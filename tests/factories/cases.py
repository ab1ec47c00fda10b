"""Made-up kinds of case, small enough to be read at a glance, and cases of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import Any

import factory
from factory.django import DjangoModelFactory

from minhu.cases.actions import act, open_case
from minhu.cases.models import Kind, Power
from minhu.cases.states import Ask, Doer, Done, Opening
from minhu.packs.kind_values import digest_of, to_plain
from minhu.packs.kinds import (
    ChoiceSpec,
    ClockSpec,
    FieldSpec,
    FieldType,
    KindSpec,
    PauseSpec,
    PlaceSpec,
    RoleSpec,
    StepSpec,
)
from minhu.trail.states import Actor
from tests.factories.people import OrganisationFactory
from tests.factories.rulebook import LimitFactory, PackVersionFactory, lay_rulebook

NOW = datetime(2026, 3, 31, 2, 0, tzinfo=UTC)
"""Ten o'clock in Shanghai, on a Tuesday."""
KEYS = count()

REQUEST = KindSpec(
    code="request",
    title="诉求",
    summary="受理、派单、办结",
    headline="title",
    basis="测试",
    opens=("office", "lead"),
    asks=("title", "amount?", "level?", "phone?", "seen_on?", "urgent?"),
    field=(
        FieldSpec("title", "标题"),
        FieldSpec("amount", "金额", FieldType.NUMBER),
        FieldSpec("level", "等级", FieldType.CHOICE, (ChoiceSpec("low", "一般"), ChoiceSpec("high", "重大"))),
        FieldSpec("phone", "电话", personal=True, purpose="回访", keep="personal.keep_months"),
        FieldSpec("seen_on", "发现日期", FieldType.DATE),
        FieldSpec("urgent", "是否紧急", FieldType.FLAG),
        FieldSpec("helper", "协办单位", FieldType.ORGANISATION),
        FieldSpec("result", "办理结果", FieldType.LONG),
        FieldSpec("notice_no", "补正通知文号"),
    ),
    role=(
        RoleSpec("clerk", "受理岗", posts=("office",)),
        RoleSpec("host", "承办单位", posts=("lead",), assigned=True),
    ),
    place=(
        PlaceSpec("start", "登记", "start"),
        PlaceSpec("triage", "受理", role="clerk"),
        PlaceSpec("work", "办理", role="host"),
        PlaceSpec("mend", "补正", role="host", pauses="mending"),
        PlaceSpec("check", "核实", role="clerk"),
        PlaceSpec("done", "办结", "end"),
    ),
    step=(
        StepSpec("arrive", ("start",), ("triage",), on="auto"),
        StepSpec("dispatch", ("triage",), ("work",), "派单", "clerk", assigns=("host",)),
        StepSpec("ask_more", ("work",), ("mend",), "要求补正", "host", asks=("notice_no?",)),
        StepSpec("mended", ("mend",), ("work",), "补正完成", "host"),
        StepSpec("answer", ("work",), ("check",), "办结申请", "host", asks=("result",)),
        StepSpec("redo", ("check",), ("work",), "退回重办", "clerk"),
        StepSpec("close", ("check",), ("done",), "核实办结", "clerk", apart=("answer",)),
    ),
    pause=(PauseSpec("mending", "补正材料", "第十条", "notice_no"),),
    clock=(
        ClockSpec("handling", "办理时限", "request.days", ("work",), ("check",), pauses=("mending",)),
    ),
)  # fmt: skip
"""Taken in, dispatched to one host, answered, closed; a clock that mending may hold."""


def changed(spec: KindSpec = REQUEST, **parts: Any) -> KindSpec:
    """A kind with other parts."""
    return replace(spec, **parts)


def with_step(code: str, spec: KindSpec = REQUEST, **parts: Any) -> KindSpec:
    """A kind in which one step is different."""
    return replace(spec, step=tuple(replace(one, **parts) if one.code == code else one for one in spec.step))


class KindFactory(DjangoModelFactory):
    """A published kind: `KindFactory(made=spec)`; without one it is REQUEST."""

    class Meta:
        model = Kind
        exclude = ("made",)

    made = REQUEST
    code = factory.LazyAttribute(lambda one: one.made.code)
    title = factory.LazyAttribute(lambda one: one.made.title)
    group = factory.LazyAttribute(lambda one: one.made.group)
    digest = factory.LazyAttribute(lambda one: digest_of(one.made))
    spec = factory.LazyAttribute(lambda one: to_plain(one.made))
    is_confidential = factory.LazyAttribute(lambda one: one.made.confidential)
    pack_version = factory.SubFactory(PackVersionFactory)
    published_at = NOW


class PowerFactory(DjangoModelFactory):
    """A power that a line handed down to a place."""

    class Meta:
        model = Power

    matter = "waste"
    title = "垃圾分类"
    line = factory.SubFactory(OrganisationFactory)
    place = factory.SubFactory(OrganisationFactory, kind="town")
    basis = "赋权清单"
    effective_on = datetime(2024, 1, 1).date()
    pack_version = factory.SubFactory(PackVersionFactory)


def doer(organisation: str, role: str = "lead", post: str = "", user: int = 7) -> Doer:
    """Somebody of an organisation (its code), with a role."""
    return Doer(Actor(user, post or f"{organisation}.{role}", organisation), role)


def open_one(
    by: Doer,
    kind: str = "request",
    values: Mapping[str, object] | None = None,
    assigns: Mapping[str, Sequence[str]] | None = None,
    **more: Any,
) -> Done:
    """Open a case of a kind."""
    key, at = more.pop("key", f"open-{next(KEYS)}"), more.pop("at", NOW)
    said = {"title": "路灯不亮"} if values is None else values
    return open_case(by=by, opening=Opening(kind, said, assigns or {}, **more), key=key, at=at)


def do(by: Doer, number: str, on: str, values: Mapping[str, object] | None = None, **more: Any) -> Done:
    """Do one step of a case."""
    at, key = more.pop("at", NOW), more.pop("key", f"act-{next(KEYS)}")
    return act(by=by, ask=Ask(number, on, key, values or {}, **more), at=at)


UNITS = ("office", "host", "other")
LIMITS = {
    "request.days": (5, "working_day"),
    "request.more": (3, "working_day"),
    "request.lead": (2, "working_day"),
    "request.wait": (10, "day"),
    "personal.keep_months": (12, "month"),
    "request.window": (6, "month"),
    "request.most": (2, "count"),
}


def lay_house() -> None:
    """A rulebook with the limits of REQUEST, and three departments."""
    version = lay_rulebook()
    for code, (value, unit) in LIMITS.items():
        LimitFactory(code=code, value=value, unit=unit, pack_version=version)
    for code in UNITS:
        OrganisationFactory(code=code, short=f"{code}局")
