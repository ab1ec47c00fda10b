"""Forms of the page of families: a name for one, who belongs to it; why one is dissolved."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minhu.services.models import Thing


class FamilyForm(forms.Form):
    """What a family is called, and its members."""

    name = forms.CharField(label=_("Name of the family"), max_length=60)
    summary = forms.CharField(label=_("In one sentence"), max_length=200, required=False)
    members = forms.MultipleChoiceField(label=_("Members"), widget=forms.CheckboxSelectMultiple)
    group = forms.CharField(required=False, widget=forms.HiddenInput, max_length=4000)

    def __init__(self, *args: Any, things: Iterable[Thing], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["members"].choices = [(one.code, one.name) for one in things]  # type: ignore[attr-defined]
