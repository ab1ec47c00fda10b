"""What is said about a net before it is published."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minhu.methods.flow import (
    WORDS,
    Command,
    Fault,
    Kind,
    Marking,
    Net,
    Pause,
    Timer,
    Transition,
    begin,
    can_complete,
    check,
    step,
)
from minhu.methods.flow.concurrency import together
from minhu.methods.flow.reach import reach
from tests.methods.flow.nets import HAZARD, branches, crooked_nets, line, net, place, sound_nets, walk


def told(tried: Net, **more) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(finding.fault, finding.where, finding.others) for finding in check(tried, **more)]


@given(sound_nets())
def test_a_net_of_blocks_has_no_fault(tried: Net) -> None:
    assert told(tried) == []


@given(sound_nets())
def test_places_found_together_are_those_that_meet(tried: Net) -> None:
    beside = together(tried)
    states = [set(found) for found in map(reach(tried, ["start"]).names, reach(tried, ["start"]).after)]
    met = {(a, b) for state in states for a in state for b in state if a != b}
    assert met <= {(a, b) for a, others in beside.items() for b in others}


@given(sound_nets())
def test_merged_orders_find_the_same(tried: Net) -> None:
    whole, merged = reach(tried, ["start"]), reach(tried, ["start"], bound=len(tried.places) * 4)
    assert merged.fired <= whole.fired
    if merged.merged and merged.is_whole:
        assert merged.fired == whole.fired
        assert {code for s in merged.after for code in merged.names(s)} == {
            code for s in whole.after for code in whole.names(s)
        }


@settings(max_examples=200)
@given(crooked_nets(), st.randoms(use_true_random=False))
def test_a_case_is_never_where_the_check_has_not_been(tried: Net, dice: random.Random) -> None:
    explored = reach(tried, ["start"])
    bits = {place.code: 1 << number for number, place in enumerate(tried.places)}
    faults = told(tried)
    if any(fault in {Fault.LOOP, Fault.NO_PLACES, Fault.TOO_MANY} for fault, _, _ in faults):
        return
    for _, _, made in walk(tried, dice, 30):
        assert sum(bits[code] for code in made.marking.marked) in explored.after
        assert made.marking.end or faults or can_complete(tried, made.marking)


@given(sound_nets(), st.data())
def test_a_net_that_lost_its_way_to_the_end_is_told(tried: Net, data: st.DataObject) -> None:
    lost = data.draw(st.sampled_from([t for t in tried.transitions if "end" in t.puts]))
    rest = tuple(t for t in tried.transitions if t is not lost)
    assert check(replace(tried, transitions=rest)) != []


def test_the_hazard_is_sound() -> None:
    assert told(HAZARD) == []
    assert told(HAZARD, licensed=frozenset({("inspection", "第十条")})) == []


def test_thirty_branches_are_tried_to_the_end() -> None:
    assert told(branches(30, 2)) == []


def test_a_bound_that_is_hit_is_said() -> None:
    assert told(branches(30, 2), bound=30) == [(Fault.TOO_MANY, "tried", ("30",))]


A, B, C, W = place("a"), place("b"), place("c"), place("w", Kind.WAIT)
GO = line("go", "start", "a", "go")
OUT = line("out", "a", "end", "done")
Z = line("z", "b", "end", "z")
PLAIN = net([A], [GO, OUT])
FORK = Transition("fork", ("start",), ("a", "b"))


@pytest.mark.parametrize(
    ("tried", "expected"),
    [
        (replace(PLAIN, transitions=(GO, OUT, GO)), (Fault.TWICE, "go", ())),
        (replace(PLAIN, timers=(Timer("t", "x"),)), (Fault.NO_PLACE, "t", ("x",))),
        (replace(PLAIN, parallels=(frozenset({"a", "x"}),)), (Fault.NO_PLACE, "parallels", ("x",))),
        (net([A], [GO, line("out", "a", "x")]), (Fault.NO_PLACE, "out", ("x",))),
        (replace(PLAIN, places=PLAIN.places[1:]), (Fault.NO_PLACE, "go", ("start",))),
        (net([A, place("s", Kind.START)], [GO, OUT]), (Fault.STARTS, "tried", ("start", "s"))),
        (net([A], [GO, OUT, Transition("x", (), ("a",))]), (Fault.NO_PLACES, "x", ())),
        (net([A], [GO, OUT, line("x", "a", "start", "x")]), (Fault.ENTERS_START, "x", ("start",))),
        (net([A], [GO, OUT, line("x", "end", "a", "x")]), (Fault.LEAVES_END, "x", ("end",))),
        (net([A, B], [GO, OUT, line("x", "b", "end", "x")]), (Fault.NOTHING_LEADS, "b", ())),
        (net([A, B], [GO, OUT, line("x", "a", "b", "x")]), (Fault.LEADS_NOWHERE, "b", ())),
        (replace(PLAIN, timers=(Timer("t", "start"),)), (Fault.ORPHAN_TIMER, "t", ("start",))),
        (replace(PLAIN, timers=(Timer("t", "a"),)), (Fault.UNUSED_TIMER, "t", ("a",))),
        (net([place("a", pauses="tea")], [GO, OUT]), (Fault.UNLISTED_PAUSE, "a", ("tea",))),
        (replace(PLAIN, pauses=(Pause("tea", " "),)), (Fault.UNLICENSED_PAUSE, "tea", ())),
        (net([A, B], [GO, line("x", "a", "b"), line("y", "b", "a", when="n > 1"), OUT, Z]),
         (Fault.LOOP, "a", ("a", "b"))),
        (net([place("a", Kind.ROUTE)], [GO, line("out", "a", "end", when="n > 1")]),
         (Fault.NO_WAY_ON, "a", ())),
        (net([A, B], [FORK, line("x", "a", "end", "done"), line("y", "b", "end", "done")]),
         (Fault.LEFTOVER, "end", ("a",))),
        (net([A, B, W], [FORK, line("x", "a", "w", "d"), line("y", "b", "w", "d"),
                         line("z", "w", "end", "z")]),
         (Fault.DOUBLED, "x", ("w",))),
        (net([A, B, W], [line("x", "start", "a", "x"), line("y", "start", "b", "y"),
                         Transition("join", ("a", "b"), ("end",))]), (Fault.NEVER_FIRES, "join", ())),
        (net([A, B], [line("x", "start", "a"), line("y", "start", "b"), OUT, Z]),
         (Fault.NEVER_ENTERED, "b", ())),
        (net([A, B], [GO, line("x", "a", "b", "done"), Z], parallels=(frozenset("ab"),)),
         (Fault.SERIAL, "a", ("b",))),
        (net([A, B, C], [FORK, line("x", "a", "c", "done"), Transition("j", ("a", "b"), ("end",), "done"),
                         line("y", "c", "end", "y", when="n > 1")]), (Fault.LEFTOVER, "end", ("b",))),
    ],
)  # fmt: skip
def test_each_fault_is_told_where_it_is(tried: Net, expected: tuple) -> None:
    assert expected in told(tried)


def test_a_case_that_cannot_end_is_told_with_its_situation() -> None:
    tried = net([A, B, W], [FORK, line("x", "a", "w", "x"), Transition("j", ("a", "b"), ("end",), "done")])
    assert (Fault.STUCK, "tried", ("b", "w")) in told(tried)


def test_being_able_to_withdraw_is_not_being_able_to_complete() -> None:
    out = Transition("withdraw", (), ("end",), "withdraw", reads=("a",), clears=("*",))
    tried = net([A, B, W], [FORK, line("x", "a", "w", "x"), Transition("j", ("a", "b"), ("end",), "d"), out])
    assert (Fault.STUCK, "tried", ("b", "w")) in told(tried)


def test_a_net_without_end_is_told() -> None:
    assert told(replace(PLAIN, places=(place("start", Kind.START), A), transitions=(GO,))) == [
        (Fault.NO_END, "tried", ())
    ]


def test_a_pause_must_be_licensed_by_the_law_that_is_given() -> None:
    assert told(HAZARD, licensed=frozenset({("inspection", "第九条")})) == [
        (Fault.UNLICENSED_PAUSE, "inspection", ())
    ]


def test_two_of_many_branches_in_one_place_are_told_though_orders_are_merged() -> None:
    wide = branches(20)
    moves = [replace(t, puts=("w0",)) if t.code == "d1.0" else t for t in wide.transitions]
    found = told(replace(wide, transitions=tuple(moves)), bound=2000)
    assert (Fault.MAYBE_DOUBLED, "d0.0", ("w0",)) in found or (Fault.DOUBLED, "d0.0", ("w0",)) in found


def test_a_circle_that_turns_for_ever_does_not_hide_the_other_branches() -> None:
    wide = branches(12)
    split = replace(wide.index.transition["split"], puts=("x", *wide.index.transition["split"].puts))
    circle = [line("there", "x", "y", "there"), line("back", "y", "x", "back")]
    moves = (*circle, split, *wide.transitions[1:])
    tried = replace(wide, places=(*wide.places, place("x"), place("y")), transitions=moves)
    found = reach(tried, ["start"], bound=500)
    assert (found.merged, found.is_whole) == (True, True)
    assert found.fired == set(tried.index.transition)


def test_a_running_case_can_complete_or_not() -> None:
    running = step(HAZARD, begin(HAZARD, {}).marking, {}, Command("grade")).marking
    assert can_complete(HAZARD, running) is True
    assert can_complete(HAZARD, Marking({"expert_done": 1}, {"expert_done": 1})) is False


def test_every_fault_has_its_words() -> None:
    assert set(WORDS) == set(Fault)
    unlisted = check(net([place("a", pauses="tea")], [GO, OUT]))[0]
    assert unlisted.words == "a holds the clocks for tea, which is not among the pauses of this net"
