"""Calls for suggestions: how far one has come, and the draft of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from minhu.voices.states.groups import Adoption


class CallState(TextChoices):
    """What was done with a call; whether it is open follows from its days."""

    PREPARED = "prepared", pgettext_lazy("call", "Being prepared")
    ANNOUNCED = "announced", pgettext_lazy("call", "Announced")
    PUBLISHED = "published", pgettext_lazy("call", "Outcome published")


class Phase(TextChoices):
    """Where a call stands on a day."""

    PREPARED = "prepared", pgettext_lazy("call", "Being prepared")
    COMING = "coming", pgettext_lazy("call", "Opens soon")
    OPEN = "open", pgettext_lazy("call", "Open")
    WEIGHING = "weighing", pgettext_lazy("call", "Being weighed")
    PUBLISHED = "published", pgettext_lazy("call", "Outcome published")


CONSULT_DAYS = "decision.consult_days"
"""How long a draft text lies open at least; the law wants a reason for less."""
CALL_DAYS = "call.least_days"
"""How long a call without a draft text is open at least."""
REPLY_DAYS = "suggestion.reply_days"
"""How long after its end a call is answered at the latest."""
VERDICTS = (Adoption.ADOPTED, Adoption.PARTLY, Adoption.REFERENCE, Adoption.DECLINED)
LONGEST_DRAFT = 100_000


@dataclass(frozen=True, slots=True)
class CallDraft:
    """A call as an office prepares it; codes, not rows. `draft`: the text whose articles are commented."""

    code: str
    title: str
    matter: str
    office: str
    opens_on: date
    closes_on: date
    ways: str = ""
    draft_title: str = ""
    draft: str = ""
    short_reason: str = ""
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Weighed:
    """What an office says to comments: to how many at once, what becomes of them, why, in words."""

    comments: Sequence[int]
    adoption: str
    reason: str
    text: str = ""


def book_of_call(code: str) -> str:
    """The book of the record in which the deeds on a call stand."""
    return f"call:{code}"
