"""The filters of the matrix of powers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ALL = [("", _("All"))]


class MatrixForm(forms.Form):
    """A word of the matter, and the line it belongs to."""

    text = forms.CharField(
        label=_("Words"), required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"})
    )
    line = forms.ChoiceField(label=pgettext_lazy("power", "Line"), required=False)

    def __init__(self, data: Any, *, lines: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["line"].choices = [*ALL, *lines]  # type: ignore[attr-defined]

    def asked(self) -> dict[str, str]:
        """What the address asks for, as far as it can be understood."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name) or "") for name in ("line", "text")}
