"""Small places borrow strength, and their intervals hold the truth."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minhu.methods.weighing import BadSurvey, TooFew, shrink_means, shrink_shares

PLACES = st.lists(st.tuples(st.integers(1, 60), st.integers(0, 60)), min_size=3, max_size=8)


def test_few_answers_count_little_and_many_count_much() -> None:
    small, large, *_ = shrink_shares([3, 540, 80, 45, 150, 62], [3, 900, 100, 60, 200, 100])
    assert small.own == 1.0
    assert 0.7 < small.value < 0.95
    assert small.low < 0.75
    assert small.own_weight < 0.4 < 0.9 < large.own_weight
    assert large.value == pytest.approx(0.6, abs=0.01)
    assert small.high - small.low > 3 * (large.high - large.low)


def test_a_place_without_answers_has_what_all_have_and_much_doubt() -> None:
    found = shrink_shares([40, 30, 50, 0], [50, 50, 60, 0])[-1]
    assert np.isnan(found.own)
    assert found.own_weight == 0
    assert 0.6 < found.value < 0.9
    assert found.high - found.low > 0.2


def test_alike_places_are_pooled() -> None:
    found = shrink_shares([16, 24, 40, 80], [20, 30, 50, 100])
    assert all(place.value == pytest.approx(0.8, abs=0.02) for place in found)
    assert found[0].high - found[0].low < 0.25  # alone, Wilson's would be 0.34 wide


def test_nearly_everybody_satisfied_stays_below_one() -> None:
    found = shrink_shares([679_800, 679_850, 679_569], [679_887, 679_888, 679_887])
    assert all(place.low < place.value < place.high < 1 for place in found)
    assert found[2].value == pytest.approx(679_569 / 679_887, abs=2e-4)


@given(PLACES, st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_shrunken_shares_lie_inside_and_order_does_not_matter(places, random) -> None:
    rows = [(min(yes, size), size) for size, yes in places]
    found = shrink_shares(*zip(*rows, strict=True))
    lowest, highest = min(p.own for p in found), max(p.own for p in found)
    for place in found:
        assert 0 <= place.low <= place.value <= place.high <= 1
        assert lowest - 0.25 <= place.value <= highest + 0.25
        assert 0 <= place.own_weight <= 1
    order = list(range(len(rows)))
    random.shuffle(order)
    turned = shrink_shares(*zip(*(rows[at] for at in order), strict=True))
    assert [p.value for p in turned] == pytest.approx([found[at].value for at in order])


@given(st.lists(st.tuples(st.floats(-5, 5), st.floats(0.1, 2)), min_size=3, max_size=8), st.floats(-50, 50))
@settings(max_examples=40, deadline=None)
def test_shrunken_means_lie_between_own_and_all_and_move_with_the_origin(places, by: float) -> None:
    own, errors = zip(*places, strict=True)
    found = shrink_means(own, errors)
    for place in found:
        assert min(own) - 1e-9 <= place.value <= max(own) + 1e-9
        assert place.low <= place.value <= place.high
    moved = shrink_means([mean + by for mean in own], errors)
    assert [p.value - by for p in moved] == pytest.approx([p.value for p in found], abs=1e-8)


def test_the_noisier_place_is_drawn_further_in() -> None:
    found = shrink_means([3.0, 3.0, 1.0, 1.2, 0.9, 1.1], [0.2, 1.5, 0.2, 0.2, 0.2, 0.2])
    assert found[1].value < found[0].value < 3.0
    assert found[1].own_weight < found[0].own_weight


@pytest.mark.parametrize("is_share", [True, False])
def test_intervals_hold_the_truth_as_often_as_they_say(is_share: bool) -> None:
    rng, held, count = np.random.default_rng(9), 0, 0
    for _ in range(60):
        if is_share:
            truth, sizes = rng.beta(16, 4, 12), rng.integers(4, 40, 12)
            found = shrink_shares(rng.binomial(sizes, truth).tolist(), sizes.tolist())
        else:
            truth, errors = rng.normal(4, 0.5, 12), rng.uniform(0.2, 1, 12)
            found = shrink_means(rng.normal(truth, errors).tolist(), errors.tolist())
        held += sum(p.low <= t <= p.high for p, t in zip(found, truth, strict=True))
        count += 12
    assert 0.915 <= held / count <= 0.985  # over 18,000 places 0.937 and 0.95


def test_shrinking_is_refused_without_places_or_sense() -> None:
    with pytest.raises(TooFew, match="at least 3 places"):
        shrink_shares([1, 2, 0], [2, 3, 0])
    with pytest.raises(TooFew, match="at least 3 places"):
        shrink_means([1, 2], [1, 1])
    for yes, answers in (([3, 1, 1], [2, 2, 2]), ([1, 1], [2, 2, 2])):
        with pytest.raises(BadSurvey):
            shrink_shares(yes, answers)
    with pytest.raises(BadSurvey, match="standard error above 0"):
        shrink_means([1, 2, 3], [1, 0, 1])
    with pytest.raises(BadSurvey, match="level"):
        shrink_means([1, 2, 3], [1, 1, 1], level=1)
