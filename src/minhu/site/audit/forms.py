"""The filters of the record; they live in the address."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from minhu.people.queries import organisation_tree
from minhu.trail.models import Entry

DAY = forms.DateInput(attrs={"type": "date"})


def unit_choices() -> list[tuple[str, Any]]:
    """Every organisation, in the order of the tree."""
    units = [(branch.organisation.code, branch.organisation.short) for branch in organisation_tree()]
    return [("", _("everybody")), *units]


class RecordFilter(forms.Form):
    """Which part of the record: a book, a thing, whose deeds, from when to when."""

    book = forms.CharField(label=_("Book"), required=False, max_length=120)
    thing = forms.CharField(label=_("Thing"), required=False, max_length=160)
    organisation = forms.ChoiceField(label=_("Done by"), required=False, choices=unit_choices)
    since = forms.DateField(label=_("From day"), required=False, widget=DAY)
    until = forms.DateField(label=_("To day"), required=False, widget=DAY)

    def narrow(self, entries: QuerySet[Entry]) -> QuerySet[Entry]:
        """The entries that pass; a filter that makes no sense is told beside its field and left out."""
        self.is_valid()
        named = {
            "book": "book",
            "thing": "thing",
            "organisation": "actor_organisation",
            "since": "at__date__gte",
            "until": "at__date__lte",
        }
        asked = {named[name]: value for name, value in self.cleaned_data.items() if value}
        return entries.filter(**asked)
