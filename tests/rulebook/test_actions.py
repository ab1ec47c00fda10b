"""Loading twice changes nothing; a check is noted once, by whom and when."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from minhu.packs import Counts, Pack
from minhu.packs.calendars import CalendarDay, CalendarHead, DayKind
from minhu.rulebook import actions
from minhu.rulebook.models import Calendar, Limit, PackVersion
from minhu.rulebook.states import LimitDraft, Strength, Unit
from minhu.trail.models import Entry, ref
from minhu.trail.queries import book_history, history
from minhu.trail.states import SYSTEM, Actor
from tests.factories.rulebook import LimitFactory, PackVersionFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OFFICER = Actor(7, "office", "reform")
DRAFT = LimitDraft(
    "reply", Decimal("5"), Unit.WORKING_DAY, "规则", Strength.LOCAL, date(2024, 1, 1),
    checked_on=date(2026, 1, 5), checked_by="office",
)  # fmt: skip
HEAD = CalendarHead((6, 7), (2025, 2026), "notice", 3)
DAYS = (
    CalendarDay(date(2026, 1, 1), DayKind.HOLIDAY, "元旦"),
    CalendarDay(date(2025, 10, 11), DayKind.WORKDAY, "国庆节"),
    CalendarDay(date(2027, 1, 1), DayKind.HOLIDAY, "元旦"),
)


def pack(digest: str = "d", version: str = "1") -> Pack:
    return Pack(Path("nowhere"), "town", "Town", "en", version, digest)


def load(*drafts: LimitDraft) -> Counts:
    version = PackVersion.objects.first() or PackVersionFactory()
    return actions.load_limits(by=SYSTEM, drafts=drafts, version=version, at=AT)


def load_days(head: CalendarHead = HEAD, days: tuple[CalendarDay, ...] = DAYS) -> Counts:
    version = PackVersion.objects.first() or PackVersionFactory()
    return actions.load_calendar(by=SYSTEM, head=head, days=days, version=version, at=AT)


def test_limits_come_in_once() -> None:
    other = replace(DRAFT, code="close", value=Decimal("0.5"), unit=Unit.SCORE)
    assert load(DRAFT, other) == Counts(2, 0, 0)
    assert load(DRAFT, other) == Counts(0, 0, 2)
    assert [row.deed for row in book_history("rulebook")] == ["rulebook.load_limits"] * 2


def test_a_changed_value_is_recorded_as_it_was_and_is() -> None:
    load(DRAFT)
    assert load(replace(DRAFT, value=Decimal(7), article="第三条")) == Counts(0, 1, 0)
    row = Limit.objects.get()
    assert (row.value, row.article) == (7, "第三条")
    payload = history(ref(row)).last().payload
    assert payload["code"] == "reply"
    assert payload["after"] == {"value": "7", "article": "第三条"}
    assert Decimal(payload["before"]["value"]) == 5


def test_a_new_edition_stands_beside_the_old_one() -> None:
    load(DRAFT)
    assert load(DRAFT, replace(DRAFT, effective_on=date(2026, 1, 1), value=Decimal(3))) == Counts(1, 0, 1)
    assert Limit.objects.count() == 2


def test_a_limit_no_longer_named_stays() -> None:
    load(DRAFT)
    assert load(replace(DRAFT, code="other")) == Counts(1, 0, 0)
    assert set(Limit.objects.values_list("code", flat=True)) == {"reply", "other"}


def test_a_check_on_screen_outlives_the_same_pack() -> None:
    load(DRAFT)
    actions.check_limit(by=OFFICER, limit=Limit.objects.get(), on=date(2026, 3, 2), at=AT)
    assert load(DRAFT) == Counts(0, 0, 1)
    assert Limit.objects.get().checked_on == date(2026, 3, 2)


def test_a_pack_that_changes_what_was_checked_brings_its_own_check() -> None:
    load(DRAFT)
    actions.check_limit(by=OFFICER, limit=Limit.objects.get(), on=date(2026, 3, 2), at=AT)
    load(replace(DRAFT, value=Decimal(9)))
    assert Limit.objects.get().checked_on == date(2026, 1, 5)


def test_a_newer_check_of_the_pack_is_taken_over() -> None:
    load(DRAFT)
    assert load(replace(DRAFT, checked_on=date(2026, 2, 1), checked_by="lead")) == Counts(0, 1, 0)
    assert Limit.objects.get().checked_by == "lead"


def test_a_check_is_noted_and_recorded() -> None:
    row = LimitFactory(checked_on=date(2025, 1, 1), checked_by="lead")
    actions.check_limit(by=OFFICER, limit=row, on=date(2026, 3, 2), at=AT)
    row.refresh_from_db()
    assert (row.checked_on, row.checked_by) == (date(2026, 3, 2), "office")
    entry = history(ref(row)).get()
    assert (entry.deed, entry.actor_post, entry.asked) == ("rulebook.check_limit", "office", 0)
    assert entry.payload["before"] == {"checked_on": "2025-01-01", "checked_by": "lead"}


def test_the_same_day_is_checked_once() -> None:
    row = LimitFactory(checked_on=date(2026, 3, 2), checked_by="lead")
    for day in (date(2026, 3, 2), date(2026, 3, 1)):
        assert actions.check_limit(by=OFFICER, limit=row, on=day, at=AT).checked_by == "lead"
    assert Entry.objects.count() == 0


def test_nobody_checks_without_a_post() -> None:
    with pytest.raises(ValueError, match="from a post"):
        actions.check_limit(by=Actor(7, "", ""), limit=LimitFactory(), on=date(2026, 3, 2), at=AT)


def test_the_same_files_are_one_version() -> None:
    first = actions.record_pack_version(by=SYSTEM, pack=pack(), at=AT)
    assert actions.record_pack_version(by=SYSTEM, pack=pack(), at=AT) == first
    second = actions.record_pack_version(by=SYSTEM, pack=pack("e", "2"), at=AT)
    back = actions.record_pack_version(by=SYSTEM, pack=pack(), at=AT)
    assert len({first.pk, second.pk, back.pk}) == 3
    assert [row.deed for row in book_history("rulebook")] == ["rulebook.record_pack_version"] * 3


def test_the_calendar_comes_in_year_by_year() -> None:
    assert load_days() == Counts(3, 0, 0)
    assert load_days() == Counts(0, 0, 3)
    rows = {row.year: row for row in Calendar.objects.all()}
    assert {year: row.is_published for year, row in rows.items()} == {2025: True, 2026: True, 2027: False}
    assert rows[2026].dates("holiday") == [date(2026, 1, 1)]
    assert rows[2025].dates("holiday") == []
    assert rows[2026].basis == "notice"


def test_a_published_year_moves_only_its_own_row() -> None:
    load_days()
    head = replace(HEAD, published=(2025, 2026, 2027))
    assert load_days(head) == Counts(0, 1, 2)
    payload = book_history("rulebook").last().payload
    assert payload == {"year": 2027, "before": {"status": "provisional"}, "after": {"status": "published"}}


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"value": Decimal(-1)}, "below zero"),
        ({"ends_on": date(2023, 12, 31)}, "before it begins"),
        ({"checked_by": ""}, "go together"),
    ],
)
def test_an_impossible_draft_is_refused(values: dict, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        replace(DRAFT, **values)


@pytest.mark.parametrize(
    "values",
    [
        {"value": Decimal(-1)},
        {"basis": ""},
        {"ends_on": date(2019, 1, 1)},
        {"checked_on": None},
        {"checked_by": ""},
        {"unit": "fortnight"},
        {"strength": "rumour"},
    ],
)
def test_the_database_refuses_what_the_draft_would(values: dict) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        LimitFactory(**values)


def test_the_database_holds_a_limit_once() -> None:
    LimitFactory(code="reply")
    with pytest.raises(IntegrityError), transaction.atomic():
        LimitFactory(code="reply")
