"""My sections of a pack: loaded through actions, twice without change, every mistake at its place."""

from pathlib import Path

import pytest

from minhu.packs import PackError, open_pack
from minhu.people import pack as people_pack
from minhu.people.models import Holding, Organisation, Post, User
from minhu.trail.models import Entry
from minhu.trail.states import SYSTEM
from tests.people.conftest import AT

pytestmark = pytest.mark.django_db

HEAD = """
[pack]
code = "little"
name = "Little Harbour"
language = "en"
version = "1"
summary = "A pier and a hill."
edition_on = 2026-01-01
"""
UNITS = """code,name,short,kind,parent,row,column
harbour,Little Harbour,Harbour,district,,,
pier,Pier Ward,Pier,street,harbour,1,1
works,Works Department,Works,department,harbour,,
"""
POSTS = """code,title,organisation,role
mayor,Mayor,harbour,leader
works-1,Works officer,works,lead
"""
ACCOUNTS = """
[[account]]
username = "mayor"
post = "mayor"
"""


@pytest.fixture
def write(tmp_path: Path):
    """Write a pack with some files changed, and open it."""

    def written(**changed: str):
        files = {"organisations.csv": UNITS, "posts.csv": POSTS, "accounts.toml": ACCOUNTS, "pack.toml": HEAD}
        for name, text in {**files, **{n.replace("_", "."): t for n, t in changed.items()}}.items():
            (tmp_path / name).write_text(text)
        return open_pack(tmp_path)

    return written


def load(pack):
    """Load it."""
    return people_pack.load(pack, by=SYSTEM, at=AT)


def test_a_pack_brings_organisations_and_posts_but_no_log_ins(write) -> None:
    counts = load(write())
    assert (counts.created, counts.changed, counts.unchanged) == (5, 0, 0)
    assert counts.notes == ("accounts: demonstration log-ins are loaded only with MINHU_DEMO=1",)
    assert (Organisation.objects.count(), Post.objects.count(), User.objects.count()) == (3, 2, 0)
    pier = Organisation.objects.get(code="pier")
    assert (pier.parent.code, pier.row, pier.column) == ("harbour", 1, 1)


def test_loading_twice_changes_nothing(write, settings) -> None:
    settings.MINHU_DEMO = True
    assert load(write()).created == 6
    written = Entry.objects.count()
    counts = load(write())
    assert (counts.created, counts.changed, counts.unchanged) == (0, 0, 6)
    assert Entry.objects.count() == written


def test_log_ins_exist_only_in_a_demonstration(write, settings, client) -> None:
    settings.MINHU_DEMO = True
    settings.MINHU_DEMO_PASSWORD = "minhu-demo"
    load(write())
    holding = Holding.objects.get()
    assert (holding.user.username, holding.post.code) == ("mayor", "mayor")
    assert holding.user.check_password("minhu-demo")


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "words"),
    [
        ("organisations_csv", "works,Works Department,Works,department,harbour",
         "works,Works Department,Works,department,harbor", "organisations.csv:4:5", "harbour"),
        ("organisations_csv", "street,harbour", "stret,harbour", "organisations.csv:3:4", "street"),
        ("organisations_csv", "district,,,", "district,pier,,", "organisations.csv:2:5",
         "Little Harbour → Pier Ward → Little Harbour"),
        ("organisations_csv", "harbour,1,1", "harbour,1,", "organisations.csv:3:6", "both row and column"),
        ("posts_csv", "officer,works", "officer,work", "posts.csv:3:3", "works"),
        ("posts_csv", "harbour,leader", "harbour,leeder", "posts.csv:2:4", "leader"),
        ("accounts_toml", 'post = "mayor"', 'post = "major"', "accounts.toml:4:8", "mayor"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_place_and_nothing_is_kept(write, file, old, new, where, words) -> None:
    text = {"organisations_csv": UNITS, "posts_csv": POSTS, "accounts_toml": ACCOUNTS}[file]
    assert old in text
    pack = write(**{file: text.replace(old, new)})
    with pytest.raises(PackError) as refusal:
        load(pack)
    told = {str(problem.position): str(problem) for problem in refusal.value.problems}
    assert list(told) == [where]
    assert words in told[where]
    assert (Organisation.objects.count(), Entry.objects.count()) == (0, 0)
