"""What rooms offer to pages that do not know them: plain values, registered once when the house starts."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import ModuleType
from typing import Any, Protocol

from django.utils.functional import Promise

Words = str | Promise
Named = tuple[Words, str]
TONES = ("red", "yellow", "blue", "done", "off")


class Reader(Protocol):
    """Whoever looks at the page; the ground knows only that rights can be asked for."""

    def may(self, right: str) -> bool:
        """Whether this reader has the right."""
        ...


@dataclass(frozen=True, slots=True)
class Light:
    """A light: a tone of TONES, a word, and its reason; anything with these three names will do as well."""

    tone: str
    word: Words
    reason: Words = ""


@dataclass(frozen=True, slots=True)
class Nav:
    """A door in the side rail; a glyph of the loop puts it in the loop, order below 10 above it."""

    glyph: str
    title: Words
    url_name: str
    order: int
    right: str


@dataclass(frozen=True, slots=True)
class PanelView:
    """The body of a panel: a template and what it needs; `note` and `url` go into the panel's head."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    note: Words = ""
    url: str = ""
    link: Words = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A card on another room's page, named by its anchor (`reforms.reform`); None draws nothing."""

    anchor: str
    title: Words
    build: Callable[[Any, Any], PanelView | None]
    order: int = 50
    span: int = 12  # of 12 columns, where the page is a grid


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing a post owes, or (`waits`) waits for from others."""

    title: Words
    why: Words
    url: str
    due_on: date | None = None
    light: Any = None
    waits: bool = False
    order: int = 50


@dataclass(frozen=True, slots=True)
class DutySource:
    """Builds what this reader owes on a day."""

    build: Callable[[Any, date], Iterable[Duty]]
    order: int = 50


@dataclass(frozen=True, slots=True)
class Found:
    """One hit of the search."""

    title: Words
    url: str
    snippet: Words = ""


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds things of one kind that hold the text and that this reader may see."""

    title: Words
    find: Callable[[str, Any, int], Iterable[Found]]
    order: int = 50


@dataclass(frozen=True, slots=True)
class EdgeSource:
    """The query that rebuilds one kind of edge between things: (from, to, since)."""

    kind: str
    build: Callable[[], Iterable[tuple[str, str, datetime]]]
    order: int = 50


@dataclass(frozen=True, slots=True)
class DeedWord:
    """How the record says a deed in words."""

    deed: str
    words: Words


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a whole on a bar: how much, in which tone (TONES or `work`), and its word."""

    value: float
    tone: str
    word: Words = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class FigureView:
    """A number with its unit, the sentence that says what it is made of, and the rows behind it (`url`)."""

    value: Words | int
    unit: Words = ""
    tone: str = ""
    sentence: Words = ""
    url: str = ""
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A question of the cockpit and the number that answers it."""

    order: int
    question: Words
    build: Callable[[Any, date], FigureView | None]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence; with a `url` it is a number one can open."""

    text: Words
    url: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """A plain sentence with linked numbers that opens the cockpit."""

    order: int
    build: Callable[[Any, date], Iterable[Part]]


@dataclass(frozen=True, slots=True)
class ThingLink:
    """How the record names things of one prefix (`reforms.milestone`): all keys at once -> (title, url)."""

    prefix: str
    build: Callable[[Collection[str]], Mapping[str, Named]]


KINDS: dict[str, type] = {
    "NAV": Nav,
    "PANELS": Panel,
    "DUTIES": DutySource,
    "FIND": Finder,
    "EDGES": EdgeSource,
    "DEEDS": DeedWord,
    "FIGURES": Figure,
    "OPENINGS": Opening,
    "THINGS": ThingLink,
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


def panels(anchor: str) -> list[Panel]:
    """Panels for one anchor."""
    return [panel for panel in _offered("PANELS") if panel.anchor == anchor]


def duty_sources() -> list[DutySource]:
    """Sources of duties."""
    return _offered("DUTIES")


def duties(reader: Any, on: date) -> list[Duty]:
    """All duties of a reader on a day: own first, earliest due first, undated last."""
    owed = [duty for source in duty_sources() for duty in source.build(reader, on)]
    return sorted(owed, key=lambda duty: (duty.waits, duty.due_on or date.max, duty.order))


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


def sentence(template: Words, **parts: Part | Words | int) -> tuple[Part, ...]:
    """Cut a translated sentence at its `{names}`, so that numbers can be links in any word order.

    >>> [part.text for part in sentence("{late} of {all} are late", late=Part("3", "/x"), all=57)]
    ['3', ' of ', '57', ' are late']
    """
    pieces = re.split(r"\{(\w+)\}", str(template))
    cut = [parts[piece] if place % 2 else piece for place, piece in enumerate(pieces)]
    made = (part if isinstance(part, Part) else Part(str(part)) for part in cut)
    return tuple(part for part in made if part.text)
