"""Submission: one transaction from the draft to the case; sent twice it is sent once."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.cases import actions as cases
from minhu.cases.bridge.compiling import of_digest
from minhu.cases.models import Case
from minhu.cases.queries.readings import day_of
from minhu.cases.states import MACHINE, CaseRefused, Opening
from minhu.services.actions.applying.drafting import faults_in, locked, tell
from minhu.services.actions.applying.files import remove_once_done
from minhu.services.actions.applying.following import bring_waiting
from minhu.services.bridge.applying.asking import shown_blanks
from minhu.services.bridge.applying.keeping import kept_until, working_days_later
from minhu.services.bridge.applying.planning import plan_of
from minhu.services.bridge.applying.plans import Plan
from minhu.services.bridge.applying.walking import HELPER, is_settled
from minhu.services.bridge.applying.wording import helper_words
from minhu.services.models import Application, Course
from minhu.services.queries import applying as queries
from minhu.services.queries.courses import NoCourse, course_for
from minhu.services.states import ApplicationRefused, ApplicationState, PaperWay
from minhu.services.states.applying import APPLICATION, TITLE
from minhu.trail.actions import link
from minhu.trail.models import ref
from minhu.trail.states import Actor

BECAME = "became_case"
"""The edge from an application to the case it became."""


def submit(*, by: Actor, pk: int, key: str, at: datetime) -> Application:
    """Send an application: the case is open, or nothing has changed. Under the same key it is sent once."""
    with transaction.atomic():
        row = locked(pk)
        if row.key != key:
            raise ApplicationRefused(_("This page belongs to another application: open yours again."))
        if row.is_submitted:
            return row
        if not row.is_draft:
            raise ApplicationRefused(_("This application was taken back: begin a new one."))
        if not row.version.is_published:
            words = _(
                "The service has changed since you began. What you filled in is kept; look at what is new."
            )
            raise ApplicationRefused(words, page="changes")
        return sent_off(by, row, at)


def sent_off(by: Actor, row: Application, at: datetime) -> Application:
    """The work of it, inside its transaction."""
    plan = plan_of(row.version, row.answers)
    refuse_incomplete(row, plan)
    try:
        course = course_for(row.version, plan.answers)
    except NoCourse:
        words = _("The situation is not told completely: answer the first questions.")
        raise ApplicationRefused(words, page="check") from None
    count = renew(row, plan, at)
    try:
        done = cases.open_case(
            by=MACHINE, opening=opening_of(row, course, plan), key=f"apply:{row.key}", at=at
        )
    except CaseRefused as refused:
        raise ApplicationRefused(refused.words) from None
    row.course, row.case, row.state = course, Case.objects.get(number=done.number), ApplicationState.SUBMITTED
    row.submitted_at = row.changed_at = at
    row.save(update_fields=["course", "case", "state", "submitted_at", "changed_at"])
    said = {"case": done.number, "course": course.number, "version": row.version.number, "values": count}
    said |= {"helper": row.helper.code} if row.helper else {}
    tell(row, by, "submit_application", at, said)
    link(by=by, src=ref(row), dst=ref(row.case), kind=BECAME, at=at)
    bring_waiting(by=by, pk=row.pk, at=at)
    return row


def opening_of(row: Application, course: Course, plan: Plan) -> Opening:
    """The case an application becomes: no value of the applicant goes with it."""
    spec = of_digest(course.kind.digest, course.kind_id).spec
    asked = {name.removesuffix("?") for name in spec.asks}
    values: dict[str, object] = {TITLE: f"{row.version.thing.name} · {row.number}", APPLICATION: row.number}
    values |= {code: answer for code, answer in plan.answers.items() if answer}
    return Opening(course.kind.code, {name: value for name, value in values.items() if name in asked})


# -- before it --------------------------------------------------------------------------------------------
def refuse_incomplete(row: Application, plan: Plan) -> None:
    """Refuse what is not whole, all of it at once. Raises ApplicationRefused."""
    values = queries.values_of(row)
    faults = faults_in(plan, shown_blanks(plan, values), values)
    papers = {(one.material, one.form, one.requirement): one for one in queries.papers_of(row)}
    for want in plan.wants:
        if want.is_asked and not is_settled(want, papers.get((want.material, want.form, want.requirement))):
            faults[want.code] = _("“%(paper)s” is missing.") % {"paper": want.name}
    given = queries.consents_of(row)
    needed = [(one.code, one.words) for one in plan.definition.thing.consent]
    needed += [(HELPER, helper_words(row.helper.name))] if row.helper else []
    for code, words in needed:
        if (code, queries.digest_of_words(words)) not in given:
            faults[f"consent.{code}"] = _("A consent is missing.")
    if faults:
        raise ApplicationRefused(" ".join(dict.fromkeys(faults.values())), faults, "check")


def renew(row: Application, plan: Plan, at: datetime) -> int:
    """What is not asked for is let go; what stays is kept from today on. Returns how many values stay."""
    on = day_of(at)
    kept = {one.key: one for one in row.values.filter(erased_at=None)}
    shown = {one.key: one for one in shown_blanks(plan, {key: one.value for key, one in kept.items()})}
    if gone := [one.pk for key, one in kept.items() if key not in shown]:
        row.values.filter(pk__in=gone).delete()
    renew_papers(row, plan, on)
    # What was written today is kept from today on already.
    late: dict[str, list[str]] = {}
    for key, one in kept.items():
        if key in shown and day_of(one.changed_at) != on:
            late.setdefault(shown[key].keep, []).append(key)
    for code, keys in late.items():
        row.values.filter(key__in=keys).update(keep_until=kept_until(on, queries.months(code, on)))
    return len(kept) - len(gone)


def renew_papers(row: Application, plan: Plan, on: date) -> None:
    """Papers nobody asks for go; those put off are due so many days from today."""
    wanted = {(one.material, one.form, one.requirement): one for one in plan.wants}
    for paper in queries.papers_of(row):
        want = wanted.get((paper.material, paper.form, paper.requirement))
        if want is None:
            remove_once_done([paper.file])
            paper.delete()
        elif paper.way == PaperWay.DEFER and day_of(paper.given_at) != on:
            paper.due_on = working_days_later(on, want.later_days)
            paper.save(update_fields=["due_on"])
