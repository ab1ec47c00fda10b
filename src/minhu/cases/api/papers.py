"""Papers of a case to take along: those made here as Word files, those handed in as they came."""

from urllib.parse import quote

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Path

from minhu.cases.api.asking import Code
from minhu.cases.api.mounted import case_at, operations
from minhu.cases.bridge.compiling import of_digest
from minhu.cases.bridge.pages.paper_views import docx_of
from minhu.cases.models import Case, Paper
from minhu.cases.queries.page import paper_of
from minhu.people.wire import Call, Key, Problem

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@operations.get(
    "/cases/{number}/papers/{pk}/file", right="see_cases", answer=None, words=_("Download a paper")
)
def download_paper(request: Call, number: Path[Code], pk: Path[Key]) -> HttpResponse:
    """The file itself, no JSON: .docx by GB/T 9704 if a step made it, with personal values left blank."""
    case = case_at(request.reader, number)
    row = paper_of(case, pk)
    if row is None or row.pk in hidden(case, [row]):
        raise Problem(404, _("This case has no such paper."), "path.pk")
    if row.is_made:
        return sent(docx_of(row, case).getvalue(), DOCX, f"{row.number or row.title}.docx")
    return sent(content_of(row), row.media_type, row.title)


def hidden(case: Case, papers: list[Paper]) -> set[int]:
    """Papers that were handed in for a personal field: neither shown nor given out here."""
    fields = of_digest(case.kind.digest, case.kind_id).fields
    personal = {code for code, spec in fields.items() if spec.personal}
    return {row.pk for row in papers if not row.is_made and row.code in personal}


def content_of(row: Paper) -> bytes:
    """The bytes of a paper that was handed in."""
    try:
        with row.file.open("rb") as file:
            found: bytes = file.read()
            return found
    except OSError as lost:
        raise Problem(404, _("The file of this paper is not on this machine."), "path.pk") from lost


def sent(content: bytes, media: str, name: str) -> HttpResponse:
    """A file on its way, with its name in Chinese too."""
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return HttpResponse(content, content_type=media, headers={"Content-Disposition": disposition})
