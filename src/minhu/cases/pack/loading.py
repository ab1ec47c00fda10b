"""Load kinds, powers and illustrative cases; a kind that is faulty, or fails a trace, is refused whole."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from minhu.cases.actions.clocks import recompute_clocks
from minhu.cases.actions.publishing import load_powers, publish_kinds
from minhu.cases.models import Kind
from minhu.cases.pack import showing
from minhu.cases.pack.knowing import known_here, linted
from minhu.cases.pack.playing import Verdict, play_all
from minhu.packs import Counts, Located, Pack, PackError, Problem, Section, did_you_mean
from minhu.packs.kind_values import digest_of, to_plain
from minhu.packs.kinds import CASES, KINDS, POWERS, KindSpec, PowerSpec
from minhu.packs.linting import errors, warnings
from minhu.people.models import Organisation
from minhu.rulebook.actions import record_pack_version
from minhu.trail.states import Actor

SECTIONS: tuple[Section[Any], ...] = (KINDS, POWERS, CASES)


def load(pack: Pack, *, by: Actor, at: datetime) -> Counts:
    """Bring the room to what the pack says, in one transaction. Raises PackError, and then nothing is."""
    kinds, powers = pack.read(KINDS), pack.read(POWERS)
    known = known_here(row.item for row in kinds)
    remarks = linted(kinds, known)
    if problems := [*errors(remarks), *power_problems(powers)]:
        raise PackError(problems)
    # The rulebook is loaded before: its calendar may be a new one.
    recompute_clocks(by=by, at=at)
    if not (kinds or powers or pack.read(CASES)):
        return Counts()
    with transaction.atomic():
        version = record_pack_version(by=by, pack=pack, at=at)
        new = [row for row in kinds if is_new(row.item)]
        counts = publish_kinds(by=by, specs=[row.item for row in kinds], version=version, at=at)
        counts += load_powers(by=by, drafts=[row.item for row in powers], version=version, at=at)
        if failed := list(failures(play_all(new, kinds, at=at))):
            raise PackError(failed)
        counts += showing.load(pack, known, at=at)
    return counts + Counts(notes=tuple(notes(len(warnings(remarks)))))


def is_new(spec: KindSpec) -> bool:
    """Whether a kind or its traces were not published so before."""
    row = Kind.objects.filter(code=spec.code, is_current=True).first()
    return row is None or row.digest != digest_of(spec) or row.traces != to_plain(spec).get("trace", [])


def failures(verdicts: Iterable[Verdict]) -> Iterator[Problem]:
    """What a trace expected otherwise, each at its line."""
    for verdict in verdicts:
        yield from verdict.problems


def notes(doubts: int) -> Iterator[str]:
    """Words for whoever loads."""
    if doubts:
        yield f"kinds: {doubts} to look at again (minhu pack_lint tells them)"


def power_problems(powers: Sequence[Located[PowerSpec]]) -> Iterator[Problem]:
    """Lines and places that are not there."""
    known = set(Organisation.objects.values_list("code", flat=True))
    for row in powers:
        for key in ("line", "place"):
            code = getattr(row.item, key)
            if code not in known:
                hint = did_you_mean(code, known)
                yield row.problem(f"there is no organisation “{code}”", key, hint=hint)


def trials(pack: Pack, *, at: datetime) -> list[Verdict]:
    """Every trace of every kind of a loaded pack, played."""
    kinds = pack.read(KINDS)
    return play_all(kinds, kinds, at=at)
