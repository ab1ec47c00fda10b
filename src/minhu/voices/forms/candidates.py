"""The forms of small cuts and of links to reforms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minhu.reforms.models import Reform
from minhu.reforms.states import Category, Domain, State
from minhu.voices.forms.groups import Refusable
from minhu.voices.states.groups import Severity


def area(rows: int) -> forms.Textarea:
    """A text area of some rows."""
    return forms.Textarea(attrs={"rows": rows})


def living() -> Any:
    """Reforms that go on."""
    return Reform.objects.exclude(state__in=(State.STOPPED, State.MERGED)).order_by("code")


class CutForm(Refusable):
    """A small cut: what is wrong, how hard it hits, what might move it."""

    title = forms.CharField(label=_("What the small cut is called"), max_length=200)
    problem = forms.CharField(label=_("What is wrong, for whom, how often?"), max_length=4000, widget=area(5))
    severity = forms.TypedChoiceField(
        label=_("How hard does it hit?"), choices=Severity.choices, coerce=int, widget=forms.RadioSelect,
        help_text=_("Proposed from ratings and reopened cases; you decide."),
    )  # fmt: skip
    cut = forms.CharField(
        label=_("What small change might move it?"), max_length=4000, required=False, widget=area(3)
    )


class ReformChoiceForm(Refusable):
    """Which reform takes it up."""

    reform = forms.ModelChoiceField(
        label=_("Reform that takes it up"), queryset=Reform.objects.none(), empty_label=_("Choose")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reform"].queryset = living()  # type: ignore[attr-defined]


class RefuseForm(Refusable):
    """Why a small cut is not taken up."""

    reason = forms.CharField(label=_("Why it is not taken up"), max_length=2000, widget=area(3))


class StartForm(Refusable):
    """A reform that starts from a small cut; the rest is filled in on its own page."""

    code = forms.CharField(label=_("Code of the reform"), max_length=40, help_text=_("Such as GG-2026-07."))
    name = forms.CharField(label=_("Name of the reform"), max_length=200)
    domain = forms.ChoiceField(label=_("Domain"), choices=Domain.choices)
    category = forms.ChoiceField(label=_("Category"), choices=Category.choices, initial=Category.MICRO)
    goal = forms.CharField(label=_("Goal"), max_length=4000, required=False, widget=area(3))
