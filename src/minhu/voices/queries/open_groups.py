"""Groups everybody may see: of enough people, under a title nobody is known by, and what became of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet

from minhu.cases.models import Case
from minhu.people.models import Organisation
from minhu.reforms.models import Rule
from minhu.trail.models import Entry
from minhu.voices.models import Group, Membership, ReformLink, Reply, Voice
from minhu.voices.queries.groups_inbox import STANDING, standing_of
from minhu.voices.queries.groups_limits import public_least
from minhu.voices.queries.links import Outcome, outcome_of
from minhu.voices.states.groups import Adoption, LinkState, Standing
from minhu.voices.states.hearing import LIVE

SHOWN = 5
STAGES = ("waiting", "in_hand", "answered", "reform")


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as everybody may read it: who, when, what became of it and why; the words if checked."""

    office: str
    on: date
    adoption: str
    reason: str
    text: str
    sent: int
    rated: int
    back: int

    @property
    def label(self) -> str:
        """What became of it, in words."""
        return str(Adoption(self.adoption).label) if self.adoption else ""


@dataclass(frozen=True, slots=True)
class OpenGroup:
    """A group as everybody may see it."""

    group: Group
    title: str
    standing: Standing
    is_back: bool
    has_answer: bool
    reforms: tuple[Outcome, ...] = ()
    rules: tuple[Rule, ...] = ()

    @property
    def case(self) -> Case | None:
        """The case it is handled in, if it is open."""
        return self.group.case if self.standing is Standing.IN_HAND else None

    @property
    def is_after(self) -> bool:
        """Whether it was answered, and only those who came later wait."""
        return self.standing is Standing.WAITING and self.group.case_id is not None

    @property
    def is_asked(self) -> bool:
        """Whether it was answered, and its authors are being asked whether it is settled."""
        return self.has_answer and not self.is_back

    @property
    def step(self) -> int:
        """How far it has come: heard, in hand, answered, taken into a reform."""
        if self.standing is Standing.ANSWERED or self.is_after or self.is_asked:
            return 4 if self.reforms else 3
        return 2 if self.standing is Standing.IN_HAND else 1


def open_groups(on: date) -> QuerySet[Group]:
    """The groups everybody may see on a day."""
    least = public_least(on)
    rows = Group.objects.standing().filter(size__gte=least, people__gte=least)
    return rows.select_related("case", "office", "place", "centre")


def filtered(rows: QuerySet[Group], place: str = "", domain: str = "", stage: str = "") -> QuerySet[Group]:
    """Those of a street, of a theme, at a stage."""
    if place:
        rows = rows.filter(place__code=place)
    if domain:
        rows = rows.filter(domain=domain)
    if stage == "reform":
        return rows.filter(pk__in=confirmed().values("group"))
    return rows.filter(STANDING[stage]) if stage in STAGES else rows


def confirmed() -> QuerySet[ReformLink]:
    """Links people agreed on."""
    return ReformLink.objects.filter(state=LinkState.CONFIRMED)


def shown(groups: Iterable[Group]) -> list[OpenGroup]:
    """Groups with their public titles and what became of them; a fixed number of queries."""
    page = list(groups)
    keys = [one.pk for one in page]
    titles = public_titles(page)
    back = answered_in_hand(keys)
    outcomes, rules = reforms_of(keys), rules_of(keys)
    return [
        OpenGroup(
            one, titles[one.pk], standing_of(one), back.get(one.pk, False), one.pk in back,
            tuple(outcomes.get(one.pk, ())), tuple(rules.get(one.pk, ())),
        )
        for one in page
    ]  # fmt: skip


def public_titles(groups: Sequence[Group]) -> dict[int, str]:
    """The title a person gave, else that of a published voice, else only the street and the theme.

    A title the machine took from one voice is that voice's sentence: without consent nobody else reads it.
    """
    keys = [one.pk for one in groups]
    rows = Membership.objects.filter(
        group__in=keys, until=None, voice__in=Voice.objects.published()
    ).select_related("voice")
    central: dict[int, tuple[float, int, str]] = {}
    centres = {one.pk: one.centre_id for one in groups}
    for row in rows:
        near = 2.0 if row.voice_id == centres[row.group_id] else row.alike or 0.0
        best = central.get(row.group_id, (-1.0, 0, ""))
        central[row.group_id] = max(best, (near, -row.pk, row.voice.title))
    given = titles_given(groups)
    return {
        one.pk: one.title if one.title == given.get(one.book)
        else title_of(one, central.get(one.pk, (0.0, 0, ""))[2])
        for one in groups
    }  # fmt: skip


