"""Papers: a file handed in, a commitment signed, a paper put off to a later day."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from minhu.cases.queries.readings import day_of
from minhu.services.actions.applying.drafting import changeable_plan, locked, tell, touch
from minhu.services.actions.applying.files import Kept, remove, remove_once_done, taken
from minhu.services.bridge.applying.keeping import kept_until, working_days_later
from minhu.services.bridge.applying.planning import plan_of
from minhu.services.bridge.applying.plans import Plan, Want
from minhu.services.bridge.applying.standing import standing_of
from minhu.services.models import Application, ApplicationPaper
from minhu.services.queries import applying as queries
from minhu.services.states import ApplicationRefused, PaperState, PaperWay
from minhu.trail.states import Actor


def give_file(*, by: Actor, pk: int, want: str, name: str, content: bytes, at: datetime) -> ApplicationPaper:
    """Hand a file in for a paper; one given before is replaced. Raises ApplicationRefused."""
    row = queries.application_by_pk(pk)
    found = plan_of(row.version, row.answers).want(want) if row else None
    if found is None or not found.may_upload or found.way is PaperWay.OUTPUT:
        raise ApplicationRefused(_("No such paper is asked for."))
    kept = taken(name, content, found.media, queries.most_megabytes(found.largest, day_of(at)))
    try:
        return lay_file(by, pk, want, kept, at)
    except Exception:
        remove([kept.file])
        raise


@transaction.atomic
def lay_file(by: Actor, pk: int, want: str, kept: Kept, at: datetime) -> ApplicationPaper:
    """The row of a file that was kept."""
    row = locked(pk)
    found = wanted(row, want)
    paper = new_paper(row, found, PaperWay.UPLOAD, at)
    paper.name, paper.file, paper.sha256, paper.size = kept.name, kept.file, kept.sha256, kept.size
    paper.media_type, paper.scan = kept.media_type, kept.scan
    paper.save()
    touch(row, at)
    tell(row, by, "give_paper", at, {"paper": found.material, "sha256": kept.sha256}, asked=1)
    return paper


@transaction.atomic
def commit_to(*, by: Actor, pk: int, want: str, words: str, at: datetime) -> ApplicationPaper:
    """Sign a commitment (告知承诺) in place of papers, in the words that were shown."""
    row = locked(pk)
    found = wanted(row, want)
    if found.way is not PaperWay.COMMIT:
        raise ApplicationRefused(_("No commitment is taken for this paper."))
    paper = new_paper(row, found, PaperWay.COMMIT, at)
    paper.words = words
    paper.save()
    touch(row, at)
    tell(row, by, "commit", at, {"requirement": found.requirement}, asked=1)
    return paper


@transaction.atomic
def put_off(*, by: Actor, pk: int, want: str, at: datetime) -> ApplicationPaper:
    """Bring a paper later (容缺); by which day is settled when the application is sent."""
    row = locked(pk)
    found = wanted(row, want)
    if not found.may_be_later or not row.is_draft:
        raise ApplicationRefused(_("This paper is needed from the beginning."))
    paper = new_paper(row, found, PaperWay.DEFER, at)
    paper.state = PaperState.WAITING
    paper.due_on = working_days_later(day_of(at), found.later_days)
    paper.save()
    touch(row, at)
    tell(row, by, "put_off_paper", at, {"paper": found.material}, asked=1)
    return paper


@transaction.atomic
def drop_paper(*, by: Actor, pk: int, want: str, at: datetime) -> None:
    """Take a paper of a draft back."""
    row = locked(pk)
    found = wanted(row, want)
    if not row.is_draft:
        raise ApplicationRefused(_("It was sent: give another file in its place instead."))
    remove_once_done(rows_of(row, found).values_list("file", flat=True))
    rows_of(row, found).delete()
    touch(row, at)
    tell(row, by, "drop_paper", at, {"paper": found.material or found.requirement})


def wanted(row: Application, code: str) -> Want:
    """A paper that may be given now. Raises ApplicationRefused."""
    plan = plan_of(row.version, row.answers)
    found = plan.want(code)
    if found is None or found.way is PaperWay.OUTPUT:
        raise ApplicationRefused(_("No such paper is asked for."))
    if not row.is_draft and not waits(row, plan, found):
        changeable_plan(row)
    return found


def waits(row: Application, plan: Plan, want: Want) -> bool:
    """Whether a case rests until this paper comes."""
    return bool(row.is_submitted and row.case and standing_of(row.case.number, plan).waits_for(want))


def rows_of(row: Application, want: Want) -> QuerySet[ApplicationPaper]:
    """The rows of a paper as it stands now."""
    rows = ApplicationPaper.objects.filter(application=row, material=want.material, form=want.form)
    return rows.filter(requirement=want.requirement).exclude(state=PaperState.REPLACED)


def new_paper(row: Application, want: Want, way: PaperWay, at: datetime) -> ApplicationPaper:
    """A row for a paper: in a draft it takes the place of the one before, later that one stays, replaced."""
    before = rows_of(row, want)
    if row.is_draft:
        remove_once_done(before.values_list("file", flat=True))
        before.delete()
    else:
        before.update(state=PaperState.REPLACED, next_at=None)
    until = kept_until(day_of(at), queries.months("", day_of(at)))
    return ApplicationPaper(
        application=row, material=want.material, form=want.form, requirement=want.requirement,
        way=way, given_at=at, keep_until=until,
    )  # fmt: skip
