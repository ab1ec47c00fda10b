"""What everybody may filter groups by."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minhu.voices.forms.inbox import choice

STAGES = [
    ("waiting", pgettext_lazy("public group", "Waiting for an office")),
    ("in_hand", pgettext_lazy("public group", "Being handled")),
    ("answered", pgettext_lazy("public group", "Answered")),
    ("reform", pgettext_lazy("public group", "Taken into a reform")),
]


class OpenForm(forms.Form):
    """Street, theme, stage and order; an unknown value filters nothing."""

    place = choice(pgettext_lazy("filter of voices", "Street"), [])
    domain = choice(_("Theme"), [])
    stage = choice(_("How far"), STAGES)
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("", _("The latest first")), ("size", _("Most voices first"))],
    )

    def __init__(self, data: Any, *, places: Sequence[tuple[str, str]], domains: Sequence[str]) -> None:
        super().__init__(data)
        for name, known in (("place", places), ("domain", [(one, one) for one in domains])):
            self.fields[name].choices += known  # type: ignore[attr-defined]

    def asked(self) -> dict[str, str]:
        """What is asked for; unknown values are left out rather than refused."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name, "")) for name in self.fields}
