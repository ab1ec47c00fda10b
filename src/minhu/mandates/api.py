"""For programs: documents, their wordings, clauses and duties."""

from datetime import date, datetime
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import File, Form, Path, Query, Schema
from ninja.files import UploadedFile
from pydantic import Field

from minhu.mandates import queries
from minhu.mandates.actions import BadDocument, DocumentDraft, Head, load_document, read_file
from minhu.mandates.bridge.reach import file_limits
from minhu.mandates.models import Clause, Document, Duty, Version
from minhu.mandates.states import PASTED, ClauseKind, DocumentKind, Level, Source
from minhu.people.wire import Asked, Body, Call, Key, Operations, Page, PageAsked, Text, invalid, paged, unset
from minhu.rulebook.queries import Missing, limit

operations = Operations(
    _("Documents and clauses"),
    refusals={
        BadDocument: lambda bad: invalid(str(bad), where=f"body.{bad.field}"),
        Missing: lambda missing: unset(missing.code),
    },
)
PK = Path[Key]
MOST_CHARACTERS = 5_000_000
SPAN = gettext_noop("Counted in characters of the whole text of the wording, from 0.")


class DocumentShape(Schema):
    """A document, counting in its wording in force."""

    id: int
    number: str = Field(description=gettext_noop("The number it is known by (文号)."))
    title: str
    issuer: str
    level: Level
    kind: DocumentKind
    issued_on: date | None
    received_on: date | None
    illustrative: bool = Field(description=gettext_noop("Made up for a demonstration."))
    units: int = Field(description=gettext_noop("Clauses that ask for an answer one by one."))
    duties: int
    wordings: int = Field(description=gettext_noop("How many versions of its text are kept."))


class VersionShape(Schema):
    """One wording of a document."""

    id: int
    document_id: int
    label: str
    sha256: str = Field(description=gettext_noop("Fingerprint of the text in UTF-8."))
    added_at: datetime
    is_current: bool = Field(description=gettext_noop("Whether it is the wording in force."))


class TextShape(VersionShape):
    """One wording with its whole text."""

    text: str


class ClauseShape(Schema):
    """A piece of a wording, from its label to the end of what stands below it."""

    id: int
    version_id: int
    parent_id: int | None
    order: int
    kind: ClauseKind
    label: str
    name: str = Field(description=gettext_noop("Its label, if need be with those above it."))
    path: str = Field(description=gettext_noop("Its place in the tree, as in ch1/art3."))
    heading: str
    text: str
    start: int = Field(description=SPAN)
    end: int = Field(description=SPAN)
    is_unit: bool = Field(description=gettext_noop("Whether it asks for an answer of its own."))
    domain: str


class DutyShape(Schema):
    """Who must do what by when."""

    id: int
    clause_id: int
    who: str
    what: str
    by_words: str = Field(description=gettext_noop("By when, in the words of the document."))
    by_on: date | None
    start: int = Field(description=SPAN)
    end: int = Field(description=SPAN)
    is_corrected: bool = Field(description=gettext_noop("Whether a person put it right."))


class LoadedShape(Schema):
    """What came of loading a document."""

    document: DocumentShape
    version: VersionShape
    is_new: bool = Field(description=gettext_noop("False: exactly this text was there already."))
    notes: list[str] = Field(description=gettext_noop("What was decided when the file was read."))


class DocumentsAsked(PageAsked):
    """Which documents."""

    kind: DocumentKind | None = None
    level: Level | None = None
    number: Text = Field("", description=gettext_noop("Exactly this number."))
    q: Text = Field("", description=gettext_noop("Words in the title, the number or the issuer."))


class ClausesAsked(PageAsked):
    """Which clauses of a document."""

    version: Key | None = Field(None, description=gettext_noop("A wording; without it the one in force."))
    is_unit: bool | None = Field(None, description=gettext_noop("Only those that ask for an answer."))


class DutiesAsked(PageAsked):
    """Which duties of a document."""

    version: Key | None = Field(None, description=gettext_noop("A wording; without it the one in force."))
    is_dated: bool | None = Field(None, description=gettext_noop("Only those with a due day, or without."))


class HeadAsked(Asked):
    """What stands over a document."""

    number: Annotated[str, Field(min_length=1, max_length=120)]
    title: Annotated[str, Field(min_length=1, max_length=300)]
    issuer: Annotated[str, Field(max_length=200)] = ""
    level: Level
    kind: DocumentKind = DocumentKind.UPSTREAM
    issued_on: date | None = None
    received_on: date | None = None
    label: Annotated[str, Field(max_length=80)] = Field(
        "", description=gettext_noop("Name of this wording; empty: counted.")
    )

    def draft(self, text: str, source: Source) -> DocumentDraft:
        """The document these words and this text describe."""
        head = Head(**self.model_dump(exclude={"number", "label", "text", "notes_seen"}))
        return DocumentDraft(self.number, head, text, self.label, source=source)

    @property
    def asked(self) -> int:
        """How many values were given, the text apart."""
        return len(self.model_fields_set - {"text", "notes_seen"})


