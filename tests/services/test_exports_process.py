"""The compiled flow in BPMN: by its schema, back through our reader, walked by SpiffWorkflow, well drawn."""

from collections.abc import Iterable
from itertools import combinations, pairwise

import pytest
from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser, BpmnValidator
from SpiffWorkflow.bpmn.specs.defaults import ReceiveTask
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from minhu.methods import flow
from minhu.methods.composing import NodeKind, net_of
from minhu.methods.flow.bpmn_out import name_of
from minhu.services.bridge.exports.bpmn import bpmn_of
from minhu.services.bridge.exports.layout import Box, laid_out
from minhu.services.bridge.exports.process import GATEWAY, Process, process_of, reduced
from tests.factories.exports import every, wholes

EVERY = pytest.mark.parametrize(("pack", "code"), list(every()))


def situations(pack: str, code: str) -> Iterable[Process]:
    """The processes of every situation."""
    whole = wholes(pack)[code]
    return [process_of(whole, whole.solve(answers), {}) for answers in whole.situations]


@EVERY
def test_the_process_is_lawful_bpmn_and_our_reader_takes_it_back(pack: str, code: str) -> None:
    for process in situations(pack, code):
        text = bpmn_of(process)
        BpmnValidator().validate(etree.fromstring(text.encode()))
        net = flow.read_bpmn(text)
        titles = {one.title for one in process.elements if one.title}
        assert titles <= {place.title for place in net.places}
    # Whatever way it goes, every branch ends and nothing is left behind.
    assert flow.check(net) == []


@EVERY
def test_lanes_are_departments_and_no_two_boxes_overlap(pack: str, code: str) -> None:
    for process in situations(pack, code):
        picture = laid_out(process)
        assert set(picture.boxes) == {one.code for one in process.elements}
        assert set(picture.ways) == set(process.lines)
        assert process.lanes[0][0] == ""
        for one in process.elements:
            assert within(picture.boxes[one.code], picture.lanes[one.lane])
        for one, other in combinations(picture.boxes.values(), 2):
            assert apart(one, other)
        for (src, dst), corners in picture.ways.items():
            others = [box for code, box in picture.boxes.items() if code not in (src, dst)]
            assert not [box for box in others if any(cuts(a, b, box) for a, b in pairwise(corners))]


def within(box: Box, lane: Box) -> bool:
    """Whether a box stands inside another."""
    return (
        lane.x < box.x and box.x + box.wide < lane.x + lane.wide
        and lane.y < box.y and box.y + box.high < lane.y + lane.high
    )  # fmt: skip


def apart(one: Box, other: Box) -> bool:
    """Whether two boxes do not touch."""
    beside = one.x + one.wide < other.x or other.x + other.wide < one.x
    return beside or one.y + one.high < other.y or other.y + other.high < one.y


def cuts(a: tuple[int, int], b: tuple[int, int], box: Box) -> bool:
    """Whether a level or upright line runs through a box."""
    (left, right), (top, low) = sorted((a[0], b[0])), sorted((a[1], b[1]))
    return left < box.x + box.wide and right > box.x and top < box.y + box.high and low > box.y


@EVERY
def test_spiffworkflow_walks_it_in_the_order_of_the_proof(pack: str, code: str) -> None:
    whole = wholes(pack)[code]
    solved = whole.solve(whole.situations[0])
    process = process_of(whole, solved, {})
    parser = BpmnParser()
    # It is for viewing, and says so; SpiffWorkflow reads only what may be run.
    text = bpmn_of(process).replace('isExecutable="false"', 'isExecutable="true"')
    parser.add_bpmn_xml(etree.fromstring(text.encode()))
    workflow = BpmnWorkflow(parser.get_spec(f"n.{process.code}"))
    done = walked(workflow)
    order = {id_: number for number, id_ in enumerate(done)}
    assert {name_of(one.code) for one in process.elements} <= order.keys()
    for src, dst in net_of(whole.bundle, solved.solution).arcs:
        assert order[name_of(src)] < order[name_of(dst)]


def walked(workflow: BpmnWorkflow) -> list[str]:
    """The ids of all it comes by, in order; what waits for a message gets it when nothing else goes."""
    done: list[str] = []
    for _turn in range(1000):
        if workflow.is_completed():
            return done
        waiting = [task for task in workflow.get_tasks(state=TaskState.WAITING) if is_message(task)]
        for task in [*workflow.get_tasks(state=TaskState.READY), *waiting][:1]:
            task.run() if task.state == TaskState.READY else task.complete()
            if task.state == TaskState.COMPLETED:
                done.append(str(task.task_spec.bpmn_id))
        workflow.refresh_timers()
    raise AssertionError(f"it does not end; the last were {done[-5:]}")


def is_message(task: Task) -> bool:
    """Whether a task waits for a message, not for other branches."""
    return isinstance(task.task_spec, ReceiveTask)


def test_every_step_and_share_of_the_plan_is_in_it() -> None:
    whole = wholes("jiangbei")["newborn"]
    solved = whole.solve(whole.situations[0])
    process = process_of(whole, solved, {"gongan": "公安分局"})
    net = net_of(whole.bundle, solved.solution)
    assert {one.code for one in process.elements if one.tag != GATEWAY} == {node.id for node in net.nodes}
    lanes = dict(process.lanes)
    assert lanes["gongan"] == "公安分局"
    assert [title for code, title in process.lanes if code in ("", "*")] == ["申请人", "数据共享"]
    shares = [one for one in process.elements if one.lane == "*"]
    assert len([one for one in shares if one.tag == "receiveTask"]) == sum(
        node.kind is NodeKind.SHARE for node in net.nodes
    )


def test_waits_that_follow_from_others_are_left_out() -> None:
    arcs = [("a", "b"), ("b", "c"), ("a", "c"), ("c", "d"), ("a", "d")]
    assert reduced(arcs) == [("a", "b"), ("b", "c"), ("c", "d")]
    assert reduced([("a", "b"), ("a", "c")]) == [("a", "b"), ("a", "c")]
