"""Every kind of slip in a kind of case is told at its line and column, with a way to mend it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from minhu.packs.linting import Known, Remark, errors, lint, warnings
from minhu.packs.linting.traces import GROUNDS
from tests.packs.kinds import KNOWN, LAMP, kinds_of, lamp

BLOCK = re.compile(
    r"--- instead of\n(.*?)\n\+\+\+ write\n(.*?)\n=== and be told\n(.*?)(?=^--- |\Z)", re.M | re.S
)
SLIPS = BLOCK.findall((Path(__file__).parent / "remarks.txt").read_text(encoding="utf-8"))


def told(found: tuple[Remark, ...]) -> list[str]:
    """Remarks as the command prints them, without the name of the file."""
    return [str(one).removeprefix("kinds/lamp.toml:") for one in found]


def test_there_are_slips() -> None:
    assert len(SLIPS) >= 40


def test_a_sound_kind_is_passed_in_silence(tmp_path: Path) -> None:
    assert told(lint(lamp(tmp_path), KNOWN)) == []


@pytest.mark.parametrize(("old", "new", "remarks"), SLIPS, ids=[slip[1][:40] for slip in SLIPS])
def test_a_slip_is_told_where_it_is(tmp_path: Path, old: str, new: str, remarks: str) -> None:
    assert told(lint(lamp(tmp_path, old, new), KNOWN)) == remarks.splitlines()


def test_every_slip_stands_where_its_remark_says(tmp_path: Path) -> None:
    slip = LAMP.replace('puts = ["look"]', 'puts = ["lok"]').splitlines()
    line, column = slip.index('puts = ["lok"]') + 1, 'puts = ["lok"]'.index('"') + 1
    found = errors(lint(lamp(tmp_path, 'puts = ["look"]', 'puts = ["lok"]'), KNOWN))[0]
    assert (found.position.line, found.position.column) == (line, column)


CHILD = """
[[kind]]
code = "part"
title = "A part of it"
summary = "."
headline = "where"
basis = "."
asks = ["where", "count"]
[[kind.field]]
code = "where"
title = "Where"
[[kind.field]]
code = "count"
title = "Count"
type = "number"
[[kind.role]]
code = "answerer"
title = "Who answers"
assigned = true
[[kind.place]]
code = "start"
kind = "start"
[[kind.place]]
code = "work"
role = "answerer"
[[kind.place]]
code = "end"
kind = "end"
[[kind.step]]
code = "begin"
takes = ["start"]
puts = ["work"]
on = "auto"
[[kind.step]]
code = "answer"
takes = ["work"]
puts = ["end"]
role = "answerer"
effect = [{ kind = "signal", do = "answered" }]
"""
NOTICE = 'effect = [{ kind = "notice", to = "office", text = "{where} is mended" }]'


def family(folder: Path, effect: str) -> dict[str, list[str]]:
    """Remarks on a kind that opens cases of another, and on that other."""
    both = kinds_of(folder, LAMP.replace(NOTICE, f"effect = [{effect}]") + CHILD)
    known = replace(KNOWN, kinds={one.item.code: one.item for one in both})
    return {one.item.code: [e.message for e in errors(lint(one, known))] for one in both}


SLIPPED = '{ kind = "open", of = "part", each = "mendr", gets = "answrer", copies = ["where", "urgency"] }'
GOOD = '{ kind = "open", of = "part", each = "mender", gets = "answerer", copies = ["where", "count"] }'
ANSWERED = """
[[kind.step]]
code = "answered"
takes = ["look"]
puts = ["mend"]
on = "answered"
"""


def test_a_case_opened_from_another_must_fit_it(tmp_path: Path) -> None:
    found = family(tmp_path, SLIPPED)
    assert sorted(found["lamp"]) == [
        "the kind “part” asks for “count” when it is opened, and this does not copy it",
        "there is no role “mendr”",
        "“answrer” is no role of the kind “part”",
        "“urgency” is no field of the kind “part”, so it cannot be copied there",
    ]
    assert found["part"] == [
        "nobody can hold the role “answerer”: it is assigned, but no step and no opening assigns it",
        "no kind that opens this one waits for the command “answered”",
    ]


def test_a_signal_is_a_command_of_the_kind_that_opened(tmp_path: Path) -> None:
    text = LAMP.replace(NOTICE, f"effect = [{GOOD}]").replace(
        "\n[[kind.timer]]", f"{ANSWERED}\n[[kind.timer]]"
    )
    both = kinds_of(tmp_path, text + CHILD)
    known = replace(KNOWN, kinds={one.item.code: one.item for one in both})
    assert [str(e) for one in both for e in errors(lint(one, known))] == []


def test_an_unknown_kind_is_named(tmp_path: Path) -> None:
    found = family(tmp_path, GOOD.replace('"part"', '"prt"'))
    assert found["lamp"][0] == "there is no kind of case “prt”"


def test_errors_and_warnings_are_told_apart(tmp_path: Path) -> None:
    found = lint(lamp(tmp_path, 'article = "article 4"\n', ""), KNOWN)
    assert (len(errors(found)), len(warnings(found))) == (0, 1)
    assert dict(found[0].said) == {"basis": "Town Order 3"}
    assert found[0].words.format(**dict(found[0].said)) == found[0].message


def test_a_place_without_limits_knows_none(tmp_path: Path) -> None:
    found = errors(lint(lamp(tmp_path), Known(KNOWN.limits, KNOWN.organisations)))
    assert {one.message for one in found} == {
        "there is no post “town-office”",
        "there is no post “roads-lead”",
    }


def test_the_grounds_of_refusal_are_those_of_the_engine() -> None:
    from minhu.cases.states import Why  # packs may not know the rooms; this holds the two lists together

    assert list(GROUNDS) == list(Why.values)
