"""Everything the page of one reform shows, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from minhu.people.models import Organisation, Post
from minhu.reforms.models import Answer, Measure, Milestone, Postponement, Proof, Reform, Rule
from minhu.reforms.queries.charts import reform_chart
from minhu.reforms.queries.lights import light_of, lit
from minhu.reforms.states import PATH, AnswerState, State
from minhu.reforms.states.lights import Day, Progress, progress_of
from minhu.trail.models import Entry, ref
from minhu.trail.queries import history
from minhu.ui.gantt import Chart
from minhu.ui.offers import Light


@dataclass(frozen=True, slots=True)
class Step:
    """A stage on the drawn path: reached on a day, the present one, or still to come."""

    state: State
    is_past: bool
    is_now: bool
    on: datetime | None


@dataclass(frozen=True, slots=True)
class ReformPage:
    """A reform with its measures (each with lit `stones`), its light, and all that belongs to it."""

    reform: Reform
    measures: list[Measure]
    stones: list[Milestone]
    light: Light
    progress: Progress
    chart: Chart | None
    path: tuple[Step, ...]
    supports: list[Organisation]
    rules: list[Rule]
    answers: list[Answer]
    last_proof_at: datetime | None


def reform_page(code: str, day: Day) -> ReformPage:
    """The page of a reform; raises Reform.DoesNotExist for an unknown code."""
    reform = Reform.objects.select_related("lead", "leader_post__organisation", "merged_into").get(code=code)
    stones = stones_of(reform, day)
    measures = list(reform.measures.all())
    by_measure: dict[int, list[Milestone]] = defaultdict(list)
    for stone in stones:
        by_measure[stone.measure_id].append(stone)
    for measure in measures:
        measure.stones = by_measure[measure.pk]
    proofs = [stone.last_proof_at for stone in stones if stone.last_proof_at]
    return ReformPage(
        reform=reform,
        measures=measures,
        stones=stones,
        light=light_of(reform, stones, day),
        progress=progress_of((stone.weight, stone.accepted_on) for stone in stones),
        chart=reform_chart(reform, measures, day),
        path=path_of(reform),
        supports=list(reform.supports.all()),
        rules=list(reform.rules.select_related("replaced_by").prefetch_related("replaces")),
        answers=confirmed_answers(reform),
        last_proof_at=max(proofs, default=None),
    )


def stones_of(reform: Reform, day: Day) -> list[Milestone]:
    """The milestones of a reform by measure and date, lit, with proofs and postponements at hand."""
    rows = reform.milestones.with_last_proof().select_related("acceptor")
    rows = rows.order_by("measure__order", "measure", "due_on", "order", "id").prefetch_related(
        Prefetch("proofs", Proof.objects.order_by("id")),
        Prefetch("postponements", Postponement.objects.order_by("id")),
    )
    found = list(rows)
    for stone in found:
        stone.reform = reform
    name_deciders((proof for stone in found for proof in stone.proofs.all()), "submitted_by")
    name_deciders((wish for stone in found for wish in stone.postponements.all()), "asked_by")
    return lit(found, day)


def path_of(reform: Reform) -> tuple[Step, ...]:
    """The stages in their order, with the day each was reached; a way aside stands at the end.

    A stage that came with a pack has no day: that of loading would say nothing about the reform.
    """
    reached: dict[str, datetime | None] = {State.IDEA: None if reform.pack_key else reform.added_at}
    for entry in moves_of(reform):
        reached[str(entry.payload.get("to"))] = entry.at if entry.actor_user else None
    here = State(reform.state)
    if here in PATH:
        place = PATH.index(here)
        return tuple(Step(one, i < place, i == place, reached.get(one)) for i, one in enumerate(PATH))
    past = [one for one in PATH if one in reached]
    return (
        *(Step(one, True, False, reached[one]) for one in past),
        Step(here, False, True, reached.get(here)),
    )


def moves_of(reform: Reform) -> Iterable[Entry]:
    """The steps of a reform through its life, oldest first."""
    return history(ref(reform)).filter(deed="reforms.move_reform")


def confirmed_answers(reform: Reform) -> list[Answer]:
    """The upstream clauses this reform answers."""
    rows = reform.answers.filter(state=AnswerState.CONFIRMED, clause__version__is_current=True)
    heavy = ("clause__version__text", "clause__version__furniture")
    named = rows.select_related("clause__version__document").defer(*heavy)
    return list(named.order_by("clause__version", "clause__order"))


def name_deciders(rows: Iterable[Proof | Postponement], asked: str) -> None:
    """Give each row `asker` and `decider`: the post in words, or the organisation where no post acted."""
    listed = list(rows)
    posts = dict(Post.objects.filter(code__in=codes_of(listed, asked, "post")).values_list("code", "title"))
    units = Organisation.objects.filter(code__in=codes_of(listed, asked, "organisation"))
    names = dict(units.values_list("code", "short"))
    for row in listed:
        for prefix, word in ((asked, "asker"), ("decided_by", "decider")):
            post, unit = getattr(row, f"{prefix}_post"), getattr(row, f"{prefix}_organisation")
            setattr(row, word, posts.get(post) or names.get(unit) or unit or post)


def codes_of(rows: Iterable[Proof | Postponement], asked: str, kind: str) -> set[str]:
    """The codes that stand in the rows, of those who asked and those who decided."""
    found = {getattr(row, f"{prefix}_{kind}") for row in rows for prefix in (asked, "decided_by")}
    return found - {""}


def carriers_of(reform: Reform) -> tuple[str, ...]:
    """Codes of the organisations that carry a reform: its lead and those that support it."""
    lead = (reform.lead.code,) if reform.lead else ()
    return (*lead, *reform.supports.values_list("code", flat=True))
