"""From bytes to words: texts, Word and PDF files; and what to do about files that hold no text."""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from minhu.mandates.actions.refusals import BadDocument, refusal
from minhu.mandates.bridge import FileLimits, ReadText, Undecodable, Unread, decoded, kind_of, reading_of
from minhu.mandates.states import FILE_KINDS, Source, SourceNote, settled

BYTES_A_MEGABYTE = 1024 * 1024
MOST_LABELS = 20


@dataclass(frozen=True, slots=True)
class FileText:
    """The words of a file, and where they come from."""

    text: str
    source: Source


def read_text(data: bytes, *, name: str, max_megabytes: Decimal | float) -> str:
    """The words of a text, Word or PDF file, without what was decided on the way (see `read_file`)."""
    return read_file(data, name=name, max_megabytes=max_megabytes).text


def read_file(
    data: bytes, *, name: str, max_megabytes: Decimal | float, limits: FileLimits | None = None
) -> FileText:
    """The words of a file, whatever its name says: Markdown, text, Word (.docx) or PDF with text.

    Text is UTF-8, UTF-16 or GB 18030. The notes say what a person should know before keeping it.
    """
    if not data.strip():
        settle("", field="file")
    if len(data) > max_megabytes * BYTES_A_MEGABYTE:
        size = f"{len(data) / BYTES_A_MEGABYTE:.1f}"
        raise BadDocument(
            _("“%(name)s” has %(size)s MB; the limit is %(limit)s MB. Split the document or paste its text.")
            % {"name": name, "size": size, "limit": f"{float(max_megabytes):g}"},
            "file",
        )
    kind = kind_of(data)
    if kind in FILE_KINDS:
        return unpacked(data, kind, name, limits or FileLimits())
    if kind != "text":
        raise BadDocument(refusal(kind, name), "file")
    text = settle(text_of(data, name), field="file")
    return FileText(text, Source("text", digest=digest_of(text)))


def unpacked(data: bytes, kind: str, name: str, limits: FileLimits) -> FileText:
    """The words of a Word or PDF file."""
    try:
        reading = reading_of(data, kind, limits)
    except Unread as bad:
        raise BadDocument(refusal(f"{kind}.{bad.why}", name, bad.found, limits), "file") from bad
    text = settle(reading.text, field="file")
    notes = tuple(SourceNote(**asdict(note)) for note in reading.notes)
    return FileText(text, Source(kind, notes, digest_of(text)))


def text_of(data: bytes, name: str) -> str:
    """The bytes of a text file as text."""
    try:
        return decoded(data)
    except Undecodable as bad:
        raise BadDocument(
            _(
                "“%(name)s” is not readable as UTF-8, UTF-16 or GB 18030 (byte %(offset)s). "
                "Save it again as UTF-8."
            )
            % {"name": name, "offset": bad.offset},
            "file",
        ) from bad


def settle(text: str, *, field: str = "text") -> str:
    """The one form a text is kept in: line ends as \\n, no mark, no blank edge; refuses an empty one."""
    kept = settled(text)
    if not kept:
        raise BadDocument(_("The document is empty. Paste its text or choose a file that has some."), field)
    return kept


def digest_of(text: str) -> str:
    """A fingerprint by which a text read from a file is known again."""
    return hashlib.sha256(text.encode()).hexdigest()


def remarks_on(found: FileText, seen: ReadText) -> Iterator[str]:
    """What a person should know: what the reader of the file decided, and how the numbering stands."""
    for note in found.source.notes:
        yield f"{found.source.name}: {note}"
    if seen.is_unnumbered:
        yield _("No numbering was found: every paragraph counts as a clause.")
    if seen.mixed:
        articles, others = seen.mixed
        yield _("Two numberings are mixed: %(articles)d articles and %(others)d other points.") % {
            "articles": articles, "others": others,
        }  # fmt: skip
    if seen.uncounted:
        yield _("Numbered, but counted as no clause: %s") % ", ".join(seen.uncounted[:MOST_LABELS])
