"""Occasions: list them, read what was said on one, write one down."""

from datetime import date
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Path, Query, Schema
from pydantic import Field

from minhu.people.rules import require
from minhu.people.wire import Body, Call, Key, Page, PageAsked, Problem, Text, paged
from minhu.voices import rules
from minhu.voices.actions.occasions import MOST, OccasionDraft, record_occasion
from minhu.voices.api.mounted import VoiceShape, operations, voice_row
from minhu.voices.api.voices import Said
from minhu.voices.models import Occasion
from minhu.voices.queries.desks import sorting_desk
from minhu.voices.states.hearing import Draft, OccasionKind


class OccasionShape(Schema):
    """An occasion on which people were heard."""

    id: int
    kind: str
    title: str
    held_on: str
    office: str
    place: str | None = None
    place_words: str


class OccasionWithVoices(OccasionShape):
    """An occasion with what was said there, masked."""

    voices: list[VoiceShape]


class OccasionAsked(Body):
    """An occasion and what was said there; who came is not asked."""

    kind: OccasionKind
    title: Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\x00]*$")]
    held_on: date
    place: Text = Field("", description=gettext_noop("Code of the street or town."))
    place_words: Text = ""
    note: Text = ""
    said: Annotated[list[Said], Field(min_length=1, max_length=MOST)] = Field(
        description=gettext_noop("What was said: each becomes a voice of its own.")
    )


def occasion_row(one: Occasion) -> dict[str, Any]:
    """An occasion as it goes out."""
    return {
        "id": one.pk, "kind": one.kind, "title": one.title, "held_on": one.held_on.isoformat(),
        "office": one.office.code, "place": one.place.code if one.place else None,
        "place_words": one.place_words,
    }  # fmt: skip


def seen(request: Call) -> Any:
    """The occasions the post of this token sees."""
    rows = Occasion.objects.filter(rules.visible_occasions(request.reader, sorting_desk()))
    return rows.select_related("office", "place")


@operations.get("/occasions", right="see_voices", answer=Page[OccasionShape], words=_("List occasions"))
def list_occasions(request: Call, asked: Query[PageAsked]) -> dict[str, Any]:
    """Visits and sessions, the latest first."""
    return paged(request, seen(request), asked, occasion_row)


@operations.get("/occasions/{pk}", right="see_voices", answer=OccasionWithVoices, words=_("Read an occasion"))
def read_occasion(request: Call, pk: Path[Key]) -> dict[str, Any]:
    """One occasion with what was said there, masked."""
    one = seen(request).filter(pk=pk).first()
    if one is None:
        raise Problem(404, _("There is no such occasion that you may see."), "path.pk")
    rows = one.voices.filter(erased_at=None).select_related("place", "office").defer("text").order_by("pk")
    return occasion_row(one) | {"voices": [voice_row(voice) for voice in rows]}


@operations.post(
    "/occasions",
    right="hear_voice",
    answer=OccasionShape,
    words=_("Record an occasion"),
    status=201,
    once=True,
)
def make_occasion(request: Call, body: OccasionAsked) -> dict[str, Any]:
    """Write an occasion down with everything that was said there, held by the unit of the token."""
    reader = request.reader
    require(reader, "hear_voice", organisations=(reader.organisation,))
    draft = OccasionDraft(
        body.kind, body.title, body.held_on, reader.organisation, body.place, body.place_words, body.note
    )
    said = [Draft(text, typed=0) for text in body.said]
    return occasion_row(record_occasion(by=reader.actor, draft=draft, said=said, at=timezone.now()).occasion)
