"""Load illustrative voices, day by day as they were said, once; what people did with them since stays."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from minhu.packs import Counts, Located, Pack, PackError, Problem, Section, did_you_mean
from minhu.people.models import Organisation
from minhu.trail.states import Actor
from minhu.voices.actions.hot import make_hot_list
from minhu.voices.pack.calling import tell_calls
from minhu.voices.pack.specs import CALLS, OCCASIONS, TOPICS, VOICES
from minhu.voices.pack.telling import Telling
from minhu.voices.queries.desks import sorting_desk

SECTIONS: tuple[Section[Any], ...] = (VOICES, OCCASIONS, TOPICS, CALLS)


def load(pack: Pack, *, by: Actor, at: datetime) -> Counts:
    """Bring the room to what the pack says. Raises PackError, and then nothing is loaded."""
    if not any(pack.read(section) for section in SECTIONS):
        return Counts()
    if problems := list(problems_in(pack)):
        raise PackError(problems)
    telling = Telling(pack, by, at)
    counts = telling.tell()
    counts += tell_calls(pack, by=by, at=at)
    if counts.created:
        make_hot_list(at=at)
    return counts


def problems_in(pack: Pack) -> Iterator[Problem]:
    """Units and topics that are not there."""
    if pack.read(VOICES) and not sorting_desk():
        yield pack.read(VOICES)[0].problem("no unit sorts what comes in: the pack has no kind “voice”")
    yield from strange_units(pack)
    topics = {row.item.code for row in pack.read(TOPICS)}
    for voice in pack.read(VOICES):
        yield from strange(voice, topics, "topic", voice.item.topic, "topic")
    for row in pack.read(OCCASIONS):
        for place, said in enumerate(row.item.said):
            yield from strange(row, topics, "topic", said.topic, "said", place, "topic")


def strange_units(pack: Pack) -> Iterator[Problem]:
    """Organisations that are not there."""
    units = set(Organisation.objects.standing().values_list("code", flat=True))
    named: tuple[tuple[Section[Any], tuple[str, ...]], ...] = (
        (VOICES, ("place",)), (OCCASIONS, ("place", "office")), (CALLS, ("office",)),
    )  # fmt: skip
    for section, keys in named:
        for row in pack.read(section):
            for key in keys:
                yield from strange(row, units, "organisation", getattr(row.item, key), key)


def strange(
    row: Located[Any], known: Collection[str], what: str, code: str, *path: str | int
) -> Iterator[Problem]:
    """A code that is none of those known."""
    if code and code not in known:
        yield row.problem(f"there is no {what} “{code}”", *path, hint=did_you_mean(code, known))
