"""BPMN 2.0: our own nets exactly, those of others within the subset, the rest refused by name."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

from minhu.methods.flow import BadBpmn, Command, Kind, Net, begin, check, guard, read_bpmn, step, write_bpmn
from minhu.methods.flow.bpmn_out import BPMN, DI, OURS, name_of
from tests.methods.flow.nets import HAZARD, branches, line, sound_nets

HEAD = f'<definitions xmlns="{BPMN}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><process id="p">'
TAIL = "</process></definitions>"


@given(sound_nets())
def test_a_net_comes_back_as_it_was(tried: Net) -> None:
    assert read_bpmn(write_bpmn(tried)) == tried


def test_everything_a_net_can_say_comes_back() -> None:
    assert read_bpmn(write_bpmn(HAZARD)) == HAZARD
    assert read_bpmn(write_bpmn(branches(3, 2))) == branches(3, 2)
    spelled = replace(HAZARD, code='隐患 <&"> 1', title='"<&>"')
    assert read_bpmn(write_bpmn(spelled)) == spelled


def test_a_file_is_bpmn_with_a_picture_of_every_node_and_line() -> None:
    root = ET.fromstring(write_bpmn(HAZARD))
    process = root.find(f"{{{BPMN}}}process")
    ids = [element.get("id") for element in process]
    assert len(set(ids)) == len(ids)
    drawn = [
        e.get("bpmnElement") for e in root.iter() if e.tag in {f"{{{DI}}}BPMNShape", f"{{{DI}}}BPMNEdge"}
    ]
    assert sorted(drawn) == sorted(ids)
    refs = {e.get(end) for e in process for end in ("sourceRef", "targetRef", "attachedToRef") if e.get(end)}
    assert refs <= set(ids)
    late = next(e for e in process if e.get("id") == name_of("line.late"))
    assert late.get("sourceRef") == name_of("timer.too_late")


def test_names_are_xml_names_and_never_the_same() -> None:
    codes = ["a", "a_", "a.b", "a b", "事", "_4e8b_", "-", ""]
    names = [name_of(code) for code in codes]
    assert len(set(names)) == len(codes)
    assert names[4] == "n._4e8b_"


FOREIGN = (
    HEAD
    + """
  <documentation>made elsewhere</documentation>
  <startEvent id="s"/><task id="check" name="Check"/><exclusiveGateway id="x"/>
  <parallelGateway id="fork"/><userTask id="law"/><manualTask id="money"/><parallelGateway id="join"/>
  <endEvent id="e"/>
  <boundaryEvent id="late" attachedToRef="law"><timerEventDefinition><timeDuration> P5D </timeDuration>
  </timerEventDefinition></boundaryEvent>
  <sequenceFlow id="f1" sourceRef="s" targetRef="check"/>
  <sequenceFlow id="f2" sourceRef="check" targetRef="x"/>
  <sequenceFlow id="f4" sourceRef="x" targetRef="e"/>
  <sequenceFlow id="f3" sourceRef="x" targetRef="fork">
    <conditionExpression xsi:type="tFormalExpression">amount >= 100</conditionExpression></sequenceFlow>
  <sequenceFlow id="f5" sourceRef="fork" targetRef="law"/>
  <sequenceFlow id="f6" sourceRef="fork" targetRef="money"/>
  <sequenceFlow id="f7" sourceRef="law" targetRef="join"/>
  <sequenceFlow id="f8" sourceRef="money" targetRef="join"/>
  <sequenceFlow id="f9" sourceRef="late" targetRef="money2"/><task id="money2"/>
  <sequenceFlow id="f10" sourceRef="money2" targetRef="join2"/><exclusiveGateway id="join2"/>
  <sequenceFlow id="f11" sourceRef="join2" targetRef="law"/>
  <sequenceFlow id="f12" sourceRef="join" targetRef="e"/>
