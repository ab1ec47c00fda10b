"""The filters of the inbox of groups; they live in the address, so that a view can be shared."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minhu.voices.queries.groups_inbox import SHOWS, Filters

ALL = [("", pgettext_lazy("filter", "All"))]
SIZES = [("5", _("5 voices or more")), ("10", _("10 voices or more")), ("50", _("50 voices or more"))]
SORTS = [
    ("light", _("Most pressing first")),
    ("size", _("Most voices first")),
    ("new", _("Newest first")),
    ("old", _("Oldest first")),
]


def choice(label: Any, choices: Any = ()) -> forms.ChoiceField:
    """A choice that may stay open."""
    return forms.ChoiceField(label=label, required=False, choices=[*ALL, *choices])


class GroupsForm(forms.Form):
    """Words, office, street, domain, size; an unknown value filters nothing."""

    show = forms.ChoiceField(
        required=False, widget=forms.HiddenInput, choices=[(show, show) for show in SHOWS]
    )
    text = forms.CharField(
        label=_("Words"), required=False, max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("what people say")}),
    )  # fmt: skip
    office = choice(_("Office"))
    place = choice(_("Street"))
    domain = choice(_("Domain"))
    least = choice(pgettext_lazy("group of voices", "Size"), SIZES)
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=SORTS)

    @property
    def typing(self) -> dict[str, str]:
        """What the field for words asks for while somebody types."""
        return {
            "hx-get": reverse("voices:groups_find"), "hx-trigger": "input changed delay:250ms",
            "hx-target": "#found", "autocomplete": "off",
        }  # fmt: skip

    def __init__(self, data: Any, *, show: str, choices: dict[str, list[tuple[str, str]]]) -> None:
        super().__init__(data)
        self.opened = show
        self.fields["text"].widget.attrs |= self.typing
        for name, rows in choices.items():
            self.fields[name].choices = [*ALL, *rows]  # type: ignore[attr-defined]
            if not rows:
                self.fields[name].widget = forms.HiddenInput()

    def filters(self) -> Filters:
        """What the address asks for, as far as it can be understood."""
        self.is_valid()
        known = {name: value for name, value in self.cleaned_data.items() if value}
        return Filters.of({"sort": "light"} | known | {"show": self.opened})
