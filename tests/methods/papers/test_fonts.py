"""Which typefaces are missing, and what is taken instead."""

import subprocess

import pytest

from minhu.methods.papers import STANDARD, Fonts, MissingFont, fonts_for, installed_fonts, missing_fonts

ALL = ["仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"]


def test_nothing_is_missing_where_all_are_installed() -> None:
    assert missing_fonts(ALL) == ()
    assert fonts_for(ALL) == STANDARD


def test_the_same_typeface_by_its_english_name_is_not_missing() -> None:
    english = ["fangsong_gb2312", "FZXiaoBiaoSong-B05S", "SimHei", "KaiTi_GB2312", "SimSun"]
    assert missing_fonts(english) == ()
    assert fonts_for(english).heiti == "SimHei"


def test_what_is_taken_instead_is_the_best_there_is() -> None:
    assert missing_fonts([*ALL[1:], "Noto Serif CJK SC", "FangSong"]) == (
        MissingFont("仿宋_GB2312", "FangSong"),
    )


def test_a_linux_machine_with_noto_only() -> None:
    noto = ["Noto Serif CJK SC", "Noto Sans CJK SC"]
    serif, sans = noto
    assert [(missing.wanted, missing.taken) for missing in missing_fonts(noto)] == [
        (ALL[0], serif), (ALL[1], serif), (ALL[2], sans), (ALL[3], serif), (ALL[4], serif),
    ]  # fmt: skip
    assert fonts_for(noto) == Fonts(serif, serif, sans, serif, serif)


def test_where_nothing_fits_the_standard_stays_and_the_warning_says_so() -> None:
    assert fonts_for([]) == STANDARD
    assert [missing.words for missing in missing_fonts(ALL[:4])] == [
        "The font 宋体 is not installed, and no stand-in is: the viewer will choose one."
    ]
    assert missing_fonts([*ALL[:4], "STSong"])[0].words == (
        "The font 宋体 is not installed: STSong is taken instead."
    )


def test_installed_fonts_are_asked_from_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(
            command, 0, "仿宋_GB2312,FangSong_GB2312\n\nNoto Serif CJK SC\n", ""
        )

    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr("subprocess.run", answer)
    assert installed_fonts() == {"仿宋_GB2312", "FangSong_GB2312", "Noto Serif CJK SC"}


def test_without_fc_list_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert installed_fonts() == frozenset()
