"""A split into branches of tasks and their join, as a net of ours and as BPMN for the peer."""

from itertools import chain, pairwise

from minhu.methods.flow import Kind, Net, Place, Transition

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
TASKS = 30
"""In all branches together, so that every width makes as many steps."""


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
