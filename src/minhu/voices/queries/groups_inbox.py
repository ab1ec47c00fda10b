"""The inbox: groups of voices filtered, sorted and paged in the database; never who spoke."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from django.db.models import Case as Choice
from django.db.models import Count, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import ngettext

from minhu.cases.models import Case, Clock
from minhu.cases.queries.lights import Day, light_of
from minhu.cases.queries.naming import namings
from minhu.cases.queries.queue import facts_of, resting_of
from minhu.cases.states import Status
from minhu.people.models import Organisation
from minhu.people.rules import Reader
from minhu.people.states import Role
from minhu.ui.offers import Light
from minhu.voices.models import Group, Membership
from minhu.voices.queries.desks import sorting_desk
from minhu.voices.states.groups import Standing
from minhu.voices.states.hearing import LIVE

SHOWS = ("waiting", "in_hand", "answered", "mine", "all")
OPEN_CASE = Q(case__status=Status.OPEN)
NO_OPEN_CASE = Q(case=None) | ~Q(case__status=Status.OPEN)
STANDING = {
    "waiting": NO_OPEN_CASE & Q(unanswered__gt=0),
    "in_hand": OPEN_CASE,
    "answered": NO_OPEN_CASE & Q(unanswered=0),
    "all": Q(),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; an empty word asks for nothing."""

    show: str = ""
    text: str = ""
    office: str = ""
    place: str = ""
    domain: str = ""
    least: str = ""
    sort: str = ""

    @classmethod
    def of(cls, cleaned: Mapping[str, object]) -> "Filters":
        """Filters from a form's cleaned values."""
        return cls(**{one.name: str(cleaned[one.name]) for one in fields(cls) if cleaned.get(one.name)})

    @property
    def is_on(self) -> bool:
        """Whether anything is taken away."""
        return any((self.text, self.office, self.place, self.domain, self.least))


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the inbox: a group, its light, whose desk it lies on, the streets it was said in."""

    group: Group
    light: Light
    office: str
    streets: tuple[tuple[str, int], ...]

    @property
    def may_be_given(self) -> bool:
        """Whether it waits for an office."""
        return standing_of(self.group) is Standing.WAITING


def standing_of(group: Group) -> Standing:
    """Where a group stands on its way."""
    if group.case is not None and group.case.is_open:
        return Standing.IN_HAND
    return Standing.WAITING if group.unanswered else Standing.ANSWERED


def desk_of(reader: Reader) -> str:
    """The unit that sorts what comes in, asked once a page."""
    return reader.once("voices.desk", sorting_desk)


def is_desk(reader: Reader) -> bool:
    """Whether a reader sorts what comes in: the reform office, and the unit the kind of case names."""
    return reader.role == Role.OFFICE or desk_of(reader) == reader.organisation


def owed(reader: Reader) -> Q:
    """Groups that an office has to answer."""
    return OPEN_CASE & Q(office__code=reader.organisation, unanswered__gt=0)


def shown(show: str, reader: Reader) -> QuerySet[Group]:
    """The groups of one tab."""
    rows = Group.objects.standing().filter(size__gt=0)
    return rows.filter(owed(reader) if show == "mine" else STANDING.get(show, Q()))


def counts(reader: Reader) -> dict[str, int]:
    """How many groups each tab holds, in one query."""
    told = {f"n_{show}": Count("pk", filter=condition) for show, condition in STANDING.items() if condition}
    told |= {"n_all": Count("pk"), "n_mine": Count("pk", filter=owed(reader))}
    found = Group.objects.standing().filter(size__gt=0).aggregate(**told)
    return {show: found[f"n_{show}"] for show in SHOWS}


def matching(filters: Filters, reader: Reader, among: Sequence[int] | None = None) -> QuerySet[Group]:
    """The groups the filters let through; `among`: those a search found."""
    rows = shown(filters.show, reader)
    if among is not None:
        rows = rows.filter(pk__in=among)
    if filters.office:
        rows = rows.filter(office__code=filters.office)
    if filters.place:
        rows = rows.filter(place__code=filters.place)
    if filters.domain:
        rows = rows.filter(domain=filters.domain)
    if filters.least.isdecimal():
        rows = rows.filter(size__gte=int(filters.least))
    return rows


def ordered(rows: QuerySet[Group], sort: str, day: Day) -> QuerySet[Group]:
    """Groups in the order asked for: the most pressing case first, then the largest."""
    if sort == "size":
        return rows.order_by("-size", "-last_on", "-pk")
    if sort == "new":
        return rows.order_by("-last_on", "-pk")
    if sort == "old":
        return rows.order_by("first_on", "pk")
    late = Q(case__status=Status.OPEN, case__is_held=False, case__due_on__lt=day.on)
    near = Q(case__status=Status.OPEN, case__is_held=False, case__due_on__lte=day.near_until)
    rank = Choice(
        When(late, then=Value(0)), When(near, then=Value(1)), When(STANDING["waiting"], then=Value(2)),
        default=Value(3), output_field=IntegerField(),
    )  # fmt: skip
    return rows.annotate(rank=rank).order_by("rank", "-size", "-last_on", "-pk")


def standing_among(keys: Sequence[int]) -> list[Group]:
    """Standing groups in the order of their keys."""
    found = Group.objects.in_bulk(keys)
    return [found[key] for key in keys if key in found and found[key].is_standing and found[key].size]


def by_likeness(rows: QuerySet[Group], among: Sequence[int]) -> list[Group]:
    """Groups a search found, the nearest first."""
    found = {row.pk: row for row in rows}
    return [found[key] for key in among if key in found]


def rows_of(groups: Iterable[Group], day: Day) -> list[Row]:
    """The lines of one page, in their order; a fixed number of queries."""
    page = list(groups)
    lights = lights_of([one.case_id for one in page if one.case_id], day)
    streets = streets_of([one.pk for one in page])
    return [
        Row(
            one, light_shown(one, lights, day.on),
            one.office.short if one.office else "", streets.get(one.pk, ()),
        )
        for one in page
    ]  # fmt: skip


def light_shown(group: Group, lights: Mapping[int, Light], on: date) -> Light:
    """The light of its case; once that is closed and others have come since, how long those wait."""
    if group.case is None or (group.unanswered and not group.case.is_open):
        return waiting_light(group, on)
    return lights[group.case.pk]


def lights_of(keys: Sequence[int], day: Day) -> dict[int, Light]:
    """The light of each case, as its own page shows it."""
    known = namings() if keys else {}
    clocks = {one.case_id: one for one in Clock.objects.filter(case__in=keys, is_first=True).order_by("pk")}
    found = {}
    for case in Case.objects.filter(pk__in=keys).prefetch_related("steps__organisation"):
        steps = sorted(case.steps.all(), key=lambda step: (step.entered_at, step.pk))
        facts = facts_of(case, resting_of(known[case.kind_id], steps), clocks.get(case.pk))
        found[case.pk] = light_of(facts, day)
    return found


def waiting_light(group: Group, on: date) -> Light:
    """The light of a group without a case: how long somebody has waited."""
    if not group.unanswered:
        return Light("done", Standing.ANSWERED.label)
    if group.case is not None:
        words = ngettext("%(n)d came after the answer", "%(n)d came after the answer", group.unanswered)
        return Light("off", Standing.WAITING.label, words % {"n": group.unanswered})
    days = max(0, (on - group.first_on).days)
    reason = ngettext("%(n)d day since it was first said", "%(n)d days since it was first said", days)
    return Light("off", Standing.WAITING.label, reason % {"n": days})


def streets_of(groups: Sequence[int]) -> dict[int, tuple[tuple[str, int], ...]]:
    """Where each group was said, most first."""
    # Filtering by state or street in SQL would let SQLite begin with all voices of the house.
    rows = Membership.objects.filter(group__in=groups, until=None).order_by()
    counted = rows.values_list("group", "voice__place", "voice__state").annotate(n=Count("pk"))
    told: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for group, place, state, n in counted:
        if place is not None and state in LIVE:
            told[group][place] += n
    units = Organisation.objects.in_bulk({place for counts in told.values() for place in counts})
    return {
        group: tuple(
            (units[place].short, n)
            for place, n in sorted(counts.items(), key=lambda one: (-one[1], units[one[0]].order, one[0]))
        )
        for group, counts in told.items()
    }


def offices_of_groups() -> list[tuple[str, str]]:
    """Offices that have groups, for the filter."""
    keys = Group.objects.standing().exclude(office=None).values("office")
    return list(Organisation.objects.filter(pk__in=keys).values_list("code", "short"))


def places_of_groups() -> list[tuple[str, str]]:
    """Streets in which something was said, for the filter."""
    keys = Group.objects.standing().exclude(place=None).values("place")
    return list(Organisation.objects.filter(pk__in=keys).values_list("code", "short"))
