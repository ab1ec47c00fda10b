"""Load a document in a new or a known wording; mend the head of a document."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.mandates.actions.implementing import set_implements
from minhu.mandates.actions.meanwhile import check_seen
from minhu.mandates.actions.reading import settle
from minhu.mandates.actions.refusals import BadDocument
from minhu.mandates.bridge import Piece, read
from minhu.mandates.models import Clause, Document, Duty, Version
from minhu.mandates.states import PASTED, DocumentKind, Level, Source
from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.states import Actor


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over a document: who issued it, from where, when."""

    title: str
    issuer: str = ""
    level: str = Level.CENTRAL
    kind: str = DocumentKind.UPSTREAM
    issued_on: date | None = None
    received_on: date | None = None
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class DocumentDraft:
    """A document as it comes in: its number, its head and its whole text."""

    number: str
    head: Head
    text: str
    label: str = ""
    pack_key: str = ""
    source: Source = PASTED
    implements: tuple[str, ...] | None = None  # numbers of upstream documents; None: as it was


def load_document(*, by: Actor, draft: DocumentDraft, at: datetime, asked: int = 0) -> Version:
    """Take a document in and cut it; the same text twice changes nothing, another text makes a version."""
    text = settle(draft.text)
    with transaction.atomic():
        document, is_new = known_document(draft)
        if draft.implements is not None:
            set_implements(by=by, document=document, numbers=draft.implements, at=at)
        digest = hashlib.sha256(text.encode()).hexdigest()
        same = document.versions.filter(sha256=digest).first()
        if same and same.is_current:
            return same
        made = None if same else read(text, document.issued_on)
        version = same or Version(document=document, text=text, sha256=digest, added_at=at)
        if made:
            version.furniture = [list(span) for span in made.furniture]
            version.issued_on = draft.head.issued_on or made.issued_on
            version.source = draft.source.of(digest).plain()
        make_current(version, draft.label)
        if made:
            save_pieces(version, made.pieces)
        record(
            by=by, deed="mandates.load_document", thing=ref(document), book=document.book, at=at, asked=asked,
            payload={"number": document.number, "version": version.label, "sha256": digest, "is_new": is_new,
                     "source": version.source, "units": version.clauses.filter(is_unit=True).count()},
        )  # fmt: skip
        return version


def known_document(draft: DocumentDraft) -> tuple[Document, bool]:
    """The document of this number, made if need be; refuses a number that belongs to another title."""
    number, head = draft.number.strip(), draft.head
    check_head(head, number)
    document, is_new = Document.objects.select_for_update().get_or_create(
        number=number, defaults={**asdict(head), "title": head.title.strip(), "pack_key": draft.pack_key}
    )
    if squeezed(document.title) != squeezed(head.title):
        raise BadDocument(
            _(
                "Number %(number)s already belongs to “%(title)s”. "
                "Correct the number, or load this text under that title."
            )
            % {"number": number, "title": document.title},
            "number",
        )
    if document.kind != head.kind:
        raise BadDocument(
            _("“%(title)s” is already kept as: %(kind)s. Change its head first.")
            % {"title": document.title, "kind": document.get_kind_display()},
            "kind",
        )
    if draft.pack_key and document.pack_key != draft.pack_key:
        document.pack_key = draft.pack_key
        document.save(update_fields=["pack_key"])
    return document, is_new


def check_head(head: Head, number: str) -> None:
    """Refuse a head that the rows could not hold, naming the field."""
    if not number:
        raise BadDocument(_("A document is known by its number: please give one."), "number")
    if not head.title.strip():
        raise BadDocument(_("Please give the title of the document."), "title")
    if head.level not in Level.values:
        raise BadDocument(_("Unknown level “%(level)s”.") % {"level": head.level}, "level")
    if head.kind not in DocumentKind.values:
        raise BadDocument(_("Unknown kind “%(kind)s”.") % {"kind": head.kind}, "kind")
    if head.issued_on and head.received_on and head.received_on < head.issued_on:
        raise BadDocument(_("It cannot have been received before it was issued."), "received_on")


def squeezed(title: str) -> str:
    """A title without blanks and book marks, for comparing."""
    return "".join(title.split()).strip("《》")


def make_current(version: Version, label: str) -> None:
    """Let this version be the one in force; a first wording is named 1, the next 2 …"""
    others = Version.objects.filter(document=version.document)
    version.label = version.label or label.strip() or str(others.count() + 1)
    others.filter(is_current=True).update(is_current=False)
    version.is_current = True
    version.save()


def save_pieces(version: Version, pieces: Sequence[Piece]) -> None:
    """Write the tree of clauses floor by floor, so that every parent has its number, then the duties."""
    rows: dict[int, Clause] = {}
    waiting = dict(enumerate(pieces))
    while waiting:
        ready = [i for i, piece in waiting.items() if piece.parent is None or piece.parent in rows]
        if not ready:
            raise BadDocument(_("The numbering of this document points at itself."))
        made = Clause.objects.bulk_create([clause_of(version, i, waiting.pop(i), rows) for i in ready], 500)
        rows.update(zip(ready, made, strict=True))
    Duty.objects.bulk_create(
        [Duty(clause=rows[i], **asdict(duty)) for i, piece in enumerate(pieces) for duty in piece.duties], 500
    )


def clause_of(version: Version, order: int, piece: Piece, rows: dict[int, Clause]) -> Clause:
    """One clause, not yet written."""
    return Clause(
        version=version, order=order, kind=piece.kind, label=piece.label[:80], path=piece.path,
        start=piece.start, end=piece.end, heading=piece.heading[:300], text=piece.text,
        is_unit=piece.is_unit, parent=None if piece.parent is None else rows[piece.parent],
    )  # fmt: skip


def head_of(document: Document) -> Head:
    """The head as it stands."""
    return Head(**{field.name: getattr(document, field.name) for field in fields(Head)})


def revise_document(
    *, by: Actor, document: Document, head: Head, at: datetime, asked: int = 0, seen: str = ""
) -> Document:
    """Change the head of a document; the record keeps what stood there before.

    `seen` is the mark of the head the form was opened with: another one is refused with what stands there.
    """
    check_head(head, document.number)
    with transaction.atomic():
        row = Document.objects.select_for_update().get(pk=document.pk)
        check_seen(seen, row, head_of(row), head)
        new = {field.name: getattr(head, field.name) for field in fields(head)}
        changed = {name: value for name, value in new.items() if getattr(row, name) != value}
        if not changed:
            return row
        before = {name: plain(getattr(row, name)) for name in changed}
        for name, value in changed.items():
            setattr(row, name, value)
        row.save(update_fields=list(changed))
        redate(row, before)
        after = {name: plain(value) for name, value in changed.items()}
        record(
            by=by, deed="mandates.revise_document", thing=ref(row), book=row.book, at=at, asked=asked,
            payload={"before": before, "after": after},
        )  # fmt: skip
        return row


def redate(document: Document, before: Mapping[str, object]) -> None:
    """The wording that was issued with the document moves with its day."""
    if "issued_on" in before:
        rows = document.versions.order_by("added_at", "pk")
        old = before["issued_on"]
        same = rows.filter(issued_on=str(old)) if old else rows.filter(pk=rows[:1].get().pk)
        same.update(issued_on=document.issued_on)


def plain(value: object) -> str | bool | None:
    """A value as JSON keeps it."""
    if value is None or isinstance(value, bool):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)
