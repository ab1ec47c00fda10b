"""“Not applicable” in a pack: two posts, entered once, told as it is."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from minhu.packs import Counts, PackError, open_pack
from minhu.reforms.actions import Refusal
from minhu.reforms.actions.coverage_inapplicable import (
    Agreement,
    take_over_inapplicable,
    undo_inapplicable,
)
from minhu.reforms.models import Inapplicable
from minhu.reforms.pack import load
from minhu.trail.models import Entry
from minhu.trail.states import Actor
from tests.factories.mandates import make_articles
from tests.factories.people import OrganisationFactory, PostFactory
from tests.factories.reforms import NOW

LOADER = Actor(7, "clerk", "town")
ITEM = """[[inapplicable]]
clause = "T 1/2026#第一条"
reason = "We have no harbour."
asked_by = "clerk"
decided_by = "mayor"
agreed_on = 2026-01-15
"""


@pytest.fixture
def clause(db: None):
    """A clause, and two posts."""
    town = OrganisationFactory(code="town")
    PostFactory(code="clerk", organisation=town)
    PostFactory(code="mayor", organisation=town)
    return make_articles(["Build a harbour."], number="T 1/2026")[0]


@pytest.fixture
def write(tmp_path: Path):
    """Write a pack with these clauses and open it."""
    (tmp_path / "pack.toml").write_text('[pack]\ncode = "t"\nname = "Town"\nlanguage = "en"\nversion = "1"\n')

    def opened(text: str):
        (tmp_path / "inapplicable.toml").write_text(text)
        return open_pack(tmp_path)

    return opened


def test_it_is_entered_once_with_both_posts_and_no_account(clause, write) -> None:
    assert load(write(ITEM), by=LOADER, at=NOW) == Counts(created=1)
    row = Inapplicable.objects.get()
    noon = datetime(2026, 1, 15, 4, 0, tzinfo=UTC)
    assert (row.clause, row.granted, row.asked_at, row.decided_at) == (clause, True, noon, noon)
    assert (row.asked_by_post, row.decided_by_post) == ("clerk", "mayor")
    assert (row.asked_by_user, row.decided_by_user) == (None, None)
    assert load(write(ITEM), by=LOADER, at=NOW) == Counts(unchanged=1)
    assert Inapplicable.objects.count() == 1


def test_the_record_says_who_entered_it(clause, write) -> None:
    load(write(ITEM), by=LOADER, at=NOW)
    entry = Entry.objects.get(deed="reforms.take_over_inapplicable")
    assert (entry.actor_user, entry.actor_post) == (7, "clerk")
    told = {name: entry.payload[name] for name in ("asked_by_post", "decided_by_post", "accepted_on")}
    assert told == {"asked_by_post": "clerk", "decided_by_post": "mayor", "accepted_on": "2026-01-15"}


def test_what_people_took_back_stays_taken_back(clause, write) -> None:
    load(write(ITEM), by=LOADER, at=NOW)
    undo_inapplicable(by=LOADER, inapplicable=Inapplicable.objects.get(), at=NOW)
    assert load(write(ITEM), by=LOADER, at=NOW) == Counts(unchanged=1)
    assert Inapplicable.objects.count() == 0


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("asked_by", "asked_of", "asked_of"),
        ('decided_by = "mayor"', 'decided_by = "clerk"', "clerk cannot agree with itself"),
        ('"mayor"', '"major"', "“major” is no post"),
        ("第一条", "第九条", "no clause 第九条"),
        ('"We have no harbour."', '" "', "reason is empty"),
    ],
)
def test_every_mistake_is_told_at_its_line(clause, write, old: str, new: str, said: str) -> None:
    with pytest.raises(PackError) as refused:
        load(write(ITEM.replace(old, new)), by=LOADER, at=NOW)
    assert said in str(refused.value)
    assert "inapplicable.toml:" in str(refused.value)
    assert Inapplicable.objects.count() == 0


def test_one_post_cannot_agree_with_itself(clause) -> None:
    clerk = Actor(None, "clerk", "town")
    with pytest.raises(Refusal, match="自提自定"):
        take_over_inapplicable(
            by=LOADER, clause=clause, agreement=Agreement("No harbour.", clerk, clerk, NOW), at=NOW
        )
