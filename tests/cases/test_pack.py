"""A pack's kinds, powers and illustrative cases come in whole or not at all; traces are really played."""

import pytest

from minhu.cases.models import Case, Command, Counter, Kind, Power
from minhu.packs import Counts
from minhu.trail import bridge
from minhu.trail.models import Entry
from tests.cases.packs import PRAISE, TINY, brought, complaints, town, verdicts

pytestmark = pytest.mark.django_db
POWERS = "matter,title,line,place,basis,effective_on\nlamps,Street lamps,roads,town,List 1,2026-01-01\n"
SHOWN = """
[[case]]
title = "Dark at the mill"
kind = "lamp"
by = "clerk"
on_days_ago = 6
values = { where = "Mill Lane 3" }
do = [{ do = "mended", by = "roads-officer", on_days_ago = 2 }]
"""


def test_the_kind_of_the_tiny_town_is_published():
    assert brought(TINY) == Counts(created=1)
    kind = Kind.objects.get(code="lamp")
    assert (kind.code, kind.title, len(kind.traces)) == ("lamp", "A street lamp is out", 1)


def test_playing_traces_leaves_nothing_behind():
    brought(TINY)
    assert (Case.objects.count(), Command.objects.count(), Counter.objects.count()) == (0, 0, 0)
    assert {entry.deed for entry in Entry.objects.filter(book="kinds")} == {"cases.publish_kind"}
    assert bridge.verify().faults == ()
    before = Entry.objects.count()
    assert verdicts(TINY) == [("Mended at the second try", [])]
    assert Entry.objects.count() == before


def test_what_a_trace_expects_otherwise_is_told_at_its_line(tmp_path):
    wrong = (
        PRAISE.replace('["mend"]', '["look"]')
        .replace('"off"', '"red"')
        .replace('where = "x" }, l', 'where = "y" }, l')
    )
    folder = town(tmp_path, kinds_toml=wrong)
    assert complaints(folder) == [
        "kinds.toml:47:19: “Praised”: places: expected look, got mend",
        "kinds.toml:47:38: “Praised”: values: where: expected y, got x",
        "kinds.toml:47:64: “Praised”: lights: days: expected red, got off",
    ]
    assert Kind.objects.count() == 0


def test_a_deed_that_goes_wrong_ends_its_trace(tmp_path):
    edit = (
        '{ do = "dark", by = "roads-officer", refused = "right" }',
        '{ do = "dark", by = "roads-officer" }',
    )
    said = complaints(town(tmp_path, kinds_toml=edit))
    assert len(said) == 1
    assert said[0].startswith("kinds.toml:36:10: “Mended at the second try”: got refused (right): ")


def test_a_refusal_that_does_not_come_is_a_failure(tmp_path):
    edit = ('{ do = "dark", by = "clerk" }', '{ do = "dark", by = "clerk", refused = "apart" }')
    assert complaints(town(tmp_path, kinds_toml=edit)) == [
        "kinds.toml:37:10: “Mended at the second try”: expected to be refused (apart), but it was done"
    ]


def test_an_opening_that_is_refused_is_a_failure(tmp_path):
    said = complaints(town(tmp_path, kinds_toml=('values = { where = "Mill Lane 3" }', "values = {}")))
    assert len(said) == 1
    assert said[0].startswith("kinds.toml:29:6: “Mended at the second try”: it could not be opened: ")


def test_real_cases_do_not_disturb_a_trace(tmp_path):
    brought(town(tmp_path, cases_toml=SHOWN))
    assert Case.objects.count() == 1
    assert [problems for _title, problems in verdicts(tmp_path / "town")] == [[]]


def test_powers_come_in_and_unknown_organisations_do_not(tmp_path):
    folder = town(tmp_path, powers_csv=POWERS)
    assert brought(folder) == Counts(created=2)
    assert Power.objects.get().place.code == "town"
    (folder / "powers.csv").write_text(POWERS.replace("roads", "raods"))
    assert complaints(folder) == ["powers.csv:2:3: there is no organisation “raods” (did you mean “roads”?)"]


def test_illustrative_cases_are_opened_once_in_their_past_and_marked(tmp_path):
    folder = town(tmp_path, cases_toml=SHOWN)
    assert brought(folder) == Counts(created=2)
    case = Case.objects.get()
    assert (case.title, case.illustrative, case.opened_at.date().isoformat()) == (
        "Mill Lane 3",
        True,
        "2026-07-14",
    )
    assert [step.node for step in case.steps.filter(left_at=None)] == ["look"]
    entries = list(Entry.objects.filter(book=case.book).order_by("seq"))
    assert [(one.deed, one.actor_post, one.at.date().isoformat()) for one in entries] == [
        ("cases.open", "clerk", "2026-07-14"),
        ("cases.act", "roads-officer", "2026-07-18"),
    ]
    assert brought(folder) == Counts(unchanged=2)
    assert Case.objects.count() == 1


NO_POST = "cases.toml:5:6: there is no post “clark” (did you mean “clerk”?)"
NO_KIND = "cases.toml:4:8: there is no kind of case “lmp” (did you mean “lamp”?)"
NO_DAY = "cases.toml:2:1: say when the case was opened: either on or on_days_ago"


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (('by = "clerk"', 'by = "clark"'), NO_POST),
        (('kind = "lamp"', 'kind = "lmp"'), NO_KIND),
        (("on_days_ago = 6\n", ""), NO_DAY),
        (("ago = 2", "ago = 2, on = 2026-01-01"), "cases.toml:8:7: say either on or on_days_ago"),
    ],
)
def test_an_illustrative_case_that_is_wrong_is_told_at_its_line(tmp_path, edit, words):
    assert complaints(town(tmp_path, cases_toml=SHOWN.replace(*edit))) == [words]


def test_an_illustrative_deed_that_is_refused_is_told_at_its_line(tmp_path):
    said = complaints(town(tmp_path, cases_toml=SHOWN.replace('by = "roads-officer"', 'by = "clerk"')))
    assert len(said) == 1
    assert said[0].startswith("cases.toml:8:14: “Dark at the mill”: ")
    assert Case.objects.count() == 0


def test_doubts_are_noted(tmp_path):
    counts = brought(
        town(
            tmp_path,
            kinds_toml=PRAISE.replace(
                "[[kind.trace]]", '[[kind.paper]]\ncode = "p"\ntitle = "P"\n\n[[kind.trace]]'
            ),
        )
    )
    assert counts.notes == ("kinds: 1 to look at again (minhu pack_lint tells them)",)
