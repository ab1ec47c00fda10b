"""Reading: which limit holds on a day, the working-day calendar, what the page 依据 lists."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from minhu.packs.calendars import CalendarDay, CalendarHead, DayKind, WorkingDays, build_calendar
from minhu.rulebook.models import Calendar, Limit, LimitQuerySet, PackVersion
from minhu.rulebook.states import YearState


class Missing(LookupError):
    """No limit (or no calendar) holds on that day: the pack has to bring it."""

    def __init__(self, code: str, on: date) -> None:
        self.code, self.on = code, on
        super().__init__(f"the rulebook has no “{code}” on {on}: a pack's limits.toml must bring it")


def limit(code: str, *, on: date, place: str | None = None, kind: str | None = None) -> Limit:
    """The limit that holds on a day: the place's own first, then the kind's own; or Missing."""
    found = limits_for(code, on=on, place=place, kind=kind).first()
    if found is None:
        raise Missing(code, on)
    return found


def limits_for(code: str, *, on: date, place: str | None = None, kind: str | None = None) -> LimitQuerySet:
    """All limits of a code that hold on a day for a place and a kind, the one to use first."""
    rows = Limit.objects.in_force(on).filter(
        code=code, place__in=["", place or ""], kind__in=["", kind or ""]
    )
    return rows.most_specific_first()


def limits(codes: Sequence[str], *, on: date) -> dict[str, Limit]:
    """Several general limits in one query; raises Missing for the first that is not there."""
    rows = Limit.objects.in_force(on).filter(code__in=codes, place="", kind="").order_by("effective_on")
    found = {row.code: row for row in rows}
    for code in codes:
        if code not in found:
            raise Missing(code, on)
    return found


def calendar(*, on: date) -> WorkingDays:
    """The working-day calendar known on a day (`methods.timing.Calendar`); Missing if no pack brought one.

    One query and about a millisecond: read it once for a page, not once for a row.
    """
    rows = list(Calendar.objects.order_by("year"))
    if not rows:
        raise Missing("calendar", on)
    head = CalendarHead(
        weekend=tuple(rows[-1].weekend),
        published=tuple(row.year for row in rows if row.is_published),
        tail_days=rows[-1].tail_days,
    )
    days = (
        CalendarDay(date.fromisoformat(day), DayKind(kind)) for row in rows for day, kind, _name in row.days
    )
    return build_calendar(head, days)


def limits_of(code: str) -> QuerySet[Limit]:
    """Every edition of a limit, everywhere."""
    return Limit.objects.filter(code=code).select_related("pack_version")


def limits_on(
    on: date, *, text: str = "", group: str = "", strength: str = "", unit: str = ""
) -> LimitQuerySet:
    """What holds on a day or will, narrowed to a text, a subject, a strength and a unit."""
    rows = Limit.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on)).select_related("pack_version")
    for name, wanted in (("group", group), ("strength", strength), ("unit", unit)):
        rows = rows.filter(**{name: wanted}) if wanted else rows
    return rows.filter(words_in(text))


def limits_of_words(text: str) -> LimitQuerySet:
    """Limits that hold every word of a text, whenever they hold."""
    return Limit.objects.filter(words_in(text))


def words_in(text: str) -> Q:
    """Whether every word of a text stands somewhere in a limit."""
    everywhere = Q()
    for word in text.split():
        everywhere &= text_in(word)
    return everywhere


def text_in(word: str) -> Q:
    """Whether a word stands anywhere in a limit's words."""
    where = Q()
    for name in ("code", "name", "group", "basis", "article", "edition", "note", "place", "kind"):
        where |= Q(**{f"{name}__icontains": word})
    return where


def due_for_check(rows: LimitQuerySet, cutoff: date) -> LimitQuerySet:
    """Those never checked, or last checked before a day."""
    return rows.filter(Q(checked_on=None) | Q(checked_on__lt=cutoff))


def groups_of_limits() -> list[str]:
    """The subjects limits are sorted under, in the order of the pack."""
    return list(
        dict.fromkeys(Limit.objects.exclude(group="").order_by("order").values_list("group", flat=True))
    )


def calendars() -> QuerySet[Calendar]:
    """The calendar year by year, the latest first."""
    return Calendar.objects.select_related("pack_version")


def is_published(year: int) -> bool:
    """Whether the days off of a year are known."""
    return Calendar.objects.filter(year=year, status=YearState.PUBLISHED).exists()


def pack_versions() -> QuerySet[PackVersion]:
    """Versions of packs as they were loaded, the latest first."""
    return PackVersion.objects.all()


def latest_pack_version(code: str) -> PackVersion | None:
    """The version of a pack loaded last."""
    return PackVersion.objects.filter(code=code).order_by("-loaded_at", "-id").first()
