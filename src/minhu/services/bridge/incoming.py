"""A guide that a department hands in, as a workbook or as TOML: read, judged, nothing kept."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as _

from minhu.methods.sheets import Refused
from minhu.packs import PackError, open_pack
from minhu.packs.guides import (
    ITEMS,
    BearerSpec,
    ElementSpec,
    ItemSpec,
    MaterialSpec,
    from_plain,
    material_codes,
)
from minhu.packs.guides.published import read_published
from minhu.packs.guides.workbook import Around, error_workbook, read_guide, write_guide
from minhu.people.models import Organisation
from minhu.rulebook.models import Limit
from minhu.services.models import Bearer, Element, Material

HEAD = '[pack]\ncode = "guide"\nname = "guide"\nlanguage = "zh"\nversion = "1"\n'
WORKBOOK, TOML = ".xlsx", ".toml"


@dataclass(frozen=True, slots=True)
class Wrong:
    """One fault: where, what, and how to mend it."""

    where: str
    what: str
    how: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """What was read: a guide, or everything wrong with it; `marked`: the workbook with its bad cells."""

    spec: ItemSpec | None = None
    wrong: list[Wrong] = field(default_factory=list)
    marked: bytes = b""


@dataclass(frozen=True, slots=True)
class Published:
    """A published list of another city: what it holds, leaves open, and makes one ask."""

    code: str
    name: str
    items: int
    materials: int
    open_points: tuple[str, ...]
    queries: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...]


def published_in(content: bytes, name: str) -> list[Published]:
    """Published lists (JSON) as far as they go; nothing is kept. Raises PackError naming every fault."""
    return [
        Published(
            one.code, one.name, len(one.draft.bundle.guides), len(one.draft.bundle.materials),
            one.open_points, tuple((query.where, query.words) for query in one.queries), one.left_out,
        )
        for one in read_published(content, name)
    ]  # fmt: skip


def around() -> Around:
    """What a guide may name in this house."""
    return Around(
        bearers=[from_plain(BearerSpec, row.data) for row in Bearer.objects.all()],
        elements=[from_plain(ElementSpec, row.data) for row in Element.objects.all()],
        materials=[from_plain(MaterialSpec, row.data) for row in Material.objects.all()],
        organisations=dict(Organisation.objects.values_list("code", "name")),
        limits=dict(Limit.objects.filter(unit="working_day").values_list("code", "name")),
    )


def template_for(spec: ItemSpec | None) -> bytes:
    """The workbook for a guide: empty, or filled in with the one that stands."""
    return write_guide(spec, around(), say=_)


def read_incoming(content: bytes, name: str) -> Incoming:
    """Read a file by its ending; what cannot be read is said, not raised."""
    known = around()
    if name.lower().endswith(TOML):
        found = read_toml_guide(content, known)
    elif name.lower().endswith(WORKBOOK):
        found = read_workbook(content, known, name)
    else:
        return Incoming(wrong=[Wrong(name, _("This is neither a workbook (.xlsx) nor TOML (.toml)."))])
    if found.spec is None:
        return found
    strange = list(unknown(found.spec, known))
    return Incoming(None, strange) if strange else found


def read_workbook(content: bytes, known: Around, name: str) -> Incoming:
    """A workbook as departments fill it in."""
    try:
        reading = read_guide(content, known, name)
    except Refused as refused:
        return Incoming(wrong=[Wrong(name, refused.said(_))])
    except PackError as error:
        return Incoming(wrong=told(error))
    if reading.located is None:
        cells = [Wrong(f"{one.sheet} {one.cell}", *one.said(_)) for one in reading.problems]
        return Incoming(None, cells, error_workbook(reading, say=_))
    return Incoming(reading.located.item)


def read_toml_guide(content: bytes, known: Around) -> Incoming:
    """One item of a TOML file, written as in a pack."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "pack.toml").write_text(HEAD, encoding="utf-8")
        (Path(folder) / "items.toml").write_bytes(content)
        try:
            rows = open_pack(folder).read(ITEMS)
        except PackError as error:
            return Incoming(wrong=told(error))
    if len(rows) != 1:
        return Incoming(wrong=[Wrong("items.toml", _("One guide a file: this one holds %s.") % len(rows))])
    return Incoming(rows[0].item)


def told(error: PackError) -> list[Wrong]:
    """Problems of a pack as faults."""
    return [Wrong(str(one.position), one.message, one.hint) for one in error.problems]


def unknown(spec: ItemSpec, known: Around) -> Iterator[Wrong]:
    """What the guide names and the dictionaries do not have."""
    lists = (
        (_("organisation"), [spec.department, *(s.actor for s in spec.step if s.actor)], known.organisations),
        (_("element"), [one.element for one in spec.field], [one.code for one in known.elements]),
        (_("bearer"), [one.role for one in spec.field], [one.code for one in known.bearers]),
        (_("material"), sorted(material_codes(spec)), [one.code for one in known.materials]),
    )
    for what, named, there in lists:
        for code in dict.fromkeys(named):
            if code not in there:
                words = _("There is no %(what)s “%(code)s” in the dictionaries.") % {
                    "what": what,
                    "code": code,
                }
                yield Wrong(spec.code, words, _("Correct the code, or have it added first."))
    if not spec.basis:
        yield Wrong(spec.code, _("No legal basis is named."), _("Name the document and its article."))
