"""What a step costs as branches grow, beside SpiffWorkflow 3.2 where it is installed (development only).

Both run the same net in memory: a split into 3, 10 or 30 branches, thirty tasks in all finished in turn
across them, and the join. Then whole instances, loaded, stepped and saved step by step (`_instances`).
"""

from collections.abc import Callable, Iterator
from itertools import chain, pairwise
from time import process_time

from benchmarks.figure import Figure
from minhu.methods.flow import Command, Kind, Net, Place, Transition, begin, step

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
WIDTHS = (3, 10, 30)
TASKS = 30
"""In all branches together, so that every width makes as many steps."""


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
    from benchmarks._instances import per_second

    yield from per_second(quick)


def name_of(peer: float | None) -> str | None:
    """The peer, if it was measured."""
    return None if peer is None else "SpiffWorkflow 3.2"


def net_of(width: int, tasks: int = TASKS) -> Net:
    """A split into branches of tasks, and their join."""
    ways = [[f"t{b}.{n}" for n in range(tasks // width)] + [f"w{b}"] for b in range(width)]
    kinds = [
        Place(code, Kind.WAIT if code.startswith("w") else Kind.TASK) for code in chain.from_iterable(ways)
    ]
    moves = [
        Transition(f"d{way[n]}", (way[n],), (way[n + 1],), "done")
        for way in ways
        for n in range(len(way) - 1)
    ]
    split = Transition("split", ("start",), tuple(way[0] for way in ways))
    join = Transition("join", tuple(way[-1] for way in ways), ("end",))
    places = (Place("start", Kind.START), *kinds, Place("end", Kind.END))
    return Net("bench", places, (split, *moves, join))


def order(width: int, tasks: int = TASKS) -> list[str]:
    """The tasks in turn across the branches."""
    return [f"t{b}.{n}" for n in range(tasks // width) for b in range(width)]


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


def bpmn(width: int, count: int = TASKS) -> str:
    """The same split, tasks and join as plain BPMN."""
    ways = [["split", *(f"t{b}.{n}" for n in range(count // width)), "join"] for b in range(width)]
    lines = [("start", "split"), ("join", "end"), *chain.from_iterable(pairwise(way) for way in ways)]
    flows = "".join(
        f'<sequenceFlow id="f{n}" sourceRef="{src}" targetRef="{dst}"/>' for n, (src, dst) in enumerate(lines)
    )
    tasks = "".join(f'<manualTask id="{code}"/>' for code in order(width, count))
    return (
        f'<definitions xmlns="{BPMN}" id="d"><process id="bench" isExecutable="true"><startEvent id="start"/>'
        f'<parallelGateway id="split"/><parallelGateway id="join"/><endEvent id="end"/>{tasks}{flows}'
        "</process></definitions>"
    )


def best(deed: Callable[[], object], times: int = 3) -> float:
    """The shortest of some runs, in seconds of CPU."""
    found = []
    for _ in range(times):
        start = process_time()
        deed()
        found.append(process_time() - start)
    return min(found)
