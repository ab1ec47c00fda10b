"""Pass 6, the search: fewest papers, then visits, then promises, at the earliest end, by CP-SAT."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ortools.sat.python import cp_model

from minhu.methods.composing.bundle import Paper, Ref
from minhu.methods.composing.materials import Demand, Supply
from minhu.methods.composing.narrowing import Narrowed, Room
from minhu.methods.composing.plan import Choice, Obtained, Way

# One worker gives the same answer each time. Bounding by unsatisfiable cores halves the slowest searches of
# the benchmark; probing and symmetry cost more there than they save.
PARAMETERS = {
    "num_workers": 1,
    "random_seed": 1,
    "optimize_with_core": True,
    "cp_model_probing_level": 0,
    "symmetry_level": 0,
}
Literal = Any  # OR-Tools ships no types


@dataclass(slots=True)
class Search:
    """The model in the making: starts of steps, papers brought, and what each literal means."""

    room: Room
    forced: frozenset[Paper]
    model: Any = field(default_factory=cp_model.CpModel)
    starts: dict[Ref, Any] = field(default_factory=dict)
    ranks: dict[Ref, Any] = field(default_factory=dict)
    brings: dict[Paper, Literal] = field(default_factory=dict)
    promises: list[Literal] = field(default_factory=list)
    firsts: list[Literal] = field(default_factory=list)
    joins: dict[tuple[Ref, Ref], Literal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pick:
    """The literals of a demand: each set with the ways of its supplies, a commitment, a deferral."""

    demand: Demand
    sets: tuple[tuple[Literal, tuple[tuple[tuple[Literal, Obtained], ...], ...]], ...]
    commit: Literal | None
    defer: Literal | None


def search(
    narrowed: Narrowed, room: Room, windows: Iterable[Sequence[Ref]], loops: Iterable[Ref]
) -> tuple[list[Choice], dict[Ref, Ref]]:
    """Choices for the open demands, and for each step that joins another's visit the step it joins.

    `windows`: steps that may share a visit, window by window. `loops`: steps that could wait for each
    other in no time at all, whose order must therefore be kept apart from their days. Exact: raises
    RuntimeError if CP-SAT does not prove the optimum.
    """
    state = Search(room, narrowed.forced)
    add_steps(state, loops)
    picks = [add_demand(state, demand) for demand in narrowed.open]
    for window in windows:
        add_window(state, window)
    aim(state)
    solver = cp_model.CpSolver()
    for name, value in PARAMETERS.items():
        setattr(solver.parameters, name, value)
    status = solver.solve(state.model)
    if status != cp_model.OPTIMAL:
        raise RuntimeError(f"no optimum proved: {solver.status_name(status)}")
    joined = {one: other for (one, other), literal in state.joins.items() if solver.value(literal)}
    return [chosen(pick, solver) for pick in picks], joined


def add_steps(state: Search, loops: Iterable[Ref]) -> None:
    """Starts within their room, after the steps they need."""
    room, model = state.room, state.model
    for ref in room.days:
        state.starts[ref] = model.new_int_var(room.earliest[ref], room.latest[ref], "")
    looping = list(loops)
    for ref in looping:
        state.ranks[ref] = model.new_int_var(0, len(looping), "")
    for ref, needs in room.needs.items():
        for need in needs:
            if room.earliest[ref] < room.latest[need] + room.days[need]:
                model.add(state.starts[ref] >= state.starts[need] + room.days[need])
            if ref in state.ranks and need in state.ranks:
                model.add(state.ranks[ref] >= state.ranks[need] + 1)


def add_demand(state: Search, demand: Demand) -> Pick:
    """One evidence set, or a commitment; each supply by one of its ways."""
    model = state.model
    commit = model.new_bool_var("") if demand.may_commit else None
    chosen_sets = [model.new_bool_var("") for _ in demand.sets]
    model.add_exactly_one([*chosen_sets, *([] if commit is None else [commit])])
    defer = model.new_bool_var("") if demand.later else None
    state.promises += [literal for literal in (commit, defer) if literal is not None]
    sets = tuple(
        (literal, tuple(add_supply(state, demand, supply, literal, defer) for supply in one))
        for literal, one in zip(chosen_sets, demand.sets, strict=True)
    )
    return Pick(demand, sets, commit, defer)


def add_supply(
    state: Search, demand: Demand, supply: Supply, chosen_set: Literal, defer: Literal | None
) -> tuple[tuple[Literal, Obtained], ...]:
    """The ways of one material, exactly one of which is taken if its set is."""
    ways = ways_of(supply)
    literals = [chosen_set] if len(ways) == 1 else [state.model.new_bool_var("") for _ in ways]
    if len(ways) > 1:
        state.model.add(sum(literals) == chosen_set)
    for literal, way in zip(literals, ways, strict=True):
        if way.way is Way.UPLOAD:
            bring(state, literal, way.paper)
        else:
            hold_up(state, demand, (way.origin, supply.lag_days or 0), literal, defer)
    return tuple(zip(literals, ways, strict=True))


def ways_of(supply: Supply) -> list[Obtained]:
    """All ways in which a material can come."""
    ways = [Obtained(supply.paper, Way.UPLOAD)] if supply.upload else []
    ways += [Obtained(supply.paper, Way.SHARE)] if supply.lag_days is not None else []
    return ways + [Obtained(supply.paper, Way.OUTPUT, producer) for producer in supply.producers]


def bring(state: Search, literal: Literal, paper: Paper) -> None:
    """An upload means that the paper is brought."""
    if paper in state.forced:
        return
    if paper not in state.brings:
        state.brings[paper] = state.model.new_bool_var("")
    state.model.add_implication(literal, state.brings[paper])


def hold_up(
    state: Search, demand: Demand, source: tuple[Ref | None, int], literal: Literal, defer: Literal | None
) -> None:
    """The step waits for a producer's end or a lag, or, deferred, the later step does."""
    origin, lag = source
    due = [(demand.at, [literal] if defer is None else [literal, defer.negated()])]
    due += [(demand.later, [literal])] if demand.later else []
    for step, held in due:
        start = state.starts[step]
        if origin is None:
            state.model.add(start >= lag).only_enforce_if(held)
            continue
        state.model.add(start >= state.starts[origin] + state.room.days[origin]).only_enforce_if(held)
        if step in state.ranks and origin in state.ranks:
            state.model.add(state.ranks[step] >= state.ranks[origin] + 1).only_enforce_if(held)


