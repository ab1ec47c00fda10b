"""Sentences and column heads of the ledger: numbers that open the rows behind them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext

from minhu.reforms.states.lights import BLUE, DONE, RED, YELLOW
from minhu.ui.offers import Part, sentence

HEADS: tuple[tuple[str, str | Promise], ...] = (
    ("light", gettext_lazy("Light and reason")),
    ("name", gettext_lazy("Reform")),
    ("lead", gettext_lazy("Lead")),
    ("", gettext_lazy("Stage")),
    ("progress", gettext_lazy("Milestones")),
    ("due", gettext_lazy("Next due")),
)


@dataclass(frozen=True, slots=True)
class Column:
    """A head of the table; with an address it sorts, and says which way it does."""

    words: str | Promise
    url: str = ""
    sorted: str = ""


def address(query: QueryDict, **changes: str) -> str:
    """The address with some parameters changed, back on the first page; empty ones are left out."""
    rest = query.copy()
    rest.pop("page", None)
    for name, value in changes.items():
        rest[name] = value
    for name in [name for name in rest if not rest[name]]:
        del rest[name]
    return "?" + rest.urlencode()


def opening(tones: Mapping[str, int], query: QueryDict) -> tuple[Part, ...]:
    """How many reforms there are, and how many of them are late, slipped, near, done."""
    total = sum(tones.values())
    if not total:
        return ()

    def part(tone: str) -> Part:
        return Part(str(tones[tone]), address(query, light=tone), late=tone == RED and tones[tone] > 0)

    words = ngettext(
        "{all} reform: {red} late, {yellow} postponed or returned, {blue} due soon, {done} all accepted.",
        "{all} reforms: {red} late, {yellow} postponed or returned, {blue} due soon, {done} all accepted.",
        total,
    )
    every = Part(str(total), address(query, light=""))
    return sentence(words, all=every, red=part(RED), yellow=part(YELLOW), blue=part(BLUE), done=part(DONE))


def columns(sort: str, query: QueryDict) -> list[Column]:
    """The heads; the one sorted by turns round when it is opened again."""
    return [column(key, words, sort, query) for key, words in HEADS]


def column(key: str, words: str | Promise, sort: str, query: QueryDict) -> Column:
    """One head."""
    if not key:
        return Column(words)
    is_sorted = sort.removeprefix("-") == key
    turned = f"-{key}" if sort == key else key
    direction = ("descending" if sort.startswith("-") else "ascending") if is_sorted else ""
    return Column(words, address(query, sort=turned), direction)
