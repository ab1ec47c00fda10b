"""Packs come in whole or not at all; the tiny town is loaded in every run of the tests."""

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

from minhu.mandates.models import Document
from minhu.packs import Counts, PackError
from minhu.people.models import Organisation
from minhu.reforms.models import Reform
from minhu.rulebook.models import Limit, PackVersion
from minhu.rulebook.queries import calendar, limit
from minhu.site.load_pack import load, run_trials
from minhu.trail.models import Entry
from minhu.trail.states import SYSTEM

pytestmark = pytest.mark.django_db
PACKS = Path(__file__).resolve().parents[2] / "packs"
TINY, JIANGBEI = PACKS / "tiny", PACKS / "jiangbei"
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ROOMS = ("people", "rulebook", "cases", "mandates", "reforms", "trail")
TINY_LIMITS = len((TINY / "limits.csv").read_text().splitlines()) - 1
TINY_TRACE = "lamp: Mended at the second try"


def rows() -> dict[str, int]:
    """How many rows each table holds, and how far the record has got."""
    models = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
    return {model._meta.label: model._default_manager.count() for model in models}


@pytest.fixture
def town(tmp_path: Path) -> Callable[..., Path]:
    """A copy of the tiny town with some files written anew, added to, or (None) removed."""

    def copy(**files: str | None) -> Path:
        folder = tmp_path / "town"
        shutil.copytree(TINY, folder)
        for name, text in files.items():
            path = folder / name.replace("__", "/").replace("_toml", ".toml").replace("_csv", ".csv")
            path.parent.mkdir(exist_ok=True)
            if text is None:
                path.unlink()
            else:
                path.write_text((path.read_text() if path.exists() else "") + text)
        return folder

    return copy


def refused(folder: Path) -> list[str]:
    before = rows()
    with pytest.raises(PackError) as caught:
        load(folder, by=SYSTEM, at=AT)
    assert rows() == before
    return [str(problem) for problem in caught.value.problems]


def test_the_tiny_town_comes_in() -> None:
    report = load(TINY, by=SYSTEM, at=AT)
    assert report.rooms == {
        "people": Counts(created=5),
        "rulebook": Counts(created=TINY_LIMITS + 1),
        "cases": Counts(created=1),
        "mandates": Counts(created=1),
        "reforms": Counts(created=2),
        "services": Counts(created=11),
        "voices": Counts(),
    }
    assert set(Organisation.objects.values_list("name", flat=True)) == {"Town of Littlebrook", "Roads Office"}
    assert limit("claim.days", on=date(2026, 3, 2)).amount in {"10 working days", "10 个工作日"}
    # Saturday is worked in Littlebrook; the founders' day is not.
    assert calendar(on=date(2026, 3, 2)).add(date(2026, 6, 26), 4).on == date(2026, 7, 2)
    assert list(Document.objects.values_list("number", flat=True)) == ["County Order 1"]
    assert set(Reform.objects.values_list("code", flat=True)) == {"crossings", "works"}


def test_twice_changes_nothing() -> None:
    load(TINY, by=SYSTEM, at=AT)
    before = rows()
    report = load(TINY, by=SYSTEM, at=AT)
    assert rows() == before
    assert report.changed_anything is False
    assert report.total == Counts(unchanged=TINY_LIMITS + 21)
    assert list(report.lines())[-1] == "  nothing changed"


def test_a_changed_file_is_a_new_version_and_one_change(town) -> None:
    load(TINY, by=SYSTEM, at=AT)
    folder = town()
    csv = folder / "limits.csv"
    csv.write_text(csv.read_text().replace("claim.days,10,", "claim.days,8,"))
    report = load(folder, by=SYSTEM, at=AT)
    assert report.rooms["rulebook"] == Counts(changed=1, unchanged=TINY_LIMITS)
    assert PackVersion.objects.count() == 2
    assert Limit.objects.get(code="claim.days").value == 8


def test_every_row_of_a_pack_has_its_entry() -> None:
    load(TINY, by=SYSTEM, at=AT)
    recorded = set(Entry.objects.values_list("thing", flat=True))
    things = {f"rulebook.limit:{pk}" for pk in Limit.objects.values_list("pk", flat=True)}
    things |= {f"reforms.reform:{pk}" for pk in Reform.objects.values_list("pk", flat=True)}
    assert things - recorded == set()


