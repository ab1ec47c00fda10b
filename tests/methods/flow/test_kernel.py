"""One step of a case, on random nets and interleavings."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhu.methods.flow import (
    ALL,
    Alarm,
    BadGuard,
    BadNet,
    Command,
    Deed,
    Effect,
    Event,
    Happened,
    Kind,
    Livelock,
    Marking,
    Net,
    Ordered,
    Reason,
    Refused,
    Transition,
    begin,
    fold,
    guard,
    moved,
    offers,
    step,
)
from tests.methods.flow.nets import DATA, END, HAZARD, START, branches, line, net, place, sound_nets, walk


@given(sound_nets(), st.randoms(use_true_random=False))
def test_the_marking_is_the_fold_of_the_events(tried: Net, dice: random.Random) -> None:
    events: list[Event] = []
    for _, _, made in walk(tried, dice):
        events += made.events
        assert fold(events) == made.marking


@given(sound_nets(), st.randoms(use_true_random=False))
def test_a_case_that_keeps_walking_forward_ends_and_leaves_nothing_open(
    tried: Net, dice: random.Random
) -> None:
    now = begin(tried, DATA)
    while not now.marking.end:
        open_ = [o for o in offers(tried, now.marking, DATA) if o.transition.on != "return"]
        chosen = dice.choice(open_)
        now = step(tried, now.marking, DATA, Command(chosen.transition.on, place=chosen.place))
    assert (now.marking.end, dict(now.marking.marked)) == ("end", {"end": 1})
    assert offers(tried, now.marking, DATA) == []


@given(sound_nets(), st.randoms(use_true_random=False))
def test_the_same_step_twice_is_the_same_and_changes_nothing_it_was_given(
    tried: Net, dice: random.Random
) -> None:
    for command, before, made in list(walk(tried, dice))[1:]:
        kept = (dict(before.marked), dict(before.attempts))
        assert step(tried, before, DATA, command) == made
        assert (dict(before.marked), dict(before.attempts)) == kept


@given(st.integers(2, 6), st.integers(1, 3), st.randoms(use_true_random=False))
def test_parallel_branches_join_once_in_every_order(count: int, long: int, dice: random.Random) -> None:
    tried = branches(count, long)
    steps = [made for _, _, made in walk(tried, dice)]
    fired = [event.code for made in steps for event in made.events if event.what is Happened.FIRED]
    assert (fired.count("join"), fired[-1]) == (1, "join")
    assert len(fired) == count * long + 2
    assert dict(steps[-1].marking.attempts) == dict.fromkeys([p.code for p in tried.places], 1)


@given(st.lists(st.sampled_from(["done", "accept", "return", "visit", "withdraw", "nonsense"]), max_size=30))
def test_whatever_is_tried_a_case_is_never_in_a_place_twice_nor_goes_on_after_its_end(
    tries: list[str],
) -> None:
    now = begin(HAZARD, {})
    now = step(HAZARD, now.marking, {}, Command("grade"))
    for on in tries:
        before = now.marking
        try:
            now = step(HAZARD, before, {"by": "expert"}, Command(on))
        except Refused:
            continue
        assert before.end == ""
        assert max(now.marking.attempts.get("rectify", 0), 1) <= 3
        left = [e.code for e in now.events if e.what is Happened.LEFT]
        entered = [
            e.code for e in now.events if e.what in {Happened.ENTERED, Happened.ENDED, Happened.REACHED}
        ]
        assert set(now.marking.marked) == (set(before.marked) - set(left)) | set(entered)


def test_the_data_choose_the_way_and_effects_are_keyed_by_the_firing() -> None:
    first = begin(HAZARD, {})
    made = step(HAZARD, first.marking, {}, Command("grade", {"level": "major"}))
    assert [(e.what, e.code, e.attempt) for e in made.events] == [
        ("changed", "level", 0),
        ("fired", "grade", 1),
        ("left", "start", 1),
        ("entered", "graded", 1),
        ("fired", "major", 2),
        ("left", "graded", 1),
        ("entered", "plan", 1),
        ("reached", "listed", 1),
    ]
    assert made.effects == (
        Ordered("2.0", Effect("notice", (("to", "supervisor"), ("paper", "挂牌"))), "major"),
    )
    assert made.reads == {"level"}


def at_rectify() -> Marking:
    return step(HAZARD, begin(HAZARD, {}).marking, {}, Command("grade")).marking


def test_timers_are_armed_and_disarmed_with_their_place_and_clocks_held() -> None:
    graded = step(HAZARD, begin(HAZARD, {}).marking, {}, Command("grade"))
    assert graded.timers == (Alarm(Deed.ARM, "too_late", "rectify", 1, "hazard.days"),)
    made = step(HAZARD, graded.marking, {}, Command("done"))
    assert made.timers == (
        Alarm(Deed.DISARM, "too_late", "rectify", 1, "hazard.days"),
        Alarm(Deed.PAUSE, "inspection", "government", 1),
    )
    back = step(HAZARD, made.marking, {}, Command("return"))
    assert [(alarm.deed, alarm.code, alarm.attempt) for alarm in back.timers] == [
        ("resume", "inspection", 1),
        ("arm", "too_late", 2),
    ]
    late = step(HAZARD, back.marking, {}, Command("too_late", place="rectify", attempt=2, is_timer=True))
    assert set(late.marking.marked) == {"plan"}


def test_a_discretionary_task_may_be_left_out_taken_up_and_not_twice_at_once() -> None:
    once = step(HAZARD, at_rectify(), {}, Command("visit")).marking
    assert set(once.marked) == {"rectify", "visit"}
    with pytest.raises(Refused, match="visit is under way already"):
        step(HAZARD, once, {}, Command("visit"))
    done = step(HAZARD, once, {}, Command("done", place="visit")).marking
    again = step(HAZARD, done, {}, Command("visit")).marking
    assert (again.marked["visit"], again.marked["seen"]) == (2, 1)
    seen = step(HAZARD, again, {}, Command("done", place="visit"))
    assert [event.code for event in seen.events if event.what is Happened.REACHED] == []


def test_a_way_out_empties_the_case_but_for_what_was_reached() -> None:
    case = step(HAZARD, at_rectify(), {}, Command("visit")).marking
    case = step(HAZARD, case, {}, Command("done", place="visit")).marking
    assert set(step(HAZARD, case, {}, Command("withdraw")).marking.marked) == {"withdrawn", "seen"}


def test_a_sentry_waits_for_its_places_and_its_values() -> None:
    tried = net(
        [place("a"), place("b", Kind.MILESTONE)],
        [line("go", "start", "a"), Transition("reach", (), ("b",), "reach", reads=("a",)),
         Transition("sentry", ("a",), ("end",), guard=guard("paid >= 10"), reads=("b",))],
    )  # fmt: skip
    case = begin(tried, {}).marking
    paid = step(tried, case, {}, Command(values={"paid": 12}))
    assert paid.events == (Event(Happened.CHANGED, "paid"),)
    assert step(tried, paid.marking, {"paid": 12}, Command("reach")).marking.end == "end"
    reached = step(tried, case, {}, Command("reach")).marking
    assert step(tried, reached, {}, Command(values={"paid": 9})).marking.end == ""
    assert step(tried, reached, {"paid": 9}, Command(values={"paid": 10})).marking.end == "end"


def test_an_unchanged_value_is_no_event() -> None:
    assert step(HAZARD, at_rectify(), {"n": 1}, Command(values={"n": 1})).events == ()


def test_retries_end_where_the_net_says() -> None:
    tried = net(
        [place("send"), place("by_hand")],
        [line("go", "start", "send"), line("retry", "send", "send", "failed", "attempts.send < 3"),
         line("give_up", "send", "by_hand", "failed"), line("sent", "send", "end", "done"),
         line("hand", "by_hand", "end", "done")],
    )  # fmt: skip
    now = begin(tried, {}).marking
    places = []
    for _ in range(3):
        now = step(tried, now, {}, Command("failed")).marking
        places.append((*now.marked.items(),))
    assert places == [(("send", 2),), (("send", 3),), (("by_hand", 1),)]


def test_what_waits_for_a_place_to_be_free_goes_when_it_is() -> None:
    tried = net(
        [place("a"), place("b", Kind.WAIT), place("c", Kind.MILESTONE)],
        [Transition("fork", ("start",), ("a", "b")), line("x", "b", "a"), line("done", "a", "c", "done")],
    )
    waiting = begin(tried, {}).marking
    assert dict(waiting.marked) == {"a": 1, "b": 1}
    assert dict(step(tried, waiting, {}, Command("done")).marking.marked) == {"c": 1, "a": 2}


def test_a_sentry_on_another_place_s_attempts_looks_when_it_is_entered() -> None:
    tried = net(
        [place("a"), place("w", Kind.WAIT), place("often", Kind.MILESTONE)],
        [Transition("fork", ("start",), ("a", "w")), line("again", "a", "a", "again"),
         Transition("sentry", ("w",), ("often",), guard=guard("attempts.a >= 3"))],
    )  # fmt: skip
    now, seen = begin(tried, {}).marking, []
    for _ in range(2):
        now = step(tried, now, {}, Command("again")).marking
        seen.append(sorted(now.marked))
    assert seen == [["a", "w"], ["a", "often"]]


RECTIFY = at_rectify()
OPEN = step(HAZARD, RECTIFY, {}, Command("done")).marking
ENDED = step(HAZARD, RECTIFY, {}, Command("withdraw")).marking
THRICE = OPEN
for _ in range(2):
    THRICE = step(HAZARD, step(HAZARD, THRICE, {}, Command("return")).marking, {}, Command("done")).marking


@pytest.mark.parametrize(
    ("marking", "command", "reason", "words"),
    [
        (ENDED, Command("done"), Reason.ENDED, "the case has ended at withdrawn"),
        (ENDED, Command(values={"n": 1}), Reason.ENDED, "ended at withdrawn"),
        (RECTIFY, Command("accep"), Reason.UNKNOWN, "hazard knows no accep; it knows grade, done, too_late"),
        (RECTIFY, Command("accept"), Reason.NOT_HERE, "accept is not offered while the case is at rectify"),
        (RECTIFY, Command("done", place="plan"), Reason.NOT_HERE, "the case is not at plan: rectify"),
        (RECTIFY, Command("accept", place="rectify"), Reason.NOT_HERE, "accept is not offered while"),
        (RECTIFY, Command("done", place="rectify", attempt=2), Reason.STALE, "attempt 1, .* meant for 2"),
        (RECTIFY, Command("too_late"), Reason.CLOCK, "too_late is the clock's alone"),
        (RECTIFY, Command("done", is_timer=True), Reason.CLOCK, "done is no timer"),
        (OPEN, Command("accept"), Reason.AMBIGUOUS, "accept is offered at expert, government: name one"),
        (OPEN, Command("accept", {"by": "owner"}, "government"), Reason.GUARD, 'it needs: by != "owner"'),
        (OPEN, Command("accept", place="government"), Reason.GUARD, "it needs"),
        (THRICE, Command("return"), Reason.TOO_OFTEN, "rectify was entered 3 times, no more"),
    ],
)
def test_what_is_refused_says_why(marking: Marking, command: Command, reason: Reason, words: str) -> None:
    with pytest.raises(Refused, match=words) as refused:
        step(HAZARD, marking, {}, command)
    assert (refused.value.reason, refused.value.on) == (reason, command.on)


def test_offers_tell_what_is_open_and_what_stands_in_the_way() -> None:
    told = [(o.place, o.attempt, o.transition.code, o.obstacle) for o in offers(HAZARD, OPEN, {})]
    assert told == [
        ("expert", 1, "expert_yes", ""),
        ("expert", 1, "returned", ""),
        ("government", 1, "government_yes", 'it needs: by != "owner"'),
    ]


def test_what_goes_round_by_itself_is_stopped() -> None:
    tried = net(
        [place("a"), place("b")], [line("go", "start", "a"), line("x", "a", "b"), line("y", "b", "a")]
    )
    with pytest.raises(Livelock, match="tried goes on by itself without end"):
        begin(tried, {})


@pytest.mark.parametrize(
    ("tried", "words"),
    [
        (Net("n", (END,), ()), "n has 0 starts, not one"),
        (
            Net("n", (START, END), (line("go", "start", "nowhere"),)),
            "go leads to nowhere, which is no place of n",
        ),
    ],
)
def test_a_broken_net_does_not_begin(tried: Net, words: str) -> None:
    with pytest.raises(BadNet, match=words):
        begin(tried, {})


def test_a_value_of_another_sort_is_said_and_not_guessed() -> None:
    with pytest.raises(BadGuard, match='level = "major": level is a number, not a text'):
        step(HAZARD, begin(HAZARD, {}).marking, {}, Command("grade", {"level": 3}))


def test_the_first_declared_of_two_goes() -> None:
    ways = [line("one", "a", "end", "done"), Transition("two", ("a",), ("end",), "done", clears=(ALL,))]
    for order in (ways, ways[::-1]):
        tried = net([place("a")], [line("go", "start", "a"), *order])
        made = step(tried, begin(tried, {}).marking, {}, Command("done"))
        assert made.events[0] == Event(Happened.FIRED, order[0].code, 2)


def test_a_case_moves_to_another_version_or_says_what_has_no_home() -> None:
    places = [place("repair", most=3), place("expert"), START]
    assert moved(RECTIFY, {"rectify": "repair"}, places) == (
        Marking({"repair": 1}, {"start": 1, "repair": 1}, 2, ""),
        [],
    )
    assert moved(OPEN, {"rectify": "repair"}, places)[1] == ["government"]
