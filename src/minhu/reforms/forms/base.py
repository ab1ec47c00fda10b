"""What the forms of this room share: refusals at their fields, and saves from an older page."""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from minhu.reforms.actions import Difference, Refusal, Stale

# Carried along, not typed by anybody.
CARRIED = {"rev", "take", "seen"}


def area(rows: int = 3) -> forms.Textarea:
    """A text area of some rows."""
    return forms.Textarea(attrs={"rows": rows})


def day() -> forms.DateInput:
    """A day in the browser's own calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Refusable(forms.BaseForm):
    """A form that can show what an action refused, and counts what was typed."""

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at its field, or above the form."""
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, str(refusal))

    @property
    def asked(self) -> int:
        """How many values a person gave."""
        return len([name for name in self.changed_data if name not in CARRIED])


class RowForm(Refusable, forms.ModelForm):  # type: ignore[type-arg]
    """A form over a row that is saved by an action; it carries the count of edits it was opened with."""

    rev = forms.IntegerField(widget=forms.HiddenInput, required=False)
    take = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stale: Stale | None = None
        self.fields["take"].choices = [(name, name) for name in self.fields]  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["rev"] = self.instance.rev

    def _post_clean(self) -> None:
        # Django would check the row's constraints here and name them by their codes; actions say it in words.
        pass

    @property
    def opened_rev(self) -> int:
        """The count of edits the form was opened with."""
        return self.cleaned_data["rev"] or 0

    def settle(self, draft: Any, kept: Any) -> Any:
        """The draft with those fields taken from the ledger that the person chose to take from there."""
        taken = [name for name in self.cleaned_data.get("take", ()) if hasattr(draft, name)]
        return replace(draft, **{name: getattr(kept, name) for name in taken})

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal; of a stale save show the differences and let the next save be a knowing one."""
        if not isinstance(refusal, Stale):
            super().refuse(refusal)
            return
        self.stale = refusal
        data: QueryDict = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix("rev")] = str(refusal.rev)
        data.setlist(self.add_prefix("take"), [])
        self.data = data

    @property
    def differences(self) -> list[tuple[Difference, str, str]]:
        """What differs, as the ledger has it and as it was typed, both in words."""
        rows = self.stale.differences if self.stale else ()
        return [(row, self.said(row.field, row.now), self.said(row.field, row.typed)) for row in rows]

    def said(self, name: str, value: object) -> str:
        """A value in words: the label of a choice, names of rows, a day as the screen writes it."""
        if isinstance(value, tuple):
            return _(", ").join(self.said(name, one) for one in value) or "—"
        if isinstance(value, bool):
            return pgettext("answer", "yes") if value else pgettext("answer", "no")
        if isinstance(value, date):
            return date_format(value)
        labels = dict(self.instance._meta.get_field(name).flatchoices)
        return str(labels.get(value, value)) if value not in (None, "") else "—"
