"""Independent models of the best plan, written from the definition: trying everything, HiGHS, CP-SAT.

They share nothing with the method but the guides' dataclasses and the truth of a condition.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import product
from typing import NamedTuple

import numpy as np
from ortools.sat.python import cp_model
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from minhu.methods.composing import Problem
from minhu.methods.composing.conditions import truth

Key = tuple[str, str]


class Manner(NamedTuple):
    """One way to meet a requirement: papers brought, (step, producer or None, lag) waits, promises made."""

    papers: frozenset
    waits: tuple[tuple[Key, Key | None, int], ...]
    promises: int


@dataclass(frozen=True)
class Flat:
    """A problem with its conditions decided, as plain tables."""

    days: dict[Key, int]
    needs: list[tuple[Key, Key]]
    manners: list[list[Manner]]
    alone: int
    windows: list[list[Key]]


def flat(problem: Problem) -> Flat:
    """The tables of a problem; what is undecided counts as needed."""

    def holds(condition) -> bool:
        return truth(condition, problem.answers) is not False

    guides = [guide for guide in problem.bundle.guides if holds(guide.condition)]
    days = {(g.item, s.id): s.days.planned for g in guides for s in g.steps}
    needs = [((g.item, s.id), (g.item, need)) for g in guides for s in g.steps for need in s.needs]
    makers: dict[str, list[Key]] = {}
    for guide in guides:
        for output in guide.outputs:
            makers.setdefault(output.material, []).append((guide.item, output.step))
    materials = {each.code: each for each in problem.bundle.materials}
    manners = [
        list(manners_of(guide.item, need, materials, makers))
        for guide in guides
        for need in guide.requirements
        if holds(need.condition)
    ]
    visiting = [(g.item, s) for g in guides for s in g.steps if s.visit]
    windows: dict[str, list[Key]] = {}
    for item, step in visiting:
        if step.may_share_visit:
            windows.setdefault(step.window, []).append((item, step.id))
    alone = sum(not step.may_share_visit for _, step in visiting)
    return Flat(days, needs, manners, alone, list(windows.values()))


def manners_of(item, need, materials, makers) -> Iterator[Manner]:
    """Every way to meet a requirement."""
    if need.waiver == "commit":
        yield Manner(frozenset(), (), 1)
    for deferred in (False, True) if need.waiver == "defer" else (False,):
        at = (item, need.deferred_to if deferred else need.step)
        for codes in need.sets:
            sources = []
            for code in dict.fromkeys(codes):
                material = materials[code]
                ways = [("bring", (code, need.form, need.validity_days))] if material.uploadable else []
                if material.share_lag_days is not None and need.form in material.share_forms:
                    ways.append(("wait", (at, None, material.share_lag_days)))
                ways += [("wait", (at, maker, 0)) for maker in makers.get(code, [])]
                sources.append(ways)
            for combination in product(*sources):
                yield Manner(
                    frozenset(what for how, what in combination if how == "bring"),
                    tuple(what for how, what in combination if how == "wait"),
                    int(deferred),
                )


def earliest(table: Flat, chosen: Sequence[Manner], same: Sequence[tuple[Key, Key]] = (), most=10**6):
    """Least starts of these choices, or None if they go in a circle or end after `most` days."""
    floors = dict.fromkeys(table.days, 0)
    graph: dict[Key, set[Key]] = {step: set() for step in table.days}
    for at, before in table.needs:
        graph[at].add(before)
    for at, maker, lag in (wait for manner in chosen for wait in manner.waits):
        floors[at] = max(floors[at], lag)
        graph[at] |= {maker} if maker else set()
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError:
        return None
    old = None
    while floors != old and ends(table, floors) <= most:
        old = dict(floors)
        for step in order:
            floors[step] = max([floors[step], *(floors[other] + table.days[other] for other in graph[step])])
        for one, other in same:
            floors[one] = floors[other] = max(floors[one], floors[other])
    return floors if ends(table, floors) <= most else None


def ends(table: Flat, starts: dict[Key, int]) -> int:
    return max((starts[step] + table.days[step] for step in starts), default=0)


def partitions(items: Sequence[Key]) -> Iterator[list[list[Key]]]:
    """All partitions of a few things."""
    if not items:
        yield []
        return
    for rest in partitions(items[1:]):
        yield [[items[0]], *rest]
        for index in range(len(rest)):
            yield [*rest[:index], [items[0], *rest[index]], *rest[index + 1 :]]


def choices(table: Flat) -> int:
    """In how many ways everything can be chosen."""
    return int(np.prod([float(len(each)) for each in table.manners])) if table.manners else 1


def by_trying(problem: Problem) -> tuple[int, int, int, int] | None:
    """(days, papers, visits, promises) of the best plan, by exhaustive enumeration; None if there is none."""
    table = flat(problem)
    timed = []
    for chosen in product(*table.manners):
        starts = earliest(table, chosen)
        if starts is not None:
            papers = len(frozenset().union(*(manner.papers for manner in chosen)))
            timed.append((ends(table, starts), papers, sum(manner.promises for manner in chosen), chosen))
    if not timed:
        return None
    least = min(each[0] for each in timed)
    papers = min(each[1] for each in timed if each[0] == least)
    tied = [each for each in timed if each[:2] == (least, papers)]
    best = min((fewest_visits(table, chosen, least), promises) for _, _, promises, chosen in tied)
    return least, papers, *best


def fewest_visits(table: Flat, chosen: Sequence[Manner], most: int) -> int:
    """By all partitions of all windows."""
    best = 10**6
    for combined in product(*(list(partitions(window)) for window in table.windows)):
        groups = [group for window in combined for group in window]
        if len(groups) >= best:
            continue
        same = [(group[0], other) for group in groups for other in group[1:]]
        if earliest(table, chosen, same, most) is not None:
            best = len(groups)
    return best + table.alone


class Rows:
    """A linear programme in the making."""

    def __init__(self) -> None:
        self.low: list[float] = []
        self.high: list[float] = []
        self.rows: list[tuple[dict[int, float], float, float]] = []

    def new(self, low: float, high: float) -> int:
        self.low.append(low)
        self.high.append(high)
        return len(self.low) - 1

    def row(self, terms: dict[int, float], low: float = -np.inf, high: float = np.inf) -> None:
        self.rows.append((terms, low, high))

    def least(self, cost: dict[int, float]) -> np.ndarray | None:
        data = [(r, c, v) for r, (terms, _, _) in enumerate(self.rows) for c, v in terms.items()]
        rows, columns, values = zip(*data, strict=True)
        matrix = csr_array((values, (rows, columns)), shape=(len(self.rows), len(self.low)))
        weights = np.zeros(len(self.low))
        for column, value in cost.items():
            weights[column] += value
        solved = milp(
            weights,
            constraints=LinearConstraint(
                matrix, [low for _, low, _ in self.rows], [high for *_, high in self.rows]
            ),
            bounds=Bounds(self.low, self.high),
            integrality=np.ones(len(self.low)),
            # HiGHS's presolve (scipy 1.17.1) cuts off true optima: bundle 310 then ends a week too late.
            options={"mip_rel_gap": 0, "presolve": False},
        )
        return None if solved.x is None else np.round(solved.x)


@dataclass
class Programme:
    """The mixed-integer programme of a table: its rows and what its columns mean."""

    table: Flat
    far: int
    rows: Rows
    start: dict[Key, int]
    place: dict[Key, int]
    end: int


def programme(table: Flat) -> Programme:
    """Starts, places in an order, and the end of all."""
    lp, far = Rows(), sum(table.days.values()) + 10
    start = {step: lp.new(0, far) for step in table.days}
    place = {step: lp.new(0, len(start)) for step in table.days}
    end = lp.new(0, far)
    for step, days in table.days.items():
        lp.row({end: 1, start[step]: -1}, days)
    for at, before in table.needs:
        lp.row({start[at]: 1, start[before]: -1}, table.days[before])
        lp.row({place[at]: 1, place[before]: -1}, 1)
    return Programme(table, far, lp, start, place, end)


def add_manners(model: Programme) -> tuple[dict[object, int], dict[int, float]]:
    """One manner per requirement; the columns of papers brought, and what each pick promises."""
    lp = model.rows
    brings: dict[object, int] = {}
    promises: dict[int, float] = {}
    for manners in model.table.manners:
        picked = [lp.new(0, 1) for _ in manners]
        lp.row(dict.fromkeys(picked, 1.0), 1, 1)
        for pick, manner in zip(picked, manners, strict=True):
            promises[pick] = manner.promises
            for paper in manner.papers:
                if paper not in brings:
                    brings[paper] = lp.new(0, 1)
                lp.row({brings[paper]: 1, pick: -1}, 0)
            for wait in manner.waits:
                add_wait(model, pick, wait)
    return brings, promises


def add_wait(model: Programme, pick: int, wait: tuple[Key, Key | None, int]) -> None:
    """A picked manner holds its step up."""
    at, maker, lag = wait
    start, place, lp = model.start, model.place, model.rows
    if maker is None:
        lp.row({start[at]: 1, pick: -lag}, 0)
    else:
        lp.row({start[at]: 1, start[maker]: -1, pick: -model.far}, model.table.days[maker] - model.far)
        lp.row({place[at]: 1, place[maker]: -1, pick: -len(start) - 1}, -len(start))


def add_visits(model: Programme) -> list[int]:
    """Each step leads a visit or joins an earlier listed one on the same day."""
    lp, start, leads = model.rows, model.start, []
    for window in model.table.windows:
        lead = [lp.new(0, 1) for _ in window]
        leads += lead
        for number, one in enumerate(window):
            joins = [lp.new(0, 1) for _ in window[:number]]
            lp.row({lead[number]: 1, **dict.fromkeys(joins, 1.0)}, 1, 1)
            for other, join in enumerate(joins):
                lp.row({lead[other]: 1, join: -1}, 0)
                lp.row({start[one]: 1, start[window[other]]: -1, join: model.far}, high=model.far)
                lp.row({start[window[other]]: 1, start[one]: -1, join: model.far}, high=model.far)
    return leads


def by_highs(problem: Problem) -> tuple[int, int, int, int] | None:
    """(days, papers, visits, promises) by a mixed-integer programme: days first, then the rest by weights."""
    table = flat(problem)
    if any(not each for each in table.manners):
        return None
    model = programme(table)
    (brings, promises), leads = add_manners(model), add_visits(model)
    first = model.rows.least({model.end: 1})
    if first is None:
        return None
    days = int(first[model.end])
    model.rows.high[model.end] = days
    many = len(table.manners) + 1
    cost = {pick: float(weight) for pick, weight in promises.items()}
    cost |= dict.fromkeys(leads, float(many)) | dict.fromkeys(brings.values(), float(many * (len(leads) + 1)))
    best = model.rows.least(cost)
    assert best is not None
    papers, visits = (int(sum(best[column] for column in columns)) for columns in (brings.values(), leads))
    return (
        days,
        papers,
        visits + table.alone,
        int(sum(best[pick] * weight for pick, weight in promises.items())),
    )


def days_by_cp_sat(problem: Problem) -> int | None:
    """The least number of days by CP-SAT over all choices; None if nothing can work (a deadlock)."""
    table = flat(problem)
    model = cp_model.CpModel()
    far = sum(table.days.values()) + 10
    start = {step: model.new_int_var(0, far, "") for step in table.days}
    place = {step: model.new_int_var(0, len(table.days), "") for step in table.days}
    end = model.new_int_var(0, far, "")
    for step, days in table.days.items():
        model.add(end >= start[step] + days)
    for at, before in table.needs:
        model.add(start[at] >= start[before] + table.days[before])
        model.add(place[at] > place[before])
    for manners in table.manners:
        picked = [model.new_bool_var("") for _ in manners]
        model.add_exactly_one(picked)
        for pick, manner in zip(picked, manners, strict=True):
            for at, maker, lag in manner.waits:
                model.add(
                    start[at] >= (lag if maker is None else start[maker] + table.days[maker])
                ).only_enforce_if(pick)
                if maker is not None:
                    model.add(place[at] > place[maker]).only_enforce_if(pick)
    model.minimize(end)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    return int(solver.objective_value) if solver.solve(model) == cp_model.OPTIMAL else None


def girth(problem: Problem, knot: set[Key]) -> int:
    """The fewest steps round a circle inside a knot, by powers of the matrix of blocked waits."""
    table = flat(problem)
    stuck = never_ending(table)
    order = sorted(knot)
    arcs = {(at, before) for at, before in table.needs}
    for manners in map(relevant, table.manners):
        if all(any(maker in stuck for _, maker, _ in manner.waits) for manner in manners):
            arcs |= {(at, maker) for manner in manners for at, maker, _ in manner.waits}
    graph = np.array([[(at, before) in arcs for before in order] for at in order])
    walks = graph.copy()
    for length in range(1, len(order) + 1):
        if walks.diagonal().any():
            return length
        walks = (walks.astype(int) @ graph.astype(int)) > 0
    return 0


def relevant(manners: Sequence[Manner]) -> list[Manner]:
    """A promise, where it may be made, never holds up more than doing without it."""
    return [manner for manner in manners if manner.promises] or list(manners)


def never_ending(table: Flat) -> set[Key]:
    """The steps left when all that can end has ended."""
    left = set(table.days)
    while True:
        held = {at for at, before in table.needs if before in left}
        for manners in map(relevant, table.manners):
            if all(any(maker in left for _, maker, _ in manner.waits) for manner in manners):
                held |= {manner.waits[0][0] for manner in manners}
        if left <= held:
            return left
        left &= held
