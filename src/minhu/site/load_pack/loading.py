"""Checking a pack as a whole and loading it, room by room, through their actions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from django.db import transaction

from minhu.cases import pack as cases
from minhu.mandates import pack as mandates
from minhu.packs import Counts, Pack, PackError, Position, Problem, Section, did_you_mean, open_pack
from minhu.packs.trials import TRIALS
from minhu.packs.waiting import WAITING, DependencySpec
from minhu.people import pack as people
from minhu.reforms import pack as reforms
from minhu.rulebook import pack as rulebook
from minhu.services import pack as services
from minhu.trail.states import Actor
from minhu.voices import pack as voices


class Loader(Protocol):
    """A room's pack.py."""

    @property
    def SECTIONS(self) -> tuple[Section[Any], ...]:  # noqa: N802 (a module's constant)
        """What it reads."""
        ...

    def load(self, pack: Pack, *, by: Actor, at: datetime) -> Counts:
        """Bring the room to what the pack says, through its actions."""
        ...


SECTIONS: Mapping[str, Loader] = {
    "people": people,
    "rulebook": rulebook,
    "cases": cases,
    "mandates": mandates,
    "reforms": reforms,
    "services": services,
    "voices": voices,
}
"""The rooms that load sections, in the order of the stair; a new room is added here."""


@dataclass(frozen=True, slots=True)
class Report:
    """What loading did: counts of every room, and sections checked for rooms not built yet."""

    pack: Pack
    rooms: Mapping[str, Counts]
    waiting: Mapping[str, int]

    @property
    def total(self) -> Counts:
        """All rooms together."""
        return sum(self.rooms.values(), Counts())

    @property
    def changed_anything(self) -> bool:
        """Whether this load differed from what stood here already."""
        return bool(self.total.created or self.total.changed)

    def lines(self) -> Iterator[str]:
        """The report in words, line by line."""
        yield f"{self.pack.name} ({self.pack.code} {self.pack.version}, {self.pack.digest[:12]})"
        for room, counts in self.rooms.items():
            yield (
                f"  {room}: {counts.created} created, {counts.changed} changed, {counts.unchanged} unchanged"
            )
            for note in counts.notes:
                yield f"    {note}"
        for section, items in self.waiting.items():
            yield f"  {section}: {items} checked, not loaded (its room is not built yet)"
        if not self.changed_anything:
            yield "  nothing changed"


def load(folder: Path | str, *, by: Actor, at: datetime) -> Report:
    """Load a folder; raises PackError with everything that is wrong, and then nothing is loaded."""
    pack = open_pack(folder)
    check(pack)
    with transaction.atomic():
        counts = {name: room.load(pack, by=by, at=at) for name, room in SECTIONS.items()}
    waiting = {section.name: len(items) for section in WAITING if (items := pack.read(section))}
    return Report(pack, counts, waiting)


def check(pack: Pack) -> None:
    """Read every section before anything is loaded, and collect all that is wrong."""
    sections = [one for room in SECTIONS.values() for one in room.SECTIONS]
    everything = [*sections, *WAITING, TRIALS]
    problems = list(unknown_sections(pack, {one.name for one in everything}))
    for section in everything:
        try:
            pack.read(section)
        except PackError as error:
            problems += error.problems
    if not problems:
        problems += loose_dependencies(pack, sections)
    if problems:
        raise PackError(problems)


def unknown_sections(pack: Pack, known: set[str]) -> Iterator[Problem]:
    """Files no room would ever read: a slip in a file's name must not pass in silence."""
    for name, file in pack.section_names().items():
        if name not in known:
            yield Problem(Position(file), f"no room reads a section “{name}”", did_you_mean(name, known))


def loose_dependencies(pack: Pack, sections: list[Section[Any]]) -> Iterator[Problem]:
    """Dependencies between reforms the pack does not hold."""
    reforms = {row.item.code for one in sections if one.name == "reforms" for row in pack.read(one)}
    for section in WAITING:
        for row in pack.read(section) if section.type is DependencySpec else ():
            for end in ("before", "after"):
                if (code := getattr(row.item, end)) not in reforms:
                    yield row.problem(f"there is no reform “{code}”", end, hint=did_you_mean(code, reforms))
