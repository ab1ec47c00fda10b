"""Commands that were answered before: the same key with the same content gets the same answer."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from minhu.cases.queries.statements import rows as ask
from minhu.cases.states import CaseRefused, Doer, Done, Upload, Why


def request_hash(by: Doer, *content: object) -> str:
    """The digest of what a command asks, and of who asks it."""
    said = [by.actor.user_id, by.actor.post, by.actor.organisation, *content]
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=spelled).encode()).hexdigest()


def spelled(value: object) -> object:
    """Files by their content, days and numbers as they are written, mappings as plain ones."""
    if isinstance(value, Mapping):
        return dict(value)
    return value.sha256 if isinstance(value, Upload) else str(value)


def answered(key: str) -> tuple[str, str] | None:
    """The digest of the request under a key and what was answered, as JSON."""
    found = ask("SELECT request_hash, CAST(response AS text) FROM cases_command WHERE key = %s", [key])
    return (found[0][0], found[0][1]) if found else None


def repeated(found: tuple[str, str] | None, digest: str) -> Done | None:
    """The answer given before, if any. Raises CaseRefused for the same key with another content."""
    if found is None:
        return None
    if found[0] != digest:
        words = _("This key was used for something else: a repeated command must say the same.")
        raise CaseRefused(Why.KEY, words)
    return done_of(found[1])


def check_key(key: str) -> None:
    """Refuse a command without a key, or with one too long to be kept."""
    if not key or len(key) > 120:
        raise CaseRefused(Why.KEY, _("A command needs a key of 1 to 120 characters."))


def done_of(response: str) -> Done:
    """An answer as it was kept."""
    said = json.loads(response)
    return Done(said["number"], said["rev"], tuple(said["places"]), said["end"], tuple(said["papers"]), True)


def plain_done(done: Done) -> dict[str, Any]:
    """An answer as it is kept."""
    return {
        "number": done.number,
        "rev": done.rev,
        "places": list(done.places),
        "end": done.end,
        "papers": list(done.papers),
    }
