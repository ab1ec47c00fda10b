"""Small cuts: what they rest on, which are proposed, and which groups ask for one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from minhu.cases.models import Part
from minhu.people.models import Organisation
from minhu.voices.models import Candidate, Group, HotIssue, Membership, Reply
from minhu.voices.queries.groups_limits import small_cut_least
from minhu.voices.states.groups import CandidateState, Severity
from minhu.voices.states.hearing import LIVE

EACH, LONGEST = 3, 200
ROLES = ("handler", "helper")
STATES = (*CandidateState.values, "all")


@dataclass(frozen=True, slots=True)
class Weight:
    """What a small cut would rest on: how often, how hard (proposed, and why), how many departments."""

    frequency: int
    people: int
    severity: int
    why: tuple[str, ...]
    departments: tuple[Organisation, ...]

    @property
    def score(self) -> int:
        """How often × how hard × how many departments."""
        return self.frequency * self.severity * max(1, len(self.departments))


def departments_of(groups: Sequence[Group]) -> list[Organisation]:
    """The units that handle or help in the cases of some groups, and those they were given to."""
    parts = Part.objects.filter(case__voice_case__group__in=groups, role__in=ROLES).values("organisation")
    keys = {group.office_id for group in groups if group.office_id}
    return list(Organisation.objects.filter(Q(pk__in=parts) | Q(pk__in=keys)).order_by("order", "pk"))


def evidence_of(groups: Iterable[Group]) -> list[list[str]]:
    """A few voices of each group, masked: number, day, words; never who."""
    found = []
    for group in groups:
        rows = Membership.objects.filter(
            group=group, until=None, voice__state__in=LIVE, voice__erased_at=None
        ).select_related("voice")
        for row in rows.order_by("-voice__said_on", "-pk")[:EACH]:
            voice = row.voice
            found.append([voice.number, voice.said_on.isoformat(), voice.masked[:LONGEST]])
    return found


def weight_of(groups: Sequence[Group]) -> Weight:
    """What a small cut from some groups would rest on."""
    severity, why = severity_of(groups)
    return Weight(
        sum(group.size for group in groups), sum(group.people for group in groups), severity, why,
        tuple(departments_of(groups)),
    )  # fmt: skip


def severity_of(groups: Sequence[Group]) -> tuple[int, tuple[str, ...]]:
    """How hard it hits, as far as the software can tell, and the codes of why: a person decides."""
    voices = Membership.objects.filter(group__in=groups, until=None).values("voice")
    rated = Reply.objects.filter(voice__in=voices).aggregate(
        bad=Count("pk", filter=Q(level__in=(1, 2)) | Q(is_fixed=False)),
        again=Count("reopened", distinct=True),
    )
    why = [name for name, n in (("bad", rated["bad"]), ("again", rated["again"])) if n]
    return min(Severity.GRAVE.value, 1 + len(why)), tuple(why)


def shown(state: str) -> QuerySet[Candidate]:
    """Small cuts in a state, the heaviest first."""
    rows = Candidate.objects.select_related("reform", "hot").prefetch_related("departments", "groups")
    return rows if state == "all" else rows.filter(state=state)


def counts() -> dict[str, int]:
    """How many small cuts are in each state."""
    found = dict.fromkeys(STATES, 0)
    for state, n in Candidate.objects.order_by().values_list("state").annotate(n=Count("pk")):
        found[state] = n
    return found | {"all": sum(found.values())}


def asking(on: date, most: int = 6) -> list[Group]:
    """Large groups no small cut was proposed for and no reform takes up, the largest first."""
    rows = Group.objects.standing().filter(size__gte=small_cut_least(on), candidates=None)
    rows = rows.exclude(reform_links__state="confirmed")
    return list(rows.select_related("office", "place").order_by("-size", "-last_on", "-pk")[:most])


def candidate_at(pk: int) -> Candidate | None:
    """A small cut with all its page needs."""
    return shown("all").filter(pk=pk).first()


def groups_of(hot: HotIssue | None, keys: Sequence[int]) -> list[Group]:
    """The groups somebody chose, or those of a hot issue."""
    rows = Group.objects.standing().select_related("case", "office", "centre")
    if keys:
        return list(rows.filter(pk__in=keys).order_by("-size", "pk"))
    return list(rows.filter(hot_issues=hot).order_by("-size", "pk")) if hot else []
