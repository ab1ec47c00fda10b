"""`minhu cover UPSTREAM LOCAL`: which clause of one text answers which clause of another; no database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from minhu.mandates.actions import BadDocument, read_text
from minhu.reforms.bridge import Line, Report, report_of

MOST_MEGABYTES = 50
# The command reads no rulebook; what it used is printed with what it found.
POSSIBLE, CONFIDENT = 0.25, 0.55
WORDS = 22
WIDE = {"W", "F"}


class Command(BaseCommand):
    """Cut both texts, match them, print a table, a summary and the blind spots."""

    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "upstream", type=Path, metavar="UPSTREAM", help="the document to be answered (.md, .txt)"
        )
        parser.add_argument("local", type=Path, metavar="LOCAL", help="the document that answers (.md, .txt)")
        parser.add_argument("--html", type=Path, metavar="OUT", help="write a page that stands on its own")
        parser.add_argument("--k", type=int, default=3, help="how many answers a clause may show (default 3)")
        parser.add_argument(
            "--possible", type=float, default=POSSIBLE, help=f"score of a possible answer ({POSSIBLE})"
        )
        parser.add_argument(
            "--confident", type=float, default=CONFIDENT, help=f"score of a sure answer ({CONFIDENT})"
        )

    def handle(self, *, upstream: Path, local: Path, html: Path | None, k: int, **options: Any) -> None:
        possible, confident = options["possible"], options["confident"]
        if k < 1 or not 0 <= possible <= confident <= 1:
            raise CommandError("--k must be at least 1, and 0 ≤ --possible ≤ --confident ≤ 1")
        report = report_of(text_in(upstream), text_in(local), most=k, possible=possible, confident=confident)
        if not report.lines:
            raise CommandError(f"{upstream}: no clause found; does it carry its numbering?")
        # Before anything is printed: whoever stops reading the table still has the page.
        lines = [*told(report), *(page_written(report, html) if html else ())]
        for line in lines:
            self.stdout.write(line)


def text_in(path: Path) -> str:
    """The words of a file, or a refusal that names it."""
    try:
        return read_text(path.read_bytes(), name=path.name, max_megabytes=MOST_MEGABYTES)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
    except BadDocument as bad:
        raise CommandError(f"{path}: {bad}") from bad


def page_written(report: Report, path: Path) -> list[str]:
    """Write the page, and say so."""
    try:
        path.write_text(render_to_string("reforms/coverage/report.html", {"report": report}), "utf-8")
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
    return [_("Page written to %(path)s") % {"path": path}]


def told(report: Report) -> list[str]:
    """The report line by line: the table, the summary, the blind spots."""
    widths = (8, 10, 10, 6)
    head = (_("State"), _("Clause"), _("Answered by"), _("Score"))
    out = ["  ".join([*map(padded, head, widths), _("Evidence")])]
    for line in report.lines:
        best = line.best
        cells = (
            line.word,
            line.article.label,
            best.article.label if best else "–",
            f"{best.score:.2f}" if best else "–",
        )
        out.append("  ".join([*map(padded, cells, widths), cut(best.evidence if best else "")]))
    out += ["", report.summary]
    if report.blind:
        out += ["", _("Blind spots, each with the text that comes nearest:")]
        out += [f"  {line.article.label} {cut(line.article.body)}" + nearest(line) for line in report.blind]
    if report.claims:
        labels = ", ".join(article.label for article in report.claims)
        out += [
            "",
            _("Name the upstream document, but answer none of its clauses: %(labels)s") % {"labels": labels},
        ]
    return out


def nearest(line: Line) -> str:
    """Which text comes nearest to a blind spot."""
    return f"  ← {line.best.article.label} ({line.best.score:.2f})" if line.best else ""


def cut(words: str, most: int = WORDS) -> str:
    """The first characters, on one line."""
    one = " ".join(words.split())
    return one[:most] + ("…" if len(one) > most else "")


def columns(words: str) -> int:
    """How many columns words take in a terminal."""
    return sum(2 if east_asian_width(sign) in WIDE else 1 for sign in words)


def padded(words: str, width: int) -> str:
    """Filled up to a width in columns of a terminal, where a Chinese character takes two."""
    return words + " " * max(width - columns(words), 0)
