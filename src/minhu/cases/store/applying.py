"""`apply`: one command to one case; `apply_many`: commands of one kind, set by set."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.cases.bridge.compiling import of_digest
from minhu.cases.bridge.deciding import decide
from minhu.cases.queries.loading import lock_and_look
from minhu.cases.queries.readings import Readings, Shared
from minhu.cases.states import Ask, CaseRefused, CaseState, Doer, Done, Why
from minhu.cases.store.commands import check_key, repeated, request_hash
from minhu.cases.store.writing import Write, write

BATCH = 100


def apply(by: Doer, ask: Ask, at: datetime) -> Done:
    """One command, one transaction. Raises CaseRefused, and then nothing has changed."""
    check_key(ask.key)
    digest = hash_of(by, ask)
    with transaction.atomic():
        states, before = lock_and_look([ask.number], [ask.key])
        done = repeated(before.get(ask.key), digest)
        return done or write([decided(by, ask, at, known(states.get(ask.number), ask), digest)])[0]


def apply_many(by: Doer, asks: Sequence[Ask], at: datetime) -> list[Done | CaseRefused]:
    """Many commands, each answered or refused by itself; a hundred in one transaction."""
    if len({ask.number for ask in asks}) < len(asks) or len({ask.key for ask in asks}) < len(asks):
        return [one_of_many(by, ask, at) for ask in asks]
    found: list[Done | CaseRefused] = []
    for start in range(0, len(asks), BATCH):
        some = asks[start : start + BATCH]
        try:
            found += apply_set(by, some, at)
        except (CaseRefused, Spaced):
            found += [one_of_many(by, ask, at) for ask in some]
    return found


class Spaced(Exception):
    """A step that looks at other cases: those of the same set must be written before."""


def one_of_many(by: Doer, ask: Ask, at: datetime) -> Done | CaseRefused:
    """One command whose refusal does not stop the others."""
    try:
        return apply(by, ask, at)
    except CaseRefused as refused:
        return refused


def apply_set(by: Doer, asks: Sequence[Ask], at: datetime) -> list[Done | CaseRefused]:
    """One transaction for a set, its cases locked in the order of their rows."""
    with transaction.atomic():
        states, before = lock_and_look([ask.number for ask in asks], [ask.key for ask in asks])
        shared = Shared()
        answers: dict[str, Done | CaseRefused] = {}
        writes: list[Write] = []
        for ask in asks:
            try:
                check_key(ask.key)
                digest = hash_of(by, ask)
                if done := repeated(before.get(ask.key), digest):
                    answers[ask.key] = done
                    continue
                writes.append(decided(by, ask, at, known(states.get(ask.number), ask), digest, shared))
            except CaseRefused as refused:
                answers[ask.key] = refused
        if writes:
            answers |= {one.key: done for one, done in zip(writes, write(writes), strict=True)}
    return [answers[ask.key] for ask in asks]


def decided(
    by: Doer, ask: Ask, at: datetime, state: CaseState, digest: str, shared: Shared | None = None
) -> Write:
    """A command decided, ready to be written. Raises CaseRefused, and Spaced in a set."""
    kind = of_digest(state.digest, state.kind_id)
    if shared and any(step.spaced for step in kind.doing(ask.on)):
        raise Spaced
    outcome = decide(kind, state, ask, by, at, Readings(state, at, shared))
    state.rev += 1
    return Write(kind, outcome, by, at, ask.key, digest, {})


def known(state: CaseState | None, ask: Ask) -> CaseState:
    """The case, if there is one."""
    if state is None:
        raise CaseRefused(Why.UNKNOWN, _("There is no case %(number)s.") % {"number": ask.number})
    return state


def hash_of(by: Doer, ask: Ask) -> str:
    """The digest of a command."""
    return request_hash(by, ask.number, ask.on, ask.values, ask.assigns, ask.place, ask.attempt)
