"""The section `documents` of a pack: documents with their texts beside them."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from minhu.mandates.actions import BadDocument, DocumentDraft, Head, load_document, revise_document
from minhu.mandates.models import Document
from minhu.mandates.states import DocumentKind, Level
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


DOCUMENTS = Section("documents", "document", DocumentSpec, key=("number",))
SECTIONS = (DOCUMENTS,)


def load(pack: Pack, *, by: Actor, at: datetime) -> Counts:
    """Load the documents of a pack; what stands here already in the same words and head is left alone."""
    counts = Counts()
    for one in pack.read(DOCUMENTS):
        counts += load_one(pack, one, by, at)
    return counts


def load_one(pack: Pack, one: Located[DocumentSpec], by: Actor, at: datetime) -> Counts:
    """One document, with its place in the pack if it is refused.

    What people changed since stays as they left it: only an item that differs from the last one is loaded.
    """
    spec = one.item
    text = pack.text(spec.file, one.where("file"))
    key = f"{pack.code}:{hashlib.sha256(repr((spec, text)).encode()).hexdigest()[:24]}"
    before = Document.objects.filter(number=spec.number).first()
    if before and before.pack_key == key:
        return Counts(unchanged=1)
    head = Head(**{name: getattr(spec, name) for name in Head.__dataclass_fields__})
    try:
        version = load_document(by=by, draft=DocumentDraft(spec.number, head, text, pack_key=key), at=at)
        revise_document(by=by, document=version.document, head=head, at=at)
    except BadDocument as bad:
        field = bad.field if bad.field in DocumentSpec.__dataclass_fields__ else "file"
        raise PackError([one.problem(str(bad), field)]) from bad
    return Counts(changed=1) if before else Counts(created=1)
