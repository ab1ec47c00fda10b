"""Packs for the tests of loading: the tiny town with kinds, powers and cases of its own."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from minhu.cases import pack as cases
from minhu.packs import Counts, PackError, open_pack
from minhu.site.load_pack import load
from minhu.trail.states import SYSTEM

PACKS = Path(__file__).resolve().parents[2] / "packs"
TINY = PACKS / "tiny"
AT = datetime(2026, 7, 20, 9, 0, tzinfo=UTC)
PRAISE = """
[[kind.trace]]
title = "Praised"
by = "clerk"
on = 2026-06-29
values = { where = "x" }
then = { places = ["mend"], values = { where = "x" }, lights = { days = "off" } }
"""


def town(folder: Path, **edits: tuple[str, str] | str) -> Path:
    """A copy of the tiny town: in `kinds` an edit replaces a passage, or text is added; others are files."""
    copy = folder / "town"
    if not copy.exists():
        shutil.copytree(TINY, copy)
    for name, edit in edits.items():
        path = copy / name.replace("_toml", ".toml").replace("_csv", ".csv")
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        if isinstance(edit, tuple):
            assert text.count(edit[0]) == 1, edit[0]
            text = text.replace(*edit)
        else:
            text += edit
        path.write_text(text, encoding="utf-8")
    return copy


def brought(folder: Path, at: datetime = AT) -> Counts:
    """Load a whole pack; answers what this room did."""
    return load(folder, by=SYSTEM, at=at).rooms["cases"]


def complaints(folder: Path) -> list[str]:
    """Why a pack is refused."""
    try:
        load(folder, by=SYSTEM, at=AT)
    except PackError as error:
        return [str(problem) for problem in error.problems]
    return []


def verdicts(folder: Path) -> list[tuple[str, list[str]]]:
    """Every trace of a loaded pack with what differed."""
    found = cases.trials(open_pack(folder), at=AT)
    return [(one.title, [str(problem) for problem in one.problems]) for one in found]
