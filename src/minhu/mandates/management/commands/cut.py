"""`minhu cut FILE`: the clauses a text falls into and the duties it lays down; no database."""

import csv
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minhu.mandates.actions import BadDocument, FileText, read_file, remarks_on, settle
from minhu.mandates.bridge import Piece, ReadDuty, ReadText, Undecodable, decoded, read
from minhu.mandates.states import PASTED

MOST_MEGABYTES = 50
WORDS = 60


class Command(BaseCommand):
    """Cut a text as the house would, and print what came of it."""

    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file",
            type=Path,
            metavar="FILE",
            help="a text (.md, .txt), a Word file (.docx), a PDF with text, or a table (.csv)",
        )
        parser.add_argument("--duties", action="store_true", help="print the duties, and nothing else")
        parser.add_argument("--column", default="", help="column of a .csv that holds the texts")

    def handle(self, *, file: Path, duties: bool, column: str, **options: Any) -> None:
        for found in texts_in(file, column):
            text, seen = found.text, read(found.text)
            if not seen.units:
                raise CommandError(f"{file}: no clause found; does it carry its numbering?")
            for line in duties_told(seen) if duties else clauses_told(seen):
                self.stdout.write(line)
            for line in remarks_on(found, seen):
                self.stdout.write(line)
            self.stdout.write(summary(seen, len(text)))


def texts_in(path: Path, column: str) -> Iterator[FileText]:
    """The text of a file, or those of one column of a table; a refusal names the file."""
    try:
        data = path.read_bytes()
        if path.suffix.lower() != ".csv":
            yield read_file(data, name=path.name, max_megabytes=MOST_MEGABYTES)
            return
        table = decoded(data) if data.strip() else settle("")
        yield from (FileText(settle(text), PASTED) for text in column_of(table, column))
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
    except Undecodable as bad:
        raise CommandError(f"{path}: byte {bad.offset} is neither UTF-8, UTF-16 nor GB 18030") from bad
    except BadDocument as bad:
        raise CommandError(f"{path}: {bad}") from bad


def column_of(table: str, column: str) -> Iterator[str]:
    """The cells of a column; without one that is named so, the columns there are are told."""
    csv.field_size_limit(sys.maxsize)
    rows = csv.DictReader(StringIO(table.lstrip("\ufeff"), newline=""))
    names = rows.fieldnames or []
    if column not in names:
        raise CommandError(f"--column {column or '…'}: the columns are: {', '.join(names) or 'none'}")
    yield from (row[column] or "" for row in rows)


def clauses_told(seen: ReadText) -> Iterator[str]:
    """Every clause, indented as deep as it stands, with its span and how many duties it holds."""
    for piece in seen.pieces:
        mark = "•" if piece.is_unit else " "
        held = f"  ({len(piece.duties)})" if piece.duties else ""
        label = f"{piece.label} " if piece.label else ""
        yield f"{piece.start:>6}–{piece.end:<6} {mark} {'  ' * piece.depth}{label}{begins(piece)}{held}"


def begins(piece: Piece) -> str:
    """The first words of a clause on one line."""
    return shortened(piece.begins)


def duties_told(seen: ReadText) -> Iterator[str]:
    """Every duty: where it stands, by whom, by when, what."""
    for piece in seen.pieces:
        for duty in piece.duties:
            yield "  ".join([piece.label or piece.path, who_and_when(duty), shortened(duty.what)])


def who_and_when(duty: ReadDuty) -> str:
    """Who and by when, with the day where the words give one."""
    day = f" = {duty.by_on.isoformat()}" if duty.by_on else ""
    return f"[{duty.who or '—'} | {duty.by_words or '—'}{day}]"


def shortened(words: str) -> str:
    """The first words, on one line."""
    one = " ".join(words.split())
    return one[:WORDS] + ("…" if len(one) > WORDS else "")


def summary(seen: ReadText, characters: int) -> str:
    """How much there is of everything."""
    off = sum(end - start for start, end in seen.furniture)
    dated = sum(bool(duty.by_words) for piece in seen.pieces for duty in piece.duties)
    words = ngettext(
        "%(title)s: %(characters)d characters, %(pieces)d pieces, %(units)d clause to answer; "
        "%(duties)d duties, %(dated)d of them with a date; %(furniture)d characters of page furniture",
        "%(title)s: %(characters)d characters, %(pieces)d pieces, %(units)d clauses to answer; "
        "%(duties)d duties, %(dated)d of them with a date; %(furniture)d characters of page furniture",
        seen.units,
    )
    return words % {
        "title": seen.title or _("No title"), "characters": characters, "pieces": len(seen.pieces),
        "units": seen.units, "duties": seen.duties, "dated": dated, "furniture": off,
    }  # fmt: skip
