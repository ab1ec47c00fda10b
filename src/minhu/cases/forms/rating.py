"""The form of a rating: five answers, two of them bad, and words if somebody has some."""

from django import forms
from django.utils.translation import gettext_lazy as _

from minhu.cases.states import Level


class RatingForm(forms.Form):
    """How content the author is."""

    level = forms.TypedChoiceField(
        label=_("How content are you with how this was handled?"), choices=Level.choices,
        widget=forms.RadioSelect, coerce=int,
    )  # fmt: skip
    words = forms.CharField(
        label=_("What should have been different?"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("If you like. Please name nobody."),
    )  # fmt: skip
