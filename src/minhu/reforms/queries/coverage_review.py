"""One clause under review: its words, what answers it, what might, and its neighbours."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from minhu.mandates.models import Clause, Duty, Version
from minhu.mandates.queries import place_of
from minhu.reforms.models import Answer, Inapplicable
from minhu.reforms.queries.coverage import Covered, Row, coverage_of
from minhu.reforms.queries.coverage_again import Again, again_of, marked_again, to_look_at
from minhu.reforms.queries.coverage_candidates import answer_text, words_of
from minhu.reforms.queries.coverage_charts import parts_of
from minhu.reforms.queries.coverage_limits import Thresholds
from minhu.reforms.queries.coverage_lists import sure_answers, with_ends
from minhu.reforms.states import AnswerState
from minhu.ui.offers import Segment

BEFORE, AFTER = 3, 6
MOST_LINES = 4
SHORT = 360
SHOWS = {
    "all": _("All clauses"),
    "pending": _("To be confirmed"),
    "blind": _("Blind spots"),
    "again": _("To look at again"),
    "open": _("Not settled"),
    "settled": _("Settled"),
}
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the answer's text, with the evidence in it."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """Something that answers the clause, or might."""

    answer: Answer
    passages: tuple[Passage, ...]
    is_possible: bool
    is_confident: bool

    @property
    def percent(self) -> str:
        """The score as the screen shows it."""
        score = self.answer.score
        return "–" if score is None else f"{score:.0%}" if self.answer.is_learned else f"{score:.2f}"


@dataclass(frozen=True, slots=True)
class Review:
    """Everything the review page shows of one clause."""

    version: Version
    covered: Covered
    row: Row | None
    window: tuple[Row, ...]
    before: Row | None
    after: Row | None
    number: int
    total: int
    confirmed: tuple[Option, ...]
    suggested: tuple[Option, ...]
    refused: tuple[Option, ...]
    spans: tuple[Span, ...]
    duties: tuple[Duty, ...]
    declined: tuple[Inapplicable, ...]
    above: str
    sure: int
    show: str = "all"
    again: Again | None = None

    @property
    def is_last_option(self) -> bool:
        """Whether refusing what is suggested first leaves nothing that may answer."""
        return sum(option.is_possible for option in self.suggested) <= 1

    @property
    def words(self) -> str:
        """The words of the clause, as they were compared."""
        return words_of(self.row.clause) if self.row else ""

    @property
    def parts(self) -> tuple[Segment, ...]:
        """The bar of the whole document."""
        return parts_of(self.covered, self.version.pk)

    @property
    def shows(self) -> list[tuple[str, str, int]]:
        """The filters: key, name, how many clauses."""
        rows = self.covered.rows
        counted = [(key, str(name), sum(shown(row, key) for row in rows)) for key, name in SHOWS.items()]
        return [one for one in counted if one[0] != "again" or one[2] or self.show == "again"]

    @property
    def next_open(self) -> Row | None:
        """The next clause that waits for somebody (or is to be looked at again, if those are shown), after
        this one, else from the top."""
        rows = self.covered.rows
        here = next((i for i, row in enumerate(rows) if self.row and row.clause == self.row.clause), -1)
        waits = "again" if self.show == "again" else "pending"
        others = [*rows[here + 1 :], *rows[: max(here, 0)]]
        return next((row for row in others if shown(row, waits)), None)


def review_of(version: Version, *, at: int | None, show: str, limits: Thresholds) -> Review:
    """The review of the clause `at` (else of the one to begin with), among those that `show` lets through."""
    opened = to_look_at(version)
    whole = marked_again(coverage_of(version, possible=limits.possible), opened)
    rows = [row for row in whole.rows if shown(row, show) or row.clause.pk == at]
    row = next((r for r in rows if r.clause.pk == at), None) or to_begin_with(rows)
    here = rows.index(row) if row else 0
    options = [option_of(a, limits) for a in answers_of(row.clause)] if row else []
    by_state = {state: tuple(o for o in options if o.answer.state == state) for state in AnswerState}
    marked = [*by_state[AnswerState.CONFIRMED], *by_state[AnswerState.SUGGESTED]]
    return Review(
        version=version, covered=whole, row=row, window=tuple(rows[max(here - BEFORE, 0) : here + AFTER + 1]),
        before=rows[here - 1] if here else None, after=rows[here + 1] if here + 1 < len(rows) else None,
        number=here + 1, total=len(rows), confirmed=by_state[AnswerState.CONFIRMED],
        suggested=by_state[AnswerState.SUGGESTED], refused=by_state[AnswerState.REFUSED],
        spans=tuple((s[0], s[1]) for o in marked if o.is_possible for s in o.answer.spans),
        duties=duties_of(row.clause) if row else (),
        above=" / ".join(str(step) for step in place_of(row.clause).above) if row else "",
        sure=len(sure_answers(version, confident=limits.confident, learned=limits.learned)),
        declined=tuple(Inapplicable.objects.filter(clause=row.clause, granted=False)) if row else (),
        show=show, again=again_of(row.clause, opened) if row else None,
    )  # fmt: skip


def to_begin_with(rows: Sequence[Row]) -> Row | None:
    """The first clause that waits for a person, else the first that is not settled, else the first."""
    waits = next((row for row in rows if row.is_pending), None)
    return waits or next((row for row in rows if not row.is_settled), None) or next(iter(rows), None)


def shown(row: Row, show: str) -> bool:
    """Whether a row passes the filter in the address."""
    return {
        "open": not row.is_settled,
        "pending": row.is_pending,
        "blind": row.is_blind,
        "again": row.is_again,
        "settled": row.is_settled,
    }.get(show, True)


def answers_of(clause: Clause) -> list[Answer]:
    """All answers of a clause, the best first, with everything their words need; constant queries."""
    rows = with_ends(Answer.objects.filter(clause=clause)).prefetch_related(
        "reform__measures__milestones", "reform__supports"
    )
    return sorted(rows, key=lambda row: (-(row.score or 0), row.pk))


def duties_of(clause: Clause) -> tuple[Duty, ...]:
    """The duties of a clause, those of the pieces below it with it."""
    inside = Duty.objects.filter(
        clause__version=clause.version_id, clause__start__gte=clause.start, clause__end__lte=clause.end
    )
    return tuple(inside.order_by("start", "pk"))


def option_of(answer: Answer, limits: Thresholds) -> Option:
    """An answer with the passages that show why."""
    score = answer.score or 0.0
    spans = [(span[2], span[3]) for span in answer.spans]
    if answer.reform and not spans:
        passages: tuple[Passage, ...] = (Passage(answer.reform.goal or answer.reform.problem, ()),)
    else:
        passages = passages_of(answer_text(answer), spans, whole=answer.reform is None)
    is_confident = score >= limits.surely(answer.is_learned)
    return Option(answer, passages, score >= limits.possible, is_confident)


def passages_of(text: str, spans: Sequence[Span], *, whole: bool = True) -> tuple[Passage, ...]:
    """A short text whole; of a long one, or of a list of lines, those that hold evidence, or the first."""
    if whole and len(text) <= SHORT:
        return (Passage(text, tuple(spans)),)
    lines, at = [], 0
    for words in text.split("\n"):
        lines.append(Passage(words, inside(spans, at, at + len(words))))
        at += len(words) + 1
    hit = [line for line in lines if line.spans][:MOST_LINES]
    return tuple(hit or lines[:1])


def inside(spans: Iterable[Span], start: int, end: int) -> tuple[Span, ...]:
    """The parts of spans that fall into a stretch, counted from its start."""
    cut = ((max(s, start) - start, min(e, end) - start) for s, e in spans)
    return tuple((s, e) for s, e in cut if e > s)


def organisations_of(review: Review) -> set[str]:
    """Codes of the organisations that lead or support what answers the clause, or might."""
    options = [*review.confirmed, *review.suggested, *review.refused]
    reforms = [option.answer.reform for option in options if option.answer.reform]
    leads = {reform.lead.code for reform in reforms if reform.lead}
    return leads | {unit.code for reform in reforms for unit in reform.supports.all()}


def organisations_of_clause(clause: Clause) -> set[str]:
    """The same for a clause alone, in constant queries."""
    reforms = [answer.reform for answer in answers_of(clause) if answer.reform]
    leads = {reform.lead.code for reform in reforms if reform.lead}
    return leads | {unit.code for reform in reforms for unit in reform.supports.all()}
