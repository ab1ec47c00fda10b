"""The one-thing compiler against independent models: right plans, deadlocks found, speed, the checker."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from benchmarks.figure import Figure
from minhu.methods.composing import Problem, Solution, check, compose
from minhu.methods.composing.deadlocks import Deadlock
from minhu.methods.composing.flow import durations, network_of
from minhu.methods.composing.labelling import label
from minhu.methods.composing.materials import demands_of
from minhu.methods.composing.resolving import resolve
from tests.methods.composing import models
from tests.methods.composing.bundles import GENERATOR, random_bundle
from tests.methods.composing.plain import off_by_one
from tests.methods.composing.traps import false_merges, trap_bundle

ANSWERS = ({}, {"kind": "shop"}, {"kind": "stall", "large": "yes"})
TRIES = 3
TRIED = {"most_choices": 12, "most_combinations": 4096}
Numbers = tuple[int, int, int, int]


@dataclass
class Tally:
    """What was compared, and where we differed (seeds)."""

    days: list[bool] = field(default_factory=list)
    deadlocks: list[bool] = field(default_factory=list)
    tried: list[bool] = field(default_factory=list)
    modelled: list[bool] = field(default_factory=list)
    differing: list[int] = field(default_factory=list)


def run(*, quick: bool) -> Iterator[Figure]:
    yield from against_models(110 if quick else 1000)
    yield from compile_times(40 if quick else 200)
    yield schedule_time(15 if quick else 60)
    yield perturbations(15 if quick else 60)
    whole = trap_bundle()
    wrong = false_merges(whole, len(compose(Problem(whole)).fields))
    yield Figure("composing.false_merges", wrong, "fields", extra={"n": 100, "input": "tests traps.py"})


def stated(**more: object) -> dict[str, object]:
    """Generator and what else a figure must say of its input."""
    return {"generator": GENERATOR} | more


def drawn(number: int) -> Problem:
    """The bundle of a seed: 4 to 15 items; two seeds of nine have rings of items planted."""
    knots = number // 3 % 3 if number % 3 == 0 else 0
    whole = random_bundle(number, 4 + number % 12, knotted=0.2 if knots else 0.03, visits=0.25, knots=knots)
    return Problem(whole, ANSWERS[number // 9 % 3])


def against_models(n: int) -> Iterator[Figure]:
    """Days against CP-SAT, deadlocks against its infeasibility, papers against HiGHS and trying all."""
    tally = Tally()
    for number in range(n):
        compare(drawn(number), number, tally)
    # Small ones, so that trying everything is possible.
    for number in range(n, 2 * n):
        problem = Problem(
            random_bundle(number, 4 + number % 2, knotted=0.05, visits=0.2), ANSWERS[number % 3]
        )
        compare_tried(problem, number, tally)
    seeds = {"seeds": f"0–{n - 1}", "items": "4–15", "differing_seeds": tally.differing}
    yield Figure("composing.makespan_equal", share(tally.days), "share", "CP-SAT", 1.0,
                 extra=stated(n=len(tally.days), **seeds))  # fmt: skip
    yield Figure("composing.deadlocks_found", share(tally.deadlocks), "share", "CP-SAT infeasible", 1.0,
                 extra=stated(n=len(tally.deadlocks), **seeds))  # fmt: skip
    both = tally.tried + tally.modelled
    compared = {"by_highs": len(tally.modelled), "by_trying": len(tally.tried)}
    yield Figure("composing.papers_equal", share(both), "share", "HiGHS; every plan tried", 1.0,
                 extra=stated(**compared, **TRIED, **seeds))  # fmt: skip


def compare(problem: Problem, number: int, tally: Tally) -> None:
    """One bundle against both solvers."""
    solution = compose(problem)
    ours, days = numbers(solution), models.days_by_cp_sat(problem)
    tally.days.append((ours[0] if ours else None) == days)
    if days is None or solution.deadlocks:
        found = days is None and bool(solution.deadlocks)
        tally.deadlocks.append(found and all(is_smallest(problem, each) for each in solution.deadlocks))
    if ours is not None:
        tally.modelled.append(ours == models.by_highs(problem))
    if not all(results[-1] for results in (tally.days, tally.deadlocks, tally.modelled) if results):
        tally.differing.append(number)


def compare_tried(problem: Problem, number: int, tally: Tally) -> None:
    """One small bundle against every plan there is, if there are few enough."""
    table = models.flat(problem)
    open_ = sum(len(manners) > 1 for manners in table.manners)
    few = open_ <= TRIED["most_choices"] and models.choices(table) <= TRIED["most_combinations"]
    if not few or max(map(len, table.windows), default=0) > 5:
        return
    tally.tried.append(numbers(compose(problem)) == models.by_trying(problem))
    if not tally.tried[-1]:
        tally.differing.append(number)


def is_smallest(problem: Problem, deadlock: Deadlock) -> bool:
    """Whether a cycle has as few steps as any inside its knot."""
    return len(deadlock.waits) == models.girth(problem, {(ref.item, ref.id) for ref in deadlock.knot})


def numbers(solution: Solution) -> Numbers | None:
    """Days, papers, visits, promises."""
    proof = solution.proof
    return (proof.makespan, proof.papers, proof.visits, proof.promises) if proof else None


def compile_times(n: int) -> Iterator[Figure]:
    """Compiling with proof, and checking, at 15 items and 300 fields."""
    problems = [
        Problem(random_bundle(seed, 15, fields=20, knotted=0, visits=0.25), ANSWERS[seed % 3])
        for seed in range(n)
    ]
    solutions = [compose(problem) for problem in problems]
    pairs = list(zip(problems, solutions, strict=True))
    composed = [quickest(lambda each=each: compose(each)) for each in problems]
    checked = [quickest(lambda pair=pair: check(*pair)) for pair in pairs]
    input_ = stated(n=n, items=15, fields=300, seeds=f"0–{n - 1}", visits="a quarter of the steps")
    yield timing("composing.compile_p95_ms", composed, input_)
    yield timing("composing.checker_ms", checked, input_)


def timing(name: str, times: list[tuple[float, float]], input_: dict[str, object]) -> Figure:
    """The 95th percentile of the processor's time, which the neighbours of a busy machine do not lengthen."""
    wall, cpu = zip(*times, strict=True)
    clocks = {"percentile": 95, "of": f"processor, least of {TRIES} runs", "p50_ms": p(cpu, 50)}
    walls = {"wall_p50_ms": p(wall, 50), "wall_p95_ms": p(wall, 95)}
    return Figure(name, p(cpu, 95), "ms", extra=clocks | walls | input_)


