"""The operations of this room, and what its refusals are called outside."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from minhu.cases import rules
from minhu.cases.bridge.compiling import Compiled
from minhu.cases.models import Case
from minhu.cases.queries.page import seen_case
from minhu.cases.states import CaseRefused, Why
from minhu.people.rules import Reader
from minhu.people.wire import Operations, Problem, unset
from minhu.rulebook.queries import Missing


class Meaning(NamedTuple):
    """What a refusal is outside: a status, and a word of its own where the status says too little."""

    status: int
    code: str = ""


MEANINGS: Mapping[Why, Meaning] = {
    Why.RIGHT: Meaning(403),
    Why.APART: Meaning(403, "apart"),
    Why.UNKNOWN: Meaning(404),
    Why.STALE: Meaning(409, "stale"),
    Why.KEY: Meaning(409),
    Why.ENDED: Meaning(409, "ended"),
    Why.NOT_HERE: Meaning(409, "not_here"),
    Why.VALUE: Meaning(422),
    Why.GUARD: Meaning(422, "guard"),
    Why.LATE: Meaning(422, "late"),
    Why.PAUSE: Meaning(422, "pause"),
    Why.POWER: Meaning(422, "power"),
    Why.SPACING: Meaning(422, "spacing"),
}
KEY_HEADER = "header.Idempotency-Key"


def problem_of(refused: CaseRefused, where: str = "") -> Problem:
    """A refusal as a problem: `where` if it names no fields itself; of what is stale what it was and is."""
    meaning = MEANINGS[refused.why]
    changed = {code: change_of(pair) for code, pair in refused.changed.items()}
    return Problem(meaning.status, refused.words, where, code=meaning.code, changed=changed)


def change_of(pair: object) -> dict[str, object]:
    """A value as it was seen, and as it is."""
    was, now = pair if isinstance(pair, list | tuple) and len(pair) == 2 else (None, pair)
    return {"before": was, "now": now}


def lacking(refused: CaseRefused) -> Problem:
    """What the rulebook lacks: the case, its kind and its step are there."""
    hint = _("The reform office has to load a pack that brings it.")
    return Problem(500, refused.words, "", hint, "limit_missing")


@contextmanager
def told(
    reader: Reader,
    kind: Compiled,
    values: Mapping[str, object],
    where: str,
    key: str = KEY_HEADER,
    before: str = "body.",
) -> Iterator[None]:
    """What a deed refuses, told with the names that the program sent; `before` stands before them."""
    try:
        yield
    except CaseRefused as refused:
        raise problem_in(refused, reader, kind, values, (where, key, before)) from refused


def problem_in(
    refused: CaseRefused, reader: Reader, kind: Compiled, values: Mapping[str, object],
    places: tuple[str, str, str],
) -> Problem:  # fmt: skip
    """A refusal of a deed on a case of a kind; `places`: the deed, its key, what stands before its fields."""
    where, key, before = places
    if refused.why == Why.UNKNOWN:
        return lacking(refused)
    if refused.why == Why.KEY:
        return problem_of(refused, key)
    if refused.why == Why.SPACING and not may_see_all(reader, refused.words, kind):
        return problem_of(
            CaseRefused(refused.why, str(_("Too close to another case that is like it."))), where
        )
    names = [f"{before}{part_of(kind, values, fault.where)}.{fault.where}" for fault in refused.faults]
    return problem_of(refused, ", ".join(dict.fromkeys(names)) or where)


def part_of(kind: Compiled, values: Mapping[str, object], code: str) -> str:
    """Whether a code names a value or a role."""
    return "assigns" if code in kind.roles and code not in values else "values"


def may_see_all(reader: Reader, words: str, kind: Compiled) -> bool:
    """Whether a reader may see every case of a kind that a sentence names: its title stands beside it."""
    rows = Case.objects.filter(kind__code=kind.spec.code)
    named = [number for number in rows.values_list("number", flat=True) if number in words]
    return rows.filter(rules.visible(reader), number__in=named).count() == len(named)


def case_at(reader: Reader, number: str) -> Case:
    """The case of a number; what may not be seen is not there."""
    case = seen_case(number, reader)
    if case is None:
        words = _("There is no case %(number)s that you may see.") % {"number": number}
        raise Problem(404, words, "path.number")
    return case


operations = Operations(
    _("Cases"),
    refusals={CaseRefused: problem_of, Missing: lambda missing: unset(missing.code)},
)
