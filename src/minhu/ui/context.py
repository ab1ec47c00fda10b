"""What every page needs around its own content: the rail, the place, the look, the language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language

from minhu.ui import looks, offers

LOOP = "听接列谋办评纠"
ABOVE = 10
LARGE = 10


@dataclass(frozen=True, slots=True)
class Door:
    """One entry of the side rail or of the head of public pages, ready to draw."""

    glyph: str
    title: offers.Words
    url: str
    current: bool
    words: offers.Words = ""
    large: bool = False


class Shell:
    """The frame of a page; nothing is worked out before a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.demo: bool = settings.MINHU_DEMO
        self.place: str = settings.MINHU_PLACE

    @cached_property
    def reader(self) -> Any:
        """Whoever looks, if somebody is signed in."""
        reader = getattr(self.request, "reader", None)
        return reader if reader is not None and reader.signed_in else None

    @cached_property
    def look(self) -> str:
        """The chosen look, as the value of `data-theme`."""
        return looks.look_of(self.request.COOKIES.get(looks.COOKIE, ""))

    @property
    def large(self) -> bool:
        """Whether large print is chosen."""
        return looks.LARGE in self.look.split()

    @cached_property
    def papers(self) -> list[tuple[str, offers.Words, bool]]:
        """The papers to choose from: word, name, and whether it is the chosen one."""
        return [(word, name, word in self.look.split()) for word, name in looks.PAPERS.items()]

    @property
    def language(self) -> str:
        """Language tag of the page, in the capitals that browsers and fonts know."""
        return "zh-Hans" if (get_language() or "").startswith("zh") else (get_language() or "en")

    @cached_property
    def now(self) -> datetime:
        """The moment the page was made."""
        return timezone.localtime()

    @cached_property
    def rail(self) -> dict[str, list[Door]]:
        """The doors this reader may open: above the loop, in the loop, below it."""
        rail: dict[str, list[Door]] = {"above": [], "loop": [], "below": []}
        # A door leads to many things: a right held for some of them opens it, as it opens the gate.
        may = getattr(self.reader, "may_somewhere", None) or getattr(self.reader, "may", None)
        for nav in offers.navs():
            url = address(nav.url_name)
            if url and may and may(nav.right):
                rail[part_of(nav)].append(Door(nav.glyph, nav.title, url, url == self.current))
        return rail

    @cached_property
    def public_doors(self) -> list[Door]:
        """The doors that stand open to everybody."""
        doors = [(door, address(door.url_name)) for door in offers.public_doors()]
        here = longest((url for _, url in doors), self.request.path)
        return [
            Door(door.glyph, door.title, url, url == here, door.words, door.order < LARGE)
            for door, url in doors
            if url
        ]

    @cached_property
    def current(self) -> str:
        """Address of the door the page lies behind: the longest one its own address starts with."""
        urls = [address(nav.url_name) for nav in offers.navs()]
        # A page may lie behind a door of another room: it says so by `request.behind`.
        return longest(urls, getattr(self.request, "behind", "") or self.request.path)


def longest(urls: Iterable[str], here: str) -> str:
    """The longest of the addresses that `here` lies behind, or nothing."""
    behind = [url for url in urls if url == here or (len(url) > 1 and here.startswith(url))]
    return max(behind, key=len, default="")


def part_of(nav: offers.Nav) -> str:
    """Where in the rail a door stands."""
    if nav.glyph and nav.glyph in LOOP:
        return "loop"
    return "above" if nav.order < ABOVE else "below"


def address(url_name: str) -> str:
    """The address of a named page, or nothing while its room is not built."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor: `shell` in every template."""
    return {"shell": Shell(request)}
