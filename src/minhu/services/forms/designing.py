"""Forms of the designer: a signature under two fields, a question, an answer, a reason, a guide to read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minhu.services.states import Audience, Tier

LONGEST = 400


def words(label: Any, rows: int = 2) -> forms.CharField:
    """A few words."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=LONGEST, widget=area)


class CatalogueForm(forms.Form):
    """What narrows a catalogue."""

    q = forms.CharField(label=_("Words"), required=False, max_length=60)
    tier = forms.ChoiceField(label=_("List"), required=False, choices=[("", _("All lists")), *Tier.choices])
    audience = forms.ChoiceField(
        label=_("For whom"),
        required=False,
        choices=[("", pgettext_lazy("audience", "Everybody")), *Audience.choices],
    )


class ItemsForm(forms.Form):
    """What narrows the list of items."""

    q = forms.CharField(label=_("Words"), required=False, max_length=60)


class MergeForm(forms.Form):
    """Whether two fields are the same, and why."""

    one = forms.CharField(widget=forms.HiddenInput, max_length=130)
    other = forms.CharField(widget=forms.HiddenInput, max_length=130)
    is_same = forms.ChoiceField(
        label=_("Your word"), choices=[("yes", _("The same")), ("no", _("Not the same"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    reason = words(_("Why"))


class AskForm(forms.Form):
    """A question to one of the departments that take part; `code`, `subject`: as the software found it."""

    department = forms.ChoiceField(label=_("To"))
    words = words(_("Question"))
    code = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)
    subject = forms.CharField(required=False, widget=forms.HiddenInput, max_length=160)

    def __init__(self, *args: Any, departments: dict[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["department"].choices = list(departments.items())  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """The answer of a department."""

    answer = words(_("Answer"), 4)


class ReasonForm(forms.Form):
    """Why a version is withdrawn."""

    reason = words(_("Why it is withdrawn"))


class GuideForm(forms.Form):
    """A guide to look at."""

    file = forms.FileField(
        label=_("Guide of one item"),
        help_text=_("The workbook (.xlsx) as downloaded here, or TOML (.toml); kept only once you confirm."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.toml"}),
    )  # fmt: skip
