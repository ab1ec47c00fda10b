"""Everything an applicant answered, as it is looked over before it is sent."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from minhu.services.bridge.applying.plans import Blank, Want
from minhu.services.bridge.applying.walking import Walk
from minhu.services.models import ApplicationPaper
from minhu.services.states import PaperState, PaperWay


@dataclass(frozen=True, slots=True)
class Line:
    """A question, its answer in words, whether something is still missing there."""

    title: str
    answer: str
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that are changed on one page: `kind` and `code` of its stop."""

    kind: str
    code: str
    title: str
    lines: tuple[Line, ...]


def summary_of(walk: Walk) -> list[Part]:
    """Situation, form, papers."""
    parts = [Part("situation", one.code, "", (Line(one.text, answer),)) for one, answer in walk.situation]
    parts += [
        Part("form", page.code, page.title, tuple(line_of(one, walk) for one in blanks))
        for page, blanks in walk.pages
    ]
    for want in walk.wants:
        paper = walk.papers.get(want.code)
        line = Line(want.name, paper_words(paper, want), not walk.is_settled(want))
        kind = "shared" if walk.is_fetched(want) else "papers" if want.may_upload else ""
        parts.append(Part(kind, want.code, "", (line,)))
    return parts


def line_of(blank: Blank, walk: Walk) -> Line:
    """One answer."""
    value = walk.values.get(blank.key, "")
    is_done = walk.is_page_done([blank])
    return Line(blank.label, shown(blank, value), not is_done)


def shown(blank: Blank, value: str) -> str:
    """A value in words."""
    if blank.type == "yes_no" and value:
        return pgettext("answer", "Yes") if value == "yes" else pgettext("answer", "No")
    return value


def paper_words(paper: ApplicationPaper | None, want: Want) -> str:
    """How a paper stands, in words."""
    if not want.may_upload and (paper is None or paper.state == PaperState.MISSING):
        return _("The department looks it up itself")
    if paper is None:
        return ""
    if paper.way == PaperWay.COMMIT:
        return _("You committed to it")
    if paper.state == PaperState.MISSING:
        return _("Could not be fetched: please bring it")
    if paper.way == PaperWay.DEFER:
        day = paper.due_on.isoformat() if paper.due_on else ""
        return _("You bring it later, by %(day)s") % {"day": day}
    if paper.way == PaperWay.SHARE:
        if paper.state == PaperState.WAITING:
            return _("The department is asked for it once you have sent this")
        return _("Shared by %(origin)s") % {"origin": paper.origin}
    return paper.name
