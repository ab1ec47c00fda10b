"""Kinds that are published: tried again with their traces, and looked at again, as things stand today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from minhu.cases.models import Kind
from minhu.cases.pack.knowing import known_here
from minhu.cases.pack.playing import Verdict, play_all
from minhu.packs import Located
from minhu.packs.kind_values import from_plain
from minhu.packs.kinds import KindSpec
from minhu.packs.linting import lint
from minhu.packs.positions import Path, Position


@dataclass(frozen=True, slots=True)
class Look:
    """Something to look at again, in words; where in the kind; how to mend it."""

    words: str
    where: str
    hint: str
    is_warning: bool


def located(row: Kind) -> Located[KindSpec]:
    """A published kind with its traces; its parts are found by their way and not by a line."""
    spec = from_plain({**row.spec, "trace": row.traces})
    return Located(spec, Position(row.code), lambda path: Position(f"{row.code} · {way(path)}"))


def way(path: Path) -> str:
    """The way to a part of a kind."""
    return " ".join(str(step + 1) if isinstance(step, int) else step for step in path)


def tried_again(row: Kind, *, at: datetime) -> list[Verdict]:
    """The traces of a published kind, played against the limits and the calendar of today."""
    others = Kind.objects.filter(is_current=True).exclude(code=row.code)
    return play_all([located(row)], [located(row), *map(located, others)], at=at)


def looked_at(row: Kind) -> Iterable[Look]:
    """What the linter says of a published kind as the rulebook stands today."""
    for remark in lint(located(row), known_here([])):
        words = gettext(remark.words).format(**dict(remark.said))
        yield Look(words, remark.position.file, remark.hint, remark.is_warning)