def quickest(work: Callable[[], object]) -> tuple[float, float]:
    """The least wall and the least processor time of a few runs: nothing is kept between them."""
    wall, cpu = zip(*(timed(work) for _ in range(TRIES)), strict=True)
    return min(wall), min(cpu)


def schedule_time(repeats: int) -> Figure:
    """The schedule pass alone at 1,000 items, on a network already built."""
    problem = Problem(random_bundle(7, 1000, knotted=0, visits=0))
    guides = resolve(problem).guides
    demands, _ = demands_of(guides, problem.bundle.materials)
    days = durations(problem.bundle, guides)
    began = time.process_time()
    network = network_of(guides, demands, days)
    built = (time.process_time() - began) * 1000
    wall, cpu = zip(*(timed(lambda: label(network)) for _ in range(repeats)), strict=True)
    size = {"steps": len(network.steps), "nodes": len(network.days), "arcs": sum(map(len, network.followers))}
    taken = {"of": f"processor, median of {repeats} runs", "least_ms": round(min(cpu), 2),
             "wall_p50_ms": p(wall, 50), "build_ms": round(built, 2)}  # fmt: skip
    return Figure("composing.schedule_1000_ms", p(cpu, 50), "ms",
                  extra=stated(seed=7, items=1000, **size, **taken))  # fmt: skip


def perturbations(n: int) -> Figure:
    """Every number of a proof moved by one either way: how many the checker rejects."""
    rejected = total = 0
    for seed in range(n):
        problem = Problem(random_bundle(seed, 4 + seed % 12, fields=3, knotted=0))
        solution = compose(problem)
        if solution.proof is None or check(problem, solution):
            continue
        for wrong in off_by_one(solution):
            total += 1
            rejected += bool(check(problem, wrong))
    return Figure("composing.perturbations_rejected", rejected / max(1, total), "share",
                  extra=stated(perturbations=total, bundles=n, seeds=f"0–{n - 1}", items="4–15"))  # fmt: skip


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of wall and of processor."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


def p(values: list[float] | tuple[float, ...], percentile: int) -> float:
    """A percentile by nearest rank."""
    ordered = sorted(values)
    return round(ordered[max(0, -(-len(ordered) * percentile // 100) - 1)], 2)


def share(results: list[bool]) -> float:
    """How many of them hold."""
    return sum(results) / max(1, len(results))
