"""Payloads in words: a key by the label of its field, a value by its choice, a thing by its title."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field
from django.utils.functional import Promise
from django.utils.translation import pgettext, pgettext_lazy

Words = str | Promise
THING = re.compile(r"[a-z_]+\.[a-z_]+:\d+")
DIGEST = re.compile(r"[0-9a-f]{64}")
NOTHING = "—"
# Keys of payloads that are no fields of the thing they are told of.
KEYS: dict[str, Words] = {
    "accepted_on": pgettext_lazy("record", "accepted on"),
    "added": pgettext_lazy("record", "added"),
    "adoption": pgettext_lazy("record", "what is adopted"),
    "alike": pgettext_lazy("record", "alike"),
    "answer": pgettext_lazy("record", "answer"),
    "article": pgettext_lazy("record", "article"),
    "asked_by_post": pgettext_lazy("record", "asked by"),
    "assessment": pgettext_lazy("record", "impact assessment"),
    "attempt": pgettext_lazy("record", "round"),
    "audience": pgettext_lazy("record", "for whom"),
    "back_in": pgettext_lazy("record", "put back into"),
    "books": pgettext_lazy("record", "books"),
    "bounds": pgettext_lazy("record", "bounds"),
    "call": pgettext_lazy("record", "call for suggestions"),
    "case": pgettext_lazy("record", "case"),
    "channel": pgettext_lazy("record", "channel"),
    "child_data": pgettext_lazy("record", "data of a child"),
    "closes_on": pgettext_lazy("record", "last day"),
    "code": pgettext_lazy("record", "code"),
    "connector": pgettext_lazy("record", "connector"),
    "consent": pgettext_lazy("record", "consent"),
    "count": pgettext_lazy("record", "how many"),
    "courses": pgettext_lazy("record", "courses"),
    "decided_by_post": pgettext_lazy("record", "decided by"),
    "departments": pgettext_lazy("record", "departments"),
    "digest": pgettext_lazy("record", "digest"),
    "dropped": pgettext_lazy("record", "dropped"),
    "file": pgettext_lazy("record", "file"),
    "fixed": pgettext_lazy("record", "settled"),
    "frequency": pgettext_lazy("record", "how often"),
    "from": pgettext_lazy("record", "from"),
    "granted": pgettext_lazy("record", "granted"),
    "group": pgettext_lazy("record", "group"),
    "groups": pgettext_lazy("record", "groups"),
    "held_on": pgettext_lazy("record", "held on"),
    "help": pgettext_lazy("record", "help for others"),
    "illustrative": pgettext_lazy("record", "illustrative"),
    "inapplicable": pgettext_lazy("record", "not applicable"),
    "into": pgettext_lazy("record", "into"),
    "is_new": pgettext_lazy("record", "new here"),
    "issuer": pgettext_lazy("record", "issuer"),
    "issues": pgettext_lazy("record", "hot issues"),
    "items": pgettext_lazy("record", "items"),
    "keep": pgettext_lazy("record", "kept for"),
    "key": pgettext_lazy("record", "key"),
    "kind": pgettext_lazy("record", "kind"),
    "label": pgettext_lazy("record", "label"),
    "lead": pgettext_lazy("record", "lead"),
    "level": pgettext_lazy("record", "level"),
    "library": pgettext_lazy("record", "from which base"),
    "media": pgettext_lazy("record", "kinds of file"),
    "milestone": pgettext_lazy("record", "milestone"),
    "milestone_done": pgettext_lazy("record", "milestone accepted"),
    "move": pgettext_lazy("record", "move"),
    "name": pgettext_lazy("record", "name"),
    "note": pgettext_lazy("record", "note"),
    "number": pgettext_lazy("record", "number"),
    "office": pgettext_lazy("record", "office"),
    "on": pgettext_lazy("record", "day"),
    "opens_on": pgettext_lazy("record", "opens on"),
    "owner": pgettext_lazy("record", "owner"),
    "page": pgettext_lazy("record", "page"),
    "personal": pgettext_lazy("record", "personal data"),
    "post": pgettext_lazy("record", "post"),
    "postponement": pgettext_lazy("record", "postponement"),
    "prefill": pgettext_lazy("record", "filled in before"),
    "promised_days": pgettext_lazy("record", "promised days"),
    "proof": pgettext_lazy("record", "proof"),
    "purpose": pgettext_lazy("record", "purpose"),
    "question": pgettext_lazy("record", "question"),
    "rate": pgettext_lazy("record", "rate"),
    "readers": pgettext_lazy("record", "who may read it"),
    "reason": pgettext_lazy("record", "reason"),
    "reconstructed": pgettext_lazy("record", "rebuilt"),
    "reform": pgettext_lazy("record", "reform"),
    "reply": pgettext_lazy("record", "reply"),
    "rev": pgettext_lazy("record", "revision"),
    "roles": pgettext_lazy("record", "roles"),
    "root": pgettext_lazy("record", "root"),
    "sample": pgettext_lazy("record", "sample"),
    "score": pgettext_lazy("record", "score"),
    "severity": pgettext_lazy("record", "severity"),
    "sha256": pgettext_lazy("record", "digest of the file"),
    "share_clause": pgettext_lazy("record", "clause for sharing"),
    "share_lag_days": pgettext_lazy("record", "days until shared"),
    "shows": pgettext_lazy("record", "what it shows"),
    "stage": pgettext_lazy("record", "stage"),
    "state": pgettext_lazy("record", "state"),
    "suggested": pgettext_lazy("record", "suggested"),
    "summary": pgettext_lazy("record", "summary"),
    "sure": pgettext_lazy("record", "how sure"),
    "text": pgettext_lazy("record", "text"),
    "tier": pgettext_lazy("record", "list"),
    "title": pgettext_lazy("record", "title"),
    "to": pgettext_lazy("record", "to"),
    "type": pgettext_lazy("record", "type"),
    "units": pgettext_lazy("record", "clauses to answer"),
    "uploadable": pgettext_lazy("record", "may be uploaded"),
    "url": pgettext_lazy("record", "link"),
    "version": pgettext_lazy("record", "wording"),
    "voices": pgettext_lazy("record", "what people said"),
    "what": pgettext_lazy("record", "what"),
    "when": pgettext_lazy("record", "condition"),
}

# A thing that moves from one stage to another tells both by the choices of its field `state`.
STEPS = frozenset({"from", "to"})
# How a table is sorted tells a reader nothing.
HIDDEN = frozenset({"order"})

# Books are named `prefix:key`; a book without a key is one for the whole house.
BOOKS: dict[str, Words] = {
    "application": pgettext_lazy("book", "Application"),
    "call": pgettext_lazy("book", "Call for suggestions"),
    "case": pgettext_lazy("book", "Case"),
    "document": pgettext_lazy("book", "Document"),
    "family": pgettext_lazy("book", "Family of one-things"),
    "group": pgettext_lazy("book", "Group of voices"),
    "items": pgettext_lazy("book", "Items and dictionaries"),
    "kinds": pgettext_lazy("book", "Kinds of case"),
    "occasion": pgettext_lazy("book", "Occasion"),
    "pack": pgettext_lazy("book", "Packs"),
    "people": pgettext_lazy("book", "People and units"),
    "reform": pgettext_lazy("book", "Reform"),
    "rulebook": pgettext_lazy("book", "Basis"),
    "seals": pgettext_lazy("book", "Seals"),
    "small_cut": pgettext_lazy("book", "Small cut"),
    "thing": pgettext_lazy("book", "One-thing"),
    "voice": pgettext_lazy("book", "Voice"),
    "voices": pgettext_lazy("book", "All voices"),
}


def book_words(book: str) -> str:
    """A book in words; one of an unknown kind by its own name."""
    prefix, _, key = book.partition(":")
    return f"{BOOKS[prefix]} {key}".strip() if prefix in BOOKS else book


@dataclass(frozen=True, slots=True)
class Change:
    """One value of a deed: as it was and as it became, or (`before` is None) only told."""

    label: Words
    before: str | None
    after: str

    @property
    def was_nothing(self) -> bool:
        """Whether there was no value before."""
        return self.before == NOTHING


def field_of(prefix: str, key: str) -> "Field[Any, Any] | None":
    """The field of a model (`reforms.milestone`) a key of a payload names, if it does."""
    try:
        field = apps.get_model(prefix)._meta.get_field(key)
    except (LookupError, ValueError, FieldDoesNotExist):
        return None
    return field if isinstance(field, Field) else None


def label_of(prefix: str, key: str) -> Words:
    """The label of a key; a field that was given no name of its own is called as its key."""
    plain = key.replace("_", " ")
    field = field_of(prefix, key)
    is_named = field is not None and field.verbose_name != plain
    return field.verbose_name if field and is_named else KEYS.get(key, plain)


def changes_of(
    prefix: str, payload: Mapping[str, object], name: Callable[[str], Words]
) -> tuple[Change, ...]:
    """A payload in words; `name` gives the title of a thing. `before` and `after` are told side by side."""
    before, after = payload.get("before"), payload.get("after")
    rest = {key: value for key, value in payload.items() if key not in {"before", "after"}}
    changes: list[Change] = []
    if before == {} and isinstance(after, Mapping):
        rest = {**after, **rest}
    elif isinstance(before, Mapping) and isinstance(after, Mapping):
        changes = [
            Change(
                label_of(prefix, key), *(said(prefix, key, side.get(key), name) for side in (before, after))
            )
            for key in {**before, **after}
            if key not in HIDDEN
        ]
    else:
        rest = dict(payload)
    told = [
        Change(label_of(prefix, key), None, said(prefix, key, value, name))
        for key, value in rest.items()
        if key not in HIDDEN
    ]
    return (*changes, *(change for change in told if change.after != NOTHING))


def things_in(value: object) -> Iterator[str]:
    """Every thing a payload names, however deep."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from things_in(one)
    elif isinstance(value, str) and THING.fullmatch(value.strip()):
        yield value.strip()