def test_what_a_later_room_refuses_undoes_the_earlier_ones(town) -> None:
    wrong = '[[reform]]\ncode = "third"\nname = "T"\ndomain = "green"\nlead = "raods"\n'
    assert refused(town(reforms_toml="\n" + wrong)) == [
        "reforms.toml:28:8: “raods” is no organisation (did you mean “roads”?)"
    ]


def test_all_sections_are_checked_before_any_is_loaded(town) -> None:
    folder = town(limits_csv="x,ten,day,b,local,2020-01-01\n", indicators_toml='[[indicator]]\ncod = "i"\n')
    complaints = refused(folder)
    assert complaints[0] == f"limits.csv:{TINY_LIMITS + 2}:2: value: “ten” is not a number"
    assert complaints[1] == "indicators.toml:2:1: unknown key “cod” (did you mean “code”?)"
    assert {one.split(":")[0] for one in complaints} == {"limits.csv", "indicators.toml"}


def test_a_slip_in_a_files_name_does_not_pass(town) -> None:
    assert refused(town(limit_toml="[[limit]]\n")) == [
        "limit.toml:1:1: no room reads a section “limit” (did you mean “limits”?)"
    ]


def test_a_post_nobody_knows_cannot_have_checked(town) -> None:
    text = '[[limit]]\ncode = "a"\nvalue = 1\nunit = "day"\nbasis = "b"\nstrength = "local"\n'
    text += 'effective_on = 2020-01-01\nchecked_on = 2026-01-01\nchecked_by = "clark"\n'
    assert refused(town(limits_toml=text)) == [
        "limits.toml:9:14: there is no post “clark” (did you mean “clerk”?)"
    ]


def test_days_without_a_weekend_are_refused(town) -> None:
    assert refused(town(calendar_toml=None)) == [
        "calendar.csv:2:1: there are days but no weekend (add calendar.toml)"
    ]


def test_rooms_not_built_yet_are_checked_and_named(town) -> None:
    text = '[[dependency]]\ncode = "d"\nbefore = "works"\nafter = "crossings"\n'
    report = load(town(dependencies_toml=text), by=SYSTEM, at=AT)
    assert report.waiting == {"dependencies": 1}
    assert "  dependencies: 1 checked, not loaded (its room is not built yet)" in list(report.lines())


def test_a_dependency_on_an_unknown_reform_is_found(town) -> None:
    text = '[[dependency]]\ncode = "d"\nbefore = "work"\nafter = "crossings"\n'
    assert refused(town(dependencies_toml=text)) == [
        "dependencies.toml:3:10: there is no reform “work” (did you mean “works”?)"
    ]


def test_jiangbei_comes_in_changes_nothing_twice_and_passes_its_own_tests() -> None:
    report = load(JIANGBEI, by=SYSTEM, at=AT)
    assert report.pack.name == "宁波市江北区"
    assert Limit.objects.count() >= 56
    assert Reform.objects.count() >= 40
    before = rows()
    assert load(JIANGBEI, by=SYSTEM, at=AT).changed_anything is False
    verdicts = run_trials(JIANGBEI, by=SYSTEM, at=AT)
    assert [verdict for verdict in verdicts if not verdict.passed] == []
    assert len(verdicts) >= 18
    assert rows() == before


def test_the_questions_of_a_pack_leave_nothing_behind() -> None:
    before = rows()
    run_trials(TINY, by=SYSTEM, at=AT)
    assert rows() == before


CASES = """
[[case]]
name = "right"
ask = "limit"
given = { code = "claim.days", on = 2026-01-01 }
expect = { value = 10 }
[[case]]
name = "wrong"
ask = "deadline"
given = { code = "claim.days", start = 2026-06-26 }
expect = { due = 2026-07-08 }
[[case]]
ask = "limits"
given = { code = "claim.days" }
expect = { value = 10 }
[[case]]
name = "short"
ask = "limit"
given = { code = "claim.days" }
expect = { value = 10 }
[[case]]
name = "none"
ask = "deadline"
given = { code = "no.days", start = 2026-06-26 }
expect = { due = 2026-07-08 }
"""


def test_a_pack_test_says_what_differs(town) -> None:
    said = {v.name: v.differences for v in run_trials(town(tests__a_toml=CASES), by=SYSTEM, at=AT)}
    assert said == {
        TINY_TRACE: (),
        "right": (),
        "wrong": ("due: expected 2026-07-08, got 2026-07-09",),
        "limits {'code': 'claim.days'}": ("nobody answers “limits” (did you mean “limit”?)",),
        "short": ("given: missing a required argument: 'on'",),
        "none": ("refused: the rulebook has no “no.days” on 2026-06-26: a pack's limits.toml must bring it",),
    }


