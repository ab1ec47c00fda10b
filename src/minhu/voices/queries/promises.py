"""By when an answer is due, with the article that says so."""

from datetime import date

from minhu.rulebook import queries as rulebook
from minhu.rulebook.models import Limit

ANSWER = "voice.answer"


def promise(channel: str, on: date) -> Limit | None:
    """The limit for answering what came by a channel, if the rulebook has one."""
    return rulebook.limits_for(ANSWER, on=on, kind=channel).first()
