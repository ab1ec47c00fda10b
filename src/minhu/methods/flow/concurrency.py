"""Which places can be marked at the same time, found without walking through the markings.

Source: Kovalyov, Concurrency relations and the safety problem for Petri nets, 1992. The relation is exact for
sound free-choice nets and otherwise holds too many pairs, never too few.
"""

from minhu.methods.flow.net import Kind, Net
from minhu.methods.flow.reach import is_escape

Pairs = dict[str, set[str]]


def together(net: Net) -> Pairs:
    """place -> the other places that may be marked beside it; cost about places² × transitions."""
    beside: Pairs = {place.code: set() for place in net.places}
    moves = [transition for transition in net.transitions if not is_escape(net, transition)]
    todo: list[tuple[str, str]] = []
    for move in moves:
        stays = (*move.puts, *move.reads)
        _pair(beside, todo, [(a, b) for a in move.puts for b in stays])
    needed: dict[str, list[int]] = {}
    for number, move in enumerate(moves):
        for code in move.needs:
            needed.setdefault(code, []).append(number)
    while todo:
        a, b = todo.pop()
        for here, there in ((a, b), (b, a)):
            for number in needed.get(here, ()):
                move = moves[number]
                if there not in move.needs and all(there in beside[code] for code in move.needs):
                    _pair(beside, todo, [(there, code) for code in move.puts])
    return beside


def doubled(net: Net, beside: Pairs) -> list[tuple[str, str]]:
    """Transitions that may enter a place already marked, with that place."""
    return [
        (move.code, code)
        for move in net.transitions
        if not is_escape(net, move) and (move.takes or not move.on)
        for code in move.puts
        if code not in move.takes and code not in move.clears
        if net.index.place[code].kind is not Kind.MILESTONE
        if all(code in beside[need] for need in move.needs)
    ]


def _pair(beside: Pairs, todo: list[tuple[str, str]], pairs: list[tuple[str, str]]) -> None:
    """Note pairs that are new."""
    for a, b in pairs:
        if a != b and b not in beside[a]:
            beside[a].add(b)
            beside[b].add(a)
            todo.append((a, b))
