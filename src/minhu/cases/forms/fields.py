"""The fields of a kind as form fields: their type, choices, help, whether they are needed."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minhu.cases.states import Plain, Upload
from minhu.packs.kinds import FieldSpec, FieldType, RoleSpec
from minhu.people.models import Organisation
from minhu.people.states import Kind

ROWS = 5
FEW = 6
VALUE, ROLE = "v-", "r-"
"""Before the codes of fields and roles, so that none can be mistaken for what the form itself carries."""
Choices = list[Any]


def field_of(spec: FieldSpec, *, needed: bool, units: Choices) -> forms.Field:
    """One value of a case as a form field."""
    common: dict[str, Any] = {"label": label_of(spec), "required": needed, "help_text": help_of(spec)}
    match spec.type:
        case FieldType.LONG:
            return forms.CharField(widget=forms.Textarea(attrs={"rows": ROWS}), max_length=20_000, **common)
        case FieldType.NUMBER:
            return forms.CharField(
                widget=forms.TextInput(attrs={"inputmode": "decimal"}), max_length=40, **common
            )
        case FieldType.DATE:
            return forms.DateField(
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **common
            )
        case FieldType.CHOICE:
            return choice_of(spec, common)
        case FieldType.FLAG:
            return forms.TypedChoiceField(
                choices=[("true", _("Yes")), ("false", _("No"))], widget=forms.RadioSelect, empty_value=None,
                coerce=lambda word: word == "true", **common,
            )  # fmt: skip
        case FieldType.ORGANISATION:
            return forms.ChoiceField(choices=[("", _("Choose")), *units], **common)
        case FieldType.FILE:
            return forms.FileField(allow_empty_file=True, **common)
    return forms.CharField(max_length=500, **common)


def choice_of(spec: FieldSpec, common: Mapping[str, Any]) -> forms.Field:
    """A choice: a few answers side by side, many in a list."""
    answers = [(one.value, one.title) for one in spec.choices]
    if len(answers) <= FEW:
        return forms.ChoiceField(choices=answers, widget=forms.RadioSelect, **common)
    return forms.ChoiceField(choices=[("", _("Choose")), *answers], **common)


def label_of(spec: FieldSpec) -> str:
    """The title with its unit."""
    return f"{spec.title}（{spec.unit}）" if spec.unit else spec.title


def help_of(spec: FieldSpec) -> str:
    """What to give; of a personal value also what for."""
    purpose = _("Personal: used for “%(purpose)s” alone, kept apart and erased in time.")
    said = [spec.help, str(purpose) % {"purpose": spec.purpose} if spec.personal else ""]
    return " ".join(part for part in said if part)


def role_field(role: RoleSpec, *, needed: bool, units: Choices, note: str = "") -> forms.Field:
    """The organisations to be chosen for a role."""
    common: dict[str, Any] = {"label": role.title, "required": needed, "help_text": note}
    if role.many:
        every = [pair for _group, pairs in units for pair in pairs]
        return forms.MultipleChoiceField(choices=every, widget=forms.CheckboxSelectMultiple, **common)
    return forms.ChoiceField(choices=[("", _("Choose")), *units], **common)


def unit_choices(units: Iterable[Organisation]) -> Choices:
    """Organisations under their kinds, in the order of the tree."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for unit in units:
        groups.setdefault(unit.kind, []).append((unit.code, unit.short))
    return [(Kind(kind).label, pairs) for kind, pairs in groups.items()]


def plain_of(value: Any) -> object:
    """A cleaned value as a deed takes it: files as uploads, days and numbers as they are."""
    if hasattr(value, "chunks"):
        return Upload(name=value.name or "", file=value)
    return value


def shown_in(spec: FieldSpec, plain: Plain) -> object:
    """A kept value as its form field shows it."""
    if spec.type is FieldType.FLAG and isinstance(plain, bool):
        return "true" if plain else "false"
    return plain
