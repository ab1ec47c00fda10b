"""Every kind of slip in item guides and one-things is told at its line and column, with a way to mend it."""

import re
from pathlib import Path

import pytest

from minhu.packs import PackError
from minhu.packs.guides.linting import Catalogue, Known, lint
from tests.packs.guides import KNOWN, kerb

BLOCK = re.compile(
    r"--- instead of\n(.*?)\n\+\+\+ write\n(.*?)\n=== and be told\n(.*?)(?=^--- |\Z)", re.M | re.S
)
SLIPS = BLOCK.findall((Path(__file__).parent / "guide_remarks.txt").read_text(encoding="utf-8"))
WHERE = '{ role = "house", element = "address", label = "Where" }'


def told(catalogue: Catalogue) -> list[str]:
    """Remarks as they are printed."""
    return [str(one) for one in lint(catalogue, KNOWN)]


def test_there_are_slips() -> None:
    assert len(SLIPS) == 62


def test_sound_guides_are_passed_in_silence(tmp_path: Path) -> None:
    assert told(kerb(tmp_path)) == []


@pytest.mark.parametrize(("old", "new", "remarks"), SLIPS, ids=[slip[1][-60:] for slip in SLIPS])
def test_a_slip_is_told_where_it_is(tmp_path: Path, old: str, new: str, remarks: str) -> None:
    assert told(kerb(tmp_path, (old, new))) == remarks.splitlines()


def test_fields_at_odds_name_both_departments(tmp_path: Path) -> None:
    own = '  { role = "house", element = "address" },\n'
    slips = (
        (own, own.replace(" }", ', bounds = { options = ["Mill Lane"] } }')),
        (WHERE, WHERE.replace(" }", ', bounds = { options = ["High Street"] } }')),
    )
    words = "“house.address” can hold nothing that all would take: town (address), roads (kerb)"
    assert told(kerb(tmp_path, *slips)) == [f"items.toml:11:3: {words} (the departments must agree)"]


def test_the_same_remark_is_made_once_over_all_situations(tmp_path: Path) -> None:
    slips = (
        ('name = "Sketch of the kerb"', 'name = "Sketch of the kerb"\nuploadable = false'),
        (', condition = "way = new" },\n  { id = "proof"', ' },\n  { id = "proof"'),
    )
    found = told(kerb(tmp_path, *slips))
    assert [one.split(" “")[0] for one in found] == ["items.toml:33:42: nobody brings, shares or issues"]


def test_too_many_situations_are_refused(tmp_path: Path) -> None:
    more = "".join(
        f'\n[[thing.question]]\ncode = "q{n}"\ntext = "?"\noptions = ["a", "b"]\n' for n in range(8)
    )
    consent = '\n[[thing.consent]]\ncode = "share"'
    assert told(kerb(tmp_path, (consent, more + consent))) == [
        "things.toml:12:1: there are more than 256 situations"
    ]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('document = "Town rule 6"', 'document = " "', "items.toml:25:23: document is empty"),
        ('kind = "inspect"', 'kind = "inspct"', "is not one of accept, review, inspect, expert, hearing"),
        (
            'name = "Sketch of the kerb"',
            'name = "Sketch of the kerb"\nshare_lag_days = 1',
            "materials.toml:1:1: Sketch of the kerb: a connector and share_lag_days are written together",
        ),
        (
            'tier = "special"',
            'tier = "local"',
            "things.toml:4:8: tier: “local” is not one of",
        ),
    ],
)
def test_what_has_no_such_shape_is_no_guide(tmp_path: Path, old: str, new: str, words: str) -> None:
    with pytest.raises(PackError, match=re.escape(words)):
        kerb(tmp_path, (old, new))


def test_nothing_known_is_nothing_found(tmp_path: Path) -> None:
    found = [str(one) for one in lint(kerb(tmp_path), Known())]
    assert "items.toml:4:14: there is no organisation “town”" in found
    assert "elements.toml:7:8: there is no limit “privacy.application_keep_months”" in found
