"""Groups of voices and the reforms that take them up: for pages, panels and edges."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum

from minhu.cases.queries.readings import day_of
from minhu.reforms.models import Milestone, Reform
from minhu.reforms.states import State
from minhu.rulebook.queries import Missing, limit
from minhu.voices.models import Group, Membership, ReformLink, Voice, VoiceCase
from minhu.voices.queries.groups_inbox import standing_of
from minhu.voices.states.groups import LinkState, Standing

POSSIBLE = "match.possible"
LEAST = 0.2
DEAD = (State.STOPPED, State.MERGED)
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a voice in a reform, in words everybody may read: stage, what is done, what is next."""

    reform: Reform
    done: tuple[Milestone, ...]
    next: Milestone | None
    all: int

    @property
    def stage(self) -> str:
        """The stage the reform has reached."""
        return str(self.reform.get_state_display())


@dataclass(frozen=True, slots=True)
class Said:
    """What people say about a reform: a group, and where it stands."""

    link: ReformLink
    standing: Standing


def reform_texts() -> list[tuple[Reform, str]]:
    """Every living reform, and the text voices are held against."""
    rows = Reform.objects.exclude(state__in=DEAD).order_by("code")
    return [
        (row, "\n".join(part for part in (row.name, row.problem, row.goal, row.indicator) if part))
        for row in rows
    ]


def text_of(group: Group) -> str:
    """The text of a group: its title and what its centre says, masked."""
    return f"{group.title}\n{group.centre.masked if group.centre else ''}".strip()


def threshold(at: datetime) -> float:
    """How alike a reform must be to be suggested."""
    try:
        return float(limit(POSSIBLE, on=day_of(at)).value)
    except Missing:
        return LEAST


def links_of(group: Group) -> list[ReformLink]:
    """The links of a group: confirmed first, refused last, each the most alike first."""
    order = {LinkState.CONFIRMED: 0, LinkState.SUGGESTED: 1, LinkState.REFUSED: 2}
    rows = ReformLink.objects.filter(group=group).select_related("reform__lead")
    return sorted(rows, key=lambda row: (order[LinkState(row.state)], -(row.score or 0), row.pk))


def said_about(reform: Reform) -> list[Said]:
    """The groups a reform takes up, the largest first."""
    rows = ReformLink.objects.filter(reform=reform, state=LinkState.CONFIRMED, group__size__gt=0)
    rows = rows.select_related("group__case", "group__place").order_by("-group__size", "pk")
    return [Said(row, standing_of(row.group)) for row in rows[:SHOWN]]


def count_about(reform: Reform) -> tuple[int, int]:
    """How many groups and voices a reform takes up."""
    rows = ReformLink.objects.filter(reform=reform, state=LinkState.CONFIRMED)
    return rows.count(), int(rows.aggregate(n=Sum("group__size"))["n"] or 0)


def outcomes_of(voice: Voice) -> list[Outcome]:
    """What became of a voice: the reforms that take up its group, by milestones accepted and next."""
    row = Membership.objects.filter(voice=voice, until=None).first()
    return outcomes_of_group(row.group_id) if row else []


def outcomes_of_group(group: int) -> list[Outcome]:
    """What became of a group."""
    rows = ReformLink.objects.filter(group=group, state=LinkState.CONFIRMED).select_related("reform__lead")
    return [outcome_of(row.reform) for row in rows.order_by("decided_at", "pk")]


def outcome_of(reform: Reform) -> Outcome:
    """The public words of a reform's way."""
    stones = list(reform.milestones.order_by("due_on", "order", "pk"))
    done = tuple(stone for stone in stones if stone.accepted_on)
    ahead = next((stone for stone in stones if not stone.accepted_on), None)
    return Outcome(reform, done, ahead, len(stones))


def handled_rows() -> Iterator[tuple[int, int, datetime]]:
    """(group, case, since) of every case a group is handled in."""
    rows = VoiceCase.objects.order_by("pk").values_list("group", "case", "assigned_at")
    return rows.iterator()


def member_rows() -> Iterator[tuple[int, int, datetime]]:
    """(voice, group, since) of every open membership."""
    rows = Membership.objects.filter(until=None).order_by("pk").values_list("voice", "group", "since")
    return rows.iterator()


def linked_rows() -> Iterable[tuple[int, int, datetime]]:
    """(group, reform, since) of every confirmed link."""
    rows = ReformLink.objects.filter(state=LinkState.CONFIRMED, decided_at__isnull=False).order_by("pk")
    return (
        (group, reform, at) for group, reform, at in rows.values_list("group", "reform", "decided_at") if at
    )


def suggestions_waiting() -> int:
    """Links nobody has decided on."""
    return ReformLink.objects.filter(state=LinkState.SUGGESTED, group__size__gt=0).count()


def living_reforms() -> list[Reform]:
    """Reforms that go on, to choose from."""
    return list(Reform.objects.exclude(state__in=DEAD).order_by("code").only("code", "name"))
