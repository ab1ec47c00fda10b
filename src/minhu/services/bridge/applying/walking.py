"""The way through an application: its stops, which are done, where to go next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from minhu.packs.guides import ConsentSpec, QuestionSpec
from minhu.services.bridge.applying.asking import fault_of, needed_keys, shown_pages
from minhu.services.bridge.applying.planning import plan_of
from minhu.services.bridge.applying.plans import Blank, Page, Plan, Want
from minhu.services.bridge.applying.situations import asked_questions, next_question
from minhu.services.bridge.applying.wording import helper_words
from minhu.services.bridge.definitions import whole_of
from minhu.services.connectors import connector_named
from minhu.services.models import Application, ApplicationPaper
from minhu.services.queries import applying as queries
from minhu.services.queries.applying import digest_of_words
from minhu.services.states import PaperState, PaperWay

HELPER = "helper"
"""The consent by which an organisation applies for somebody."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A page of the way. `kind`: situation, form, shared, papers, child, consent, check."""

    kind: str
    code: str
    title: str
    is_done: bool


class Walk:
    """An application with everything its pages need, read once."""

    def __init__(self, row: Application) -> None:
        self.row = row
        self.whole = whole_of(row.version)

    @cached_property
    def values(self) -> dict[str, str]:
        """What was answered and is still kept."""
        return queries.values_of(self.row)

    @cached_property
    def consents(self) -> set[tuple[str, str]]:
        """What was agreed to, and the digest of the words."""
        return queries.consents_of(self.row)

    @cached_property
    def question(self) -> QuestionSpec | None:
        """The situation question that is still open."""
        return next_question(self.whole, self.row.answers)

    @cached_property
    def situation(self) -> list[tuple[QuestionSpec, str]]:
        """The questions answered so far."""
        return asked_questions(self.whole, self.row.answers)

    @cached_property
    def plan(self) -> Plan:
        """The plan; only whole once no question is open."""
        return plan_of(self.row.version, self.row.answers)

    @cached_property
    def pages(self) -> list[tuple[Page, list[Blank]]]:
        """The pages of the form as they are asked now."""
        return shown_pages(self.plan, self.values)

    @cached_property
    def needed(self) -> frozenset[str]:
        """The blanks that must be filled in now."""
        return needed_keys(self.plan, self.values)

    @cached_property
    def papers(self) -> dict[str, ApplicationPaper]:
        """Papers by the code of what they are for."""
        rows = {(one.material, one.form, one.requirement): one for one in queries.papers_of(self.row)}
        keys = {want.code: (want.material, want.form, want.requirement) for want in self.plan.wants}
        return {code: rows[key] for code, key in keys.items() if key in rows}

    @cached_property
    def wants(self) -> list[Want]:
        """The papers the applicant does something for."""
        return [want for want in self.plan.wants if want.is_asked]

    @cached_property
    def shared(self) -> list[Want]:
        """The papers a department can be asked for here."""
        return [one for one in self.wants if one.way is PaperWay.SHARE and connector_named(one.connector)]

    @cached_property
    def brought(self) -> list[Want]:
        """The papers the applicant brings, those that could not be fetched among them."""
        return [one for one in self.wants if one.may_upload and not self.is_fetched(one)]

    def is_fetched(self, want: Want) -> bool:
        """Whether a department is, or will be, asked for a paper."""
        paper = self.papers.get(want.code)
        if want not in self.shared:
            return False
        return paper is None or (paper.way == PaperWay.SHARE and paper.state != PaperState.MISSING)

    @cached_property
    def agreed(self) -> tuple[tuple[str, str], ...]:
        """What is agreed to on the common page: code and words."""
        found = [(one.code, one.words) for one in self.plan.consents]
        found += [(HELPER, helper_words(self.row.helper.name))] if self.row.helper else []
        return tuple(found)

    @cached_property
    def for_child(self) -> tuple[ConsentSpec, ...]:
        """What is agreed to for a child."""
        return self.plan.child_consents

    @cached_property
    def stops(self) -> list[Stop]:
        """All pages in their order; while a question is open the rest is not known yet."""
        found = [Stop("situation", one.code, one.text, True) for one, _answer in self.situation]
        if self.question:
            return [*found, Stop("situation", self.question.code, self.question.text, False)]
        counted: dict[str, int] = {}
        for page, blanks in self.pages:
            counted[page.role] = counted.get(page.role, 0) + 1
            found.append(Stop("form", page.code, page.title, self.is_page_done(blanks)))
        if self.shared:
            done = all(want.code in self.papers for want in self.shared)
            found.append(Stop("shared", "", _("Papers departments share"), done))
        found += [Stop("papers", want.code, want.name, self.is_settled(want)) for want in self.brought]
        if self.for_child:
            done = self.has_agreed([(one.code, one.words) for one in self.for_child])
            found.append(Stop("child", "", _("Data of a child"), done))
        if self.agreed:
            found.append(Stop("consent", "", _("Consent"), self.has_agreed(self.agreed)))
        return [*found, Stop("check", "", _("Check your answers"), False)]

    @property
    def next(self) -> Stop:
        """The first stop that is not done."""
        return next(stop for stop in self.stops if not stop.is_done)

    @property
    def is_whole(self) -> bool:
        """Whether only the last look is left."""
        return self.next.kind == "check"

    def before(self, kind: str, code: str) -> Stop | None:
        """The stop before one."""
        keys = [(stop.kind, stop.code) for stop in self.stops]
        at = keys.index((kind, code)) if (kind, code) in keys else 0
        return self.stops[at - 1] if at else None

    def page(self, code: str) -> tuple[Page, list[Blank]] | None:
        """A page of the form with what it asks now."""
        return next(((page, blanks) for page, blanks in self.pages if page.code == code), None)

    def is_page_done(self, blanks: Sequence[Blank]) -> bool:
        """Whether all of a page was put before the applicant and what is needed is there and right."""
        return all(
            one.key in self.row.seen
            and not fault_of(one, self.values.get(one.key, ""))
            and (bool(self.values.get(one.key)) or one.key not in self.needed)
            for one in blanks
        )

    def is_settled(self, want: Want) -> bool:
        """Whether a paper is there, or on a way that is open for it."""
        return is_settled(want, self.papers.get(want.code))

    def has_agreed(self, needed: Sequence[tuple[str, str]]) -> bool:
        """Whether all of this was agreed to, in these words."""
        return all((code, digest_of_words(words)) in self.consents for code, words in needed)

    def likes(self, page: Page, blanks: Sequence[Blank]) -> list[tuple[str, str]]:
        """Other bearers of whom the same was told in this draft: role and title, to fill in from."""
        elements = {one.element for one in blanks if one.personal and not self.values.get(one.key)}
        found = {
            one.role
            for one in self.plan.blanks
            if one.role != page.role and one.element in elements and self.values.get(one.key)
        }
        titles = {one.role: one.title for one in self.plan.pages}
        kinds = {one.role: one.kind for one in self.plan.pages}
        return [
            (role, titles[role]) for role in titles if role in found and kinds[role] in ("person", page.kind)
        ]

    def like(self, role: str, blanks: Sequence[Blank]) -> Mapping[str, str]:
        """What was told of another bearer, by the keys of these blanks."""
        return {
            one.key: value
            for one in blanks
            if (value := self.values.get(f"{role}.{one.element}")) and not self.values.get(one.key)
        }


def is_settled(want: Want, paper: ApplicationPaper | None) -> bool:
    """Whether a paper is there, or on a way that is open for it.

    What only departments have they look up themselves where nothing fetches it.
    """
    if paper is None or paper.state == PaperState.MISSING:
        return not want.may_upload
    late = paper.state == PaperState.WAITING
    return not late or paper.way == PaperWay.SHARE or want.may_be_later
