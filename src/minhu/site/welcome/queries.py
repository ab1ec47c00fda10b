"""What there is to see after the demonstration was prepared: headline figures, and one clause all the way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from minhu.people.models import Holding
from minhu.people.queries import reader_of
from minhu.people.states import Role
from minhu.reforms.models import Answer, Milestone
from minhu.reforms.states import AnswerState
from minhu.trail.models import ref
from minhu.trail.queries import newest_entries
from minhu.ui import offers


@dataclass(frozen=True, slots=True)
class Step:
    """One stop on the walk of a clause through the house."""

    where: str
    what: str
    url: str


def headline(on: date) -> list[str]:
    """The sentences that open the cockpit, as a reader of the reform office would read them."""
    holding = Holding.objects.filter(post__role=Role.OFFICE, until=None).select_related("user").first()
    if holding is None:
        return []
    reader = reader_of(holding.user)
    built = (opening.build(reader, on) for opening in offers.openings())
    return ["".join(str(part.text) for part in parts) for parts in built]


def telling_answer() -> Answer | None:
    """A confirmed answer whose reform has something accepted already, or else any confirmed one."""
    confirmed = Answer.objects.filter(state=AnswerState.CONFIRMED, reform__isnull=False)
    confirmed = confirmed.select_related("clause__version__document", "reform__lead").order_by(
        "clause__order"
    )
    return confirmed.filter(reform__milestones__accepted_on__isnull=False).first() or confirmed.first()


def walk() -> Iterator[Step]:
    """One clause: its words, its duty, the reform that answers it, a milestone, its proof, the record."""
    answer = telling_answer()
    if answer is None or answer.reform is None:
        return
    clause, reform = answer.clause, answer.reform
    document = clause.version.document
    yield Step(
        "mandates", f"{document.number} {clause.label}: {clause.text[:60]}…", clause.get_absolute_url()
    )
    for duty in clause.duties.all()[:1]:
        yield Step("mandates", f"{duty.who or '—'} · {duty.by_words or '—'}", clause.get_absolute_url())
    yield Step("reforms", f"{reform.code} {reform.name} · {reform.lead or '—'}", reform.get_absolute_url())
    milestones = Milestone.objects.filter(reform=reform)
    yield from walk_milestone(milestones.order_by(F("accepted_on").asc(nulls_last=True), "due_on").first())
    entry = newest_entries(book=reform.book).last()
    if entry:
        record, url = offers.thing_link(entry.thing)
        yield Step("trail", f"{entry.book} #{entry.seq} {entry.deed} {entry.hash[:12]}… · {record}", url)


def walk_milestone(milestone: Milestone | None) -> Iterator[Step]:
    """A milestone and the last proof of it."""
    if milestone is None:
        return
    state = f"✓ {milestone.accepted_on}" if milestone.accepted_on else f"→ {milestone.due_on}"
    yield Step("reforms", f"{milestone.title} {state} ({ref(milestone)})", milestone.get_absolute_url())
    proof = milestone.proofs.last()
    if proof:
        yield Step(
            "reforms", f"{proof.title} {proof.sha256[:12] or proof.link}", milestone.get_absolute_url()
        )
