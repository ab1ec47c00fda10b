"""The offers of all rooms: registered once when the house starts, asked for by the pages that show them."""

from collections.abc import Iterable
from datetime import date
from types import ModuleType
from typing import Any

from minhu.ui.offers.shapes import (
    DeedWord,
    Duty,
    DutySource,
    EdgeSource,
    Figure,
    Finder,
    Named,
    Nav,
    Opening,
    Panel,
    PublicDoor,
    Subject,
    ThingLink,
    Words,
)

KINDS: dict[str, type] = {
    "NAV": Nav,
    "PUBLIC": PublicDoor,
    "PANELS": Panel,
    "DUTIES": DutySource,
    "FIND": Finder,
    "EDGES": EdgeSource,
    "DEEDS": DeedWord,
    "FIGURES": Figure,
    "OPENINGS": Opening,
    "THINGS": ThingLink,
    "SUBJECTS": Subject,
}
_registered: dict[str, ModuleType] = {}


def register(module: ModuleType) -> None:
    """Take over the plain lists of a room's `offers.py`; registering the same module again replaces it."""
    for name, kind in KINDS.items():
        for offer in getattr(module, name, ()):
            if not isinstance(offer, kind):
                raise TypeError(f"{module.__name__}.{name} holds {offer!r}; it must hold {kind.__name__}")
    _registered[module.__name__] = module


def clear() -> dict[str, ModuleType]:
    """Forget every offer (for tests) and return what was there, to be given to `restore`."""
    before = _registered.copy()
    _registered.clear()
    return before


def restore(before: dict[str, ModuleType]) -> None:
    """Put back what `clear` returned."""
    _registered.clear()
    _registered.update(before)


def _offered(name: str) -> list[Any]:
    """All offers of one kind, by order, then by the order in which rooms registered."""
    offers = [offer for module in _registered.values() for offer in getattr(module, name, ())]
    return sorted(offers, key=lambda offer: getattr(offer, "order", 0))


def navs() -> list[Nav]:
    """Doors of the side rail."""
    return _offered("NAV")


def public_doors() -> list[PublicDoor]:
    """Doors that stand open to everybody."""
    return _offered("PUBLIC")


def panels(anchor: str) -> list[Panel]:
    """Panels for one anchor."""
    return [panel for panel in _offered("PANELS") if panel.anchor == anchor]


def duty_sources() -> list[DutySource]:
    """Sources of duties."""
    return _offered("DUTIES")


def duties(reader: Any, on: date) -> list[Duty]:
    """All duties of a reader on a day: own first, of those what was given to the person, then by due day."""
    owed = [duty for source in duty_sources() for duty in source.build(reader, on)]
    return sorted(owed, key=lambda duty: (duty.waits, not duty.mine, duty.due_on or date.max, duty.order))


def finders() -> list[Finder]:
    """Finders of the search."""
    return _offered("FIND")


def edge_sources() -> list[EdgeSource]:
    """Sources of edges."""
    return _offered("EDGES")


def deeds() -> dict[str, Words]:
    """Every known deed and its words; the record shows an unknown deed as it is."""
    return {offer.deed: offer.words for offer in _offered("DEEDS")}


def figures() -> list[Figure]:
    """Questions of the cockpit."""
    return _offered("FIGURES")


def openings() -> list[Opening]:
    """Opening sentences of the cockpit."""
    return _offered("OPENINGS")


def things() -> dict[str, ThingLink]:
    """How each prefix of things is named and linked."""
    return {offer.prefix: offer for offer in _offered("THINGS")}


def thing_link(thing: str) -> Named:
    """Title and address of `reforms.milestone:12`; a thing unknown or gone is its own title."""
    return thing_links([thing])[thing]


def thing_links(names: Iterable[str]) -> dict[str, Named]:
    """Title and address of many things, each kind of thing asked once."""
    found: dict[str, Named] = {name: (name, "") for name in names}
    keys: dict[str, set[str]] = {}
    for prefix, _, key in (name.partition(":") for name in found):
        keys.setdefault(prefix, set()).add(key)
    known = things()
    for prefix in keys.keys() & known.keys():
        named = known[prefix].build(keys[prefix])
        found |= {f"{prefix}:{key}": one for key, one in named.items()}
    return found


def subject(thing: str) -> Subject | None:
    """What the room of `reforms.milestone:12` says of things a case may be about."""
    prefix = thing.partition(":")[0]
    return next((one for one in _offered("SUBJECTS") if one.prefix == prefix), None)
