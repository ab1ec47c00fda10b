"""The filters of the ledger; they live in the address, so that a view can be shared."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minhu.reforms.queries.ledger import SORTS, Filters, leads
from minhu.reforms.states import Category, Domain, State
from minhu.reforms.states.lights import BLUE, DONE, OFF, RED, YELLOW

ALL = [("", _("All"))]
SELECTED = mark_safe(" selected")
LIGHTS = [
    (RED, pgettext_lazy("filter", "Late")),
    (YELLOW, _("Postponed or returned")),
    (BLUE, _("Due soon")),
    (OFF, _("Nothing due")),
    (DONE, _("All accepted")),
]


class QuickSelect(forms.Select):
    """A list of choices written in one go: Django renders a template for every option, on every page."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The element with its options."""
        chosen = str(value or "")
        options = format_html_join(
            "", '<option value="{}"{}>{}</option>',
            ((key, SELECTED if str(key) == chosen else "", label) for key, label in self.choices),
        )  # fmt: skip
        return format_html(
            "<select{}>{}</select>", flatatt({**self.attrs, **(attrs or {}), "name": name}), options
        )


def choice(label: Any, choices: Any) -> forms.ChoiceField:
    """A choice that may stay open."""
    return forms.ChoiceField(label=label, required=False, choices=[*ALL, *choices], widget=QuickSelect)


class LedgerFilterForm(forms.Form):
    """Text, light, domain, lead, stage and the rest; an unknown value filters nothing."""

    text = forms.CharField(
        label=_("Words"), required=False, max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("name, code or problem")}),
    )  # fmt: skip
    light = choice(pgettext_lazy("tone", "Light"), LIGHTS)
    domain = choice(_("Domain"), Domain.choices)
    lead = choice(_("Lead organisation"), [])
    state = choice(_("Stage"), State.choices)
    category = choice(_("Category"), Category.choices)
    sort = forms.ChoiceField(
        required=False,
        widget=forms.HiddenInput,
        choices=[(f"{way}{key}", key) for key in SORTS for way in ("", "-")],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].choices = [*ALL, *leads()]  # type: ignore[attr-defined]

    def filters(self) -> Filters:
        """What the address asks for, as far as it can be understood."""
        self.is_valid()
        return Filters.of(self.cleaned_data)
