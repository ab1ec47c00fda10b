"""What must hold before a net is published: `check` says everything that does not."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from minhu.methods.flow.concurrency import doubled, together
from minhu.methods.flow.faults import Fault, Finding
from minhu.methods.flow.marking import Marking
from minhu.methods.flow.net import Kind, Net
from minhu.methods.flow.reach import BOUND, Reach, reach, stuck

Licences = frozenset[tuple[str, str]]


def check(net: Net, licensed: Licences | None = None, bound: int = BOUND) -> list[Finding]:
    """All faults of a net; none means that every case can complete and nothing in the net is idle.

    `licensed`: pairs (reason, clause) for which the law lets clocks be held; without it a clause must merely
    be named. `bound`: how many markings are tried. If arcs point nowhere, only that is said.
    """
    broken = [*_declarations(net), *_boundaries(net)]
    if broken:
        return broken
    found = [*_paths(net), *_timers(net), *_pauses(net, licensed), *_loops(net), *_routes(net)]
    beside = together(net)
    tried = reach(net, _start(net), bound)
    told = {finding.where for finding in found}
    found += [finding for finding in _behaviour(net, tried, bound) if finding.where not in told]
    if tried.merged:
        pairs = set(doubled(net, beside)) - tried.contacts
        found += [Finding(Fault.MAYBE_DOUBLED, code, (place,)) for code, place in sorted(pairs)]
    return [*found, *_serial(net, tried, beside)]


def can_complete(net: Net, marking: Marking, bound: int = BOUND) -> bool:
    """Whether a running case can reach an end from wherever it may get: asked before a change of version."""
    tried = reach(net, marking.marked, bound)
    return tried.is_whole and not stuck(tried, _bits(net, Kind.END))


def _declarations(net: Net) -> Iterator[Finding]:
    """Codes used twice, places that do not exist."""
    for codes in (net.codes, [timer.code for timer in net.timers]):
        counts = Counter(codes)
        yield from (Finding(Fault.TWICE, code) for code, count in counts.items() if count > 1)
    for code, place in dict.fromkeys(net.index.unknown):
        yield Finding(Fault.NO_PLACE, code, (place,))
    for code in sorted(frozenset[str]().union(*net.parallels)):
        if code not in net.index.place:
            yield Finding(Fault.NO_PLACE, "parallels", (code,))
    for timer in net.timers:
        if timer.place not in net.index.place:
            yield Finding(Fault.NO_PLACE, timer.code, (timer.place,))


def _boundaries(net: Net) -> Iterator[Finding]:
    """One start that is not entered, ends that are not left, transitions that start somewhere."""
    starts, ends = _start(net), [place.code for place in net.places if place.kind is Kind.END]
    if len(starts) != 1:
        yield Finding(Fault.STARTS, net.code, tuple(starts))
    if not ends:
        yield Finding(Fault.NO_END, net.code)
    for transition in net.transitions:
        if not transition.needs:
            yield Finding(Fault.NO_PLACES, transition.code)
        if entered := sorted(set(transition.puts) & set(starts)):
            yield Finding(Fault.ENTERS_START, transition.code, tuple(entered))
        if left := sorted(set(transition.needs) & set(ends)):
            yield Finding(Fault.LEAVES_END, transition.code, tuple(left))


def _paths(net: Net) -> Iterator[Finding]:
    """Every node on a way from the start to an end, a milestone, or where it is cleared."""
    ahead: dict[str, list[str]] = {}
    back: dict[str, list[str]] = {}
    arcs = [(code, t.code) for t in net.transitions for code in t.needs]
    arcs += [(t.code, code) for t in net.transitions for code in t.puts]
    for src, dst in arcs:
        ahead.setdefault(src, []).append(dst)
        back.setdefault(dst, []).append(src)
    for src, dst in ((code, t.code) for t in net.transitions for code in t.clears):
        back.setdefault(dst, []).append(src)
    first = _closure(_start(net), lambda node: ahead.get(node, ()))
    ends = [place.code for place in net.places if place.kind in {Kind.END, Kind.MILESTONE}]
    last = _closure(ends, lambda node: back.get(node, ()))
    for code in net.codes:
        if code not in first:
            yield Finding(Fault.NOTHING_LEADS, code)
        elif code not in last:
            yield Finding(Fault.LEADS_NOWHERE, code)


def _timers(net: Net) -> Iterator[Finding]:
    """Timers run where cases rest, and something comes of them."""
    for timer in net.timers:
        if net.index.place[timer.place].kind not in {Kind.TASK, Kind.WAIT}:
            yield Finding(Fault.ORPHAN_TIMER, timer.code, (timer.place,))
        elif not net.index.at.get((timer.code, timer.place)):
            yield Finding(Fault.UNUSED_TIMER, timer.code, (timer.place,))


def _pauses(net: Net, licensed: Licences | None) -> Iterator[Finding]:
    """Clocks are held only for listed reasons, each with a clause that allows it."""
    listed = {pause.reason for pause in net.pauses}
    for place in net.places:
        if place.pauses and place.pauses not in listed:
            yield Finding(Fault.UNLISTED_PAUSE, place.code, (place.pauses,))
    for pause in net.pauses:
        known = bool(pause.clause.strip()) if licensed is None else (pause.reason, pause.clause) in licensed
        if not known:
            yield Finding(Fault.UNLICENSED_PAUSE, pause.reason)


def _loops(net: Net) -> Iterator[Finding]:
    """Automatic transitions that set each other off in a circle."""
    ahead: dict[str, set[str]] = {}
    for transition in net.transitions:
        if not transition.on:
            for code in transition.needs:
                ahead.setdefault(code, set()).update(transition.puts)
    told: set[str] = set()
    for code in [place.code for place in net.places if place.kind is not Kind.MILESTONE]:
        round_trip = _closure(ahead.get(code, ()), lambda node: ahead.get(node, ()))
        if code in round_trip and code not in told:
            circle = [c for c in round_trip if code in _closure([c], lambda node: ahead.get(node, ()))]
            told.update(circle)
            yield Finding(Fault.LOOP, code, tuple(sorted(circle)))


def _routes(net: Net) -> Iterator[Finding]:
    """A place that only chooses the way must always have one."""
    for place in net.places:
        if place.kind in {Kind.ROUTE, Kind.START}:
            numbers = net.index.entered.get(place.code, ())
            leaving = [net.transitions[number] for number in numbers]
            named = any(place.code in t.needs and t.on for t in net.transitions)
            if all(t.guard for t in leaving) and not (place.kind is Kind.START and named):
                yield Finding(Fault.NO_WAY_ON, place.code)


def _behaviour(net: Net, tried: Reach, bound: int) -> Iterator[Finding]:
    """What shows only when the net is walked through."""
    if not tried.is_whole:
        yield Finding(Fault.TOO_MANY, net.code, (str(bound),))
        return
    for code, twice in sorted(tried.contacts):
        yield Finding(Fault.DOUBLED, code, (twice,))
    for state in stuck(tried, _bits(net, Kind.END))[:1]:
        yield Finding(Fault.STUCK, net.code, tried.names(state))
    yield from _leftovers(net, tried)
    seen = {code for state in tried.after for code in tried.names(state)}
    escaped = {code for t in net.transitions if t.code in tried.fired for code in t.puts}
    for place in net.places:
        if place.code not in seen | escaped:
            yield Finding(Fault.NEVER_ENTERED, place.code)
    for transition in net.transitions:
        if transition.code not in tried.fired:
            yield Finding(Fault.NEVER_FIRES, transition.code)


def _leftovers(net: Net, tried: Reach) -> Iterator[Finding]:
    """Ends that are reached while something else is open; each end once."""
    ends, memory = _bits(net, Kind.END), _bits(net, Kind.MILESTONE)
    told: set[tuple[str, ...]] = set()
    for state in sorted(tried.after):
        here = tried.names(state & ends)
        if here and state & ~ends & ~memory and here not in told:
            told.add(here)
            yield Finding(Fault.LEFTOVER, here[0], tried.names(state & ~ends & ~memory))


def _serial(net: Net, tried: Reach, beside: dict[str, set[str]]) -> Iterator[Finding]:
    """Places declared side by side that are never marked together: some arc between them was invented."""
    whole = tried.is_whole and not tried.merged
    bits = {place.code: 1 << number for number, place in enumerate(net.places)}
    for group in net.parallels:
        for a, b in combinations(sorted(group), 2):
            pair = bits[a] | bits[b]
            met = any(state & pair == pair for state in tried.after) if whole else b in beside[a]
            if not met:
                yield Finding(Fault.SERIAL, a, (b,))


def _start(net: Net) -> list[str]:
    """The places of kind start."""
    return [place.code for place in net.places if place.kind is Kind.START]


def _bits(net: Net, kind: Kind) -> int:
    """The places of a kind as bits."""
    return sum(1 << number for number, place in enumerate(net.places) if place.kind is kind)


def _closure(start: Iterable[str], following: Callable[[str], Iterable[str]]) -> set[str]:
    """All nodes that can be reached."""
    found, todo = set(start), list(start)
    while todo:
        for node in following(todo.pop()):
            if node not in found:
                found.add(node)
                todo.append(node)
    return found
