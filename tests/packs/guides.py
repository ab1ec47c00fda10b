"""The item guides of the tiny town with one thing written otherwise, for tests."""

import shutil
from pathlib import Path

from minhu.packs import open_pack
from minhu.packs.guides import Definition, define
from minhu.packs.guides.linting import Catalogue, Known, LimitFact, PostFact, catalogue_of

PACKS = Path(__file__).resolve().parents[2] / "packs"
FILES = ("bearers.toml", "elements.toml", "materials.toml", "items.toml", "things.toml")
KNOWN = Known(
    limits={
        "upload.max_megabytes": LimitFact("megabyte"),
        "privacy.application_keep_months": LimitFact("month"),
        "commitment.verify_days": LimitFact("working_day"),
    },
    organisations=("town", "roads"),
    posts={"clerk": PostFact("town", "office")},
)


def kerb(folder: Path, *slips: tuple[str, str]) -> Catalogue:
    """The guides of the tiny town, the first text of each slip replaced by the second."""
    texts = {name: (PACKS / "tiny" / name).read_text(encoding="utf-8") for name in FILES}
    for old, new in slips:
        names = [name for name, text in texts.items() if old in text]
        assert len(names) == 1, f"“{old}” stands in {len(names)} files"
        texts[names[0]] = texts[names[0]].replace(old, new, 1)
    shutil.copy(PACKS / "tiny" / "pack.toml", folder / "pack.toml")
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return catalogue_of(open_pack(folder))


def defined(catalogue: Catalogue, code: str) -> Definition:
    """A one-thing of a catalogue with all it is made of."""
    return define(
        next(one.item for one in catalogue.things if one.item.code == code),
        [one.item for one in catalogue.items],
        [one.item for one in catalogue.materials],
        [one.item for one in catalogue.elements],
        [one.item for one in catalogue.bearers],
    )
