"""The purpose matrix of one application: which organisation may know which answer and open which paper."""

from collections.abc import Mapping
from dataclasses import dataclass

from minhu.cases.models import Case
from minhu.services.bridge.applying.plans import Blank, Page, Want
from minhu.services.bridge.applying.summary import paper_words, shown
from minhu.services.bridge.applying.walking import Walk
from minhu.services.models import Application, ApplicationPaper, ApplicationValue
from minhu.services.queries import applying as queries


@dataclass(frozen=True, slots=True)
class Seen:
    """An answer as an officer sees it: masked until it is opened. `is_gone`: erased, or kept long enough."""

    blank: Blank
    is_given: bool
    is_gone: bool
    words: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the form, with what this organisation may know of it."""

    page: Page
    answers: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class PaperSeen:
    """A paper; `may_open`: whether this organisation needs it or looks through all of them."""

    want: Want
    row: ApplicationPaper | None
    words: str
    may_open: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """What one organisation may know of an application, and how much there is besides."""

    row: Application
    case: Case
    sheets: tuple[Sheet, ...]
    papers: tuple[PaperSeen, ...]
    others: int
    consents: tuple[str, ...]

    @property
    def may_open(self) -> bool:
        """Whether there is an answer to open."""
        return any(one.is_given for sheet in self.sheets for one in sheet.answers)

    @property
    def keys(self) -> tuple[str, ...]:
        """The answers this organisation may open."""
        return tuple(one.blank.key for sheet in self.sheets for one in sheet.answers if one.is_given)


def matrix_of(case: Case, organisation: str, opened: Mapping[str, str] | None = None) -> Matrix | None:
    """The matrix for an organisation, or None where the case is no application."""
    row = queries.application_of_case(case)
    if row is None:
        return None
    walk = Walk(row)
    gone = set(
        ApplicationValue.objects.filter(application=row).exclude(erased_at=None).values_list("key", flat=True)
    )
    sheets = []
    for page, blanks in walk.pages:
        mine = [one for one in blanks if organisation in one.readers]
        if mine:
            sheets.append(Sheet(page, tuple(seen(one, walk, gone, opened or {}) for one in mine)))
    given = sum(1 for _page, blanks in walk.pages for one in blanks if organisation not in one.readers)
    papers = [
        PaperSeen(want, walk.papers.get(want.code), paper_words(walk.papers.get(want.code), want),
                  may_open_paper(row, want, organisation))
        for want in walk.wants
    ]  # fmt: skip
    consents = tuple(row.consents.values_list("words", flat=True))
    return Matrix(row, case, tuple(sheets), tuple(papers), given, consents)


def may_open_paper(row: Application, want: Want, organisation: str) -> bool:
    """Departments open what they need; the lead looks through all papers for completeness."""
    return organisation in want.departments or organisation == row.version.thing.lead.code


def seen(blank: Blank, walk: Walk, gone: set[str], opened: Mapping[str, str]) -> Seen:
    """An answer, in words only where it was opened or is nobody's personal value."""
    value = walk.values.get(blank.key, "")
    is_open = blank.key in opened or (bool(value) and not blank.personal)
    return Seen(blank, bool(value), blank.key in gone, shown(blank, value) if is_open else "")
