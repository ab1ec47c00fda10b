"""What the record shows on other rooms' pages: the last deeds done to the thing, and a door to the rest."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from minhu.people.rules import Reader
from minhu.site.audit.queries import SEALS, in_words, url_of_book, visible_entries
from minhu.trail.models import ref
from minhu.ui.offers import DeedWord, Named, Nav, Panel, PanelView, ThingLink

SHOWN = 6
ANCHORS = (
    "reforms.reform",
    "mandates.document.side",
    "mandates.clause",
    "people.organisation",
    "rulebook.limit",
)


def last_deeds(thing: Any, reader: Reader) -> PanelView | None:
    """The last deeds of the book a thing keeps, or done to the thing itself."""
    if not (reader.signed_in and reader.may_somewhere("see_record")):
        return None
    book = getattr(thing, "book", "")
    known = {"book": book} if book else {"thing": ref(thing)}
    lines = in_words(visible_entries(reader).filter(**known)[:SHOWN])
    if not lines:
        return None
    url = url_of_book(book) if book else reverse("audit:thing", args=[ref(thing)])
    return PanelView("trail/history.html", {"lines": lines}, url=url, link=_("The whole record"))


def seal_links(roots: Collection[str]) -> dict[str, Named]:
    """How the record names seals."""
    return {root: (pgettext("record", "seal %s") % root[:8], url_of_book(SEALS)) for root in roots}


NAV = [Nav("", _("Record"), "audit:record", 58, "see_record")]
PANELS = [Panel(anchor, _("Record"), last_deeds, order=90) for anchor in ANCHORS]
DEEDS = [DeedWord("trail.seal", _("sealed the record"))]
THINGS = [ThingLink("trail.seal", seal_links)]
