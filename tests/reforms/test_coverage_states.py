"""What has become of a clause, as a pure function."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhu.reforms.states.coverage import REASONS, SETTLED, TONES, Answering, Coverage, coverage_state

ANSWERS = [Answering(*flags) for flags in itertools.product([True, False], repeat=3)]


@pytest.mark.parametrize(
    ("answers", "inapplicable", "state"),
    [
        ([], False, Coverage.GAP),
        ([], True, Coverage.INAPPLICABLE),
        ([Answering()], False, Coverage.TAKEN),
        ([Answering()], True, Coverage.TAKEN),
        ([Answering(has_milestone=False)], False, Coverage.IDLE),
        ([Answering(has_lead=False)], False, Coverage.UNOWNED),
        ([Answering(has_date=False)], False, Coverage.UNDATED),
        ([Answering(has_milestone=False), Answering(has_lead=False)], False, Coverage.UNOWNED),
        ([Answering(has_lead=False), Answering(has_date=False)], False, Coverage.UNDATED),
    ],
)
def test_states(answers: list[Answering], inapplicable: bool, state: Coverage) -> None:
    assert coverage_state(answers, inapplicable=inapplicable) == state


@given(st.lists(st.sampled_from(ANSWERS), max_size=5), st.booleans())
def test_one_whole_answer_takes_a_clause_over_whatever_else_there_is(answers, inapplicable) -> None:
    assert coverage_state([*answers, Answering()], inapplicable=inapplicable) == Coverage.TAKEN


@given(st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=5), st.randoms())
def test_order_does_not_matter_and_more_answers_never_make_it_worse(answers, random) -> None:
    ranked = [Coverage.GAP, Coverage.IDLE, Coverage.UNOWNED, Coverage.UNDATED, Coverage.TAKEN]
    whole = coverage_state(answers, inapplicable=False)
    shuffled = random.sample(answers, len(answers))
    assert coverage_state(shuffled, inapplicable=False) == whole
    assert ranked.index(whole) >= ranked.index(coverage_state(answers[1:], inapplicable=False))


def test_every_state_has_a_tone_and_a_reason() -> None:
    assert set(TONES) == set(REASONS) == set(Coverage)
    assert set(SETTLED) == {Coverage.TAKEN, Coverage.INAPPLICABLE}
