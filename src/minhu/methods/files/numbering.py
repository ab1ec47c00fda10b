"""Automatic numbering (自动编号): the labels that Word draws and does not write down."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from minhu.methods.files.labels import numbered
from minhu.methods.files.package import Element, child, local, value

LEVELS = 9
PLACE = re.compile(r"%([1-9])")
CLOSED = ("、", "）", ")", "】")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts: from `start`, in `form`, drawn as `words` ("第%1条")."""

    start: int = 1
    form: str = "decimal"
    words: str = ""
    joins: str = "tab"
    is_legal: bool = False
    restarts: int | None = None


@dataclass
class Style:
    """A paragraph style: what it is called, what it is based on, and the list it belongs to."""

    name: str = ""
    based_on: str = ""
    number: str | None = None
    level: int | None = None


@dataclass
class Numbering:
    """Lists and styles of a document, and where each count stands."""

    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    shapes: dict[str, str] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    overrides: dict[str, dict[int, Level]] = field(default_factory=dict)
    styles: dict[str, Style] = field(default_factory=dict)
    default_style: str = ""
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, lists: Element | None, styles: Element | None) -> "Numbering":
        """Read numbering.xml and styles.xml, either of which may be missing."""
        out = cls()
        for one in styles if styles is not None else ():
            if local(one) == "style" and value(one, "type") == "paragraph":
                out.add_style(one)
        links: dict[str, str] = {}
        for one in lists if lists is not None else ():
            if local(one) == "abstractNum":
                key = value(one, "abstractNumId") or ""
                out.lists[key] = dict(levels_of(one))
                if (link := child(one, "numStyleLink")) is not None:
                    links[key] = value(link, "val") or ""
            elif local(one) == "num":
                out.add_number(one)
        for key, style in links.items():
            number = out.styles.get(style, Style()).number or ""
            out.lists[key] = out.lists.get(out.shapes.get(number, ""), {})
        return out

    def add_style(self, element: Element) -> None:
        """Keep what a style says about numbering."""
        key = value(element, "styleId") or ""
        based = child(element, "basedOn")
        name = child(element, "name")
        number = child(element, "pPr", "numPr")
        style = Style(
            (value(name, "val") or "") if name is not None else "",
            (value(based, "val") or "") if based is not None else "",
        )
        style.number, style.level = number_of(number)
        self.styles[key] = style
        if value(element, "default") in {"1", "true"}:
            self.default_style = key

    def add_number(self, element: Element) -> None:
        """Keep a list in use: which shape it has, and what it changes there."""
        key = value(element, "numId") or ""
        shape = child(element, "abstractNumId")
        self.shapes[key] = (value(shape, "val") or "") if shape is not None else ""
        for one in element:
            if local(one) != "lvlOverride":
                continue
            place = int(value(one, "ilvl") or 0)
            start = child(one, "startOverride")
            if start is not None:
                self.restarts.setdefault(key, {})[place] = int(value(start, "val") or 1)
            self.overrides.setdefault(key, {}).update(levels_of(one))

    def style_names(self, style: str) -> list[str]:
        """The names of a style and of those it is based on."""
        names: list[str] = []
        for one in self.line_of(style):
            names.append(one.name.lower())
        return names

    def line_of(self, style: str) -> Iterable[Style]:
        """A style and those it is based on."""
        seen: set[str] = set()
        while style in self.styles and style not in seen:
            seen.add(style)
            yield self.styles[style]
            style = self.styles[style].based_on

    def label(self, properties: Element | None) -> str:
        """The label drawn before a paragraph with these properties (w:pPr), counting it; "" without one."""
        style = child(properties, "pStyle")
        key = (value(style, "val") or "") if style is not None else self.default_style
        number, level = number_of(child(properties, "numPr"))
        for one in self.line_of(key):
            number = one.number if number is None else number
            level = one.level if level is None else level
        if number in {None, "", "0"} or number not in self.shapes:
            return ""
        return self.drawn(number or "", min(max(level or 0, 0), LEVELS - 1))

    def drawn(self, number: str, place: int) -> str:
        """Count one more in a list at a level, and draw its label."""
        shape = self.shapes[number]
        levels = {**self.lists.get(shape, {}), **self.overrides.get(number, {})}
        level = levels.get(place)
        if level is None:
            return ""
        counts = self.counts.setdefault(shape, [None] * LEVELS)
        for one, start in self.restarts.get(number, {}).items():
            levels[one] = replace(levels.get(one, Level()), start=start)
            if number not in self.begun and one < LEVELS:
                counts[one] = None
        self.begun.add(number)
        self.count(counts, levels, place)
        said = [
            numbered(counts[k] or 0, "decimal" if level.is_legal else levels.get(k, Level()).form)
            for k in range(LEVELS)
        ]
        label = (
            "" if level.form in {"bullet", "none"} else PLACE.sub(lambda m: said[int(m[1]) - 1], level.words)
        )
        label = label.strip()
        tight = level.joins == "nothing" or label.endswith(CLOSED)
        return label if not label or tight else f"{label} "

    def count(self, counts: list[int | None], levels: dict[int, Level], place: int) -> None:
        """One more at a level; levels above that were never seen begin, those below begin anew."""
        for above in range(place):
            if counts[above] is None:
                counts[above] = levels.get(above, Level()).start
        now = counts[place]
        counts[place] = levels[place].start if now is None else now + 1
        for below in range(place + 1, LEVELS):
            restarts = levels.get(below, Level()).restarts
            if restarts != 0 and (restarts is None or place < restarts):
                counts[below] = None


def number_of(element: Element | None) -> tuple[str | None, int | None]:
    """The list and the level that a w:numPr names."""
    number, level = child(element, "numId"), child(element, "ilvl")
    return (
        value(number, "val") if number is not None else None,
        int(value(level, "val") or 0) if level is not None else None,
    )


def levels_of(element: Element) -> Iterable[tuple[int, Level]]:
    """The levels a list describes."""
    for one in element:
        if local(one) != "lvl":
            continue
        said = {local(part): value(part, "val") for part in one}
        legal = "isLgl" in said and said["isLgl"] not in {"0", "false"}
        form = said.get("numFmt") or form_within(one)
        restarts = said.get("lvlRestart")
        yield int(value(one, "ilvl") or 0), Level(
            int(said.get("start") or 1), form, said.get("lvlText") or "", said.get("suff") or "tab", legal,
            int(restarts) if restarts is not None else None,
        )  # fmt: skip


def form_within(level: Element) -> str:
    """A number format that stands inside mc:AlternateContent, as newer ones do; else digits."""
    found = next((value(one, "val") for one in level.iter() if local(one) == "numFmt"), None)
    return found or "decimal"
