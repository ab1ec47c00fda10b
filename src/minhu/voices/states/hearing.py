"""How a voice comes in and what becomes of it: channels, states, the draft of a voice, refusals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Channel(TextChoices):
    """The ways by which people say something."""

    WEB = "web", _("Web form")
    HOTLINE = "hotline", _("Hotline 12345")
    SUGGESTION = "suggestion", _("Suggestion")
    OCCASION = "occasion", _("Visit or session")
    LETTER = "letter", _("Letter")
    PETITION = "petition", _("Petition")
    DEPUTY = "deputy", _("Motion of a deputy")
    PROGRAM = "program", _("Another system")
    CALL = "call", _("Call for suggestions")


class State(TextChoices):
    """The life of a voice."""

    RECEIVED = "received", pgettext_lazy("voice", "Received")
    HELD = "held", _("Being looked at")
    OPEN = "open", pgettext_lazy("voice", "In hand")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", pgettext_lazy("voice", "Closed")
    REFUSED = "refused", _("Not taken up")


class Sort(TextChoices):
    """What the author wants; the same codes as the field `sort` of the kind of case."""

    HELP = "help", _("Solve something")
    COMPLAINT = "complaint", _("Complain")
    CONSULT = "consult", _("Ask something")
    SUGGESTION = "suggestion", _("Suggest something")


class Identity(TextChoices):
    """As what somebody speaks; the same codes as the field `identity` of the kind of case."""

    RESIDENT = "resident", pgettext_lazy("identity", "Resident")
    BUSINESS = "business", _("Firm or shop")
    DEPUTY = "deputy", _("Deputy to the people's congress")
    MEMBER = "member", _("Member of the consultative conference")
    ANONYMOUS = "anonymous", _("Anonymous")


class OccasionKind(TextChoices):
    """Where people were met."""

    GRASSROOTS = "grassroots", _("Going down to the grassroots")
    JOINT = "joint", _("Joint visit")
    EVENING = "evening", _("Deputies' evening")
    COUNCIL = "council", _("Members' council")
    OTHER = "other", _("Another meeting")


class Held(TextChoices):
    """Why a voice waits for a person before it goes on."""

    COPIES = "copies", _("the same text came many times")
    LINKS = "links", _("it holds several addresses of web pages")
    GARBLED = "garbled", _("it can hardly be read")
    PERSON = "person", _("somebody asked to look at it")
    REWRITTEN = "rewritten", _("its author wrote it again")


class Verdict(TextChoices):
    """What the moderators did with a voice."""

    HELD = "held", _("held")
    RELEASED = "released", _("released")
    REFUSED = "refused", _("not taken up")
    ASKED = "asked", _("asked its author to write again")


class Want(TextChoices):
    """What an author may ask about the own data."""

    CORRECT = "correct", _("Correct something")
    DELETE_ALL = "delete_all", _("Delete everything I wrote")


class Asked(TextChoices):
    """The life of a request about data, and of a proposal to publish."""

    WAITING = "waiting", pgettext_lazy("request", "Waiting")
    GRANTED = "granted", pgettext_lazy("request", "Granted")
    REFUSED = "refused", pgettext_lazy("request", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "Withdrawn")


class Contact(TextChoices):
    """The personal values a voice may come with."""

    NAME = "name", _("How may we call you?")
    PHONE = "phone", _("Phone")
    MAIL = "mail", _("E-mail")


KIND = "voice"
"""The kind of case in which groups are handled."""
CENTRE = "centre"
"""The role of that kind whose unit sorts what comes in."""
LONGEST = 10_000
"""Characters of one voice: longer than any letter, shorter than a flood."""
LIVE = (State.RECEIVED, State.OPEN, State.ANSWERED, State.CLOSED)
"""The states in which a voice stands in lists and counts."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody says, before it is a voice. Codes, not rows; `address` is never kept."""

    text: str
    channel: str = Channel.WEB
    title: str = ""
    said_on: date | None = None
    sort: str = ""
    identity: str = ""
    place: str = ""
    place_words: str = ""
    domain: str = ""
    office: str = ""
    keeper: str = ""
    contact: Mapping[str, str] = field(default_factory=dict)
    address: str = ""
    may_publish: bool = False
    occasion: int | None = None
    outside_number: str = ""
    submit_key: str = ""
    illustrative: bool = False
    typed: int = 1


class VoiceRefused(Exception):
    """Something about a voice cannot be done: the words say what and how to mend it; nothing has changed."""

    def __init__(self, words: str, field: str = "", code: str = "value") -> None:
        self.words, self.field, self.code = str(words), field, code
        super().__init__(self.words)


def book_of(number: str) -> str:
    """The book of the record in which the deeds on a voice stand."""
    return f"voice:{number}"
