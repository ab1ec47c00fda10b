"""Whether a running case can go on under another version of its kind, and where it then stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from minhu.cases.bridge.compiling import Compiled, marking_of
from minhu.cases.states import CaseState
from minhu.methods import flow

Renamed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Carried:
    """A case under another version: its marking there, why it cannot go there, and what to know if it can."""

    marked: Mapping[str, int]
    attempts: Mapping[str, int]
    reasons: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def can(self) -> bool:
        """Whether it can go there."""
        return not self.reasons


def carried(old: Compiled, new: Compiled, state: CaseState, renamed: Renamed) -> Carried:
    """Carry a case over: places by their new codes, all else by its own."""
    marking = marking_of(state.attempts, state.stays, state.fired, state.end)
    moved, homeless = flow.moved(marking, renamed, new.net.places)
    attempts = {renamed.get(code, code): count for code, count in state.attempts.items()}
    reasons = [*homes(old, homeless), *merged(state, renamed), *running(old, new, state, renamed)]
    if not reasons and not flow.can_complete(new.net, moved):
        reasons.append(_("From where it is, no end can be reached in the new version."))
    notes = tuple(late_timers(old, new, moved.marked, renamed))
    return Carried(dict(moved.marked), attempts, tuple(reasons), notes)


def places_gone(olds: Sequence[Compiled], new: Compiled) -> dict[str, str]:
    """Places of older versions that the new one does not have, with their titles."""
    return {code: old.title(code) for old in olds for code in old.places if code not in new.places}


def homes(old: Compiled, homeless: list[str]) -> Iterator[str]:
    """Places that the new version does not have."""
    for code in homeless:
        words = _("The new version has no place “%(place)s” (%(code)s): say which one it has become.")
        yield words % {"place": old.title(code), "code": code}


def merged(state: CaseState, renamed: Renamed) -> Iterator[str]:
    """Two places that would become one: their stays could not be told apart."""
    for before, after in renamed.items():
        others = {code for code in state.attempts if renamed.get(code, code) == after}
        if before in state.attempts and len(others) > 1:
            words = _("“%(before)s” cannot become “%(after)s”: the case has been at both.")
            yield words % {"before": before, "after": after}


def running(old: Compiled, new: Compiled, state: CaseState, renamed: Renamed) -> Iterator[str]:
    """Clocks, timers and organisations that the new version knows nothing of."""
    for clock in state.clocks:
        if clock.stopped_on is None and clock.code not in new.clocks:
            title = old.clocks[clock.code].title if clock.code in old.clocks else clock.code
            yield _("The clock “%(clock)s” runs, and the new version has none of that code.") % {
                "clock": title
            }
    there = {(timer.code, timer.place) for timer in new.spec.timer}
    for timer in state.timers:
        if (timer.code, renamed.get(timer.place, timer.place)) not in there:
            words = _("The timer “%(timer)s” runs, and the new version has none of that code there.")
            yield words % {"timer": timer.code}
    for role in state.parts:
        if role not in new.roles:
            words = _("The new version has no role “%(role)s”, which an organisation has in this case.")
            yield words % {"role": old.title(role)}


def late_timers(old: Compiled, new: Compiled, marked: Mapping[str, int], renamed: Renamed) -> Iterator[str]:
    """Timers of the new version that would have begun already."""
    before = {(timer.code, renamed.get(timer.place, timer.place)) for timer in old.spec.timer}
    for timer in new.spec.timer:
        if timer.place in marked and (timer.code, timer.place) not in before:
            words = _("The timer “%(timer)s” is new: it begins when “%(place)s” is entered again.")
            yield words % {"timer": timer.code, "place": new.title(timer.place)}