def add_window(state: Search, window: Sequence[Ref]) -> None:
    """Each step makes a visit of its own or joins that of an earlier listed one on the same day."""
    model, room = state.model, state.room
    leads: dict[Ref, Literal] = {}
    for number, ref in enumerate(window):
        leads[ref] = model.new_bool_var("")
        joined = []
        for other in window[:number]:
            if room.earliest[ref] > room.latest[other] or room.earliest[other] > room.latest[ref]:
                continue
            literal = model.new_bool_var("")
            model.add_implication(literal, leads[other])
            model.add(state.starts[ref] == state.starts[other]).only_enforce_if(literal)
            joined.append(literal)
            state.joins[ref, other] = literal
        model.add_exactly_one([leads[ref], *joined])
    state.firsts += leads.values()
    model.add(sum(leads.values()) >= apart(window, room))


def apart(window: Sequence[Ref], room: Room) -> int:
    """How many of the steps can on no day meet each other: at least so many visits (greedy, exact for
    intervals)."""
    count, last = 0, -1
    for ref in sorted(window, key=lambda ref: room.latest[ref]):
        if room.earliest[ref] > last:
            count, last = count + 1, room.latest[ref]
    return count


def aim(state: Search) -> None:
    """Papers before visits before promises: each weighs more than all that come after it together."""
    promises, visits = len(state.promises) + 1, len(state.firsts) + 1
    state.model.minimize(
        sum(state.brings.values()) * promises * visits + sum(state.firsts) * promises + sum(state.promises)
    )


def chosen(pick: Pick, solver: Any) -> Choice:
    """The choice that the solver made for a demand."""
    if pick.commit is not None and solver.value(pick.commit):
        return Choice(pick.demand.ref, (), committed=True)
    supplies = next(supplies for literal, supplies in pick.sets if solver.value(literal))
    papers = tuple(next(way for literal, way in ways if solver.value(literal)) for ways in supplies)
    deferred = pick.defer is not None and bool(solver.value(pick.defer))
    return Choice(pick.demand.ref, papers, deferred=deferred)


def loops_in(
    needs: Mapping[Ref, Iterable[Ref]], demands: Iterable[Demand], days: Mapping[Ref, int]
) -> set[Ref]:
    """Steps of no days from which arcs over such steps lead back: only these could wait in a circle."""
    after: dict[Ref, set[Ref]] = {ref: set() for ref in days if days[ref] == 0}
    arcs = [(need, ref) for ref, before in needs.items() for need in before]
    for demand in demands:
        due = {demand.at, demand.later or demand.at}
        supplies = (supply for one in demand.sets for supply in one)
        arcs += [(producer, at) for supply in supplies for producer in supply.producers for at in due]
    for here, there in arcs:
        if here in after:
            after[here].add(there)
    while ends := [ref for ref, nexts in after.items() if not nexts & after.keys()]:
        for ref in ends:
            del after[ref]
    return set(after)
