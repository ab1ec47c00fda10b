"""`minhu cover UPSTREAM LOCAL…`: which clause is answered by which clauses of other texts; no database."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from minhu.mandates.actions import BadDocument, read_file, remarks_on
from minhu.mandates.bridge import read
from minhu.packs import PackError
from minhu.reforms.bridge import report_of
from minhu.reforms.queries.coverage_report import Report
from minhu.reforms.queries.coverage_texts import Given, Line, Local
from minhu.reforms.queries.coverage_workbook import workbook_of
from minhu.rulebook.bridge import limits_of_pack

MOST_MEGABYTES = 50
CODES = ("match.possible", "match.confident")
WORDS = 22
WIDE = {"W", "F"}


class Command(BaseCommand):
    """Cut the texts, match them, print what was found; write a workbook and a page."""

    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("upstream", type=Path, metavar="UPSTREAM", help="the document to be answered")
        add("local", type=Path, nargs="+", metavar="LOCAL", help="the documents that answer, one or more")
        add("--html", type=Path, metavar="OUT", help="write a page that stands on its own and prints on A4")
        add("--xlsx", type=Path, metavar="OUT", help="write an Excel workbook")
        add("--language", choices=("zh-hans", "en"), help="language of what is written")
        add("--k", type=int, default=3, help="how many answers a clause may show (default 3)")
        add(
            "--pack",
            type=Path,
            help="take the scores from the limits of this pack (default: the pack of this house)",
        )
        add("--possible", type=float, help="score of a possible answer (default: match.possible of the pack)")
        add("--confident", type=float, help="score of a sure answer (default: match.confident of the pack)")

    def handle(self, *, upstream: Path, local: list[Path], language: str | None, **options: Any) -> None:
        with translation.override(language or translation.get_language()):
            rule = rule_of(options)
            report = report_of(given(upstream), [given(path) for path in local], rule)
            for name, note in report.notes:
                self.stderr.write(f"{name}: {note}")
            if not report.upstream.articles:
                raise CommandError(f"{upstream}: no clause found; does it carry its numbering?")
            # Before anything is printed: whoever stops reading the table still has the files.
            for line in [*told(report), *written(report, options["html"], options["xlsx"])]:
                self.stdout.write(line)


def rule_of(options: dict[str, Any]) -> tuple[int, float, float]:
    """How many answers are shown, and the two scores: as typed, else as the pack's limits say."""
    found = dict(zip(CODES, (options["possible"], options["confident"]), strict=True))
    missing = [code for code, value in found.items() if value is None]
    if missing:
        folder = options["pack"] or settings.MINHU_PACK
        try:
            limits = limits_of_pack(folder, missing, on=date.today())
        except (OSError, PackError, KeyError) as error:
            said = f"{folder} brings no {' or '.join(missing)}: {error}. Give --possible and --confident"
            raise CommandError(said) from error
        found |= {code: float(value) for code, value in limits.items()}
    k, possible, confident = options["k"], *(found[code] for code in CODES)
    if k < 1 or not 0 <= possible <= confident <= 1:
        raise CommandError("--k must be at least 1, and 0 ≤ --possible ≤ --confident ≤ 1")
    return k, possible, confident


def given(path: Path) -> Given:
    """The words of a file with what to know of how it was read, or a refusal that names it."""
    try:
        found = read_file(path.read_bytes(), name=path.name, max_megabytes=MOST_MEGABYTES)
        return Given(path.stem, found.text, tuple(remarks_on(found, read(found.text))))
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
    except BadDocument as bad:
        raise CommandError(f"{path}: {bad}") from bad


def written(report: Report, html: Path | None, xlsx: Path | None) -> list[str]:
    """Write the page and the workbook that are wanted, and say so."""
    said = []
    for path, words in ((html, _("Page written to %(path)s")), (xlsx, _("Workbook written to %(path)s"))):
        if path is None:
            continue
        try:
            path.write_bytes(page_of(report) if path is html else workbook_of(report))
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        said.append(words % {"path": path})
    return said


def page_of(report: Report) -> bytes:
    """The page, self-contained."""
    return render_to_string("reforms/coverage/report.html", {"report": report}).encode()


def told(report: Report) -> list[str]:
    """The report line by line: text by text the table, the summary, the blind spots."""
    out = []
    for local in report.locals:
        out += [] if len(report.locals) > 1 else table(local)
    out += ["", *report.summaries]
    for local in report.locals:
        out += findings(local, len(report.locals) > 1)
    if len(report.locals) > 1:
        out += ["", _("Blind in every text: %(labels)s") % {"labels": labels(report)}]
    return [*out, "", report.how]


def labels(report: Report) -> str:
    """The clauses that are blind everywhere, by label."""
    return ", ".join(row.article.label for row in report.blind_everywhere) or "–"


def table(local: Local) -> list[str]:
    """One line a clause."""
    widths = (8, 10, 10, 6)
    head = (_("State"), _("Clause"), _("Answered by"), _("Score"))
    out = ["  ".join([*map(padded, head, widths), _("Evidence")])]
    for line in local.lines:
        best = line.best
        answer, score = (best.article.label, f"{best.score:.2f}") if best else ("–", "–")
        cells = (line.word, line.article.label, answer, score)
        out.append("  ".join([*map(padded, cells, widths), cut(best.evidence if best else "")]))
    return out


def findings(local: Local, is_one_of_many: bool) -> list[str]:
    """What to look at in one text: remarks, blind spots, other figures, over-claims."""
    out = []
    if local.blind and not is_one_of_many:
        out += ["", _("Blind spots, each with the text that comes nearest:")]
        out += [f"  {line.article.label} {cut(line.article.body)}" + nearest(line) for line in local.blind]
    said = [local.remark] if local.remark else []
    said += [
        f"{line.article.label} ← {line.best.article.label}: {line.best.differs}"
        for line in local.differing
        if line.best
    ]
    if local.claims:
        named = {"labels": ", ".join(article.label for article in local.claims)}
        said.append(_("Name the upstream document, but answer none of its clauses: %(labels)s") % named)
    return [*out, *(["", f"{local.source.called}:"] if said else []), *(f"  {words}" for words in said)]


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
