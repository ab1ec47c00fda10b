"""The tutorial of a new kind of case, done as it is told: files written, commands run and compared."""

import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import call_command

from minhu.cases.actions import act, open_case
from minhu.cases.models import Case, Kind
from minhu.cases.states import Ask, Doer, Opening
from minhu.people.models import User
from minhu.trail.states import Actor
from tests.factories.cases import NOW

HOUSE = Path(__file__).resolve().parents[1]
PAGE = HOUSE / "docs" / "tutorials" / "a-new-kind-of-case.md"
WRITE = re.compile(r"(?P<how>Write|Add to) `(?P<file>packs/mine/[^`]+)`:\n\n```toml\n(?P<text>.*?)```", re.S)
CHANGE = re.compile(r"[Ii]n `(?P<at>packs/mine/[^`]+)`, change `(?P<old>[^`]+)` to `(?P<new>[^`]+)`")
BELOW = re.compile(r"[Ii]n `(?P<under>packs/mine/[^`]+)`, below `(?P<line>[^`]+)` write `(?P<more>[^`]+)`")
RUN = re.compile(r"```\n(?P<lines>.*?)```", re.S)
PARTS = re.compile("|".join(one.pattern for one in (WRITE, CHANGE, BELOW, RUN)), re.S)
SHELL = ("export ", ".venv/bin/minhu migrate", ".venv/bin/minhu runserver")
"""Lines of the tutorial that need a house of one's own: here it is the database of the test."""


@dataclass
class Newcomer:
    """Somebody who does what the page says, in a folder of their own."""

    folder: Path
    capsys: pytest.CaptureFixture[str]

    def run(self, lines: list[str]) -> None:
        """Commands with what they print, several commands one after the other."""
        while lines:
            command, *lines = lines
            told = list(taken(lines))
            lines = lines[len(told) :]
            if command.startswith("cp "):
                _cp, _r, src, dst = shlex.split(command)
                shutil.copytree(HOUSE / src, self.folder / dst)
            elif not command.startswith(SHELL):
                self.minhu(shlex.split(command)[1:], told)

    def minhu(self, words: list[str], told: list[str]) -> None:
        """One command; whatever the page shows below it must be what it says."""
        try:
            call_command(words[0], *[self.folder / w if w.startswith("packs/") else w for w in words[1:]])
        except SystemExit:
            assert told, f"{words} failed, and the page does not say so"
        said = self.capsys.readouterr()
        lines = [*said.err.splitlines(), *said.out.splitlines()]
        assert not told or lines == told, words

    def write(self, part: re.Match[str]) -> None:
        """A new file, or more of one."""
        path = self.folder / part["file"]
        path.parent.mkdir(exist_ok=True)
        assert path.exists() is (part["how"] == "Add to"), path
        before = path.read_text(encoding="utf-8") + "\n" if path.exists() else ""
        path.write_text(before + part["text"], encoding="utf-8")

    def change(self, file: str, old: str, new: str) -> None:
        """One passage for another; it must stand there once."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, (file, old, text.count(old))
        path.write_text(text.replace(old, new), encoding="utf-8")


def taken(lines: list[str]) -> Iterator[str]:
    """The lines up to the next command."""
    for line in lines:
        if line.startswith((".venv/bin/minhu ", "export ", "cp ")):
            return
        yield line


@pytest.mark.django_db
def test_a_newcomer_makes_a_kind_of_case(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], settings
) -> None:
    settings.MINHU_DEMO = True
    newcomer, done = Newcomer(tmp_path, capsys), []
    for part in PARTS.finditer(PAGE.read_text(encoding="utf-8")):
        if part["file"]:
            newcomer.write(part)
        elif part["at"]:
            newcomer.change(part["at"], part["old"], part["new"])
        elif part["under"]:
            newcomer.change(part["under"], part["line"], f"{part['line']}\n{part['more']}")
        else:
            newcomer.run(part["lines"].splitlines())
        done.append(part)
    assert len(done) >= 15, "the patterns no longer find what the page tells to do"
    # One-things of the pack publish kinds of their own.
    kinds = Kind.objects.exclude(code__startswith="thing-")
    assert sorted(kinds.values_list("code", flat=True)) == ["bench", "lamp"]
    assert set(User.objects.values_list("username", flat=True)) >= {"clerk", "roads"}
    mended_and_looked_at()


def mended_and_looked_at() -> None:
    """What the last step does on the screen: opened by one, mended by the other."""
    clerk = Doer(Actor(None, "clerk", "town"), "office")
    roads = Doer(Actor(None, "roads-officer", "roads"), "lead")
    opened = open_case(by=clerk, opening=Opening("bench", {"where": "Mill", "danger": True}), key="a", at=NOW)
    assert act(by=roads, ask=Ask(opened.number, "mended", "b"), at=NOW).places == ("look",)
    assert act(by=clerk, ask=Ask(opened.number, "good", "c"), at=NOW).end == "whole"
    assert Case.objects.get().title == "Mill"
