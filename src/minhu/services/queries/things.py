"""One-things as lists show them, with what became of their cases; items with their guides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from minhu.cases.models import Case, Rating
from minhu.cases.states import BAD_LEVELS
from minhu.people.models import Organisation
from minhu.services.models import Course, Item, ItemVersion, Question, Thing, ThingVersion
from minhu.services.states import Audience, QuestionState, Tier, VersionState


@dataclass(frozen=True, slots=True)
class Figures:
    """What became of the cases of a one-thing. `waiting`: ended, not rated yet."""

    open: int = 0
    late: int = 0
    ended: int = 0
    rated: int = 0
    bad: int = 0
    asked: int = 0

    @property
    def good(self) -> int:
        """Ratings that are not bad."""
        return self.rated - self.bad


@dataclass(frozen=True, slots=True)
class ThingRow:
    """A one-thing in a list."""

    thing: Thing
    published: ThingVersion | None
    draft: ThingVersion | None
    figures: Figures
    questions: int
    days: tuple[int, int] | None

    @property
    def days_words(self) -> str:
        """Its promise: one number, or from the quickest situation to the longest."""
        if self.days is None:
            return "—"
        least, most = self.days
        return str(least) if least == most else f"{least}–{most}"


def things() -> QuerySet[Thing]:
    """All one-things with their versions."""
    versions = ThingVersion.objects.defer("definition").order_by("-number")
    return Thing.objects.select_related("lead").prefetch_related(Prefetch("versions", versions))


def thing_rows(on: date, rows: Iterable[Thing] | None = None) -> list[ThingRow]:
    """One-things as a list shows them; five queries however many there are."""
    found = list(things() if rows is None else rows)
    keys = [thing.pk for thing in found]
    figures, days = figures_of(keys, on), days_of_things(keys)
    waiting = dict(
        Question.objects.filter(thing__in=keys, state=QuestionState.ASKED)
        .order_by().values("thing").annotate(n=Count("pk")).values_list("thing", "n")
    )  # fmt: skip
    return [
        ThingRow(
            thing, in_state(thing, VersionState.PUBLISHED), in_state(thing, VersionState.DRAFT),
            figures.get(thing.pk, Figures()), waiting.get(thing.pk, 0), days.get(thing.pk),
        )
        for thing in found
    ]  # fmt: skip


def in_state(thing: Thing, state: str) -> ThingVersion | None:
    """The version of a thing in a state of which there is at most one."""
    return next((one for one in thing.versions.all() if one.state == state), None)


def figures_of(keys: Iterable[int], on: date) -> dict[int, Figures]:
    """What became of the cases of each one-thing."""
    keys = list(keys)
    kinds = dict(
        Course.objects.filter(version__thing__in=keys).values_list("kind", "version__thing").distinct()
    )
    cases = Case.objects.filter(kind__in=kinds).order_by().values("kind").annotate(
        open=Count("pk", filter=Q(status="open")),
        late=Count("pk", filter=Q(status="open", due_on__lt=on, is_held=False)),
        ended=Count("pk", filter=Q(status="ended")),
    ).values_list("kind", "open", "late", "ended")  # fmt: skip
    ratings = Rating.objects.filter(case__kind__in=kinds).order_by().values("case__kind").annotate(
        asked=Count("pk"), rated=Count("rated_at"), bad=Count("pk", filter=Q(level__in=BAD_LEVELS)),
    ).values_list("case__kind", "rated", "bad", "asked")  # fmt: skip
    sums: dict[int, list[int]] = {}
    for first, rows in ((0, cases), (3, ratings)):
        for kind, *counts in rows:
            mine = sums.setdefault(kinds[kind], [0] * 6)
            for place, count in enumerate(counts, first):
                mine[place] += count
    return {key: Figures(*counts) for key, counts in sums.items()}


def days_of_things(keys: Iterable[int]) -> dict[int, tuple[int, int]]:
    """The shortest and the longest promise of what is published."""
    found: dict[int, tuple[int, int]] = {}
    rows = Course.objects.filter(version__thing__in=keys, version__state=VersionState.PUBLISHED)
    for thing, days in rows.values_list("version__thing", "promised_days"):
        least, most = found.get(thing, (days, days))
        found[thing] = (min(least, days), max(most, days))
    return found


def catalogue(text: str = "", tier: str = "", audience: str = "") -> list[tuple[Thing, tuple[int, int]]]:
    """What anybody can apply for, with its promise: narrowed to words, a list, an audience."""
    rows = Thing.objects.filter(versions__state=VersionState.PUBLISHED, reconstructed=False).select_related(
        "lead"
    )
    for word in text.split():
        rows = rows.filter(Q(name__icontains=word) | Q(summary__icontains=word))
    if tier in Tier.values:
        rows = rows.filter(tier=tier)
    if audience in Audience.values:
        rows = rows.filter(audience=audience)
    found = list(rows.distinct())
    days = days_of_things([thing.pk for thing in found])
    return [(thing, days.get(thing.pk, (0, 0))) for thing in found]


def published_version(code: str) -> ThingVersion | None:
    """The published version of a one-thing, if there is one."""
    rows = ThingVersion.objects.select_related("thing__lead").prefetch_related("courses__kind")
    return rows.filter(thing__code=code, state=VersionState.PUBLISHED).first()


def chosen_version(thing: Thing, number: str) -> ThingVersion | None:
    """A version by its number, else the draft, else the latest."""
    rows = ThingVersion.objects.filter(thing=thing).select_related("thing__lead", "pack_version")
    if number.isdigit() and (one := rows.filter(number=int(number)).first()):
        return one
    return rows.filter(state=VersionState.DRAFT).first() or rows.order_by("-number").first()


def unit_names() -> dict[str, str]:
    """What organisations are called."""
    rows = Organisation.objects.values_list("code", "short", "name")
    return {code: short or name for code, short, name in rows}


def items(text: str = "") -> QuerySet[Item]:
    """Items with the number and day of their latest guide."""
    latest = {"latest": Max("versions__number"), "loaded": Max("versions__loaded_at")}
    # Grouped rows forget the order of their table.
    rows = Item.objects.select_related("department").annotate(**latest).order_by("order", "code")
    for word in text.split():
        rows = rows.filter(
            Q(name__icontains=word) | Q(code__icontains=word) | Q(department__name__icontains=word)
        )
    return rows


def used_by(item: Item) -> list[Thing]:
    """The one-things that join an item."""
    return [thing for thing in Thing.objects.all() if item.code in thing.data.get("items", ())]


def guide_version(item: Item, number: str) -> ItemVersion | None:
    """A guide by its number, else the latest."""
    rows = item.versions.order_by("-number")
    return (rows.filter(number=int(number)).first() if number.isdigit() else None) or rows.first()
