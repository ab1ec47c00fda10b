"""A pack is opened, known by its digest, and keeps its files together."""

from datetime import date
from pathlib import Path

import pytest

from minhu.packs import Counts, PackError, Position, open_pack
from minhu.packs.trials import TRIALS, Trial
from minhu.packs.waiting import WAITING
from tests.packs.test_reading import GOOD, HEAD, folder


def refusal(path: Path) -> str:
    with pytest.raises(PackError) as caught:
        open_pack(path)
    return str(caught.value)


def test_the_head_says_who_it_is(tmp_path: Path) -> None:
    pack = open_pack(folder(tmp_path, pack_toml=HEAD + "edition_on = 2026-01-02\n"))
    assert (pack.code, pack.name, pack.language, pack.version) == ("t", "Town", "en", "1")
    assert pack.edition_on == date(2026, 1, 2)


def test_a_folder_without_a_head_is_no_pack(tmp_path: Path) -> None:
    assert "there is no pack.toml in this folder" in refusal(tmp_path)
    assert "there is no such folder" in refusal(tmp_path / "nowhere")
    assert refusal(folder(tmp_path, pack_toml="# nothing\n")) == "pack.toml:1:1: the table [pack] is missing"


def test_a_wrong_head_is_told_to_the_line(tmp_path: Path) -> None:
    wrong = folder(tmp_path, pack_toml=HEAD.replace("language", "langauge"))
    assert refusal(wrong).split("\n") == [
        "pack.toml:4:1: unknown key “langauge” (did you mean “language”?)",
        "pack.toml:1:1: the key “language” is missing",
    ]


def test_the_digest_knows_every_file_and_name(tmp_path: Path) -> None:
    first = open_pack(folder(tmp_path, rules_toml=GOOD)).digest
    assert open_pack(tmp_path).digest == first
    (tmp_path / ".hidden").write_text("x")
    assert open_pack(tmp_path).digest == first
    (tmp_path / "rules.toml").rename(tmp_path / "rule.toml")
    second = open_pack(tmp_path).digest
    (tmp_path / "rule.toml").write_text(GOOD + "\n")
    assert len({first, second, open_pack(tmp_path).digest}) == 3


def test_sections_are_listed_known_or_not(tmp_path: Path) -> None:
    pack = open_pack(
        folder(tmp_path, rules_toml=GOOD, rules__more_toml=GOOD, poeple_csv="a\n", docs__a_csv="a\n")
    )
    assert pack.section_names() == {"docs": "docs/a.csv", "poeple": "poeple.csv", "rules": "rules.toml"}


def test_a_text_stands_beside_its_section(tmp_path: Path) -> None:
    pack = open_pack(folder(tmp_path))
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "opinion.md").write_text("第一条\r\n甲", encoding="utf-8")
    at = Position("documents.toml", 3, 8)
    assert pack.text("documents/opinion.md", at) == "第一条\n甲"
    with pytest.raises(PackError) as missing:
        pack.text("documents/opinon.md", at)
    assert str(missing.value) == (
        "documents.toml:3:8: there is no file “documents/opinon.md” (did you mean “documents/opinion.md”?)"
    )


def test_a_text_outside_the_pack_is_refused(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "secret.md").write_text("s")
    with pytest.raises(PackError, match="lies outside the pack"):
        open_pack(folder(inner)).text("../secret.md", Position("x"))


def test_counts_add_up() -> None:
    assert Counts(1, 2, 3, ("a",)) + Counts(1, 0, 1, ("b",)) == Counts(2, 2, 4, ("a", "b"))


def test_rooms_not_built_yet_are_checked(tmp_path: Path) -> None:
    text = '[[dependency]]\ncode = "d"\nbefore = "r1"\nafter = "r1"\n'
    pack = open_pack(folder(tmp_path, dependencies_toml=text))
    section = next(one for one in WAITING if one.name == "dependencies")
    with pytest.raises(PackError) as caught:
        pack.read(section)
    assert str(caught.value) == "dependencies.toml:1:1: r1 cannot wait for itself"


def test_a_trial_says_what_differs() -> None:
    trial = Trial("limit", {"code": "a"}, {"value": 5, "unit": "day"})
    assert trial.differences({"value": 5, "unit": "day", "note": "free"}) == ()
    assert trial.differences({"value": 6}) == ("value: expected 5, got 6", "unit: expected day, got nothing")


def test_a_trial_must_expect_something(tmp_path: Path) -> None:
    text = '[[case]]\nask = "limit"\ngiven = {code = "a"}\nexpect = {}\n'
    with pytest.raises(PackError, match=r"tests/a\.toml:1:1: expect is empty"):
        open_pack(folder(tmp_path, tests__a_toml=text)).read(TRIALS)
