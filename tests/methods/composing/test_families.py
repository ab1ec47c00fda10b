"""Families of one-things: found from what they share, whatever their order, finer where more is asked."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhu.methods.composing import Shared, Spared, Trait, Traits, families, family_among, traits_of
from minhu.methods.composing.families import likeness, rarities
from tests.methods.composing.bundles import random_bundle

KEYS = st.frozensets(st.sampled_from("abcdefgh"), max_size=5)
FEW = st.lists(st.builds(Traits, st.just(""), KEYS, KEYS, KEYS, KEYS), max_size=7).map(
    lambda rows: [
        Traits(f"t{number}", row.fields, row.papers, row.departments, row.clients)
        for number, row in enumerate(rows)
    ]
)
LEVELS = st.floats(0.01, 1.0)


def thing(code: str, fields: str = "", papers: str = "", departments: str = "", clients: str = "") -> Traits:
    """A one-thing whose traits are letters."""
    return Traits(code, *(frozenset(letters) for letters in (fields, papers, departments, clients)))


def groups(things: list[Traits], least: float) -> list[set[str]]:
    """The members of each family, those that stay alone included."""
    found = [set(one.members) for one in families(things, least)]
    return found + [{one.code} for one in things if not any(one.code in group for group in found)]


def test_what_is_shared_makes_a_family_with_its_reasons() -> None:
    start = thing("start", "nidw", "lp", "m", "e")
    shop = thing("shop", "nidx", "lq", "mf", "e")
    birth = thing("birth", "yz", "r", "h", "p")
    (found,) = families([birth, shop, start], 0.3)
    assert found.members == ("shop", "start")
    assert [(one.kind, one.key) for one in found.shared] == [
        (Trait.FIELD, "d"), (Trait.FIELD, "i"), (Trait.FIELD, "n"),
        (Trait.PAPER, "l"), (Trait.DEPARTMENT, "m"), (Trait.CLIENT, "e"),
    ]  # fmt: skip
    assert found.spared == (Spared(Trait.FIELD, 8, 5), Spared(Trait.PAPER, 4, 3))


def test_what_everybody_asks_for_weighs_least() -> None:
    things = [thing("a", "nx"), thing("b", "nx"), thing("c", "ny"), thing("d", "nz")]
    weights = rarities(things)
    assert weights[Trait.FIELD, "n"] < weights[Trait.FIELD, "x"] < weights[Trait.FIELD, "y"]
    (found,) = families(things, 0.9)
    assert found.members == ("a", "b")
    assert [one.key for one in found.shared] == ["x", "n"]
    assert found.shared[0] == Shared(Trait.FIELD, "x", ("a", "b"), 1.098612)


def test_a_bundle_gives_its_traits() -> None:
    whole = random_bundle(3, 5, fields=4)
    traits = traits_of(whole, ["enterprise"])
    assert traits.code == whole.code
    assert traits.departments == {guide.department for guide in whole.guides}
    assert traits.fields == {field.key for guide in whole.guides for field in guide.fields}
    assert {key.split(".")[0] for key in traits.fields} | {"enterprise"} == traits.clients


@pytest.mark.parametrize("least", [0, -0.5, 1.01])
def test_a_likeness_out_of_range_is_named(least: float) -> None:
    with pytest.raises(ValueError, match=f"least is {least}"):
        families([], least)


def test_codes_must_not_repeat() -> None:
    with pytest.raises(ValueError, match="same code"):
        families([thing("a"), thing("a")])


@given(FEW, LEVELS, st.randoms())
def test_the_order_does_not_matter(things: list[Traits], least: float, chance) -> None:
    shuffled = list(things)
    chance.shuffle(shuffled)
    assert families(shuffled, least) == families(things, least)


@given(FEW, LEVELS, LEVELS)
def test_a_higher_likeness_only_splits(things: list[Traits], one: float, other: float) -> None:
    coarse, fine = groups(things, min(one, other)), groups(things, max(one, other))
    assert all(any(small <= large for large in coarse) for small in fine)


@given(FEW, LEVELS)
def test_families_are_apart_and_their_mean_likeness_is_that_of_their_pairs(things, least: float) -> None:
    found = families(things, least)
    members = [code for family in found for code in family.members]
    assert len(members) == len(set(members))
    weights, by_code = rarities(things), {one.code: one for one in things}
    for family in found:
        pairs = [likeness(by_code[a], by_code[b], weights) for a, b in combinations(family.members, 2)]
        assert family.likeness == pytest.approx(sum(pairs) / len(pairs), abs=1e-6)
        assert family.likeness >= least - 1e-6


@given(FEW, LEVELS)
def test_reasons_and_counts_are_those_of_the_members(things: list[Traits], least: float) -> None:
    by_code = {one.code: one for one in things}
    for family in families(things, least):
        rows = [by_code[code] for code in family.members]
        for one in family.shared:
            assert set(one.members) == {row.code for row in rows if one.key in row.of(one.kind)}
            assert len(one.members) > 1
        for spared in family.spared:
            again = sum(len(one.members) - 1 for one in family.shared if one.kind == spared.kind)
            assert spared.before - spared.after == again


@given(KEYS, KEYS)
def test_likeness_is_even_and_whole_for_equals(mine: frozenset[str], theirs: frozenset[str]) -> None:
    one, other = Traits("a", mine), Traits("b", theirs)
    weights = rarities([one, other])
    assert likeness(one, other, weights) == likeness(other, one, weights)
    assert likeness(one, Traits("c", mine), weights) == (1.0 if mine else 0.0)


@given(FEW, LEVELS)
def test_a_family_asked_for_is_the_one_found(things: list[Traits], least: float) -> None:
    for family in families(things, least):
        assert family_among(things, family.members) == family


def test_members_chosen_by_people_need_not_be_near() -> None:
    things = [thing("a", "x"), thing("b", "y"), thing("c", "x")]
    assert family_among(things, {"a", "b"}).likeness == 0.0
    with pytest.raises(ValueError, match="at least two"):
        family_among(things, {"a", "unknown"})
