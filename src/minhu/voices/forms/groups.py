"""The forms of groups: split, merge, rename, sort, give to an office."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minhu.people.models import Organisation
from minhu.people.states import Kind
from minhu.voices.states.hearing import VoiceRefused

LONGEST = 4000


class Refusable(forms.Form):
    """A form that can show what an action refused."""

    def refuse(self, refused: VoiceRefused) -> None:
        """Show a refusal at its field, or above the form."""
        self.add_error(refused.field if refused.field in self.fields else None, refused.words)


class SplitForm(Refusable):
    """Which voices go, and what their group is called."""

    voices = forms.TypedMultipleChoiceField(
        label=_("Voices that say something else"), coerce=int, widget=forms.MultipleHiddenInput
    )
    title = forms.CharField(label=_("What the new group is called"), required=False, max_length=200)

    def __init__(self, *args: Any, voices: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["voices"].choices = [(pk, pk) for pk in voices]  # type: ignore[attr-defined]


class TitleForm(Refusable):
    """What a group is called."""

    title = forms.CharField(label=_("What the group is called"), max_length=200)


class SortForm(Refusable):
    """The domain or the office a person decides for."""

    label = forms.ChoiceField(label=_("Decision"))

    def __init__(self, *args: Any, choices: list[Any], label: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["label"].choices = [("", _("Choose")), *choices]  # type: ignore[attr-defined]
        if label:
            self.fields["label"].label = label


def office_choices(units: Any) -> list[Any]:
    """Organisations under their kinds, in the order of the tree."""
    found: dict[str, list[tuple[str, str]]] = {}
    for unit in units:
        found.setdefault(unit.kind, []).append((unit.code, unit.short))
    return [(Kind(kind).label, pairs) for kind, pairs in found.items()]


def standing_offices() -> list[Any]:
    """Standing organisations but for the district itself, for a choice."""
    rows = Organisation.objects.standing().exclude(kind=Kind.DISTRICT)
    return office_choices(rows)
