"""Made-up voices: a small district with a sorting desk, and people who say something."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from minhu.trail.states import Actor
from minhu.voices.actions.hearing import Heard, hear
from minhu.voices.states.hearing import Draft
from tests.factories.people import OrganisationFactory, PostFactory
from tests.factories.rulebook import LimitFactory, lay_rulebook

NOW = datetime(2026, 3, 31, 2, 0, tzinfo=UTC)
"""Ten o'clock in Shanghai, on a Tuesday."""
LIMITS = {
    "privacy.contact_keep_months": (24, "month"),
    "voices.per_address_hour": (5, "count"),
    "voices.per_address_day": (8, "count"),
    "voices.copies_before_held": (4, "count"),
    "voices.own_copies_before_held": (2, "count"),
    "voices.public_least": (5, "count"),
    "voices.reopen_most": (1, "count"),
}
LAMP = Draft("文教街道一号桥下的路灯坏了半个月，晚上接孩子看不清台阶，请尽快修。", place_words="一号桥下")


def lay_limits() -> None:
    """The limits that hearing needs."""
    lay_rulebook()
    for code, (value, unit) in LIMITS.items():
        LimitFactory(code=code, value=Decimal(value), unit=unit)


def lay_district() -> None:
    """A reform office that sorts, a centre, two streets; and the limits."""
    lay_limits()
    office = OrganisationFactory(code="gaigeban", name="改革办", short="改革办")
    PostFactory(code="gaige", organisation=office, role="office")
    for code, name, kind in (
        ("zhujian", "住建局", "department"),
        ("wenjiao", "文教街道", "street"),
        ("kongpu", "孔浦街道", "street"),
    ):
        PostFactory(
            code=f"{code}-jingban",
            organisation=OrganisationFactory(code=code, name=name, short=name, kind=kind),
            role="lead",
        )


def said(text: str = LAMP.text, *, by: Actor | None = None, at: datetime = NOW, **more: Any) -> Heard:
    """A voice that was heard, and its code."""
    return hear(by=by, draft=replace(LAMP, text=text, **more), at=at)
