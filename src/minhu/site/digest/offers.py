"""What the daily mail offers: its switch on the page of the own account."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from minhu.people.queries import wants_digest
from minhu.people.rules import Reader
from minhu.ui.offers import Panel, PanelView


def switch(_thing: Any, reader: Reader) -> PanelView | None:
    """Whether the daily mail comes, and a button for the other choice."""
    if not (reader.signed_in and reader.has_post):
        return None
    address = getattr(reader.user, "email", "")
    context = {"wanted": wants_digest(reader), "address": address, "hour": settings.MINHU_DIGEST_HOUR}
    return PanelView("digest/panel.html", context)


PANELS = [Panel("people.me", _("Daily mail"), switch, order=10, span=6)]
