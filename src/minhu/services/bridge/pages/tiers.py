"""One-things put under the three lists, and under life events and stages of enterprises."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from minhu.packs.guides import Stage
from minhu.services.bridge.pages.words import stage_words
from minhu.services.models import Thing
from minhu.services.queries.things import ThingRow
from minhu.services.states import Audience, Tier

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Shelf(Generic[Row]):
    """A heading and what stands under it."""

    code: str
    title: str
    rows: tuple[Row, ...]


def tiers_of(rows: Iterable[ThingRow]) -> list[Shelf[ThingRow]]:
    """The three lists, those that hold something."""
    rows = list(rows)
    shelves = [
        Shelf(tier.value, str(tier.label), tuple(row for row in rows if row.thing.tier == tier))
        for tier in Tier
    ]
    return [shelf for shelf in shelves if shelf.rows]


Offered = tuple[Thing, tuple[int, int]]


def stages_of(rows: Iterable[Offered]) -> list[Shelf[Shelf[Offered]]]:
    """For people by life event, for enterprises by stage."""
    rows = list(rows)
    found = []
    for audience in Audience:
        mine = [row for row in rows if row[0].audience == audience]
        shelves = tuple(
            Shelf(stage.value, stage_words(stage), here)
            for stage in Stage
            if (here := tuple(row for row in mine if row[0].stage == stage))
        )
        if shelves:
            found.append(Shelf(audience.value, str(audience.label), shelves))
    return found
