"""A draft: begun without a name, kept after every page, taken over into a newer version."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.cases.queries.readings import day_of
from minhu.people.models import Organisation
from minhu.services.actions.applying.files import remove_once_done
from minhu.services.bridge.applying.asking import fault_of, needed_keys
from minhu.services.bridge.applying.keeping import kept_until
from minhu.services.bridge.applying.planning import plan_of
from minhu.services.bridge.applying.plans import Blank, Plan
from minhu.services.bridge.applying.standing import standing_of
from minhu.services.models import Application, ApplicationValue, ThingVersion
from minhu.services.queries import applying as queries
from minhu.services.states import ApplicationRefused, ApplicationState
from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.states import Actor

PURPOSE = "apply"


@dataclass(frozen=True, slots=True)
class Started:
    """A draft and its secret code, which is kept nowhere but with the applicant."""

    application: Application
    code: str


@transaction.atomic
def start(*, by: Actor, version: ThingVersion, at: datetime, helps: bool = False) -> Started:
    """Begin a draft. `helps`: the organisation of a post applies on somebody's behalf (帮办代办)."""
    if not version.is_published:
        raise ApplicationRefused(_("This service is not open now."))
    code = made_code()
    helper = Organisation.objects.get(code=by.organisation) if helps else None
    row = Application.objects.create(
        version=version, code_digest=queries.digest_of(code), key=secrets.token_urlsafe(24),
        helper=helper, helper_post=by.post if helps else "", started_at=at, changed_at=at,
        keep_until=at + timedelta(days=queries.draft_days(day_of(at))),
    )  # fmt: skip
    tell(row, by, "start_application", at, {"thing": version.thing.code, "version": version.number})
    return Started(row, code)


def made_code() -> str:
    """A secret follow-up code: four groups of four signs."""
    groups = ("".join(secrets.choice(queries.ALPHABET) for _ in range(queries.SIGNS)) for _ in range(4))
    return "-".join(groups)


@transaction.atomic
def new_code(*, by: Actor, pk: int, at: datetime) -> str:
    """Another secret code in place of the one before, for whoever has the application open."""
    row = locked(pk)
    code = made_code()
    row.code_digest = queries.digest_of(code)
    row.save(update_fields=["code_digest"])
    tell(row, by, "renew_code", at, {})
    return code


@transaction.atomic
def answer_situation(*, by: Actor, pk: int, question: str, option: str, at: datetime) -> Application:
    """Answer a situation question; what later questions mean is settled when they are read."""
    row = locked(pk)
    if not row.is_draft:
        raise ApplicationRefused(_("The situation cannot be changed any more: the application was sent."))
    row.answers = {**row.answers, question: option}
    touch(row, at, "answers")
    tell(row, by, "answer_situation", at, {"question": question}, asked=1)
    return row


@transaction.atomic
def keep_page(
    *, by: Actor, pk: int, blanks: Sequence[str], values: Mapping[str, str], at: datetime
) -> Application:
    """Keep what was filled in on one page (`blanks`: keys on it). Raises ApplicationRefused by field."""
    row = locked(pk)
    plan = changeable_plan(row)
    asked = [blank for key in blanks if (blank := plan.blank(key))]
    said = {key: value.strip() for key, value in values.items() if key in blanks}
    everything = {**queries.values_of(row), **said}
    if faults := faults_in(plan, asked, everything):
        raise ApplicationRefused(" ".join(faults.values()), faults)
    keep_values(row, asked, said, at)
    row.seen = sorted({*row.seen, *blanks})
    touch(row, at, "seen")
    tell(row, by, "keep_page", at, {"fields": sorted(blanks)}, asked=sum(1 for one in said.values() if one))
    return row


def faults_in(plan: Plan, blanks: Sequence[Blank], values: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with the answers to these blanks, by key."""
    found, needed = {}, needed_keys(plan, values)
    for blank in blanks:
        value = values.get(blank.key, "")
        if not value and blank.key in needed:
            found[blank.key] = _("“%(field)s” is missing: please give it.") % {"field": blank.label}
        elif words := fault_of(blank, value):
            found[blank.key] = words
    return found


def keep_values(row: Application, blanks: Sequence[Blank], said: Mapping[str, str], at: datetime) -> None:
    """Rows of the answers; an answer taken back leaves none."""
    on = day_of(at)
    until = {code: kept_until(on, queries.months(code, on)) for code in {one.keep for one in blanks}}
    new = [
        ApplicationValue(
            application=row, key=one.key, value=said[one.key], is_personal=one.personal,
            purpose=one.purpose or PURPOSE, keep_until=until[one.keep], changed_at=at,
        )
        for one in blanks
        if said.get(one.key)
    ]  # fmt: skip
    gone = [one.key for one in blanks if not said.get(one.key)]
    ApplicationValue.objects.filter(application=row, key__in=gone).delete()
    ApplicationValue.objects.bulk_create(
        new, update_conflicts=True, unique_fields=["application", "key"],
        update_fields=["value", "is_personal", "purpose", "keep_until", "changed_at", "erased_at"],
    )  # fmt: skip


@transaction.atomic
def take_version(*, by: Actor, pk: int, version: ThingVersion, at: datetime) -> Application:
    """Go on with a draft under the version that holds now; everything filled in stays."""
    row = locked(pk)
    if not row.is_draft or not version.is_published or version.thing_id != row.version.thing_id:
        raise ApplicationRefused(_("This application stays with the version it was made for."))
    before = row.version.number
    row.version = version
    touch(row, at, "version")
    tell(row, by, "take_version", at, {"before": before, "after": version.number})
    return row


@transaction.atomic
def discard(*, by: Actor, pk: int, at: datetime) -> None:
    """Throw a draft away, with everything in it."""
    row = locked(pk)
    if not row.is_draft:
        raise ApplicationRefused(_("It was sent: it can be taken back, not thrown away."))
    remove_once_done(row.papers.values_list("file", flat=True))
    row.values.all().delete()
    row.papers.all().delete()
    row.state, row.answers, row.seen, row.ended_at = ApplicationState.WITHDRAWN, {}, [], at
    touch(row, at, "state", "answers", "seen", "ended_at")
    tell(row, by, "discard_application", at, {})


# -- for all deeds ----------------------------------------------------------------------------------------
def locked(pk: int) -> Application:
    """The row of an application, held until the deed is done. Raises ApplicationRefused."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("version__thing", "case")
    row = rows.filter(pk=pk).first()
    if row is None or row.state == ApplicationState.EXPIRED:
        raise ApplicationRefused(_("This application is not there any more."))
    return row


def changeable_plan(row: Application) -> Plan:
    """The plan of an application that may be changed: a draft, or one whose corrections are asked for."""
    plan = plan_of(row.version, row.answers)
    if row.is_draft or (row.is_submitted and row.case and standing_of(row.case.number, plan).is_mending):
        return plan
    raise ApplicationRefused(_("It was sent: it can be changed only when a correction is asked for."))


def touch(row: Application, at: datetime, *fields: str) -> None:
    """Save what changed; a draft is kept from its last change on."""
    row.changed_at = at
    if row.is_draft:
        row.keep_until = at + timedelta(days=queries.draft_days(day_of(at)))
    row.save(update_fields=[*fields, "changed_at", "keep_until"])


def tell(
    row: Application, by: Actor, deed: str, at: datetime, payload: Mapping[str, object], asked: int = 0
) -> None:
    """Write a deed into the book of an application: which fields, never what they hold."""
    record(by=by, deed=f"services.{deed}", thing=ref(row), book=row.book, at=at, payload=payload, asked=asked)
