"""The life of a reform: every step of the table and no other; what each step needs."""

import itertools
from dataclasses import replace

import pytest

from minhu.reforms.states import LIVE, PATH, State
from minhu.reforms.states.life import MOVES, NEEDS, Facts, lacking, may_move, moves_from, needs_reason, way_to

WHOLE = Facts(
    problem="三个窗口",
    goal="一次办成",
    has_lead=True,
    has_dates=True,
    milestones=2,
    accepted=2,
    rules_in_force=1,
    reason="按会议决定",
    has_target=True,
)
EMPTY = {
    "problem": {"problem": "  "},
    "goal": {"goal": ""},
    "lead": {"has_lead": False},
    "dates": {"has_dates": False},
    "milestone": {"milestones": 0, "accepted": 0},
    "all_accepted": {"accepted": 1},
    "rule": {"rules_in_force": 0},
    "reason": {"reason": " "},
    "target": {"has_target": False},
}
LEGAL = {
    "idea": {"argued", "stopped", "merged"},
    "argued": {"approved", "idea", "paused", "stopped", "merged"},
    "approved": {"running", "argued", "paused", "stopped", "merged"},
    "running": {"checked", "paused", "stopped", "merged"},
    "checked": {"closed", "running", "paused", "stopped", "merged"},
    "closed": {"spread", "running"},
    "spread": {"running"},
    "paused": {"running", "approved", "argued", "stopped", "merged"},
    "stopped": {"idea"},
    "merged": set(),
}


@pytest.mark.parametrize("before", State.values)
@pytest.mark.parametrize("after", State.values)
def test_only_the_steps_of_the_table(before: str, after: str) -> None:
    assert may_move(before, after) == (after in LEGAL[before])


@pytest.mark.parametrize(("before", "after"), [(a, b) for a in MOVES for b in MOVES[a]])
def test_each_need_is_asked_for_alone(before: State, after: State) -> None:
    assert lacking(before, after, WHOLE) == ()
    for need in MOVES[before][after]:
        assert need in lacking(before, after, replace(WHOLE, **EMPTY[need]))


def test_every_need_has_words_and_is_used() -> None:
    used = {need for steps in MOVES.values() for needs in steps.values() for need in needs}
    assert used == set(NEEDS) == set(EMPTY)


def test_a_step_that_is_not_in_the_table_cannot_be_judged() -> None:
    with pytest.raises(KeyError):
        lacking("idea", "running", WHOLE)


def test_approval_asks_for_lead_dates_and_a_milestone() -> None:
    bare = Facts(problem="p", goal="g")
    assert lacking("argued", "approved", bare) == ("lead", "dates", "milestone")


def test_closing_asks_for_every_milestone() -> None:
    assert lacking("checked", "closed", Facts(milestones=3, accepted=2)) == ("all_accepted",)
    assert lacking("checked", "closed", Facts(milestones=0, accepted=0)) == ("all_accepted",)
    assert lacking("checked", "closed", Facts(milestones=3, accepted=3)) == ()


def test_ways_aside_and_back_ask_for_a_reason() -> None:
    assert [to for to in moves_from("running") if needs_reason("running", to)] == [
        "paused",
        "stopped",
        "merged",
    ]
    assert needs_reason("paused", "running")
    assert not needs_reason("approved", "running")


@pytest.mark.parametrize("state", State.values)
def test_every_stage_can_be_reached_step_by_step(state: str) -> None:
    way = (State.IDEA, *way_to(state))
    assert way[-1] == state
    assert all(may_move(a, b) for a, b in itertools.pairwise(way))


def test_the_path_runs_forward_through_the_table() -> None:
    assert way_to("spread") == PATH[1:]
    assert LIVE == ("approved", "running", "checked")
