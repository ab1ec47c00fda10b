"""Reforms of a pack: loaded through the actions, twice without a change, every mistake at its line."""

from datetime import date
from pathlib import Path

import pytest

from minhu.packs import Counts, PackError, open_pack
from minhu.reforms.actions import draft_of, revise_reform
from minhu.reforms.models import Answer, Milestone, Proof, Reform, Rule
from minhu.reforms.pack import load
from minhu.trail.models import Entry
from minhu.trail.states import SYSTEM
from tests.factories.mandates import make_articles
from tests.factories.people import OrganisationFactory, PostFactory
from tests.factories.reforms import NOW, OFFICER

pytestmark = pytest.mark.usefixtures("rulebook", "media")
WHOLE = """
[[reform]]
code = "T-1"
name = "Library open late"
domain = "culture"
category = "micro"
line = 2
problem = "People at work find the library shut."
goal = "Open until nine."
lead = "library"
supports = ["finance"]
leader_post = "mayor"
fund_yuan = 5000
starts_on = 2026-01-01
ends_on = 2026-12-31
state = "running"
origin = "voices"
illustrative = true
answers = ["T 1/2026#art1"]

[[reform.measure]]
title = "Staff"

[[reform.measure.milestone]]
title = "Rota agreed"
due_on = 2026-02-01
deliverable = "The rota"
acceptor = "finance"
weight = 40
accepted_on = 2026-01-30

[[reform.measure.milestone]]
title = "Trial week"
planned_on = 2026-03-01
due_on = 2026-06-01
postponed_because = "No heating in the evening."
deliverable = "Count of visitors"
acceptor = "finance"
weight = 60
handed_in = "returned"
returned_because = "The count of Friday is missing."

[[reform.rule]]
number = "Old"
title = "Hours until five"
deed = "ended"
state = "ended"
in_force_on = 2020-01-01
ends_on = 2026-03-01
replaced_by = "New"
transition_days = 28

[[reform.rule]]
number = "New"
title = "Hours until nine"
deed = "made"
state = "in_force"
in_force_on = 2026-02-01
"""
SMALL = '[[reform]]\ncode = "T-2"\nname = "Other"\ndomain = "green"\n'


@pytest.fixture
def town(db: None) -> None:
    """Two offices, a mayor and a document."""
    OrganisationFactory(code="finance")
    PostFactory(code="mayor", organisation=OrganisationFactory(code="library"))
    make_articles(["Open the library late."], number="T 1/2026")


@pytest.fixture
def write(tmp_path: Path):
    """Write a pack with these reforms and open it."""
    (tmp_path / "pack").mkdir()

    def opened(text: str):
        head = '[pack]\ncode = "t"\nname = "Town"\nlanguage = "en"\nversion = "1"\n'
        (tmp_path / "pack" / "pack.toml").write_text(head)
        (tmp_path / "pack" / "reforms.toml").write_text(text)
        return open_pack(tmp_path / "pack")

    return opened


def test_a_reform_is_loaded_whole(town, write) -> None:
    assert load(write(WHOLE), by=SYSTEM, at=NOW) == Counts(created=1)
    reform = Reform.objects.get()
    assert (reform.state, reform.lead.code, reform.leader_post.code, reform.line, reform.fund_yuan) == (
        "running", "library", "mayor", 2, 5000,
    )  # fmt: skip
    done, late = Milestone.objects.with_last_proof().order_by("id")
    assert (done.accepted_on, done.last_proof) == (date(2026, 1, 30), "accepted")
    assert (late.planned_on, late.due_on, late.last_proof) == (date(2026, 3, 1), date(2026, 6, 1), "returned")
    assert late.postponements.get().reason == "No heating in the evening."
    old, new = Rule.objects.order_by("id")
    assert (old.replaced_by, new.number) == (new, "New")
    assert (Answer.objects.get().state, Answer.objects.get().clause.label) == ("confirmed", "第一条")


def test_its_life_stands_in_the_record_step_by_step(town, write) -> None:
    load(write(WHOLE), by=SYSTEM, at=NOW)
    steps = (
        Entry.objects.filter(deed="reforms.move_reform").order_by("id").values_list("payload__to", flat=True)
    )
    assert list(steps) == ["argued", "approved", "running"]
    proof = Proof.objects.get(state="accepted")
    assert (
        Path(proof.path).read_text()
        == "Library open late\nRota agreed\nThe rota\n2026-01-30\n示例 · illustrative\n"
    )


def test_the_same_pack_twice_changes_nothing(town, write) -> None:
    load(write(WHOLE + SMALL), by=SYSTEM, at=NOW)
    before = Entry.objects.count()
    assert load(write(WHOLE + SMALL), by=SYSTEM, at=NOW) == Counts(unchanged=2)
    assert Entry.objects.count() == before


