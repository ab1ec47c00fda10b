"""Every word on the screen stands in both languages."""

from pathlib import Path

import pytest

from tests import words


@pytest.mark.parametrize("room", words.rooms())
def test_every_word_has_chinese(room: str) -> None:
    assert words.missing(room) == []


@pytest.mark.parametrize("room", words.rooms())
def test_placeholders_are_the_same(room: str) -> None:
    assert words.uneven(room) == []


@pytest.mark.parametrize("room", words.rooms())
def test_templates_hold_no_chinese_of_their_own(room: str) -> None:
    assert words.stray(room) == []


def test_two_rooms_say_the_same_word_the_same_way() -> None:
    assert words.clashes() == []


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A house with one room that makes every mistake there is."""
    room = tmp_path / "hall"
    (room / "templates").mkdir(parents=True)
    (room / words.PO).parent.mkdir(parents=True)
    (room / "views.py").write_text('from django.utils.translation import gettext as _\nX = _("Door %(n)s")\n')
    (room / "states.py").write_text(
        'from django.utils.translation import pgettext\nSTATE = "state"\nY = pgettext(STATE, "Idle")\n'
    )
    (room / "templates" / "a.html").write_text(
        '{% load i18n %}{% translate "Open" %}{% translate "Light" context "look" %}门厅'
        "{% blocktranslate count n=n %}{{ n }} key{% plural %}{{ n }} keys{% endblocktranslate %}"
        '{% empty _("Nobody") %}'
    )
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    header += '"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    (room / words.PO).write_text(
        header + 'msgid "Door %(n)s"\nmsgstr "门"\n\n#, fuzzy\nmsgid "Open"\nmsgstr "开"\n\n'
        'msgid "Light"\nmsgstr "灯"\n\nmsgid "%(n)s key"\nmsgid_plural "%(n)s keys"\nmsgstr[0] "%(n)s 把"\n'
    )
    monkeypatch.setattr(words, "SOURCE", tmp_path)
    monkeypatch.setattr(words, "HOUSE", tmp_path)
    words.words_of.cache_clear()
    words.catalog_of.cache_clear()
    yield tmp_path
    words.words_of.cache_clear()
    words.catalog_of.cache_clear()


def test_the_tool_finds_what_is_missing(house: Path) -> None:
    said = [line.split(": ", 1)[1] for line in words.missing("hall")]
    assert said == ["[state] 'Idle'", "'Open'", "[look] 'Light'", "'Nobody'"]


def test_the_tool_finds_lost_placeholders_and_stray_chinese(house: Path) -> None:
    assert [line.split(" -> ")[1] for line in words.uneven("hall")] == ["'门'"]
    assert words.stray("hall") == ["hall/templates/a.html: 门厅"]
    assert words.unused("hall") == ["Light"]
