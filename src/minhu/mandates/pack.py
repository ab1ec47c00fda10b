"""The section `documents` of a pack: documents with their texts beside them."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime

from minhu.mandates.actions import (
    BadDocument,
    DocumentDraft,
    Head,
    load_document,
    read_file,
    revise_document,
    set_implements,
)
from minhu.mandates.bridge import kind_of
from minhu.mandates.models import Document
from minhu.mandates.states import PASTED, DocumentKind, Level, Source
from minhu.packs import Counts, Located, Pack, PackError, Section
from minhu.trail.states import Actor


@dataclass(frozen=True, slots=True)
class DocumentSpec:
    """One document of a pack; `file` names its text inside the pack."""

    number: str
    title: str
    level: Level
    kind: DocumentKind
    file: str
    issuer: str = ""
    issued_on: date | None = None
    received_on: date | None = None
    illustrative: bool = False
    # Not in repr: the key of a document loaded before this field was known stays the same.
    implements: tuple[str, ...] = field(default=(), repr=False)


DOCUMENTS = Section("documents", "document", DocumentSpec, key=("number",))
SECTIONS = (DOCUMENTS,)
MOST_MEGABYTES = 50  # the limits of a pack are not in force before it is loaded


def load(pack: Pack, *, by: Actor, at: datetime) -> Counts:
    """Load the documents of a pack; what stands here already in the same words and head is left alone."""
    counts = Counts()
    items = pack.read(DOCUMENTS)
    for one in items:
        counts += load_one(pack, one, by, at)
    for one in items:
        link_one(one, by, at)
    return counts


def link_one(one: Located[DocumentSpec], by: Actor, at: datetime) -> None:
    """What a document of the pack carries out; a pack that says nothing leaves what people said."""
    if one.item.implements:
        document = Document.objects.get(number=one.item.number)
        try:
            set_implements(by=by, document=document, numbers=one.item.implements, at=at)
        except BadDocument as bad:
            raise PackError([one.problem(str(bad), "implements")]) from bad


def load_one(pack: Pack, one: Located[DocumentSpec], by: Actor, at: datetime) -> Counts:
    """One document, with its place in the pack if it is refused.

    What people changed since stays as they left it: only an item that differs from the last one is loaded.
    """
    spec = one.item
    text, source = words_of(pack, one)
    key = f"{pack.code}:{hashlib.sha256(repr((spec, text)).encode()).hexdigest()[:24]}"
    before = Document.objects.filter(number=spec.number).first()
    if before and before.pack_key == key:
        return Counts(unchanged=1)
    head = Head(**{name: getattr(spec, name) for name in Head.__dataclass_fields__})
    draft = DocumentDraft(spec.number, head, text, pack_key=key, source=source)
    try:
        version = load_document(by=by, draft=draft, at=at)
        revise_document(by=by, document=version.document, head=head, at=at)
    except BadDocument as bad:
        field = bad.field if bad.field in DocumentSpec.__dataclass_fields__ else "file"
        raise PackError([one.problem(str(bad), field)]) from bad
    return Counts(changed=1) if before else Counts(created=1)


def words_of(pack: Pack, one: Located[DocumentSpec]) -> tuple[str, Source]:
    """The words of the file of a document: text in UTF-8, or a Word or PDF file."""
    name, at = one.item.file, one.where("file")
    data = pack.path(name, at).read_bytes()
    if kind_of(data) == "text":
        return pack.text(name, at), PASTED
    try:
        read = read_file(data, name=name, max_megabytes=MOST_MEGABYTES)
    except BadDocument as bad:
        raise PackError([one.problem(str(bad), "file")]) from bad
    return read.text, read.source