def test_a_changed_item_is_revised_and_what_people_did_stays(town, write) -> None:
    load(write(WHOLE), by=SYSTEM, at=NOW)
    text = WHOLE.replace("Open until nine.", "Open until ten.").replace(
        '"Count of visitors"', '"Count by hour"'
    )
    more = '[[reform.measure]]\ntitle = "Heating"\n'
    text = text.replace("[[reform.rule]]", more + "\n[[reform.rule]]", 1)
    assert load(write(text), by=SYSTEM, at=NOW) == Counts(changed=1)
    reform = Reform.objects.get()
    assert (reform.goal, reform.state, [one.title for one in reform.measures.all()]) == (
        "Open until ten.", "running", ["Staff", "Heating"],
    )  # fmt: skip
    done, late = Milestone.objects.order_by("id")
    assert (done.accepted_on, late.deliverable, late.due_on) == (
        date(2026, 1, 30),
        "Count by hour",
        date(2026, 6, 1),
    )
    assert load(write(text), by=SYSTEM, at=NOW) == Counts(unchanged=1)


def test_an_unchanged_item_does_not_overwrite_peoples_edits(town, write) -> None:
    load(write(SMALL), by=SYSTEM, at=NOW)
    reform = Reform.objects.get()
    draft = draft_of(reform)
    revise_reform(
        by=OFFICER, reform=reform, draft=type(draft)(**(draft.values | {"name": "By hand"})), rev=1, at=NOW
    )
    assert load(write(SMALL), by=SYSTEM, at=NOW) == Counts(unchanged=1)
    assert Reform.objects.get().name == "By hand"


def test_ways_aside_are_walked_with_their_reason(town, write) -> None:
    paused = WHOLE.replace('state = "running"', 'state = "paused"\nstate_reason = "No heating."')
    merged = SMALL + 'state = "merged"\nmerged_into = "T-1"\norigin_note = "The same matter."\n'
    load(write(merged + paused), by=SYSTEM, at=NOW)
    assert dict(Reform.objects.values_list("code", "state")) == {"T-1": "paused", "T-2": "merged"}
    entry = Entry.objects.get(payload__to="paused")
    assert (entry.payload["from"], entry.payload["reason"]) == ("running", "No heating.")
    assert Reform.objects.get(code="T-2").merged_into.code == "T-1"


WRONG = [
    (
        WHOLE.replace('lead = "library"', 'lead = "libary"'),
        "lead",
        "“libary” is no organisation",
        "did you mean",
    ),
    (
        WHOLE.replace('supports = ["finance"]', 'supports = ["police"]'),
        "supports",
        "“police” is no organisation",
        "",
    ),
    (WHOLE.replace('"mayor"', '"major"'), "leader_post", "“major” is no post", "did you mean"),
    (
        WHOLE.replace('acceptor = "finance"', 'acceptor = "finace"', 1),
        "acceptor",
        "“finace” is no organisation",
        "did",
    ),
    (WHOLE.replace("due_on = 2026-02-01", "due_on = 2025-02-01"), "due_on", "before its reform starts", ""),
    (
        WHOLE.replace("due_on = 2026-02-01", "starts_on = 2025-12-01\ndue_on = 2026-02-01"),
        "starts_on = 2025-12-01",
        "before its reform on 2026-01-01",
        "",
    ),
    (WHOLE.replace('title = "Trial week"', 'title = "Rota agreed"'), "title = ", "stands twice", ""),
    (SMALL + 'state = "merged"\n', "state", "says into which", "merged_into"),
    (SMALL + 'state = "merged"\nmerged_into = "T-9"\n', "merged_into", "“T-9” is no reform", ""),
    (SMALL + 'state = "running"\n', "state", "", ""),
    (WHOLE.replace("#art1", "#art9"), "answers", "art9", "clause path"),
    (
        WHOLE.replace('replaced_by = "New"', 'replaced_by = "Newer"'),
        "replaced_by",
        "no rule has the number",
        "",
    ),
    (WHOLE.replace("transition_days = 28", "transition_days = 90"), "replaced_by", "", ""),
    (WHOLE.replace('state = "running"', 'state = "idea"'), "state", "accepted only once", ""),
    (WHOLE.replace("weight = 40", "weight = 0"), "[[reform.measure.milestone]]", "weighs at least 1", ""),
    (
        WHOLE.replace("postponed_because", "postponed_becuse"),
        "postponed_becuse",
        "unknown key",
        "did you mean",
    ),
]


@pytest.mark.parametrize(("text", "where", "message", "hint"), WRONG)
def test_a_mistake_is_told_with_its_line(town, write, text: str, where: str, message: str, hint: str) -> None:
    with pytest.raises(PackError) as caught:
        load(write(text), by=SYSTEM, at=NOW)
    problem = caught.value.problems[0]
    line = text.splitlines()[problem.position.line - 1]
    assert (where in line, message in problem.message, hint in problem.hint) == (True, True, True), str(
        problem
    )
    assert Reform.objects.count() == 0


def test_every_mistake_is_told_at_once(town, write) -> None:
    with pytest.raises(PackError) as caught:
        load(write(WHOLE.replace('"library"', '"a"').replace('"finance"', '"b"')), by=SYSTEM, at=NOW)
    assert len(caught.value.problems) == 4