def test_the_command_reports_what_it_did(capsys) -> None:
    call_command("load_pack", TINY)
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("Littlebrook (tiny 1, ")
    assert out[1] == "  people: 5 created, 0 changed, 0 unchanged"


def test_the_command_refuses_line_by_line_and_with_a_code(town, capsys) -> None:
    with pytest.raises(SystemExit) as leaving:
        call_command("load_pack", town(limits_csv="x,ten,day,b,local,2020-01-01\n"))
    assert leaving.value.code == 1
    told = capsys.readouterr().err.splitlines()
    assert told[0] == f"limits.csv:{TINY_LIMITS + 2}:2: value: “ten” is not a number"
    assert told[1].startswith("nothing was loaded: 1 to mend in ")


@pytest.mark.parametrize(("cases", "code"), [(CASES, 1), ("", 1)])
def test_the_test_command_fails_when_a_test_fails_or_there_is_none(town, cases, code, capsys) -> None:
    folder = town(tests__a_toml=cases, kinds_toml=None) if cases else town(kinds_toml=None)
    with pytest.raises(SystemExit) as leaving:
        call_command("pack_test", folder)
    assert leaving.value.code == code
    told = capsys.readouterr()
    assert told.out.splitlines() == (["passed: right", "1 of 5 passed"] if cases else ["0 of 0 passed"])
    if cases:
        assert told.err.splitlines()[0] == (
            "tests/a.toml:7:1: wrong: due: expected 2026-07-08, got 2026-07-09"
        )


def test_the_test_command_is_content_when_all_pass(town, capsys) -> None:
    call_command("pack_test", town(tests__a_toml=CASES.split('[[case]]\nname = "wrong"')[0]))
    said = capsys.readouterr().out.splitlines()
    assert said == ["passed: right", f"passed: {TINY_TRACE}", "2 of 2 passed"]


def test_a_trace_that_fails_is_told_at_its_line_and_nothing_is_loaded(town) -> None:
    folder = town()
    kinds = folder / "kinds.toml"
    kinds.write_text(kinds.read_text().replace("days = 2026-07-06", "days = 2026-07-07"))
    assert refused(folder) == [
        "kinds.toml:32:32: “Mended at the second try”: due: days: expected 2026-07-07, got 2026-07-06"
    ]


def test_a_faulty_kind_is_told_at_its_line_and_nothing_is_loaded(town) -> None:
    folder = town()
    kinds = folder / "kinds.toml"
    kinds.write_text(kinds.read_text().replace('puts = ["look"]', 'puts = ["lok"]'))
    assert refused(folder) == ["kinds.toml:21:72: there is no place “lok” (did you mean “look”?)"]


def lint_command(capsys, *args: object) -> tuple[int, list[str], list[str]]:
    """What the command says, and with which code it ends."""
    code = 0
    try:
        call_command("pack_lint", *args)
    except SystemExit as leaving:
        code = int(leaving.code or 0)
    told = capsys.readouterr()
    return code, told.out.splitlines(), told.err.splitlines()


def test_the_lint_command_passes_a_sound_pack(capsys, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert lint_command(capsys, TINY) == (0, ["1 kinds: 0 to mend, 0 to look at again"], [])
        assert lint_command(capsys, JIANGBEI)[0] == 0


def test_the_lint_command_tells_faults_and_unknown_kinds(town, capsys) -> None:
    folder = town()
    kinds = folder / "kinds.toml"
    kinds.write_text(kinds.read_text().replace('puts = ["look"]', 'puts = ["lok"]'))
    code, out, err = lint_command(capsys, folder, "lamp")
    assert (code, out[0]) == (1, "1 kinds: 1 to mend, 0 to look at again")
    assert err == ["kinds.toml:21:72: there is no place “lok” (did you mean “look”?)"]
    assert lint_command(capsys, TINY, "lmp") == (
        1, [], ["there is no kind of case “lmp” (did you mean “lamp”?)"]
    )  # fmt: skip
    (folder / "limits.csv").write_text("code\n")
    assert lint_command(capsys, folder)[0] == 1


def test_a_folder_that_is_no_pack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="there is no pack"):
        load(tmp_path, by=SYSTEM, at=AT)