class FileAsked(HeadAsked):
    """What stands over a document that comes as a file."""

    notes_seen: bool = Field(
        False,
        description=gettext_noop(
            "Words of the file may be missing (pictures, footnotes, tracked changes): such a file is kept "
            "only when a person has read the notes and this is true."
        ),
    )


class DocumentAsked(HeadAsked, Body):
    """A document as text."""

    text: Annotated[str, Field(min_length=1, max_length=MOST_CHARACTERS)]


@operations.get("/documents", right="see_mandates", answer=Page[DocumentShape], words=_("List documents"))
def list_documents(request: Call, asked: Query[DocumentsAsked]) -> dict[str, Any]:
    """All documents, upstream ones first, with what their wording in force asks for."""
    exact = {name: value for name in ("kind", "level", "number") if (value := getattr(asked, name))}
    rows = queries.documents().filter(**exact)
    if asked.q:
        rows = rows.filter(pk__in=queries.find_documents(asked.q, most=None).order_by().values("pk"))
    return paged(request, rows, asked)


@operations.get("/documents/{pk}", right="see_mandates", answer=DocumentShape, words=_("Read a document"))
def read_document(request: Call, pk: PK) -> Document:
    """One document and what its wording in force asks for."""
    return get_object_or_404(queries.documents(), pk=pk)


@operations.post(
    "/documents", right="load_document", answer=LoadedShape, words=_("Load a document"), status=201, once=True
)
def load_document_text(request: Call, body: DocumentAsked) -> dict[str, Any]:
    """Take a document in and cut it into clauses; another text under a known number is a new wording."""
    return loaded(request, body, body.text, PASTED)


@operations.post(
    "/documents/file", right="load_document", answer=LoadedShape, words=_("Load a document from a file"),
    status=201, once=True,
)  # fmt: skip
def load_document_file(request: Call, file: File[UploadedFile], body: Form[FileAsked]) -> dict[str, Any]:
    """The same from a file: Markdown or text, Word (.docx) or PDF with text."""
    on = timezone.localdate()
    most, limits = limit("document.max_megabytes", on=on).value, file_limits(on)
    read = read_file(file.read(), name=file.name or "", max_megabytes=most, limits=limits)
    if read.source.has_warnings and not body.notes_seen:
        said = "; ".join(str(note) for note in read.source.notes if note.is_warning)
        raise invalid(said, where="body.notes_seen", hint=_("Let a person look, then send notes_seen: true."))
    return loaded(request, body, read.text, read.source)


def loaded(request: Call, head: HeadAsked, text: str, source: Source) -> dict[str, Any]:
    """Load it, and tell what came of it."""
    now = timezone.now()
    draft = head.draft(text, source)
    version = load_document(by=request.reader.actor, draft=draft, at=now, asked=head.asked)
    document = queries.documents().get(pk=version.document_id)
    notes = [str(note) for note in source.notes]
    return {"document": document, "version": version, "is_new": version.added_at == now, "notes": notes}


@operations.get(
    "/documents/{pk}/versions", right="see_mandates", answer=Page[VersionShape], words=_("List wordings")
)
def list_versions(request: Call, pk: PK, asked: Query[PageAsked]) -> dict[str, Any]:
    """The wordings of a document, the latest first."""
    document = get_object_or_404(Document, pk=pk)
    return paged(request, document.versions.defer("text", "furniture"), asked)


@operations.get("/versions/{pk}", right="see_mandates", answer=TextShape, words=_("Read a wording"))
def read_version(request: Call, pk: PK) -> Version:
    """One wording with its whole text; the spans of clauses and duties count its characters."""
    return get_object_or_404(Version, pk=pk)


@operations.get(
    "/documents/{pk}/clauses", right="see_mandates", answer=Page[ClauseShape], words=_("List clauses")
)
def list_clauses(request: Call, pk: PK, asked: Query[ClausesAsked]) -> dict[str, Any]:
    """The clauses of a document in their order, with path, label, text and span."""
    rows = Clause.objects.filter(version=version_of(pk, asked.version)).order_by("order")
    if asked.is_unit is not None:
        rows = rows.filter(is_unit=asked.is_unit)
    return paged(request, queries.with_names(rows), asked)


@operations.get("/clauses/{pk}", right="see_mandates", answer=ClauseShape, words=_("Read a clause"))
def read_clause(request: Call, pk: PK) -> Clause:
    """One clause."""
    return get_object_or_404(queries.with_names(Clause.objects.all()), pk=pk)


@operations.get(
    "/documents/{pk}/duties", right="see_mandates", answer=Page[DutyShape], words=_("List duties")
)
def list_duties(request: Call, pk: PK, asked: Query[DutiesAsked]) -> dict[str, Any]:
    """Who must do what by when, in the order of the text."""
    rows = Duty.objects.filter(clause__version=version_of(pk, asked.version)).order_by("start", "pk")
    if asked.is_dated is not None:
        rows = rows.filter(by_on__isnull=not asked.is_dated)
    return paged(request, rows, asked)


def version_of(document: int, version: int | None) -> Version:
    """The wording asked for, or the one in force, without its heavy text."""
    rows = Version.objects.filter(document=document).defer("text", "furniture")
    return get_object_or_404(rows, pk=version) if version else get_object_or_404(rows, is_current=True)
