"""Two tabs on the same thing: whoever saves second sees what the first wrote, and loses nothing."""

from dataclasses import asdict
from hashlib import sha256
from typing import TypeVar

from django.db.models import Model
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from minhu.mandates.actions.refusals import BadDocument

Draft = TypeVar("Draft")


def mark_of(values: object) -> str:
    """A short fingerprint of the values a form was opened with."""
    return sha256(repr(values).encode()).hexdigest()[:16]


def check_seen(seen: str, row: Model, now: Draft, draft: Draft) -> None:
    """Refuse to overwrite unseen what somebody else saved; without a mark nothing is compared."""
    if not seen or seen == mark_of(now) or now == draft:
        return
    typed = asdict(draft)  # type: ignore[call-overload]
    there = [name for name, value in asdict(now).items() if value != typed[name]]  # type: ignore[call-overload]
    words = "; ".join(f"{label_of(row, name)}: {said(row, name)}" for name in there)
    raise BadDocument(
        _("Somebody saved this in the meantime. It now says: %s. Save again to put yours in its place.")
        % words,
        "",
    )


def label_of(row: Model, name: str) -> str:
    """The label of a field of a row."""
    return str(getattr(row._meta.get_field(name), "verbose_name", name))


def said(row: Model, name: str) -> str:
    """A value of a row in words."""
    value = getattr(row, name)
    if isinstance(value, bool):
        return pgettext("answer", "yes") if value else pgettext("answer", "no")
    shown = getattr(row, f"get_{name}_display", None)
    return str(shown() if shown else localize(value)) if value not in (None, "") else "—"
