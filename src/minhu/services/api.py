"""For programs: one-things with their versions and courses, items with their guides; read only."""

from datetime import datetime
from typing import Annotated, Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Path, Query, Schema
from pydantic import Field

from minhu.people.wire import Call, Operations, Page, PageAsked, Text, paged
from minhu.services.models import Course, Item, ItemVersion, Thing, ThingVersion
from minhu.services.queries.things import items
from minhu.services.states import Audience, Tier, VersionState

operations = Operations(_("One-things"))
Number = Annotated[int, Field(ge=1, le=1_000_000)]


class ThingVersionShape(Schema):
    """A version of a one-thing; its digest names everything it is made of."""

    number: int
    state: VersionState
    digest: str
    made_at: datetime
    published_at: datetime | None


class ThingShape(Schema):
    """A one-thing with its versions, the newest first."""

    code: str
    name: str
    tier: Tier
    audience: Audience
    stage: str
    lead: str
    summary: str
    reconstructed: bool = Field(
        description=gettext_noop("Rebuilt from published counts: an arithmetic test, no evidence.")
    )
    illustrative: bool
    versions: list[ThingVersionShape]

    @staticmethod
    def resolve_lead(row: Thing) -> str:
        """The code of the organisation."""
        return row.lead.code

    @staticmethod
    def resolve_versions(row: Thing) -> list[ThingVersion]:
        """Newest first."""
        return list(row.versions.all())


class CourseShape(Schema):
    """One way through a version: the situations that lead to it, its kind of case, its promise and proof."""

    number: int
    situations: list[dict[str, str]]
    kind: str
    promised_days: int
    proof: dict[str, Any]

    @staticmethod
    def resolve_kind(row: Course) -> str:
        """The code of the kind of case."""
        return row.kind.code


class WholeThingVersionShape(ThingVersionShape):
    """A version with its definition (guides, materials, fields, questions, merges) and its courses."""

    definition: dict[str, Any]
    courses: list[CourseShape]

    @staticmethod
    def resolve_courses(row: ThingVersion) -> list[Course]:
        """In the order of their numbers."""
        return list(row.courses.all())


class GuideShape(Schema):
    """A version of the guide of an item."""

    number: int
    digest: str
    loaded_at: datetime
    illustrative: bool


class ServiceItemShape(Schema):
    """An item of a department."""

    code: str
    name: str
    department: str
    latest: int | None = Field(description=gettext_noop("Number of the latest guide."))

    @staticmethod
    def resolve_department(row: Item) -> str:
        """The code of the organisation."""
        return row.department.code


class WholeGuideShape(GuideShape):
    """A guide with everything it says."""

    data: dict[str, Any]


class ThingsAsked(PageAsked):
    """Which one-things."""

    q: Text = Field("", description=gettext_noop("Words in the name."))
    tier: Tier | None = None
    audience: Audience | None = None


class ItemsAsked(PageAsked):
    """Which items."""

    q: Text = Field("", description=gettext_noop("Words in name, code or department."))


def known_things() -> QuerySet[Thing]:
    """One-things with their versions."""
    versions = ThingVersion.objects.defer("definition").order_by("-number")
    return Thing.objects.select_related("lead").prefetch_related(Prefetch("versions", versions))


@operations.get("/things", right="see_things", answer=Page[ThingShape], words=_("List one-things"))
def list_things(request: Call, asked: Query[ThingsAsked]) -> dict[str, Any]:
    """One-things with their versions; the published one is what can be applied for."""
    rows = known_things().filter(name__icontains=asked.q)
    rows = rows.filter(tier=asked.tier) if asked.tier else rows
    return paged(request, rows.filter(audience=asked.audience) if asked.audience else rows, asked)


@operations.get("/things/{code}", right="see_things", answer=ThingShape, words=_("Read a one-thing"))
def read_thing(request: Call, code: Path[Text]) -> Thing:
    """One one-thing with its versions."""
    return known_things().get(code=code)


@operations.get(
    "/things/{code}/versions/{number}", right="see_things", answer=WholeThingVersionShape,
    words=_("Read a version of a one-thing"),
)  # fmt: skip
def read_thing_version(request: Call, code: Path[Text], number: Path[Number]) -> ThingVersion:
    """A version with its definition, its courses and their proofs: enough to check it elsewhere."""
    rows = ThingVersion.objects.prefetch_related("courses__kind")
    return rows.get(thing__code=code, number=number)


@operations.get("/items", right="see_things", answer=Page[ServiceItemShape], words=_("List items"))
def list_items(request: Call, asked: Query[ItemsAsked]) -> dict[str, Any]:
    """Items with the number of their latest guide."""
    return paged(request, items(asked.q), asked)


@operations.get(
    "/items/{code}/guides/{number}", right="see_things", answer=WholeGuideShape, words=_("Read a guide")
)
def read_guide(request: Call, code: Path[Text], number: Path[Number]) -> ItemVersion:
    """A version of the guide of an item, as its department published it."""
    return ItemVersion.objects.get(item__code=code, number=number)
