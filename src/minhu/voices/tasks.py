"""One round of the worker for voices: place, answer, tell by mail, erase in time; once a day the hot list."""

from collections.abc import Callable, Mapping
from datetime import datetime

from minhu.rulebook.queries import Missing
from minhu.voices.actions.answering import send_answers
from minhu.voices.actions.answering_again import mail_answers
from minhu.voices.actions.answering_ratings import take_links
from minhu.voices.actions.erasing import erase_expired
from minhu.voices.actions.groups_placing import place_waiting
from minhu.voices.actions.hot import made_today, make_hot_list
from minhu.voices.queries.likeness import has_voices


def always() -> bool:
    """Go on."""
    return True


def one_round(*, at: datetime, goes_on: Callable[[], bool] = always) -> Mapping[str, int]:
    """Do what is due at a moment; `goes_on` is asked before every piece."""
    told: dict[str, int] = {}
    pieces: dict[str, Callable[[], int]] = {
        "placed": lambda: place_waiting(at=at),
        "answers": lambda: send_answers(at=at),
        "links": lambda: take_links(at=at),
        "mails_to_authors": lambda: mail_answers(at=at),
        "hot_lists": lambda: hot_list_of_the_day(at),
        "erased": lambda: erase_expired(at=at),
    }
    for name, piece in pieces.items():
        if not goes_on():
            return told
        if done := piece():
            told[name] = done
    return told


def hot_list_of_the_day(at: datetime) -> int:
    """The hot list, if there is none of this day and anything was said; without its limit there is none."""
    if not has_voices() or made_today(at):
        return 0
    try:
        make_hot_list(at=at)
    except Missing:
        return 0
    return 1
