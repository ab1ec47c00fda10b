"""The form that lays something undeliverable aside: it must say why."""

from django import forms
from django.utils.translation import gettext_lazy as _

MOST = 400


class CloseForm(forms.Form):
    """Why nothing more needs to be done."""

    reason = forms.CharField(
        label=_("Reason"), max_length=MOST, strip=True,
        help_text=_("It stands in the record of the case."),
        widget=forms.TextInput(attrs={"maxlength": MOST}),
    )  # fmt: skip
