"""The ledger: filtered, sorted and paged in the database; lights of one page from the pure rules."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from minhu.people.models import Organisation
from minhu.reforms.models import Milestone, Reform
from minhu.reforms.models.ledger import ReformQuerySet
from minhu.reforms.queries.lights import facts_of_milestone
from minhu.reforms.states import Category, Domain, State
from minhu.reforms.states.life import Words
from minhu.reforms.states.lights import (
    BLUE,
    RANK,
    RED,
    WORST_FIRST,
    YELLOW,
    Day,
    MilestoneFacts,
    Progress,
    progress_of,
    reform_light,
    tone_of,
)
from minhu.ui.offers import Light

SORTS = {
    "light": ("rank", "next_due", "code"),
    "code": ("code",),
    "name": ("name", "code"),
    "lead": ("lead__order", "code"),
    "progress": ("-share", "code"),
    "due": ("next_due", "code"),
}
# What the table shows of a reform, and what lights and progress are made of: nothing more is fetched.
SHOWN = ("code", "name", "domain", "category", "state", "illustrative", "lead__short")
JUDGED = ("reform", "title", "weight", "planned_on", "due_on", "accepted_on", "acceptor__short")
# Far away, so that reforms with nothing open stand last on both databases.
NEVER = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; an empty word asks for nothing."""

    text: str = ""
    domain: str = ""
    lead: str = ""
    state: str = ""
    light: str = ""
    category: str = ""
    sort: str = "light"

    @classmethod
    def of(cls, cleaned: Mapping[str, object]) -> "Filters":
        """Filters from a form's cleaned values; what is missing or empty stays empty."""
        known = {field.name: str(cleaned[field.name]) for field in fields(cls) if cleaned.get(field.name)}
        return cls(**known)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One line of the table."""

    reform: Reform
    light: Light
    progress: Progress
    tones: tuple[str, ...]
    next_due: date | None
    last_proof_at: datetime | None

    @property
    def kind(self) -> str:
        """Code, domain and category in one line."""
        reform = self.reform
        # Not get_…_display(): it builds the whole list of choices anew for every cell.
        return f"{reform.code} · {Domain(reform.domain).label} · {Category(reform.category).label}"

    @property
    def stage(self) -> Words:
        """The stage in a word."""
        return State(self.reform.state).label

    @property
    def promised_on(self) -> date | None:
        """The next due date, where somebody still holds to it: not of what was paused, stopped or merged."""
        return self.next_due if self.reform.is_live or not self.reform.is_approved else None


def leads() -> list[tuple[str, str]]:
    """Code and short name of every organisation that leads a reform, in the order of the tree."""
    return list(
        Organisation.objects.filter(pk__in=Reform.objects.values("lead")).values_list("code", "short")
    )


def matching(filters: Filters) -> ReformQuerySet:
    """The reforms that the filters let through, the light apart."""
    wanted = {
        "domain": filters.domain, "lead__code": filters.lead, "state": filters.state,
        "category": filters.category,
    }  # fmt: skip
    rows = Reform.objects.filter(**{name: value for name, value in wanted.items() if value})
    for word in filters.text.split():
        rows = rows.filter(Q(name__icontains=word) | Q(code__icontains=word) | Q(problem__icontains=word))
    return rows


def counts_by_tone(rows: ReformQuerySet, day: Day) -> dict[str, int]:
    """How many reforms show which tone, in one query."""
    counted = rows.with_rank(day).order_by().values_list("rank").annotate(n=Count("pk"))  # type: ignore[misc]
    return dict.fromkeys(WORST_FIRST, 0) | {WORST_FIRST[rank]: n for rank, n in counted}


def narrowed(
    rows: ReformQuerySet, filters: Filters, tones: Mapping[str, int], day: Day, end: int
) -> ReformQuerySet:
    """Only what presses, where the page that ends there shows nothing else: the worst come first."""
    if filters.sort == "light" and not filters.light and end <= tones[RED] + tones[YELLOW] + tones[BLUE]:
        return rows.pressing(day)
    return rows


def page_of(rows: ReformQuerySet, filters: Filters, day: Day) -> QuerySet[Reform, int]:
    """The keys of the light asked for, in the order asked for, ready to be cut into pages."""
    sort = filters.sort if filters.sort.removeprefix("-") in SORTS else "light"
    keys = SORTS[sort.removeprefix("-")]
    if filters.light in RANK or "rank" in keys:
        rows = rows.with_rank(day)
    if filters.light in RANK:
        rows = rows.filter(rank=RANK[filters.light])  # type: ignore[misc]
    if "next_due" in keys:
        rows = rows.with_next_due().annotate(due_key=Coalesce("next_due", NEVER))
        keys = tuple("due_key" if key == "next_due" else key for key in keys)
    if "-share" in keys:
        rows = rows.with_progress()
    order = [F(key.removeprefix("-")) for key in keys]
    downward = [key.startswith("-") ^ sort.startswith("-") for key in keys]
    ordered = [one.desc() if down else one.asc() for one, down in zip(order, downward, strict=True)]
    # Keys alone: the database sorts ten thousand short rows, and fetches the fifty that are shown.
    return rows.order_by(*ordered).values_list("pk", flat=True)


def rows_of(keys: Iterable[int], day: Day) -> list[LedgerRow]:
    """The lines of one page in their order, with lights, progress and what comes next; three queries."""
    page = list(keys)
    reforms = Reform.objects.select_related("lead").only(*SHOWN).in_bulk(page)
    stones: dict[int, list[Milestone]] = defaultdict(list)
    found = Milestone.objects.filter(reform__in=page).with_last_proof().select_related("acceptor")
    for stone in found.only(*JUDGED).order_by("due_on", "id"):
        stones[stone.reform_id].append(stone)
    return [row_of(reforms[key], stones[key], day) for key in page]


def row_of(reform: Reform, stones: list[Milestone], day: Day) -> LedgerRow:
    """One line from a reform and its milestones in the order of their dates."""
    facts: list[MilestoneFacts] = [facts_of_milestone(stone, reform) for stone in stones]
    proofs = [stone.last_proof_at for stone in stones if stone.last_proof_at]
    return LedgerRow(
        reform=reform,
        light=reform_light(reform.state, facts, day),
        progress=progress_of((stone.weight, stone.accepted_on) for stone in stones),
        tones=tuple(tone_of(one, day) for one in facts),
        next_due=next((stone.due_on for stone in stones if stone.accepted_on is None), None),
        last_proof_at=max(proofs, default=None),
    )
