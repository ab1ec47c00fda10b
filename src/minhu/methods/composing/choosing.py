"""Pass 6: the plan with the fewest papers, then visits, then promises, that ends as early as any."""

from collections.abc import Iterable, Mapping, Sequence

from minhu.methods.composing.bundle import Ref
from minhu.methods.composing.exact import loops_in, search
from minhu.methods.composing.guides import Guide
from minhu.methods.composing.materials import Demand
from minhu.methods.composing.narrowing import Room, narrow, room_of
from minhu.methods.composing.plan import Choice, Label, Plan, Visit, Way


def choose(
    guides: Sequence[Guide], demands: Sequence[Demand], days: Mapping[Ref, int], ends: Mapping[Ref, int]
) -> Plan:
    """The best plan; `ends` are the earliest ends of all steps. Exact, and the same for the same problem."""
    guides = sorted(guides, key=lambda guide: guide.item)
    days = {ref: days[ref] for ref in sorted(days)}
    room = room_of(guides, days, ends)
    narrowed = narrow(demands, room)
    choices, joined = list(narrowed.settled), dict[Ref, Ref]()
    windows = shared_windows(guides, room)
    if narrowed.open or windows:
        loops = loops_in(room.needs, narrowed.open, days)
        found, joined = search(narrowed, room, windows, loops)
        choices += found
    choices.sort(key=lambda choice: choice.requirement)
    return planned(guides, demands, room, (choices, joined))


def planned(
    guides: Sequence[Guide],
    demands: Sequence[Demand],
    room: Room,
    decided: tuple[list[Choice], dict[Ref, Ref]],
) -> Plan:
    """The plan of these choices and joined visits, each step as early as they allow."""
    choices, joined = decided
    holds = holds_of(demands, choices)
    starts = least_starts(room, holds, joined)
    labels = tuple(
        Label(ref, start, start + room.days[ref], *reason(ref, starts, room, holds))
        for ref, start in sorted(starts.items())
    )
    return Plan(tuple(choices), labels, visits_of(guides, starts, joined))


Hold = tuple[Ref, Ref | None, int]
"""A requirement that holds up a step until a producer ends, or until a lag is over."""


def holds_of(demands: Iterable[Demand], choices: Iterable[Choice]) -> dict[Ref, list[Hold]]:
    """For each step what it waits for beyond its own guide's order."""
    by_ref = {demand.ref: demand for demand in demands}
    holds: dict[Ref, list[Hold]] = {}
    for choice in choices:
        demand = by_ref[choice.requirement]
        at = demand.later if choice.deferred and demand.later else demand.at
        lags = {supply.paper: supply.lag_days or 0 for one in demand.sets for supply in one}
        for each in choice.papers:
            if each.way is not Way.UPLOAD:
                lag = 0 if each.origin else lags[each.paper]
                holds.setdefault(at, []).append((demand.ref, each.origin, lag))
    return holds


def least_starts(
    room: Room, holds: Mapping[Ref, Sequence[Hold]], joined: Mapping[Ref, Ref]
) -> dict[Ref, int]:
    """The least starts that keep the order, the holds and the shared days, by relaxation."""
    starts = dict(room.earliest)
    order = sorted(starts, key=lambda ref: (starts[ref], ref))
    moved = True
    while moved:
        moved = False
        for ref in order:
            start = max([starts[ref], *(at for at, _, _ in pulls(ref, starts, room, holds))])
            other = joined.get(ref, ref)
            start = max(start, starts[other])
            if start > min(starts[ref], starts[other]):
                starts[ref] = starts[other] = start
                moved = True
    return starts


def pulls(
    ref: Ref, starts: Mapping[Ref, int], room: Room, holds: Mapping[Ref, Sequence[Hold]]
) -> list[tuple[int, Ref | None, Ref | None]]:
    """The days before which a step cannot start, each with the step it waits for and the requirement."""
    found: list[tuple[int, Ref | None, Ref | None]] = [
        (starts[need] + room.days[need], need, None) for need in room.needs[ref]
    ]
    for requirement, origin, lag in holds.get(ref, ()):
        found.append((lag if origin is None else starts[origin] + room.days[origin], origin, requirement))
    return found


def reason(
    ref: Ref, starts: Mapping[Ref, int], room: Room, holds: Mapping[Ref, Sequence[Hold]]
) -> tuple[Ref | None, Ref | None]:
    """What held up a step until its start: nothing if it starts at once or waits for a common visit."""
    if starts[ref] == 0:
        return None, None
    pulling = (pull for pull in pulls(ref, starts, room, holds) if pull[0] == starts[ref])
    return next(((step, by) for _, step, by in pulling), (None, None))


def shared_windows(guides: Iterable[Guide], room: Room) -> list[list[Ref]]:
    """Steps that may share a visit, window by window, where there is more than one."""
    windows: dict[str, list[Ref]] = {}
    for guide in guides:
        for step in guide.steps:
            if step.visit and step.may_share_visit:
                windows.setdefault(step.window, []).append(Ref(guide.item, step.id))
    return [
        sorted(refs, key=lambda ref: (room.earliest[ref], ref))
        for _, refs in sorted(windows.items())
        if len(refs) > 1
    ]


def visits_of(
    guides: Iterable[Guide], starts: Mapping[Ref, int], joined: Mapping[Ref, Ref]
) -> tuple[Visit, ...]:
    """Every visit with the steps it serves, by day."""
    groups: dict[tuple[Ref, str], list[Ref]] = {}
    for guide in guides:
        for step in guide.steps:
            if step.visit:
                ref = Ref(guide.item, step.id)
                groups.setdefault((joined.get(ref, ref), step.window), []).append(ref)
    visits = [Visit(window, starts[ref], tuple(sorted(group))) for (ref, window), group in groups.items()]
    return tuple(sorted(visits, key=lambda visit: (visit.day, visit.window, visit.steps)))
