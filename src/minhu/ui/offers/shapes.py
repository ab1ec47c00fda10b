"""What a room may offer: plain values, each of one of these shapes."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
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
class PublicDoor:
    """A door that stands open to everybody, without log-in: in the head of public pages and on the front.

    `words`: one sentence on what is behind it. An `order` below 10 makes it one of the large doors.
    """

    glyph: str
    title: Words
    words: Words
    url_name: str
    order: int = 50


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
    """One thing a post owes, or (`waits`) waits for from others; `mine`: given to this very person."""

    title: Words
    why: Words
    url: str
    due_on: date | None = None
    light: Any = None
    waits: bool = False
    order: int = 50
    mine: bool = False


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


@dataclass(frozen=True, slots=True)
class Filled:
    """What is known already of a case about to be opened: values by field, organisations (codes) by role."""

    title: Words
    url: str
    values: Mapping[str, object] = field(default_factory=dict)
    assigns: Mapping[str, Collection[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Subject:
    """Things of one prefix that a case may be about.

    `fill(key, kind, reader)`: what is known for a case of that kind, or None if this reader may open none
    about it. `tie(key, case, by, at)`: note that the case is open, in the transaction that opens it.
    """

    prefix: str
    fill: Callable[[str, str, Any], Filled | None]
    tie: Callable[[str, Any, Any, datetime], None]
    order: int = 50
