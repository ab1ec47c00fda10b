"""The rows that a case page shows: stays, parts, values, papers, cases around it, what the record tells."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from minhu.cases import rules
from minhu.cases.models import Case, Datum, Effect, Paper, Part, PersonalDatum, Rating, Step
from minhu.cases.queries.loading import state_of
from minhu.cases.queries.readings import day_of
from minhu.cases.states import CaseState, EffectState, book_of
from minhu.people.models import Organisation, Post
from minhu.people.rules import Reader
from minhu.trail.models import Entry
from minhu.trail.queries import book_history
from minhu.trail.states import SYSTEM


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything a page of a case shows, as rows; `names`: organisations by code, `posts`: titles by code."""

    case: Case
    steps: tuple[Step, ...]
    parts: tuple[Part, ...]
    data: tuple[Datum, ...]
    personal: tuple[PersonalDatum, ...]
    papers: tuple[Paper, ...]
    children: tuple[Case, ...]
    ratings: tuple[Rating, ...]
    dead: tuple[Effect, ...]
    entries: tuple[Entry, ...]
    names: Mapping[str, str]
    posts: Mapping[str, str]

    def at(self, rev: int) -> Entry | None:
        """The deed of a revision."""
        return next((one for one in self.entries if one.payload.get("rev") == rev), None)


@dataclass(frozen=True, slots=True)
class HandOff:
    """A stay at a place, and how long it lasted."""

    step: Step
    organisation: str
    since: datetime
    until: datetime | None

    def days(self, on: date) -> int:
        """How many days it lasted, until today if it goes on."""
        return ((day_of(self.until) if self.until else on) - day_of(self.since)).days


def seen_case(number: str, reader: Reader) -> Case | None:
    """A case of that number, if this reader may see it."""
    rows = Case.objects.filter(rules.visible(reader), number=number)
    return rows.select_related("kind", "opener", "parent").first()


def known_state(case: Case) -> CaseState:
    """The state of a case whose row was just read."""
    state = state_of(case.number)
    if state is None:
        raise LookupError(f"case {case.number} was removed while it was read")
    return state


def sheet_of(case: Case) -> Sheet:
    """Read everything a page shows; a fixed number of queries, however long the case is."""
    entries = tuple(book_history(book_of(case.number)))
    steps = tuple(case.steps.select_related("organisation", "assignee").order_by("entered_at", "pk"))
    parts = tuple(case.parts.select_related("organisation"))
    data = tuple(case.data.all())
    codes = {one.actor_organisation for one in entries} | {
        text for one in entries for text in told_codes(one)
    }
    codes |= {one.value for one in data if isinstance(one.value, str)}
    return Sheet(
        case=case,
        steps=steps,
        parts=parts,
        data=data,
        personal=tuple(case.personal.defer("value", "salt")),
        papers=tuple(case.papers.all()),
        children=tuple(children_of(case)),
        ratings=tuple(case.ratings.all()),
        dead=tuple(case.effects.filter(state=EffectState.DEAD)),
        entries=entries,
        names=names_of(codes),
        posts=titles_of({one.actor_post for one in entries}),
    )


def told_codes(entry: Entry) -> Iterable[str]:
    """Codes of organisations that a deed assigned."""
    for codes in (entry.payload.get("assigns") or {}).values():
        yield from codes if isinstance(codes, list) else [codes]


def names_of(codes: Collection[str]) -> dict[str, str]:
    """Short names of organisations by code."""
    return dict(Organisation.objects.filter(code__in=codes).values_list("code", "short"))


def titles_of(posts: Collection[str]) -> dict[str, str]:
    """Titles of posts by code."""
    known = dict(Post.objects.filter(code__in=posts).values_list("code", "title"))
    return {SYSTEM.post: "", **known}


def seen_around(case: Case, reader: Reader) -> frozenset[int]:
    """Of the case this one serves and the cases that serve it: those this reader may see."""
    around = Q(pk=case.parent_id) | Q(parent=case.pk)
    return frozenset(Case.objects.filter(around, rules.visible(reader)).values_list("pk", flat=True))


def children_of(case: Case) -> QuerySet[Case]:
    """The cases opened from this one, in their order."""
    return (
        case.children.select_related("kind")
        .prefetch_related("parts__organisation")
        .order_by("opened_at", "pk")
    )


def hand_offs(steps: Iterable[Step]) -> list[HandOff]:
    """The stays of a case that lay on somebody's desk, in their order."""
    return [
        HandOff(one, one.organisation.short, one.entered_at, one.left_at)
        for one in steps
        if one.organisation is not None
    ]


def paper_of(case: Case, pk: int) -> Paper | None:
    """One paper of a case."""
    return case.papers.filter(pk=pk).first()


def open_rating(digest: str) -> Rating | None:
    """The rating a token opens, given or not."""
    return Rating.objects.filter(token_digest=digest).select_related("case__kind").first()


def standing_units() -> QuerySet[Organisation]:
    """Organisations a case may be given to, in the order of the tree."""
    return Organisation.objects.standing().order_by("order", "pk")


def alike_titles(text: str, reader: Reader, most: int) -> list[Case]:
    """Cases this reader sees whose titles hold the same words, the newest first."""
    rows = Case.objects.filter(rules.visible(reader), title__icontains=text.strip()[:30])
    return list(rows.select_related("kind").order_by(F("opened_at").desc())[:most]) if text.strip() else []
