"""What was typed before a session ended, told in the words of the form it was typed into."""

import inspect
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.forms.utils import pretty_name
from django.urls import Resolver404, resolve
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
# Typed into pages that write their fields by hand.
LOOSE: dict[str, Words] = {"reason": _("Reason"), "code": _("Code")}


def told(target: str, fields: Iterable[tuple[str, str]]) -> list[tuple[Words, str]]:
    """Label and value of what a person typed into the form at `target`; what forms carry is left out."""
    known = fields_at(target)
    rows: list[tuple[Words, str]] = []
    for name, value in fields:
        if name in known and value:
            rows.append((known[name].label or pretty_name(name), said(known[name], value)))
        elif name in LOOSE and value:
            rows.append((LOOSE[name], value))
    return rows


def fields_at(target: str) -> dict[str, forms.Field]:
    """The visible fields of the forms that the view behind an address uses."""
    try:
        view: Any = inspect.unwrap(resolve(target.partition("?")[0]).func)
    except Resolver404:
        return {}
    found: dict[str, forms.Field] = {}
    for form in forms_named_in(view):
        found |= {name: field for name, field in form.base_fields.items() if not field.widget.is_hidden}
    return found


def forms_named_in(view: Any) -> Iterator[Any]:
    """The form classes a view names."""
    code = getattr(view, "__code__", None)
    for name in code.co_names if code else ():
        thing = view.__globals__.get(name)
        if isinstance(thing, type) and issubclass(thing, forms.BaseForm):
            yield thing


def said(field: Any, value: str) -> str:
    """A value in words: the label of a choice, the name of a row."""
    if isinstance(field, forms.ModelChoiceField):
        try:
            return str(field.queryset.get(pk=value))  # type: ignore[union-attr]  # a choice of rows has rows
        except (ObjectDoesNotExist, ValueError):
            return value
    choices = dict(field.choices) if isinstance(field, forms.ChoiceField) else {}  # type: ignore[arg-type]
    return str(choices.get(value, value)).strip()
