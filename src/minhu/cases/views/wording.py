"""Tabs and sentences of a queue: numbers that open the rows behind them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from minhu.cases.queries.lights import BLUE, RED, YELLOW
from minhu.ui.offers import Part, sentence

TITLES: dict[str, str | Promise] = {
    "desk": _("On our desk"),
    "waits": _("Waiting for others"),
    "open": _("All in hand"),
    "ended": pgettext_lazy("cases", "Closed"),
}


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab of the queue with how many cases it holds."""

    title: str | Promise
    count: int
    url: str
    current: bool


def address(query: QueryDict, **changes: str) -> str:
    """The address with some parameters changed, back on the first page; empty ones are left out."""
    rest = query.copy()
    rest.pop("page", None)
    for name, value in changes.items():
        rest[name] = value
    for name in [name for name in rest if not rest[name]]:
        del rest[name]
    return "?" + rest.urlencode()


def tabs(counts: Mapping[str, int], show: str, query: QueryDict) -> list[Tab]:
    """The tabs; changing over keeps kind and words, not place and light."""
    return [
        Tab(title, counts[key], address(query, show=key, place="", light="", office=""), key == show)
        for key, title in TITLES.items()
    ]


def opening(tones: Mapping[str, int], query: QueryDict) -> tuple[Part, ...]:
    """How many cases there are here, and how many of them are late, back again, due soon."""
    total = sum(tones.values())
    if not total:
        return ()

    def part(tone: str) -> Part:
        return Part(str(tones[tone]), address(query, light=tone), late=tone == RED and tones[tone] > 0)

    words = ngettext(
        "{all} case: {red} late, {yellow} back again, {blue} due soon.",
        "{all} cases: {red} late, {yellow} back again, {blue} due soon.",
        total,
    )
    every = Part(str(total), address(query, light=""))
    return sentence(words, all=every, red=part(RED), yellow=part(YELLOW), blue=part(BLUE))
