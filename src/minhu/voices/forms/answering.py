"""The forms of answering: giving a group to an office, writing the answer, rating it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minhu.cases.states import CaseRefused, Level
from minhu.packs.kinds import FieldSpec, FieldType
from minhu.voices.forms.groups import Refusable, standing_offices

VALUE = "v-"
FEW = 6
CHOOSE = [("", _("Choose"))]


def field_of(spec: FieldSpec, *, needed: bool) -> forms.Field:
    """A value of the kind of case as a form field."""
    common: dict[str, Any] = {"label": spec.title, "required": needed, "help_text": spec.help}
    answers = [(one.value, one.title) for one in spec.choices]
    match spec.type:
        case FieldType.LONG:
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 8}), max_length=20_000, **common)
        case FieldType.CHOICE if len(answers) <= FEW:
            return forms.ChoiceField(choices=answers, widget=forms.RadioSelect, **common)
        case FieldType.CHOICE:
            return forms.ChoiceField(choices=[*CHOOSE, *answers], **common)
        case FieldType.FLAG:
            return forms.BooleanField(**(common | {"required": False}))
    return forms.CharField(max_length=500, **common)


class ValuesForm(Refusable):
    """Values of the kind of case, by their codes; carries the key under which the deed is done only once."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=80)

    def __init__(
        self, data: Any, *, specs: list[tuple[FieldSpec, bool]], known: Mapping[str, Any], key: str
    ) -> None:
        initial = {VALUE + name: value for name, value in known.items()}
        super().__init__(data, initial=initial | {"key": key})
        for spec, needed in specs:
            self.fields[VALUE + spec.code] = field_of(spec, needed=needed)

    def values(self) -> dict[str, object]:
        """The values typed, by code; empty ones are left out."""
        return {
            name.removeprefix(VALUE): value
            for name, value in self.cleaned_data.items()
            if name.startswith(VALUE) and value not in (None, "", False)
        }

    def refuse_case(self, refused: CaseRefused) -> None:
        """Show what the case refused at its fields."""
        for fault in refused.faults:
            name = VALUE + fault.where
            self.add_error(name if name in self.fields else None, fault.words)
        if not refused.faults:
            self.add_error(None, refused.words)

    @property
    def known_words(self) -> str:
        """The choices that are known already, in words."""
        found = []
        for name, field in self.fields.items():
            words = dict(getattr(field, "choices", ())).get(self.initial.get(name))
            if name.startswith(VALUE) and words:
                found.append(str(words))
        return " · ".join(found)

    @property
    def value_fields(self) -> list[forms.BoundField]:
        """The values, in the order they are asked."""
        return [self[name] for name in self.fields if name.startswith(VALUE)]


class AssignForm(ValuesForm):
    """A group as a case, and the office it is given to."""

    def __init__(self, data: Any, *, office: str = "", matters: FieldSpec | None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["office"] = forms.ChoiceField(
            label=_("Office that handles it"), choices=[*CHOOSE, *standing_offices()], required=False,
            initial=office, help_text=_("Left open, the unit that sorts what comes in gives it out."),
        )  # fmt: skip
        if matters:
            self.fields["matter"] = field_of(matters, needed=False)
        self.fields["note"] = forms.CharField(
            label=_("A word to the office"), required=False, max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )  # fmt: skip


class ManyForm(Refusable):
    """Many groups, each as a case of its own, to one office."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=80)
    office = forms.ChoiceField(label=_("Office that handles them"))
    note = forms.CharField(
        label=_("A word to the office"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, data: Any, *, key: str) -> None:
        super().__init__(data, initial={"key": key})
        self.fields["office"].choices = [*CHOOSE, *standing_offices()]  # type: ignore[attr-defined]


class RateForm(Refusable):
    """What an author thinks of an answer."""

    fixed = forms.ChoiceField(
        label=_("Is it settled?"), required=False, widget=forms.RadioSelect,
        choices=[("yes", pgettext_lazy("settled", "Yes")), ("no", _("No, not settled"))],
    )  # fmt: skip
    level = forms.TypedChoiceField(
        label=_("How content are you with how this was handled?"), choices=Level.choices, required=False,
        widget=forms.RadioSelect, coerce=int, empty_value=None,
    )  # fmt: skip
    words = forms.CharField(
        label=_("What should have been different?"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("If you like. Please name nobody."),
    )  # fmt: skip

    @property
    def is_fixed(self) -> bool | None:
        """Whether the author says that it is settled."""
        return {"yes": True, "no": False}.get(self.cleaned_data["fixed"])


class CheckForm(Refusable):
    """An answer as everybody may read it."""

    public_text = forms.CharField(
        label=_("As everybody may read it"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Read it once more: nothing in it may tell who anybody is."),
    )  # fmt: skip
