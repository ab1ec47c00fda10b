"""One step of a case: a pure function of net, marking, data and command."""

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import heappop, heappush

from minhu.methods.flow.errors import BadNet, Livelock, Reason, Refused
from minhu.methods.flow.guards import TRIES, Value, Values
from minhu.methods.flow.marking import Alarm, Command, Deed, Event, Happened, Marking, Ordered, Step
from minhu.methods.flow.net import ALL, Kind, Net, Transition

LONGEST = 1000
"""More automatic transitions than this in one step are a livelock."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A command the case offers at a place; `obstacle` says why not now, or is empty."""

    transition: Transition
    place: str
    attempt: int
    obstacle: str


def begin(net: Net, data: Values) -> Step:
    """The first step: the start is entered, and what follows from it by itself. Raises BadNet, Livelock."""
    run = _Run(net, Marking(), data)
    starts = [place.code for place in net.places if place.kind is Kind.START]
    if len(starts) != 1:
        raise BadNet(f"{net.code} has {len(starts)} starts, not one")
    if net.index.unknown:
        raise BadNet("{} leads to {}, which is no place of {}".format(*net.index.unknown[0], net.code))
    run.enter(starts[0])
    run.settle()
    return run.step()


def step(net: Net, marking: Marking, data: Values, command: Command) -> Step:
    """What a command does to a case: the transition it fires, then all that fires by itself.

    `data` holds the values before; those of the command are laid over them. The cost does not grow with the
    number of branches. Raises Refused (with a reason, and what would be allowed), BadGuard, Livelock.
    """
    if marking.end:
        raise Refused(Reason.ENDED, command.on, f"the case has ended at {marking.end}")
    run = _Run(net, marking, {**data, **command.values} if command.values else data)
    chosen = _chosen(run, command) if command.on else None
    for key, value in command.values.items():
        if data.get(key) != value or key not in data:
            run.change(key)
    if chosen:
        run.fire(chosen)
    run.settle()
    return run.step()


def offers(net: Net, marking: Marking, data: Values) -> list[Offer]:
    """What may be done now at every marked place, and why the rest may not."""
    run = _Run(net, marking, data)
    if marking.end:
        return []
    return [
        Offer(transition, code, attempt, why.words if (why := run.obstacle(transition)) else "")
        for code, attempt in marking.marked.items()
        for transition in net.index.offers.get(code, ())
        if transition.on not in net.index.timer_codes
    ]


def _chosen(run: "_Run", command: Command) -> Transition:
    """The transition a command means: the first declared that can fire at the place meant."""
    index, marked = run.net.index, run.marked
    _refuse_misplaced(run, command)
    if command.place:
        meant = index.at.get((command.on, command.place), ())
    else:
        meant = tuple(t for t in index.commands[command.on] if all(code in marked for code in t.needs))
        if len({t.needs for t in meant}) > 1:
            places = ", ".join(sorted({t.needs[0] for t in meant}))
            raise Refused(Reason.AMBIGUOUS, command.on, f"{command.on} is offered at {places}: name one")
    if not meant:
        here = ", ".join(sorted(marked))
        raise Refused(Reason.NOT_HERE, command.on, f"{command.on} is not offered while the case is at {here}")
    first: Refused | None = None
    for transition in meant:
        why = run.obstacle(transition)
        if why is None:
            return transition
        first = first or why
    raise first or AssertionError


def _refuse_misplaced(run: "_Run", command: Command) -> None:
    """A command must exist, name a place where the case is, in the attempt it knows of."""
    index, marked, on = run.net.index, run.marked, command.on
    if on not in index.commands:
        raise Refused(
            Reason.UNKNOWN, on, f"{run.net.code} knows no {on}; it knows {', '.join(index.commands)}"
        )
    if (on in index.timer_codes) is not command.is_timer:
        whose = "the clock's alone" if not command.is_timer else "no timer"
        raise Refused(Reason.CLOCK, on, f"{on} is {whose}")
    if not command.place:
        return
    if command.place not in marked:
        raise Refused(Reason.NOT_HERE, on, f"the case is not at {command.place}: {', '.join(sorted(marked))}")
    if command.attempt and marked[command.place] != command.attempt:
        now = marked[command.place]
        words = f"{command.place} is in attempt {now}, the command was meant for {command.attempt}"
        raise Refused(Reason.STALE, on, words)


