"""Load the reforms of a pack through the actions; what people changed since stays as they left it."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from minhu.mandates.models import Clause, Version
from minhu.packs import Counts, Located, Pack, PackError
from minhu.people.models import Organisation, Post
from minhu.reforms import actions
from minhu.reforms.actions import MilestoneDraft, Move, ProofDraft, ReformDraft, Refusal, RuleDraft, Verdict
from minhu.reforms.models import Measure, Milestone, Reform, Rule
from minhu.reforms.pack import inapplicable
from minhu.reforms.pack.checking import Known, problems_in
from minhu.reforms.pack.specs import INAPPLICABLE, REFORMS, MilestoneSpec, ReformSpec, RuleSpec
from minhu.reforms.states import PATH, State
from minhu.reforms.states.life import way_to
from minhu.trail.states import Actor

One = Located[ReformSpec]


@dataclass(frozen=True, slots=True)
class Load:
    """Who loads, when, and what is known."""

    by: Actor
    at: datetime
    known: Known

    def of(self, organisation: Organisation | None) -> Actor:
        """An organisation acting through the pack: no account stands behind it."""
        return Actor(None, "", organisation.code if organisation else "")


def load(pack: Pack, *, by: Actor, at: datetime) -> Counts:
    """Bring the reforms to what the pack says, in one transaction; the same pack twice changes nothing."""
    rows, exempt = pack.read(REFORMS), pack.read(INAPPLICABLE)
    known = Known(
        {unit.code: unit for unit in Organisation.objects.all()},
        {post.code: post for post in Post.objects.select_related("organisation")},
    )
    problems = [*problems_in(rows, known), *inapplicable.problems_in(exempt, known.posts)]
    if problems:
        raise PackError(problems)
    doing, counts, fresh = Load(by, at, known), Counts(), []
    kept = dict(Reform.objects.values_list("code", "pack_key"))
    with transaction.atomic():
        for one in rows:
            key = key_of(pack, one.item)
            if kept.get(one.item.code) == key:
                counts += Counts(unchanged=1)
                continue
            reform, is_new = take(doing, one, key)
            fresh.append((one, reform, is_new))
            counts += Counts(created=1) if is_new else Counts(changed=1)
        finish(doing, fresh)
        # A document of the pack in new words: what was decided about unchanged clauses stays decided.
        for version in Version.objects.filter(is_current=True).order_by("pk"):
            actions.carry_answers(by=by, version=version, at=at)
        counts += inapplicable.load(exempt, known.posts, by=by, at=at)
    return counts


def key_of(pack: Pack, spec: ReformSpec) -> str:
    """The pack and the digest of the item: an item that stays the same is not loaded again."""
    return f"{pack.code}:{hashlib.sha256(repr(spec).encode()).hexdigest()[:24]}"


def finish(doing: Load, fresh: list[tuple[One, Reform, bool]]) -> None:
    """What may point at other reforms of the pack: replaced rules, answered clauses, stages."""
    for one, reform, _is_new in fresh:
        replace_rules(doing, one, reform)
    for one, reform, _is_new in fresh:
        for place, address in enumerate(one.item.answers):
            with at_its_place(one, "answers", place):
                actions.confirm_answer(
                    by=doing.by, clause=inapplicable.clause_of(address), reform=reform, at=doing.at
                )
    # Merged ones last: what they are merged into has to stand.
    for one, reform, is_new in sorted(fresh, key=lambda row: row[0].item.state == State.MERGED):
        if is_new:
            walk(doing, one, reform)


@contextmanager
def at_its_place(one: One, *path: str | int) -> Iterator[None]:
    """Turn a refusal into a problem at a place of the pack."""
    try:
        yield
    except Refusal as refusal:
        raise PackError([one.problem(str(refusal), *path)]) from refusal
    except Clause.DoesNotExist as unknown:
        raise PackError(
            [one.problem(str(unknown), *path, hint="<document number>#<clause path>")]
        ) from unknown


def take(doing: Load, one: One, key: str) -> tuple[Reform, bool]:
    """A reform with its measures, milestones and rules."""
    spec = one.item
    with at_its_place(one, "code"):
        reform, is_new = actions.take_from_pack(
            by=doing.by, draft=draft_of(doing.known, spec), pack_key=key, at=doing.at
        )
    for number, part in enumerate(spec.measure):
        measure = reform.measures.filter(title=part.title.strip()).first()
        if measure is None:
            with at_its_place(one, "measure", number, "title"):
                measure = actions.add_measure(by=doing.by, reform=reform, title=part.title, at=doing.at)
        for place, stone in enumerate(part.milestone):
            with at_its_place(one, "measure", number, "milestone", place, "title"):
                take_milestone(doing, measure, stone)
    for place, rule in enumerate(spec.rule):
        with at_its_place(one, "rule", place, "title"):
            take_rule(doing, reform, rule)
    return reform, is_new


def draft_of(known: Known, spec: ReformSpec) -> ReformDraft:
    """The draft an item describes."""
    same = [
        name for name in ReformDraft.__dataclass_fields__ if name not in {"lead", "supports", "leader_post"}
    ]
    return ReformDraft(
        **{name: getattr(spec, name) for name in same},
        lead=known.organisations.get(spec.lead),
        supports=tuple(known.organisations[code] for code in spec.supports),
        leader_post=known.posts.get(spec.leader_post),
    )


def take_milestone(doing: Load, measure: Measure, spec: MilestoneSpec) -> Milestone:
    """A milestone; one that is here and open takes over what may still change."""
    acceptor = doing.known.organisations[spec.acceptor]
    draft = MilestoneDraft(
        title=spec.title.strip(), due_on=spec.planned_on or spec.due_on, deliverable=spec.deliverable,
        acceptor=acceptor, weight=spec.weight, starts_on=spec.starts_on,
    )  # fmt: skip
    row = measure.milestones.select_related("reform", "acceptor").filter(title=draft.title).first()
    if row is None:
        return actions.add_milestone(by=doing.by, measure=measure, draft=draft, at=doing.at)
    if row.is_accepted:
        return row
    if row.reform.is_approved:
        draft = MilestoneDraft(**(draft.values | {"due_on": row.due_on}))
    return actions.revise_milestone(by=doing.by, milestone=row, draft=draft, rev=row.rev, at=doing.at)


def take_rule(doing: Load, reform: Reform, spec: RuleSpec) -> None:
    """A rule without its replacement, which may stand further down."""
    row = reform.rules.filter(number=spec.number, title=spec.title, deed=spec.deed).first()
    if row is None:
        actions.write_rule(by=doing.by, reform=reform, draft=rule_draft(spec, None), at=doing.at)
    else:
        draft = rule_draft(spec, row.replaced_by)
        actions.change_rule(by=doing.by, rule=row, draft=draft, rev=row.rev, at=doing.at)


def rule_draft(spec: RuleSpec, replaced_by: Rule | None) -> RuleDraft:
    """The draft a rule of the pack describes."""
    same = [name for name in RuleDraft.__dataclass_fields__ if name != "replaced_by"]
    return RuleDraft(**{name: getattr(spec, name) for name in same}, replaced_by=replaced_by)


def replace_rules(doing: Load, one: One, reform: Reform) -> None:
    """Join old rules with the new ones that replace them, wherever those stand."""
    for place, spec in enumerate(one.item.rule):
        if not spec.replaced_by:
            continue
        new = Rule.objects.filter(number=spec.replaced_by).order_by("id").first()
        if new is None:
            raise PackError(
                [one.problem(f"no rule has the number “{spec.replaced_by}”", "rule", place, "replaced_by")]
            )
        row = reform.rules.get(number=spec.number, title=spec.title, deed=spec.deed)
        with at_its_place(one, "rule", place, "replaced_by"):
            actions.change_rule(by=doing.by, rule=row, draft=rule_draft(spec, new), rev=row.rev, at=doing.at)


def walk(doing: Load, one: One, reform: Reform) -> None:
    """Take a new reform step by step to its stage; its milestones are proved while it runs."""
    is_carried = False
    for step in steps_of(one.item):
        with at_its_place(one, "state"):
            actions.move_reform(by=doing.by, reform=reform, move=move_to(one.item, step), at=doing.at)
        if step == State.RUNNING or (step == one.item.state == State.APPROVED):
            prove(doing, one, reform)
            is_carried = True
    stones = [stone for measure in one.item.measure for stone in measure.milestone]
    if not is_carried and any(stone.accepted_on or stone.handed_in for stone in stones):
        raise PackError(
            [one.problem("milestones are accepted only once a reform has been approved", "state")]
        )


def steps_of(spec: ReformSpec) -> tuple[State, ...]:
    """The stages on the way; one that was left aside after something had been accepted ran before."""
    done = any(stone.accepted_on for measure in spec.measure for stone in measure.milestone)
    if done and spec.state not in PATH:
        return (*way_to(State.RUNNING), *way_to(spec.state, since=State.RUNNING))
    return way_to(spec.state)


def move_to(spec: ReformSpec, step: State) -> Move:
    """A step, with the reason the pack gives for a way aside."""
    is_aside = step not in PATH
    into = Reform.objects.filter(code=spec.merged_into).first() if step == State.MERGED else None
    return Move(step, (spec.state_reason or spec.origin_note) if is_aside else "", into)


def prove(doing: Load, one: One, reform: Reform) -> None:
    """What the pack says of proofs and postponements of a reform that has just begun to run."""
    for number, part in enumerate(one.item.measure):
        for place, spec in enumerate(part.milestone):
            with at_its_place(one, "measure", number, "milestone", place, "title"):
                row = reform.milestones.select_related("reform__lead", "acceptor").get(
                    measure__title=part.title.strip(), title=spec.title.strip()
                )
                prove_milestone(doing, row, spec)


def prove_milestone(doing: Load, row: Milestone, spec: MilestoneSpec) -> None:
    """Postpone, hand in, return, accept, as the pack says."""
    lead, acceptor, at = doing.of(row.reform.lead), doing.of(row.acceptor), doing.at
    if spec.planned_on:
        wish = actions.Wish(spec.due_on, spec.postponed_because)
        asked = actions.ask_postponement(by=lead, milestone=row, wish=wish, at=at)
        actions.decide_postponement(by=acceptor, postponement=asked, verdict=Verdict(True), at=at)
    if spec.accepted_on:
        actions.take_over_proof(
            by=doing.by, milestone=row, draft=paper(row, spec), on=spec.accepted_on, at=at
        )
    elif spec.handed_in:
        proof = actions.submit_proof(by=lead, milestone=row, draft=paper(row, spec), at=at)
        if spec.handed_in == "returned":
            actions.decide_proof(
                by=acceptor, proof=proof, verdict=Verdict(False, spec.returned_because), at=at
            )


def paper(row: Milestone, spec: MilestoneSpec) -> ProofDraft:
    """The proof a pack stands for: a plain text that says what it shows, and that it is only illustrative."""
    lines: Iterable[str] = (
        row.reform.name, row.title, spec.deliverable, str(spec.accepted_on or ""),
        "示例 · illustrative" if row.reform.illustrative else "",
    )  # fmt: skip
    text = "\n".join(line for line in lines if line) + "\n"
    return ProofDraft(spec.deliverable, ContentFile(text.encode(), name=f"{row.reform.code}-{row.pk}.txt"))
