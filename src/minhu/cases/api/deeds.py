"""Deeds on cases: open one, do a step, do a step of many at once; each under a key, each done once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Path, Schema
from pydantic import Field

from minhu.cases import actions, rules
from minhu.cases.api.asking import (
    MOST,
    Code,
    IdempotencyKey,
    IfMatch,
    OpeningAsked,
    StepAsked,
    key_of,
    seen_rev,
)
from minhu.cases.api.kinds import kind_at
from minhu.cases.api.mounted import case_at, operations, problem_in, told
from minhu.cases.bridge.compiling import Compiled, compiled, of_digest
from minhu.cases.models import Case, Command
from minhu.cases.queries.page import seen_case
from minhu.cases.states import Ask, CaseRefused, Done, Opening
from minhu.people.wire import Body, Call, Problem, invalid
from minhu.people.wire.keeping import AGAIN, PATTERN
from minhu.people.wire.problems import ErrorBody


class DoneShape(Schema):
    """What a deed did; asked again under its key, the same is answered."""

    number: str
    rev: int = Field(description=gettext_noop("The revision the case has since."))
    places: list[str] = Field(description=gettext_noop("Codes of the places where it is since."))
    end: str = Field(description=gettext_noop("Code of the place where it ended, or empty."))
    papers: list[str] = Field(description=gettext_noop("Numbers of the papers that were made."))


@operations.post("/cases", right="open_case", answer=DoneShape, words=_("Open a case"), status=201)
def open_case(
    request: Call, response: HttpResponse, body: OpeningAsked, idempotency_key: IdempotencyKey
) -> Done:
    """Open a case of a kind with the values that its kind asks for at opening."""
    opening = Opening(body.kind, body.values, body.assigns, body.parent)
    return opened(request, response, opening, idempotency_key)


@operations.post(
    "/cases/{number}/steps/{step}", right="act_in_case", answer=DoneShape, words=_("Do a step of a case")
)
def do_step(  # noqa: PLR0913 (what stands in the address, the headers and the body)
    request: Call, response: HttpResponse, number: Path[Code], step: Path[Code], body: StepAsked,
    idempotency_key: IdempotencyKey, if_match: IfMatch = "",
) -> Done:  # fmt: skip
    """Do a step that the case offers; the case itself says which, and who may."""
    rev = seen_rev(body.rev, if_match)
    key = key_of(request.token, idempotency_key)
    ask = Ask(number, step, key, body.values, body.assigns, body.place, body.attempt, rev)
    return done(request, response, ask)


def opened(request: Call, response: HttpResponse, opening: Opening, word: str) -> Done:
    """Open it, or answer again."""
    kind = compiled(kind_at(request.reader, opening.kind, where="body.kind"))
    if opening.parent and seen_case(opening.parent, request.reader) is None:
        words = _("There is no case %(number)s that you may see.") % {"number": opening.parent}
        raise invalid(words, where="body.parent")
    by, key = rules.doer_of(request.reader), key_of(request.token, word)
    with told(request.reader, kind, opening.values, "body.kind"):
        found = actions.open_case(by=by, opening=opening, key=key, at=timezone.now())
    return answered(response, found)


def done(request: Call, response: HttpResponse, ask: Ask) -> Done:
    """Do it, or answer again."""
    # What was answered once is answered again, even where the case has since gone out of sight.
    before = Command.objects.filter(key=ask.key).select_related("case__kind").first()
    case = before.case if before else case_at(request.reader, ask.number)
    kind = of_digest(case.kind.digest, case.kind_id)
    if not before and not kind.doing(ask.on):
        raise Problem(404, unknown_step(kind, ask.on), "path.step")
    with told(request.reader, kind, ask.values, "path.step"):
        found = actions.act(by=rules.doer_of(request.reader), ask=ask, at=timezone.now())
    return answered(response, found)


def answered(response: HttpResponse, found: Done) -> Done:
    """What was done, marked if it had been done before."""
    if found.repeated:
        response[AGAIN] = "true"
    return found


def unknown_step(kind: Compiled, step: str) -> str:
    """That a kind has no such step."""
    return str(_("“%(kind)s” knows no step “%(step)s”.") % {"kind": kind.spec.title, "step": step})


# -- many at once -----------------------------------------------------------------------------------------
class OneOfMany(StepAsked):
    """A step of one of many cases."""

    number: Code
    step: Code
    key: Annotated[str, Field(pattern=PATTERN)] = Field(
        description=gettext_noop("Its own Idempotency-Key: the same again gives the same answer.")
    )


class ManyAsked(Body):
    """Steps of cases of one kind."""

    kind: Code = Field(description=gettext_noop("Code of the kind that all of them have."))
    asks: Annotated[list[OneOfMany], Field(min_length=1, max_length=MOST)]


class OutcomeShape(Schema):
    """What became of one of many: done, or an error."""

    number: str
    key: str
    status: int = Field(description=gettext_noop("What the operation for one case would have answered."))
    is_repeated: bool = Field(description=gettext_noop("Whether it had been done before under this key."))
    done: DoneShape | None
    error: ErrorBody | None


class OutcomesShape(Schema):
    """What became of each, in the order they were asked."""

    items: list[OutcomeShape]


@dataclass(frozen=True, slots=True)
class Group:
    """Many cases as one request sees them: by number, those the reader may see."""

    request: Call
    kind: str
    cases: Mapping[str, Case]
    before: frozenset[str]

    def ask_of(self, one: OneOfMany) -> Ask:
        """One command."""
        key = key_of(self.request.token, one.key)
        return Ask(one.number, one.step, key, one.values, one.assigns, one.place, one.attempt, one.rev)

    def problem(self, place: int, one: OneOfMany) -> Problem | None:
        """What stands against one before it is tried."""
        if key_of(self.request.token, one.key) in self.before:
            return None
        case, where = self.cases.get(one.number), f"body.asks.{place}"
        if case is None:
            words = _("There is no case %(number)s that you may see.") % {"number": one.number}
            return Problem(404, words, f"{where}.number")
        if case.kind.code != self.kind:
            words = _("This case is of the kind “%(kind)s”.") % {"kind": case.kind.code}
            return invalid(words, where=f"{where}.number")
        kind = of_digest(case.kind.digest, case.kind_id)
        return None if kind.doing(one.step) else Problem(404, unknown_step(kind, one.step), f"{where}.step")


@operations.post(
    "/cases/many", right="act_in_case", answer=OutcomesShape, words=_("Do steps of many cases at once")
)
def do_many_steps(request: Call, body: ManyAsked) -> dict[str, Any]:
    """Up to a hundred steps of cases of one kind; what is refused is told in its place and stops no other."""
    group = group_of(request, body)
    problems = [group.problem(place, one) for place, one in enumerate(body.asks)]
    tried = [group.ask_of(one) for one, no in zip(body.asks, problems, strict=True) if no is None]
    found = iter(actions.act_on_many(by=rules.doer_of(request.reader), asks=tried, at=timezone.now()))
    return {
        "items": [
            outcome(one, no or said(group, place, one, next(found)))
            for place, (one, no) in enumerate(zip(body.asks, problems, strict=True))
        ]
    }


def group_of(request: Call, body: ManyAsked) -> Group:
    """The cases of a request and the keys that were answered before; two queries."""
    numbers = {one.number for one in body.asks}
    rows = Case.objects.filter(rules.visible(request.reader), number__in=numbers).select_related("kind")
    keys = [key_of(request.token, one.key) for one in body.asks]
    before = Command.objects.filter(key__in=keys).values_list("key", flat=True)
    return Group(request, body.kind, {row.number: row for row in rows}, frozenset(before))


def said(group: Group, place: int, one: OneOfMany, found: Done | CaseRefused) -> Done | Problem:
    """What an action answered to one of many, its refusal as a problem."""
    if isinstance(found, Done):
        return found
    case, before = group.cases.get(one.number), f"body.asks.{place}."
    if case is None:
        return Problem(409, found.words, f"{before}key")
    kind = of_digest(case.kind.digest, case.kind_id)
    return problem_in(
        found, group.request.reader, kind, one.values, (f"{before}step", f"{before}key", before)
    )


def outcome(one: OneOfMany, found: Done | Problem) -> dict[str, Any]:
    """One line of the answer."""
    line: dict[str, Any] = {"number": one.number, "key": one.key, "done": None, "error": None}
    if isinstance(found, Problem):
        return line | {"status": found.status, "error": found.body, "is_repeated": False}
    return line | {"status": 200, "done": found, "is_repeated": found.repeated}