def titles_given(groups: Sequence[Group]) -> dict[str, str]:
    """The last title a person gave, by book: the record alone knows whose words a title is."""
    books = [one.book for one in groups]
    rows = Entry.objects.filter(deed="voices.retitle_group", book__in=books).order_by("pk")
    return {row.book: str(row.payload["title"][1]) for row in rows}


def title_of(group: Group, published: str) -> str:
    """The title of a group nobody named: of a published voice, else the street and the theme."""
    named = (group.place.name if group.place else "", group.domain)
    return published or " · ".join(part for part in named if part) or group.number


def answered_in_hand(groups: Sequence[int]) -> dict[int, bool]:
    """Groups in hand that have an answer, and whether an author said since that it is not settled."""
    rows = Group.objects.filter(pk__in=groups).filter(STANDING["in_hand"])
    cases = dict(rows.values_list("case", "pk"))
    sent = Reply.objects.filter(case__in=cases).order_by().values_list("case").annotate(at=Max("sent_at"))
    back = Reply.objects.filter(reopened__in=cases).order_by().values_list("reopened")
    returned = dict(back.annotate(at=Max("rated_at")))
    answered = dict(sent)
    found = {cases[case]: case in returned and returned[case] >= at for case, at in answered.items()}
    return found | {cases[case]: True for case in returned if case not in answered}


def reforms_of(groups: Sequence[int]) -> dict[int, list[Outcome]]:
    """The reforms that take groups up, by group."""
    found: dict[int, list[Outcome]] = {}
    rows = confirmed().filter(group__in=groups).select_related("reform__lead").order_by("decided_at", "pk")
    known: dict[int, Outcome] = {}
    for row in rows.prefetch_related("reform__milestones"):
        outcome = known.get(row.reform_id) or outcome_of(row.reform)
        known[row.reform_id] = outcome
        found.setdefault(row.group_id, []).append(outcome)
    return found


def rules_of(groups: Sequence[int]) -> dict[int, list[Rule]]:
    """Rules in force that reforms made, by group."""
    found: dict[int, list[Rule]] = {}
    links = list(confirmed().filter(group__in=groups).values_list("group", "reform"))
    rules = Rule.objects.filter(reform__in={reform for _group, reform in links}, state="in_force")
    for rule in rules.exclude(deed="ended").order_by("in_force_on", "pk"):
        for group, reform in links:
            if reform == rule.reform_id:
                found.setdefault(group, []).append(rule)
    return found


def answers_told(group: Group) -> list[Told]:
    """What the authors of a group were answered, each answer once, the latest first."""
    members = Membership.objects.filter(group=group, until=None).values("voice")
    told: dict[tuple[int | None, int], list[Reply]] = {}
    rows = Reply.objects.filter(voice__in=members, voice__erased_at=None).order_by("-sent_at", "-pk")
    for row in rows:
        told.setdefault((row.case_id, row.rev), []).append(row)
    return [told_of(same) for same in told.values()][:SHOWN]


def told_of(same: Sequence[Reply]) -> Told:
    """One answer that went to many."""
    first = same[0]
    text = next((row.public_text for row in same if row.is_public and row.voice.may_publish), "")
    rated = [row for row in same if row.rated_at]
    back = sum(row.level in (1, 2) or row.is_fixed is False for row in rated)
    return Told(
        first.office, first.sent_at.date(), first.adoption, first.public_reason, text, len(same),
        len(rated), back,
    )  # fmt: skip


def opened_voices(group: Group) -> list[Voice]:
    """Single voices of a group that everybody may read."""
    members = Membership.objects.filter(group=group, until=None).values("voice")
    rows = Voice.objects.published().filter(pk__in=members).defer("text")
    return list(rows.order_by("-said_on", "-pk")[:SHOWN])


def days_of(group: Group) -> list[tuple[date, int]]:
    """How many each day brought."""
    rows = Membership.objects.filter(group=group, until=None, voice__state__in=LIVE, voice__erased_at=None)
    counted: dict[date, int] = {}
    for day in rows.values_list("voice__said_on", flat=True):
        counted[day] = counted.get(day, 0) + 1
    return sorted(counted.items())


def places(on: date) -> list[tuple[str, str]]:
    """Streets groups everybody may see were said in."""
    keys = open_groups(on).exclude(place=None).order_by().values("place")
    return list(Organisation.objects.filter(pk__in=keys).values_list("code", "short"))


def domains(on: date) -> list[str]:
    """Their themes."""
    rows = open_groups(on).exclude(domain="").order_by().values_list("domain", flat=True)
    return sorted(set(rows))
