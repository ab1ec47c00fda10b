"""All markings a net can reach, up to a bound, guards taken as open or shut.

A marking is a whole number with one bit for each place. Automatic transitions without a condition go before
commands, as in the kernel. Ways out that empty the whole case (`clears = *` into an end) are left aside:
being able to withdraw a case is not being able to complete it.

Past the bound, orders in which independent transitions fire are merged: of a cluster of places whose
transitions nothing else can disturb, only this cluster moves, unless that leads to a marking seen before
(stubborn sets: Valmari, The state explosion problem, 1998; the proviso keeps every transition from being put
off for ever).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from minhu.methods.flow.net import ALL, Kind, Net, Transition

BOUND = 20_000


@dataclass(frozen=True, slots=True)
class Move:
    """A transition as bits. `firm`: it fires by itself, whatever the data."""

    transition: Transition
    need: int
    take: int
    drop: int
    put: int
    fresh: int
    firm: bool

    def after(self, state: int) -> int:
        """The marking it leads to."""
        return state & ~self.drop | self.put


@dataclass
class Reach:
    """Markings and those after them, transitions that fired, places entered twice; whether orders merged."""

    net: Net
    after: dict[int, list[int]] = field(default_factory=dict)
    fired: set[str] = field(default_factory=set)
    contacts: set[tuple[str, str]] = field(default_factory=set)
    merged: bool = False
    is_whole: bool = True

    def names(self, state: int) -> tuple[str, ...]:
        """The places of a marking."""
        return tuple(place.code for bit, place in enumerate(self.net.places) if state >> bit & 1)


def reach(net: Net, start: Iterable[str], bound: int = BOUND) -> Reach:
    """The markings reached from `start`; `is_whole` is false if even merged orders exceed the bound."""
    bits = {place.code: 1 << number for number, place in enumerate(net.places)}
    moves = [_move(net, transition, bits) for transition in net.transitions if not is_escape(net, transition)]
    ends = sum(bits[place.code] for place in net.places if place.kind is Kind.END)
    first = sum(bits[code] for code in set(start))
    found = Reach(net)
    _explore(found, first, moves, ends, (bound, None))
    if not found.is_whole:
        found = Reach(net, merged=True)
        _explore(found, first, moves, ends, (bound, _clusters(net, moves, ends)))
    _mark_escapes(found, bits)
    return found


def is_escape(net: Net, transition: Transition) -> bool:
    """Whether a transition only empties the case into an end."""
    kinds = net.index.place
    return ALL in transition.clears and all(kinds[code].kind is Kind.END for code in transition.puts)


def stuck(found: Reach, ends: int) -> list[int]:
    """Markings from which no end can be reached, those with the fewest places first."""
    before: dict[int, list[int]] = {}
    for state, nexts in found.after.items():
        for following in nexts:
            before.setdefault(following, []).append(state)
    live = [state for state in found.after if state & ends]
    can = set(live)
    while live:
        for state in before.get(live.pop(), ()):
            if state not in can:
                can.add(state)
                live.append(state)
    return sorted((state for state in found.after if state not in can), key=lambda s: (s.bit_count(), s))


def _move(net: Net, transition: Transition, bits: dict[str, int]) -> Move:
    """A transition as bits."""
    kinds = net.index.place
    stays = {code for code, place in kinds.items() if place.kind is Kind.MILESTONE}
    take = _or(bits[code] for code in transition.takes)
    everything = (code for code in bits if code not in stays)
    clears = everything if ALL in transition.clears else transition.clears
    drop = take | _or(bits[code] for code in clears)
    put = _or(bits[code] for code in transition.puts)
    fresh = _or(bits[code] for code in transition.puts if code not in stays) & ~drop
    firm = not transition.on and transition.guard is None and not any(kinds[c].most for c in transition.puts)
    return Move(transition, _or(bits[code] for code in transition.needs), take, drop, put, fresh, firm)


def _explore(
    found: Reach, first: int, moves: list[Move], ends: int, how: tuple[int, dict[int, list[Move]] | None]
) -> None:
    """Breadth first, until the bound."""
    bound, clusters = how
    queue = [first]
    found.after[first] = []
    for state in queue:
        if state & ends:
            continue
        chosen = _enabled(found, state, moves)
        if clusters is not None:
            chosen = _fewer(found, state, chosen, clusters)
        for move in chosen:
            found.fired.add(move.transition.code)
            following = move.after(state)
            found.after[state].append(following)
            if following not in found.after:
                if len(found.after) >= bound:
                    found.is_whole = False
                    return
                found.after[following] = []
                queue.append(following)


def _enabled(found: Reach, state: int, moves: list[Move]) -> list[Move]:
    """The moves open in a marking; those that put a second token are noted and left out."""
    can: list[Move] = []
    for move in moves:
        if state & move.need != move.need:
            continue
        if full := state & move.fresh:
            # A discretionary task that is asked for twice is refused, and no harm is done.
            if move.take or not move.transition.on:
                found.contacts.update((move.transition.code, code) for code in found.names(full))
            continue
        can.append(move)
    if not any(move.firm for move in can):
        return can
    autos = [move for move in can if not move.transition.on]
    taken, first = 0, []
    for move in autos:
        if not move.need & taken:
            first.append(move)
        taken |= move.take if move.firm else 0
    return first


def _clusters(net: Net, moves: list[Move], ends: int) -> dict[int, list[Move]]:
    """Bits taken -> all the moves that take them, where nothing else touches these places."""
    groups: dict[int, list[Move]] = {}
    for move in moves:
        groups.setdefault(move.take, []).append(move)
    return {
        take: group
        for take, group in groups.items()
        if take
        and all(move.need == move.drop == take and not move.put & ends for move in group)
        and not any((move.need | move.drop) & take for move in moves if move.take != take)
    }


def _fewer(found: Reach, state: int, can: list[Move], clusters: dict[int, list[Move]]) -> list[Move]:
    """Only the moves of one cluster, if they lead to new markings; else all."""
    for move in can:
        group = clusters.get(move.take)
        if group and all(one in can and one.after(state) not in found.after for one in group):
            return group
    return can


def _mark_escapes(found: Reach, bits: dict[str, int]) -> None:
    """Ways out fire wherever their places are marked."""
    for transition in found.net.transitions:
        if is_escape(found.net, transition):
            need = _or(bits[code] for code in transition.needs)
            if any(state & need == need for state in found.after):
                found.fired.add(transition.code)


def _or(numbers: Iterable[int]) -> int:
    """All the bits."""
    whole = 0
    for number in numbers:
        whole |= number
    return whole
