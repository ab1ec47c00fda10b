"""The filters of a queue; they live in the address, so that a view can be shared."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minhu.cases.queries.lights import BLUE, OFF, RED, YELLOW
from minhu.cases.queries.queue import SHOWS, Filters
from minhu.people.models import Organisation

ALL = [("", _("All"))]
LIGHTS = [
    (RED, pgettext_lazy("filter", "Late")),
    (YELLOW, pgettext_lazy("filter", "Back again")),
    (BLUE, _("Due soon")),
    (OFF, pgettext_lazy("filter", "In hand")),
]
SORTS = [("light", _("Most pressing first")), ("due", _("Nearest day first")), ("opened", _("Oldest first"))]


def choice(label: Any, choices: Any) -> forms.ChoiceField:
    """A choice that may stay open."""
    return forms.ChoiceField(label=label, required=False, choices=[*ALL, *choices])


class QueueForm(forms.Form):
    """Words, kind, place, office, light, matter; an unknown value filters nothing."""

    show = forms.ChoiceField(
        required=False, widget=forms.HiddenInput, choices=[(show, show) for show in SHOWS]
    )
    text = forms.CharField(
        label=_("Words"), required=False, max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("number or title")}),
    )  # fmt: skip
    kind = choice(_("Kind"), [])
    place = choice(pgettext_lazy("case", "Place"), [])
    office = choice(_("Office"), [])
    light = choice(pgettext_lazy("tone", "Light"), LIGHTS)
    matter = choice(_("Matter"), [])
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=SORTS)

    def __init__(self, data: Any, *, queue: Any, matters: list[tuple[str, str]]) -> None:
        super().__init__(data)
        offices = (
            Organisation.objects.filter(case_steps__state="open").distinct().values_list("code", "short")
        )
        chosen = {"kind": queue.kinds, "place": queue.places(data.get("kind", "")), "office": list(offices)}
        for name, choices in (chosen | {"matter": matters}).items():
            self.fields[name].choices = [*ALL, *choices]  # type: ignore[attr-defined]
        for name in ("place", "matter"):
            if len(self.fields[name].choices) == 1:  # type: ignore[attr-defined]
                self.fields[name].widget = forms.HiddenInput()
        if data.get("show") == "ended":
            for name in ("light", "sort", "place", "office"):
                self.fields[name].widget = forms.HiddenInput()

    def filters(self) -> Filters:
        """What the address asks for, as far as it can be understood."""
        self.is_valid()
        return Filters.of(
            {"show": "desk", "sort": "light"} | {k: v for k, v in self.cleaned_data.items() if v}
        )
