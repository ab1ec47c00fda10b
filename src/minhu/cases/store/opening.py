"""Opening a case: its number, its row, and all that follows from the start by itself."""

from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.cases.bridge.compiling import compiled
from minhu.cases.bridge.deciding import decide_opening
from minhu.cases.models import Case, Kind
from minhu.cases.queries.loading import rulebook_stamp
from minhu.cases.queries.readings import Readings, day_of
from minhu.cases.queries.statements import rows as ask
from minhu.cases.states import CaseRefused, CaseState, Doer, Done, Opening, Why
from minhu.cases.store.commands import answered, check_key, repeated, request_hash
from minhu.cases.store.scripts import CODE_ID, moment
from minhu.cases.store.writing import COUNT, Write, write

INSERT = f"""INSERT INTO cases_case (number, kind_id, title, matter, opener_id, parent_id, status, "end",
fired, rev, opened_at, is_held, is_provisional)
VALUES (%s, %s, %s, %s, {CODE_ID}, %s, 'open', '', 0, 0, %s, %s, %s) RETURNING id"""  # noqa: S608


@dataclass(slots=True)
class _Again(Exception):
    """The same opening was answered before: what was done since must be undone."""

    done: Done


def open_case(by: Doer, opening: Opening, key: str, at: datetime) -> Done:
    """Open a case. Raises CaseRefused, and then nothing has changed."""
    check_key(key)
    digest = request_hash(by, opening.kind, opening.values, opening.assigns, opening.parent)
    try:
        with transaction.atomic():
            return opened(by, opening, key, digest, at)
    except _Again as again:
        return again.done


def opened(by: Doer, opening: Opening, key: str, digest: str, at: datetime) -> Done:
    """The work of opening, inside its transaction."""
    kind = current_kind(opening.kind)
    year = day_of(at).year
    # The counter is held until the end: the second of two equal openings waits here for the first.
    count = ask(COUNT, [f"case:{kind.code}:{year}"])[0][0]
    if done := repeated(answered(key), digest):
        raise _Again(done)
    parent = parent_of(opening)
    opener = by.actor.organisation or (parent.opener.code if parent and parent.opener else "")
    number = f"{kind.code}-{year}-{count:04}"
    state = CaseState(0, number, kind.pk, kind.digest, opener, parent.pk if parent else None)
    state.stamp = rulebook_stamp()
    ready = compiled(kind)
    outcome = decide_opening(ready, state, opening, by, at, Readings(state, at))
    state.rev = 1
    row = [number, kind.pk, state.title, state.matter, opener, state.parent_id, moment(at), False, False]
    state.id = ask(INSERT, row)[0][0]
    return write([Write(ready, outcome, by, at, key, digest, {})])[0]


def current_kind(code: str) -> Kind:
    """The published kind of a code. Raises CaseRefused naming one that is near."""
    kind = Kind.objects.filter(code=code, is_current=True).first()
    if kind is None:
        known = Kind.objects.filter(is_current=True).values_list("code", flat=True)
        near = get_close_matches(code, list(known), 1)
        words = _("There is no kind of case “%(code)s”.") % {"code": code}
        raise CaseRefused(Why.UNKNOWN, words + (_(" Did you mean “%s”?") % near[0] if near else ""))
    return kind


def parent_of(opening: Opening) -> Case | None:
    """The case this one is opened from."""
    if not opening.parent:
        return None
    parent = Case.objects.select_related("opener").filter(number=opening.parent).first()
    if parent is None:
        raise CaseRefused(Why.UNKNOWN, _("There is no case %(number)s.") % {"number": opening.parent})
    return parent
