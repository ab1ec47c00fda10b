"""The filters of the page 依据; they live in the address."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from minhu.rulebook.queries import groups_of_limits
from minhu.rulebook.states import Strength

DUE = "due"


NARROWS = ("text", "group", "strength")


class BasisForm(forms.Form):
    """Which limits to list."""

    # Not `q`: the search box on top of every page has that name.
    text = forms.CharField(label=_("Words"), required=False, max_length=100)
    group = forms.ChoiceField(label=_("Subject"), required=False)
    strength = forms.ChoiceField(
        label=_("Strength"), required=False, choices=[("", _("All")), *Strength.choices]
    )
    check = forms.ChoiceField(
        label=_("Last check"), required=False, choices=[("", _("All")), (DUE, _("To be checked again"))]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(group, group) for group in groups_of_limits()]
        cast("forms.ChoiceField", self.fields["group"]).choices = [("", _("All")), *groups]

    def chosen(self) -> dict[str, Any]:
        """What `queries.limits_on` takes; a filter that makes no sense is no filter."""
        self.is_valid()
        said = self.cleaned_data
        return {name: said.get(name, "") for name in NARROWS}

    @property
    def due_only(self) -> bool:
        """Whether only limits to be checked again are asked for."""
        return self.is_valid() and self.cleaned_data["check"] == DUE