def posts_in(payload: Mapping[str, object]) -> Iterator[str]:
    """Codes of the posts a payload names."""
    for key, value in payload.items():
        if key.endswith("post") and isinstance(value, str):
            yield value


def said(prefix: str, key: str, value: object, name: Callable[[str], Words]) -> str:
    """One value in words."""
    if isinstance(value, Mapping):
        return pgettext("record", "; ").join(
            f"{one}: {said('', one, inner, name)}" for one, inner in value.items()
        )
    if isinstance(value, list):
        return pgettext("record", ", ").join(said(prefix, key, one, name) for one in value) or NOTHING
    if isinstance(value, bool):
        return pgettext("record", "yes") if value else pgettext("record", "no")
    if key.endswith("post") and value:
        return str(name(str(value)))
    field = field_of(prefix, "state" if key in STEPS else key)
    choices = dict(field.flatchoices) if field and field.flatchoices else {}
    if value in choices:
        return str(choices[value])
    return text_of(value, name)


def text_of(value: object, name: Callable[[str], Words]) -> str:
    """A plain value as text: things by their title, digests shortened."""
    text = NOTHING if value is None else str(value).strip() or NOTHING
    if DIGEST.fullmatch(text):
        return text[:12] + "…"
    return str(name(text)) if THING.fullmatch(text) else text
