"""Tabs and sentences of the inbox: numbers that open the rows behind them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from minhu.ui.offers import Part, sentence

TITLES: dict[str, str | Promise] = {
    "waiting": _("Waiting for an office"),
    "mine": _("To be answered by us"),
    "in_hand": pgettext_lazy("groups of voices", "In hand"),
    "answered": pgettext_lazy("groups of voices", "Answered"),
    "all": pgettext_lazy("groups of voices", "All"),
}


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab of the inbox with how many groups it holds."""

    title: str | Promise
    count: int
    url: str
    current: bool


def inbox_tabs(counts: Mapping[str, int], show: str, query: QueryDict) -> list[Tab]:
    """The tabs; changing over keeps the filters, not the page."""
    found = []
    for key, title in TITLES.items():
        rest = query.copy()
        rest.pop("page", None)
        rest["show"] = key
        found.append(Tab(title, counts[key], f"?{rest.urlencode()}", key == show))
    return found


def opening(counts: Mapping[str, int]) -> tuple[Part, ...]:
    """How many groups there are, and how many wait."""
    if not counts["all"]:
        return ()
    url = reverse("voices:groups")
    words = ngettext(
        "{all} group of voices: {waiting} waits for an office, {hand} in hand.",
        "{all} groups of voices: {waiting} wait for an office, {hand} in hand.",
        counts["all"],
    )
    return sentence(
        words,
        all=Part(str(counts["all"]), f"{url}?show=all"),
        waiting=Part(str(counts["waiting"]), f"{url}?show=waiting", late=counts["waiting"] > 0),
        hand=Part(str(counts["in_hand"]), f"{url}?show=in_hand"),
    )