"""
    + TAIL
)


def test_a_file_of_others_becomes_a_net_that_runs() -> None:
    read = read_bpmn(FOREIGN)
    assert check(read) == []
    assert read.index.place["check"] == read.places[1]
    assert (read.places[1].kind, read.places[1].title, read.timers[0].limit) == (Kind.TASK, "Check", "P5D")
    small = step(read, begin(read, {}).marking, {}, Command("done", {"amount": 99}))
    assert small.marking.end == "e"
    large = step(read, begin(read, {}).marking, {}, Command("done", {"amount": 100}))
    assert set(large.marking.marked) == {"law", "money"}
    late = step(read, large.marking, {}, Command("late", is_timer=True)).marking
    assert set(late.marked) == {"money2", "money"}
    for here in ("money", "money2", "law"):
        late = step(read, late, {}, Command("done", place=here)).marking
    assert late.end == "e"
    assert read_bpmn(write_bpmn(read)) == read


def test_a_way_without_condition_comes_last_in_a_file_of_others() -> None:
    codes = [t.code for t in read_bpmn(FOREIGN).transitions if t.takes == ("x",)]
    assert codes == ["f3", "f4"]
    assert read_bpmn(FOREIGN).index.transition["f3"].guard == guard("amount >= 100")


def within(body: str) -> str:
    return HEAD + body + TAIL


TASK = '<task id="t"/>'
TIMER = "<timerEventDefinition/></boundaryEvent>"
OTHER = "<signalEventDefinition/></boundaryEvent>"
ON_TASK = '<boundaryEvent id="b" attachedToRef="t">'
ENDLESS = '<boundaryEvent id="b" attachedToRef="t" cancelActivity="false">'
FLOW = '<sequenceFlow id="f" sourceRef="t" targetRef="u">'
STRANGE = "<conditionExpression>${x > 1}</conditionExpression></sequenceFlow>"


def gateway(said: str) -> str:
    return f'<parallelGateway xmlns:m="{OURS}" id="g" {said}/>'


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('<subProcess id="sub"/>', "subProcess sub is not in the subset"),
        ('<inclusiveGateway id="g"/><callActivity id="c"/>', "inclusiveGateway g is .*; callActivity c is"),
        ('<task id="t"><standardLoopCharacteristics/></task>', "task t with standardLoopCharacteristics"),
        ('<startEvent id="s"><messageEventDefinition/></startEvent>', "s with messageEventDefinition"),
        (ON_TASK + TIMER, "b is no timer on a task"),
        (TASK + ON_TASK + OTHER, "boundaryEvent b is no timer on a task"),
        (TASK + ENDLESS + TIMER, "b does not end its task"),
        (TASK + FLOW + "</sequenceFlow>", r"f leads from or to \['u'\]"),
        (TASK + '<task id="u"/>' + FLOW + STRANGE, "condition of f cannot be read: column 1 of"),
        (f'<task xmlns:m="{OURS}" id="t" m:most="many"/>', "t: most is 'many', not a number"),
        (gateway('m:reads="{"'), "g: reads cannot be read"),
        (gateway(f'm:reads="{"[" * 100_000}"'), "g: reads cannot be read"),
        (gateway('m:effects="[3]"'), "g: effects cannot be read"),
    ],
)
def test_what_is_not_understood_is_refused_by_name(body: str, words: str) -> None:
    with pytest.raises(BadBpmn, match=words):
        read_bpmn(HEAD + body + TAIL)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<a", "not well-formed: "),
        ("<a/>", "no BPMN 2.0 file: it begins with a"),
        (f'<definitions xmlns="{BPMN}"/>', "0 processes: a net is made from one"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "a document type or entities are not accepted"),
        (" " * 2_000_001, "larger than 2000000 characters"),
    ],
)
def test_what_is_no_bpmn_is_refused(text: str, words: str) -> None:
    with pytest.raises(BadBpmn, match=words):
        read_bpmn(text)


def test_a_line_keeps_what_was_said_about_it() -> None:
    said = line("x", "a", "end", "done", 'who = "王"', title="同意", role="lead")
    tried = replace(branches(1), transitions=(said, *branches(1).transitions))
    tried = replace(tried, places=(*tried.places, replace(tried.places[2], code="a")))
    assert read_bpmn(write_bpmn(tried)).transitions[0] == said
