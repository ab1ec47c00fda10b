"""What may answer a clause: reforms, and the clauses of local documents in force."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from minhu.mandates.models import Clause, Version
from minhu.mandates.queries import current_units
from minhu.mandates.states import DocumentKind
from minhu.reforms.models import Answer, Measure, Milestone, Reform
from minhu.reforms.states import State

GONE = (State.STOPPED, State.MERGED)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reform or a local clause, with the words it is compared by."""

    text: str
    reform: Reform | None = None
    clause: Clause | None = None

    @property
    def key(self) -> tuple[int | None, int | None]:
        """Which reform or which local clause: the pair of keys of an answer."""
        return (self.reform.pk if self.reform else None, self.clause.pk if self.clause else None)


def candidates_for(upstream: Version) -> list[Candidate]:
    """Everything that may answer a document: reforms that go on, and local clauses of other documents."""
    local = current_units(DocumentKind.LOCAL).exclude(version__document=upstream.document_id)
    reforms = with_words(Reform.objects.exclude(state__in=GONE))
    return [
        *(Candidate(reform_text(reform), reform=reform) for reform in reforms),
        *(Candidate(words_of(clause), clause=clause) for clause in local.order_by("version", "order")),
    ]


def with_words(reforms: QuerySet[Reform]) -> QuerySet[Reform]:
    """Reforms with everything `reform_text` reads, in three queries."""
    milestones = Prefetch("milestones", Milestone.objects.order_by("order", "pk"))
    measures = Prefetch("measures", Measure.objects.order_by("order", "pk").prefetch_related(milestones))
    return reforms.prefetch_related(measures)


def reform_text(reform: Reform) -> str:
    """The words of a reform that can be compared with a clause; spans of answers count its characters."""
    lines = [reform.name, reform.problem, reform.goal, reform.indicator]
    for measure in reform.measures.all():
        lines.append(measure.title)
        for milestone in measure.milestones.all():
            lines += [milestone.title, milestone.deliverable]
    return "\n".join(dict.fromkeys(line.strip() for line in lines if line.strip()))


def answer_text(answer: Answer) -> str:
    """The words of what answers, as they were compared."""
    if answer.reform:
        return reform_text(answer.reform)
    return words_of(answer.local_clause) if answer.local_clause else ""


def words_of(clause: Clause) -> str:
    """A clause without its label: that both are called 第十二条 is no evidence. Spans count these."""
    words = clause.text
    return words.removeprefix(clause.label).lstrip() if clause.label else words
