"""What came of what people said: suggestions taken or not and why, reforms, rules, what is not settled."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from minhu.reforms.models import Rule
from minhu.reforms.states import State as ReformState
from minhu.voices.models import Call, Group, Reply, Voice
from minhu.voices.queries.links import Outcome, outcome_of
from minhu.voices.queries.open_groups import OpenGroup, confirmed, open_groups, shown
from minhu.voices.states.calls import CallState
from minhu.voices.states.groups import Adoption

YEAR = timedelta(days=365)
MOST = 30
ENDED = (ReformState.CLOSED, ReformState.SPREAD)


@dataclass(frozen=True, slots=True)
class Figures:
    """Plain numbers of a year: what was said, answered, taken, and what its authors found not settled."""

    heard: int
    answered: int
    taken: int
    back: int


@dataclass(frozen=True, slots=True)
class Taken:
    """A group whose suggestion was weighed: what became of it and why."""

    open: OpenGroup
    adoption: str
    reason: str
    office: str

    @property
    def label(self) -> str:
        """What became of it, in words."""
        return str(Adoption(self.adoption).label)


@dataclass(frozen=True, slots=True)
class Grown:
    """A reform that takes up what people said: how many voices and groups, what is done, what is next."""

    outcome: Outcome
    voices: int
    groups: tuple[OpenGroup, ...]
    rules: tuple[Rule, ...]


def figures(on: date) -> Figures:
    """The numbers of the year that ends on a day."""
    since = on - YEAR
    voices = Voice.objects.live().filter(said_on__range=(since, on))
    told = Reply.objects.filter(voice__in=voices.values("pk")).aggregate(
        answered=Count("voice", distinct=True),
        taken=Count("voice", distinct=True, filter=Q(adoption__in=(Adoption.ADOPTED, Adoption.PARTLY))),
        back=Count("voice", distinct=True, filter=Q(level__in=(1, 2)) | Q(is_fixed=False)),
    )
    return Figures(voices.count(), told["answered"], told["taken"], told["back"])


def weighed(on: date) -> list[Taken]:
    """Groups everybody may see whose suggestion was weighed, the latest first."""
    rows = (
        Reply.objects.exclude(adoption="")
        .filter(case__voice_case__group__in=open_groups(on).values("pk"))
        .order_by("-sent_at", "-pk")
        .values_list("case__voice_case__group", "adoption", "public_reason", "office")
    )
    latest: dict[int, tuple[str, str, str]] = {}
    for group, adoption, reason, office in rows:
        latest.setdefault(group, (adoption, reason, office))
    keys = list(latest)[:MOST]
    known = {one.group.pk: one for one in shown(open_groups(on).filter(pk__in=keys))}
    return [Taken(known[key], *latest[key]) for key in keys if key in known]


def grown(on: date) -> list[Grown]:
    """Reforms that take up groups everybody may see: those that came to their end, then by voices."""
    links = confirmed().filter(group__in=open_groups(on).values("pk")).select_related("reform__lead")
    by_reform: dict[int, list[int]] = {}
    reforms = {}
    for row in links.order_by("pk"):
        by_reform.setdefault(row.reform_id, []).append(row.group_id)
        reforms[row.reform_id] = row.reform
    keys = [key for groups in by_reform.values() for key in groups]
    known = {one.group.pk: one for one in shown(open_groups(on).filter(pk__in=keys))}
    rules: dict[int, list[Rule]] = {}
    for rule in Rule.objects.filter(reform__in=by_reform, state="in_force").exclude(deed="ended"):
        rules.setdefault(rule.reform_id, []).append(rule)
    found = []
    for reform, members in by_reform.items():
        groups = tuple(known[key] for key in members if key in known)
        size = sum(one.group.size for one in groups)
        found.append(Grown(outcome_of(reforms[reform]), size, groups, tuple(rules.get(reform, ()))))
    return sorted(found, key=lambda one: (one.outcome.reform.state not in ENDED, -one.voices))


def not_settled(on: date) -> list[OpenGroup]:
    """Groups everybody may see that came back because an author said that it is not settled."""
    return [one for one in shown(open_groups(on).order_by("-size")) if one.is_back]


def published_calls() -> list[Call]:
    """Calls whose outcome stands."""
    rows = Call.objects.filter(state=CallState.PUBLISHED).select_related("office")
    return list(rows.order_by("-published_at")[:MOST])


def largest(on: date, most: int = 3) -> list[Group]:
    """The groups most people speak in."""
    return list(open_groups(on).order_by("-size", "-last_on", "-pk")[:most])
