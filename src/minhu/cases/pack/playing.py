"""Traces played through the real deeds, inside a transaction that is rolled back.

A kind is tried under another code and with marked paper numbers: counters, spacing rules and cases of the
house neither disturb it nor are disturbed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import count

from django.db import transaction

from minhu.cases.actions import act, open_case
from minhu.cases.actions.publishing import publish_kinds
from minhu.cases.models import Case, Kind
from minhu.cases.pack.comparing import differences
from minhu.cases.pack.running import carry_out_all, let_all_run_out
from minhu.cases.queries.readings import HOME
from minhu.cases.states import MACHINE, Ask, CaseRefused, Doer, Opening, Upload, Why
from minhu.packs import Located, Problem
from minhu.packs.kinds import CaseDeedSpec, CaseSpec, DoSpec, FieldType, KindSpec, PaperSpec, TraceSpec
from minhu.packs.linting.traces import TIMER, WORKER
from minhu.packs.positions import Position
from minhu.people.models import Post
from minhu.rulebook.models import PackVersion
from minhu.trail.states import SYSTEM, Actor

TRIED = ".try"
MARK = "try-"
MORNING = time(10, 0)
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
"""The digest of the file that stands for every file of a trace: it is there, and empty."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one trace: nothing to say, or what was otherwise than expected, each at its line."""

    kind: str
    title: str
    at: Position
    problems: tuple[Problem, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether all was as expected."""
        return not self.problems


def play_all(
    tried: Sequence[Located[KindSpec]], kinds: Sequence[Located[KindSpec]], *, at: datetime
) -> list[Verdict]:
    """The traces of some kinds, among all the kinds of their pack; nothing of it stays."""
    verdicts = []
    with transaction.atomic():
        version = PackVersion.objects.order_by("-pk").first()
        if version and tried:
            names = {row.item.code for row in kinds}
            specs = [renamed(row.item, names) for row in kinds]
            publish_kinds(by=SYSTEM, specs=specs, version=version, at=at)
            verdicts = [play(row, number) for row in tried for number in range(len(row.item.trace))]
        transaction.set_rollback(True)
    return verdicts


def renamed(spec: KindSpec, names: Iterable[str]) -> KindSpec:
    """A kind under the code it is tried under, opening others under theirs."""
    known = set(names)
    steps = tuple(
        replace(
            step,
            effect=tuple(replace(one, of=one.of + TRIED) if one.of in known else one for one in step.effect),
        )
        for step in spec.step
    )
    return replace(spec, code=spec.code + TRIED, step=steps, paper=tuple(map(marked, spec.paper)))


def marked(paper: PaperSpec) -> PaperSpec:
    """A paper whose numbers are not those of the house."""
    return replace(paper, number=MARK + paper.number) if paper.number else paper


def play(located: Located[KindSpec], number: int) -> Verdict:
    """One trace of a kind that is published for trial."""
    trace = located.item.trace[number]
    at = located.where("trace", number, "title")
    with transaction.atomic():
        problems = Player(located, number).problems()
        transaction.set_rollback(True)
    return Verdict(located.item.code, trace.title, at, tuple(problems))


class Hand:
    """Does what a trace or an illustrative case tells, deed by deed, as the posts it names."""

    def __init__(self, spec: KindSpec, prefix: str) -> None:
        self.spec, self.prefix, self.numbers = spec, prefix, count()
        self.files = {one.code for one in spec.field if one.type is FieldType.FILE}

    def key(self) -> str:
        """The next idempotency key: the same deed of the same trace has the same."""
        return f"{self.prefix}:{next(self.numbers)}"

    def given(self, values: object) -> dict[str, object]:
        """Values as a deed takes them: files are there and empty."""
        said = dict(values) if isinstance(values, dict) else {}
        return {key: self.file(str(one)) if key in self.files else one for key, one in said.items()}

    def file(self, name: str) -> Upload:
        """The file of a value."""
        return Upload(name, "", EMPTY, 0, "application/pdf")

    def open(self, told: TraceSpec | CaseSpec, code: str, at: datetime) -> str:
        """Open the case; answers its number."""
        opening = Opening(code, self.given(told.values), assigned(told.assigns))
        return open_case(by=doer(told.by), opening=opening, key=self.key(), at=at).number

    def do(self, number: str, deed: DoSpec | CaseDeedSpec, at: datetime) -> None:
        """One deed. Raises CaseRefused."""
        if deed.do == TIMER:
            let_all_run_out(number, at)
        elif deed.do == WORKER:
            carry_out_all(number, at)
        else:
            number = child_of(number, deed.child) if deed.child else number
            timed = deed.do in {timer.code for timer in self.spec.timer}
            said, chosen = self.given(deed.values), assigned(deed.assigns)
            asked = Ask(number, deed.do, self.key(), said, chosen, deed.place, is_timer=timed)
            act(by=doer(deed.by), ask=asked, at=at)


class Player(Hand):
    """One trace, and what was otherwise than it expected."""

    def __init__(self, located: Located[KindSpec], number: int) -> None:
        super().__init__(located.item, f"trace:{located.item.code}:{number}")
        self.located, self.path = located, ("trace", number)
        self.trace = located.item.trace[number]

    def problems(self) -> list[Problem]:
        """Play it and compare; the first deed that goes wrong ends it."""
        try:
            number = self.open(self.trace, self.spec.code + TRIED, moment(self.trace.on, 0))
        except CaseRefused as refused:
            return [self.problem(f"it could not be opened: {refused.words}{faults(refused)}", "by")]
        on = self.trace.on
        for place, deed in enumerate(self.trace.do):
            on = deed.on or on
            if words := self.tried(number, deed, moment(on, place + 1)):
                return [self.problem(words, "do", place, "do")]
        kind = Kind.objects.get(code=self.spec.code + TRIED, is_current=True)
        case = Case.objects.get(number=number)
        return [
            self.problem(f"{key}: {words}", "then", key)
            for key, words in differences(case, kind, self.trace.then, on)
        ]

    def tried(self, number: str, deed: DoSpec, at: datetime) -> str:
        """Do one deed; answers what was otherwise than expected, or nothing."""
        try:
            self.do(number, deed, at)
        except CaseRefused as refused:
            why = str(refused.why.value)
            if why == deed.refused:
                return ""
            expected = f"expected to be refused ({deed.refused}), " if deed.refused else ""
            return f"{expected}got refused ({why}): {refused.words}{faults(refused)}"
        return f"expected to be refused ({deed.refused}), but it was done" if deed.refused else ""

    def problem(self, words: str, *path: str | int) -> Problem:
        """A problem at a value of the trace."""
        return self.located.problem(f"“{self.trace.title}”: {words}", *self.path, *path)


def faults(refused: CaseRefused) -> str:
    """The faults of a refusal behind its words."""
    said = [f"{fault.where}: {fault.words}" for fault in refused.faults if fault.words != refused.words]
    return f" [{'; '.join(said)}]" if said else ""


def moment(on: date, minutes: int) -> datetime:
    """A moment of the working morning of a day; deeds of one day come one after the other."""
    return datetime.combine(on, MORNING, HOME) + timedelta(minutes=minutes)


def doer(post: str) -> Doer:
    """A post of the place as the one who acts; no post: the machine."""
    if not post:
        return MACHINE
    row = Post.objects.select_related("organisation").get(code=post)
    return Doer(Actor(None, row.code, row.organisation.code), row.role)


def assigned(given: object) -> dict[str, Sequence[str]]:
    """Roles with their organisations: one may be written without a list."""
    said = given if isinstance(given, dict) else {}
    return {
        role: [str(code) for code in codes] if isinstance(codes, list) else [str(codes)]
        for role, codes in said.items()
    }


def child_of(number: str, organisation: str) -> str:
    """The case that was opened from this one for an organisation, the latest. Raises CaseRefused."""
    rows = Case.objects.filter(parent__number=number, parts__organisation__code=organisation)
    found = rows.order_by("-pk").values_list("number", flat=True).first()
    if found is None:
        raise CaseRefused(Why.UNKNOWN, f"no case was opened from this one for {organisation}")
    return str(found)
