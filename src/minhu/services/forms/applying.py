"""Forms of applicants: one situation question, one page of the common form, a paper, consents, a code."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minhu.cases.states import Level
from minhu.packs.guides import QuestionSpec
from minhu.services.bridge.applying.plans import Blank

FEW = 8
YES_NO = (("yes", pgettext_lazy("answer", "Yes")), ("no", pgettext_lazy("answer", "No")))
RELATIONS = (
    ("mother", _("I am the mother")),
    ("father", _("I am the father")),
    ("guardian", _("I am the guardian by law or appointment")),
)


class SituationForm(forms.Form):
    """One question with its answers."""

    answer = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, question: QuestionSpec, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["answer"]
        field.label, field.help_text = question.text, question.help
        field.choices = [(option, option) for option in question.options]  # type: ignore[attr-defined]


class PageForm(forms.Form):
    """A page of the common form; names of fields are numbered, `keys` says which blank each is."""

    def __init__(
        self, blanks: Sequence[Blank], values: Mapping[str, str], needed: Collection[str], data: Any = None
    ) -> None:
        super().__init__(data)
        self.keys = {f"f{number}": blank.key for number, blank in enumerate(blanks)}
        for name, blank in zip(self.keys, blanks, strict=True):
            self.fields[name] = field_of(blank, blank.key in needed, values.get(blank.key, ""))

    @property
    def answers(self) -> dict[str, str]:
        """What was typed, in its one spelling, by the keys of the blanks."""
        return {key: spelled(self.cleaned_data.get(name)) for name, key in self.keys.items()}

    def blame(self, faults: Mapping[str, str]) -> None:
        """Lay what is wrong beside the field it is about."""
        names = {key: name for name, key in self.keys.items()}
        for key, words in faults.items():
            self.add_error(names.get(key), words)


def spelled(value: object) -> str:
    """A cleaned value as it is kept."""
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value).strip()


def field_of(blank: Blank, is_needed: bool, value: str) -> forms.Field:
    """A blank as a field of a form; what fits it is judged by the deed that keeps it."""
    said: dict[str, Any] = {
        "label": blank.label, "help_text": blank.help or bounds_of(blank), "required": is_needed,
        "initial": value, "error_messages": {"required": _("Please fill this in.")},
    }  # fmt: skip
    if blank.options:
        words = dict(YES_NO)
        choices = [(one, words.get(one, one)) for one in blank.options]
        if len(choices) <= FEW:
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **said)
        return forms.ChoiceField(choices=[("", _("Choose")), *choices], **said)
    if blank.type == "date":
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        wrong = {"invalid": _("Write the day as 2026-01-31.")}
        said["error_messages"] = {**said["error_messages"], **wrong}
        return forms.DateField(widget=widget, **said)
    return forms.CharField(widget=text_widget(blank), strip=True, max_length=4000, **said)


def bounds_of(blank: Blank) -> str:
    """Between which numbers an answer lies, where nothing else is said of it."""
    low, high = blank.constraint.least, blank.constraint.greatest
    return f"{low} – {high}" if low is not None and high is not None else ""


def text_widget(blank: Blank) -> forms.Widget:
    """A line, or several where long answers fit; figures bring up the keys for figures."""
    longest = blank.constraint.longest
    if longest and longest > 200:
        return forms.Textarea(attrs={"rows": 4})
    attrs = {"autocomplete": "off"} if blank.personal else {}
    if blank.type in {"whole", "number"}:
        attrs["inputmode"] = "decimal" if blank.type == "number" else "numeric"
    return forms.TextInput(attrs=attrs)


class PaperForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("Choose the file or take a picture"), allow_empty_file=True,
        error_messages={"required": _("Choose a file first.")},
    )  # fmt: skip

    def __init__(self, media: Sequence[str], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["file"].widget.attrs["accept"] = ",".join(media)


class AgreeForm(forms.Form):
    """One box for each thing agreed to."""

    def __init__(self, agreed: Sequence[tuple[str, str]], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.agreed = {f"c{number}": one for number, one in enumerate(agreed)}
        for name, (_code, words) in self.agreed.items():
            wrong = {"required": _("Without this the application cannot be sent.")}
            self.fields[name] = forms.BooleanField(label=words, error_messages=wrong)


class ChildForm(AgreeForm):
    """The same for a child: as whom first."""

    relation = forms.ChoiceField(
        label=_("Who are you to the child?"), choices=RELATIONS, widget=forms.RadioSelect
    )


class CodeForm(forms.Form):
    """The secret follow-up code."""

    code = forms.CharField(
        label=_("Your follow-up code"), max_length=40,
        help_text=_("Four groups of four signs, such as AB2C-…"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )  # fmt: skip


class ServiceRatingForm(forms.Form):
    """Five answers, two of them bad."""

    level = forms.TypedChoiceField(
        label=_("How content are you with how this was handled?"), choices=Level.choices,
        widget=forms.RadioSelect, coerce=int,
    )  # fmt: skip
    words = forms.CharField(
        label=_("What should have been different?"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=_("If you like. Please name nobody."),
    )  # fmt: skip


class EraseApplicationForm(forms.Form):
    """On which ground everything an applicant gave is erased."""

    ground = forms.CharField(
        label=_("On what ground"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    sure = forms.BooleanField(label=_("I know that nobody can bring it back"))