class _Run:
    """The work of one step: sets to start from, lists that grow, and automatic transitions still to try."""

    def __init__(self, net: Net, marking: Marking, data: Values) -> None:
        self.net, self.data = net, data
        self.marked, self.attempts = dict(marking.marked), dict(marking.attempts)
        self.fired, self.end = marking.fired, marking.end
        self.events: list[Event] = []
        self.effects: list[Ordered] = []
        self.alarms: list[Alarm] = []
        self.reads: set[str] = set()
        self.pending: list[int] = []

    def step(self) -> Step:
        """All that was done."""
        marking = Marking(self.marked, self.attempts, self.fired, self.end)
        return Step(
            tuple(self.events), tuple(self.effects), tuple(self.alarms), marking, frozenset(self.reads)
        )

    def look(self, key: str) -> Value:
        """A value for a guard."""
        if key.startswith(TRIES):
            return self.attempts.get(key.removeprefix(TRIES), 0)
        self.reads.add(key)
        return self.data.get(key)

    def obstacle(self, transition: Transition) -> Refused | None:
        """Why a transition cannot fire now, or nothing."""
        for code in transition.needs:
            if code not in self.marked:
                return Refused(Reason.NOT_HERE, transition.on, f"the case is not at {code}")
        if transition.guard and transition.guard.holds(self.look) is not True:
            return Refused(Reason.GUARD, transition.on, f"it needs: {transition.guard}")
        for code in transition.puts:
            if why := self.full(transition, code):
                return why
        return None

    def full(self, transition: Transition, code: str) -> Refused | None:
        """Why a place cannot be entered, or nothing."""
        place = self.net.index.place[code]
        if code in self.marked and not _empties(transition, code) and place.kind is not Kind.MILESTONE:
            return Refused(Reason.BUSY, transition.on, f"{code} is under way already")
        if place.most and self.attempts.get(code, 0) >= place.most:
            return Refused(Reason.TOO_OFTEN, transition.on, f"{code} was entered {place.most} times, no more")
        return None

    def fire(self, transition: Transition) -> None:
        """Move the case along a transition."""
        self.fired += 1
        self.events.append(Event(Happened.FIRED, transition.code, self.fired))
        for code in transition.takes:
            self.leave(code)
        for code in self.cleared(transition.clears):
            self.leave(code)
        for code in transition.puts:
            self.enter(code)
        for number, effect in enumerate(transition.effects):
            self.effects.append(Ordered(f"{self.fired}.{number}", effect, transition.code))

    def cleared(self, clears: Iterable[str]) -> list[str]:
        """The marked places a transition empties besides those it takes."""
        if ALL in clears:
            kinds = self.net.index.place
            return [code for code in self.marked if kinds[code].kind is not Kind.MILESTONE]
        return [code for code in clears if code in self.marked]

    def leave(self, code: str) -> None:
        """A place is left: its timers end, its pause ends."""
        attempt = self.marked.pop(code)
        self.events.append(Event(Happened.LEFT, code, attempt))
        self.alarm(code, attempt, Deed.DISARM, Deed.RESUME)
        self.retry(self.net.index.left.get(code, ()))

    def enter(self, code: str) -> None:
        """A place is entered: a milestone once, any other in its next attempt."""
        place = self.net.index.place[code]
        if place.kind is Kind.MILESTONE and code in self.marked:
            return
        attempt = self.attempts.get(code, 0) + 1
        self.marked[code] = self.attempts[code] = attempt
        what = _ENTERED.get(place.kind, Happened.ENTERED)
        self.events.append(Event(what, code, attempt))
        self.end = code if place.kind is Kind.END else self.end
        self.alarm(code, attempt, Deed.ARM, Deed.PAUSE)
        self.retry(self.net.index.entered.get(code, ()))
        self.retry(self.net.index.tried[code])

    def alarm(self, code: str, attempt: int, timers: Deed, clocks: Deed) -> None:
        """Tell the timers and the clocks that a place is entered or left."""
        for timer in self.net.index.timers.get(code, ()):
            self.alarms.append(Alarm(timers, timer.code, code, attempt, timer.limit))
        if reason := self.net.index.place[code].pauses:
            self.alarms.append(Alarm(clocks, reason, code, attempt))

    def change(self, key: str) -> None:
        """A value changed: sentries that read it look again."""
        self.events.append(Event(Happened.CHANGED, key))
        self.retry(self.net.index.changed.get(key, ()))

    def retry(self, numbers: Iterable[int]) -> None:
        """Automatic transitions to be tried (again)."""
        for number in numbers:
            heappush(self.pending, number)

    def settle(self) -> None:
        """Fire what fires by itself, the first declared first, until nothing does."""
        last = self.fired + LONGEST
        while self.pending and not self.end:
            transition = self.net.transitions[heappop(self.pending)]
            if self.obstacle(transition) is None:
                if self.fired >= last:
                    raise Livelock(f"{self.net.code} goes on by itself without end at {transition.code}")
                self.fire(transition)


def _empties(transition: Transition, code: str) -> bool:
    """Whether a transition leaves a place it also enters."""
    return code in transition.takes or code in transition.clears or ALL in transition.clears


_ENTERED = {Kind.MILESTONE: Happened.REACHED, Kind.END: Happened.ENDED}
