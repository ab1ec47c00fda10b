"""Filters that live in the address: which are on, and the address without each of them."""

from dataclasses import dataclass

from django.forms import Form
from django.http import QueryDict

from minhu.ui.offers import Words

PAGE = "page"


@dataclass(frozen=True, slots=True)
class Active:
    """A filter that is on: its label, its value in words, and the address that takes it off."""

    label: Words
    value: Words
    without: str


def active(form: Form, query: QueryDict) -> list[Active]:
    """The filters of `form` that the address `query` sets, one entry a value."""
    return [
        Active(bound.label, value_words(form, bound.name, value), without(query, bound.html_name, value))
        for bound in form.visible_fields()
        for value in query.getlist(bound.html_name)
        if value
    ]


def value_words(form: Form, name: str, value: str) -> Words:
    """The words a choice is shown by; free text is its own word."""
    for key, words in flat(getattr(form.fields[name], "choices", ())):
        if str(key) == value:
            return words
    return value


def flat(choices: object) -> list[tuple[object, Words]]:
    """Choices without their groups."""
    pairs: list[tuple[object, Words]] = []
    for key, words in choices:  # type: ignore[attr-defined]
        pairs += [tuple(pair) for pair in words] if isinstance(words, list | tuple) else [(key, words)]
    return pairs


def without(query: QueryDict, name: str, value: str) -> str:
    """The address with one value of one filter taken off, back on the first page."""
    rest = query.copy()
    rest.setlist(name, [kept for kept in query.getlist(name) if kept != value])
    rest.pop(PAGE, None)
    return "?" + rest.urlencode()
