"""What the calendar offers: its private addresses on the page of the own account."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from minhu.people.queries import tokens_of
from minhu.people.rules import Reader
from minhu.people.states import Scope
from minhu.ui.offers import Panel, PanelView


def addresses(_thing: Any, reader: Reader) -> PanelView | None:
    """The addresses that are open, and a button for a new one."""
    if not (reader.signed_in and reader.has_post):
        return None
    rows = tokens_of(reader).standing(timezone.localdate()).filter(scope=Scope.CALENDAR)  # type: ignore[attr-defined]
    return PanelView("calendar/panel.html", {"rows": rows})


PANELS = [Panel("people.me", _("Due days in your calendar"), addresses, order=20, span=6)]
