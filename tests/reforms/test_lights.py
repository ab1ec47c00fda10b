"""Lights and progress as pure rules, beside a plain reference."""

from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from minhu.reforms.states import LIVE, ProofState, State
from minhu.reforms.states.lights import (
    WORST_FIRST,
    Day,
    MilestoneFacts,
    milestone_light,
    progress_of,
    reform_light,
    tone_of,
)

ON = date(2026, 3, 31)
DAY = Day(ON, date(2026, 4, 7))


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def facts(due: int = 30, **changes) -> MilestoneFacts:
    """A milestone due so many days after the day, planned for the same day unless said otherwise."""
    due_on = ON + timedelta(days=due)
    planned = changes.pop("planned", due)
    values = {"state": State.RUNNING, "planned_on": ON + timedelta(days=planned), "acceptor": "Office",
              "lead": "Lead", "title": "Rule out"}  # fmt: skip
    return MilestoneFacts(**(values | {"due_on": due_on} | changes))


def told(one: MilestoneFacts) -> tuple[str, str, str]:
    """A light as plain words."""
    light = milestone_light(one, DAY)
    return light.tone, str(light.word), str(light.reason)


def test_accepted_is_done_whatever_else() -> None:
    assert told(facts(-30, accepted_on=ON, state=State.PAUSED)) == ("done", "Accepted", "on March 31, 2026")


def test_late_says_how_late_and_whom_it_waits_for() -> None:
    assert told(facts(-12)) == ("red", "12 days late", "waits for a proof from Lead")
    assert told(facts(-1, last_proof=ProofState.WAITING)) == (
        "red", "1 day late", "proof handed in, waits for Office to accept",
    )  # fmt: skip
    assert told(facts(-2, last_proof=ProofState.RETURNED)) == (
        "red", "2 days late", "proof returned by Office, waits for Lead to mend it",
    )  # fmt: skip


def test_due_today_is_not_late() -> None:
    assert told(facts(0)) == ("blue", "Due today", "waits for a proof from Lead")


def test_postponed_past_its_plan_is_yellow() -> None:
    assert told(facts(20, planned=-1)) == (
        "yellow", "Postponed", "planned for March 30, 2026, now due on April 20, 2026",
    )  # fmt: skip
    assert told(facts(20, planned=0))[0] == "off"


def test_returned_is_yellow_even_when_far_away() -> None:
    assert told(facts(90, last_proof=ProofState.RETURNED))[:2] == ("yellow", "Proof returned")


def test_near_is_blue_up_to_the_last_near_day() -> None:
    assert told(facts(7))[:2] == ("blue", "7 days left")
    assert told(facts(8)) == ("off", "Not due yet", "due on April 8, 2026")


@pytest.mark.parametrize("state", sorted(set(State.values) - set(LIVE)))
def test_other_stages_carry_no_light(state: str) -> None:
    assert told(facts(-12, state=state)) == ("off", str(State(state).label), "")


def test_a_reform_shows_its_worst_milestone() -> None:
    light = reform_light(State.RUNNING, [facts(30), facts(3, title="Near"), facts(-3, title="Late")], DAY)
    assert (light.tone, light.word, light.reason) == (
        "red",
        "3 days late",
        "Late: waits for a proof from Lead",
    )


def test_of_two_late_ones_it_shows_the_longer() -> None:
    assert reform_light(State.RUNNING, [facts(-3), facts(-9)], DAY).word == "9 days late"


def test_a_reform_with_all_accepted_is_done_and_one_without_any_has_promised_nothing() -> None:
    assert reform_light(State.CHECKED, [facts(accepted_on=ON)], DAY).tone == "done"
    assert reform_light(State.RUNNING, [], DAY).word == "No milestones"
    assert reform_light(State.PAUSED, [facts(-9)], DAY).word == "Paused"


days = st.integers(min_value=-400, max_value=400)
some_facts = st.builds(
    lambda due, back, accepted, proof, state: facts(
        due, planned=due - back, accepted_on=ON if accepted else None, last_proof=proof, state=state
    ),
    days, st.integers(0, 200), st.booleans(), st.sampled_from(["", *ProofState.values]),
    st.sampled_from(State.values),
)  # fmt: skip


def reference(one: MilestoneFacts) -> str:
    """The rule as one would say it to a colleague."""
    if one.accepted_on:
        return "done"
    if one.state not in {"approved", "running", "checked"}:
        return "off"
    if (ON - one.due_on).days >= 1:
        return "red"
    if (ON - one.planned_on).days >= 1 or one.last_proof == "returned":
        return "yellow"
    return "blue" if one.due_on in {ON + timedelta(days=n) for n in range(8)} else "off"


@given(some_facts)
def test_tones_follow_the_rule(one: MilestoneFacts) -> None:
    assert tone_of(one, DAY) == reference(one) == milestone_light(one, DAY).tone


@given(st.lists(some_facts, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_milestones_changes_nothing(stones: list[MilestoneFacts], chance) -> None:
    shuffled = sorted(stones, key=lambda _one: chance.random())
    assert reform_light("running", stones, DAY).tone == reform_light("running", shuffled, DAY).tone


@given(st.lists(some_facts, min_size=1, max_size=6))
def test_a_reform_is_never_better_than_any_of_its_milestones(stones: list[MilestoneFacts]) -> None:
    shown = WORST_FIRST.index(reform_light("running", stones, DAY).tone)
    assert shown == min(WORST_FIRST.index(tone_of(one, DAY)) for one in stones)


@given(some_facts, st.integers(1, 300))
def test_a_later_due_date_never_worsens_a_light(one: MilestoneFacts, more: int) -> None:
    later = facts(
        (one.due_on - ON).days + more, planned=(one.planned_on - ON).days + more,
        accepted_on=one.accepted_on, last_proof=one.last_proof, state=one.state,
    )  # fmt: skip
    assert WORST_FIRST.index(tone_of(later, DAY)) >= WORST_FIRST.index(tone_of(one, DAY))


@given(st.lists(st.tuples(st.integers(1, 100), st.sampled_from([None, ON]))))
def test_progress_is_the_weight_of_what_was_accepted(rows) -> None:
    made = progress_of(rows)
    done = sum(weight for weight, on in rows if on)
    whole = sum(weight for weight, _on in rows)
    assert (made.accepted_weight, made.weight, made.milestones) == (done, whole, len(rows))
    assert made.percent == (int(100 * done / whole + 1e-9) if whole else 0)
    assert (made.percent == 100) == (whole > 0 and done == whole)
