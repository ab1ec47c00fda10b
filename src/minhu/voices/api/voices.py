"""Voices: hear one, list them masked, read one masked."""

from datetime import date
from hashlib import sha256
from typing import Annotated, Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Header, Path, Query, Schema
from pydantic import Field

from minhu.people.rules import require
from minhu.people.wire import Body, Call, Page, PageAsked, Problem, Text, conflict, paged
from minhu.people.wire.keeping import AGAIN, HEADER, PATTERN, SAYS
from minhu.voices.actions.hearing import hear
from minhu.voices.api.mounted import VoiceShape, operations, voice_row
from minhu.voices.bridge.cleaning import cleaned
from minhu.voices.queries.inbox import Filters, inbox, voice_seen
from minhu.voices.queries.limits import day_of
from minhu.voices.states.hearing import LONGEST, Channel, Draft, Identity, Sort, State

IdempotencyKey = Annotated[str, Header(alias=HEADER, pattern=PATTERN, description=SAYS)]
Number = Annotated[str, Field(max_length=40, pattern=r"^[^\x00]*$")]
Said = Annotated[str, Field(max_length=LONGEST * 2, pattern=r"^[^\x00]*$")]


class VoicesAsked(PageAsked):
    """Which voices."""

    text: Text = Field("", description=gettext_noop("Words of the masked text, or the number."))
    channel: Channel | None = None
    state: State | None = None
    street: Text = Field("", description=gettext_noop("Code of the street or town."))
    domain: Text = ""
    sort: Sort | None = None
    days: Annotated[int, Field(ge=1, le=3660)] | None = Field(
        None, description=gettext_noop("Received within so many days.")
    )


class VoiceAsked(Body):
    """What somebody said."""

    text: Said = Field(
        description=gettext_noop("As it was said; it is masked in everything that leaves the handler.")
    )
    title: Text = ""
    channel: Channel = Channel.PROGRAM
    said_on: date | None = None
    sort: Sort | None = None
    identity: Identity | None = None
    place: Text = Field("", description=gettext_noop("Code of the street or town."))
    place_words: Text = ""
    name: Text = Field("", description=gettext_noop("Personal: kept apart, never given back."))
    phone: Text = Field("", description=gettext_noop("Personal: kept apart, never given back."))
    mail: Text = Field("", description=gettext_noop("Personal: kept apart, never given back."))
    may_publish: bool = False
    outside_number: Annotated[str, Field(max_length=80, pattern=r"^[^\x00]*$")] = ""


class HeardShape(Schema):
    """A voice that was taken in."""

    number: str
    state: str
    follow_code: str = Field(
        description=gettext_noop("For the author alone: told the first time, empty when the key comes again.")
    )


@operations.get("/voices", right="see_voices", answer=Page[VoiceShape], words=_("List voices"))
def list_voices(request: Call, asked: Query[VoicesAsked]) -> dict[str, Any]:
    """The voices that the post of this token sees, masked, the latest first."""
    said = asked.model_dump(exclude={"page", "size"})
    filters = Filters(**{name: value for name, value in said.items() if value})
    return paged(request, inbox(request.reader, filters, day_of(timezone.now())), asked, voice_row)


@operations.get("/voices/{number}", right="see_voices", answer=VoiceShape, words=_("Read a voice"))
def read_voice(request: Call, number: Path[Number]) -> dict[str, Any]:
    """One voice, masked."""
    voice = voice_seen(request.reader, number)
    if voice is None or voice.erased_at:
        words = _("There is no voice %(number)s that you may see.") % {"number": number}
        raise Problem(404, words, "path.number")
    return voice_row(voice)


@operations.post("/voices", right="hear_voice", answer=HeardShape, words=_("Take a voice in"), status=201)
def hear_voice(
    request: Call, response: HttpResponse, body: VoiceAsked, idempotency_key: IdempotencyKey
) -> dict[str, str]:
    """Take in what somebody said; the unit of the token keeps it.

    The key is kept with the voice and not with the answer: the code in it must not be kept anywhere.
    """
    reader = request.reader
    require(reader, "hear_voice", organisations=(reader.organisation,))
    contact = {name: getattr(body, name) for name in ("name", "phone", "mail")}
    draft = Draft(
        body.text, body.channel, body.title, body.said_on, body.sort or "", body.identity or "",
        place=body.place, place_words=body.place_words, contact=contact, keeper=reader.organisation,
        may_publish=body.may_publish, outside_number=body.outside_number, typed=0,
        submit_key=sha256(f"{request.token.pk} {idempotency_key}".encode()).hexdigest(),
    )  # fmt: skip
    heard = hear(by=reader.actor, draft=draft, at=timezone.now())
    if heard.again:
        if cleaned(body.text).sameness != heard.voice.sameness:
            raise conflict(_("This key was used for another request."), where=f"header.{HEADER}")
        response[AGAIN] = "true"
    return {"number": heard.voice.number, "state": heard.voice.state, "follow_code": heard.follow_code}
