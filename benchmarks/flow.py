"""What a step costs as branches grow, beside SpiffWorkflow 3.2 where it is installed (development only).

Both run the same net in memory: a split into 3, 10 or 30 branches, thirty tasks in all finished in turn
across them, and the join. Then whole instances, loaded, stepped and saved step by step (`_instances`).
"""

from collections.abc import Callable, Iterator
from time import process_time

from benchmarks._branches import TASKS, bpmn, net_of, order
from benchmarks._instances import per_second
from benchmarks.figure import Figure
from minhu.methods.flow import Command, begin, step

WIDTHS = (3, 10, 30)


def run(quick: bool) -> Iterator[Figure]:
    """flow.step_us_3, _10, _30 (µs of CPU per finished task), flow.cost_30_over_3, flow.instances_per_s."""
    times = 20 if quick else 200
    costs: dict[int, float] = {}
    theirs: dict[int, float | None] = {}
    for width in WIDTHS:
        costs[width], theirs[width] = ours(width, times), spiff(width, 1 if quick else 5)
        peer = theirs[width]
        ratio = round(peer / costs[width], 1) if peer else None
        extra: dict[str, object] = {"tasks": TASKS, "branches": width}
        own, other = round(costs[width], 2), peer and round(peer, 1)
        yield Figure(f"flow.step_us_{width}", own, "µs", name_of(peer), other, ratio, extra)  # fmt: skip
    growth = theirs[30] and theirs[3] and round(theirs[30] / theirs[3], 2)
    own = round(costs[30] / costs[3], 2)
    yield Figure("flow.cost_30_over_3", own, "ratio", name_of(growth), growth, None, {"target": "<= 2"})
    yield from per_second(quick)


def name_of(peer: float | None) -> str | None:
    """The peer, if it was measured."""
    return None if peer is None else "SpiffWorkflow 3.2"


def ours(width: int, times: int) -> float:
    """µs per step of ours."""
    net, tasks = net_of(width), order(width)

    def case() -> None:
        marking = begin(net, {}).marking
        for code in tasks:
            marking = step(net, marking, {}, Command("done", place=code)).marking
        if marking.end != "end":
            raise AssertionError("the case did not end")

    return best(lambda: [case() for _ in range(times)]) / times / TASKS * 1e6


def spiff(width: int, times: int) -> float | None:
    """µs per step of SpiffWorkflow; None if it is not installed."""
    try:
        from SpiffWorkflow.bpmn import BpmnWorkflow
        from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
        from SpiffWorkflow.util.task import TaskState
    except ImportError:
        return None
    parser = BpmnParser()
    parser.add_bpmn_str(bpmn(width).encode())
    spec = parser.get_spec("bench")

    def case() -> None:
        workflow = BpmnWorkflow(spec)
        workflow.do_engine_steps()
        for code in order(width):
            workflow.get_next_task(state=TaskState.READY, spec_name=code).run()
            workflow.do_engine_steps()
        if not workflow.is_completed():
            raise AssertionError("the case did not end")

    return best(lambda: [case() for _ in range(times)], 2) / times / TASKS * 1e6


def best(deed: Callable[[], object], times: int = 3) -> float:
    """The shortest of some runs, in seconds of CPU."""
    found = []
    for _ in range(times):
        start = process_time()
        deed()
        found.append(process_time() - start)
    return min(found)
