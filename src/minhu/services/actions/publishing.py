"""Publishing a version: its courses become kinds of case, its limits limits of the rulebook, all pinned."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from minhu.cases.actions.publishing import publish_kinds
from minhu.cases.models import Kind
from minhu.cases.queries.readings import day_of
from minhu.people.models import Organisation
from minhu.rulebook.actions import load_limits
from minhu.rulebook.models import Limit
from minhu.rulebook.queries import Missing
from minhu.rulebook.states import LimitDraft
from minhu.services.actions.refusals import Refusal
from minhu.services.bridge.courses import Publishing, Way, planned, try_nets
from minhu.services.bridge.definitions import whole_of
from minhu.services.bridge.limits import drafts_of
from minhu.services.models import Course, Thing, ThingVersion
from minhu.services.states import VersionState
from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.states import Actor


def plan_of(version: ThingVersion, on: date) -> Publishing:
    """What publishing a version would do, and what stands in the way. Raises Refusal without the law."""
    items = {row.item.code: row.number for row in version.items.select_related("item")}
    units = {
        code: short or name for code, short, name in Organisation.objects.values_list("code", "short", "name")
    }
    # A kind is data, in the language of the place, whoever publishes it.
    with override(settings.LANGUAGE_CODE):
        try:
            return planned(whole_of(version), version.number, items, units, on)
        except Missing as error:
            raise Refusal(_("The rulebook lacks a limit: %s") % error) from None


def publish_thing(*, by: Actor, version: ThingVersion, at: datetime) -> ThingVersion:
    """Publish a draft: everybody who applies from now on gets it; who applied before keeps what they had.

    Raises Refusal with everything that stands in the way; then nothing is changed.
    """
    plan = plan_of(version, day_of(at))
    try_nets(plan)
    if plan.obstacles:
        raise Refusal(_("It cannot be published yet."), tuple(plan.obstacles))
    with transaction.atomic():
        row = ThingVersion.objects.select_for_update(of=("self",)).select_related("thing").get(pk=version.pk)
        if row.state != VersionState.DRAFT or row.digest != version.digest:
            raise Refusal(_("This version was published or changed meanwhile: look at it again."))
        replace_published(row.thing, at)
        row.state, row.published_at, row.published_by = VersionState.PUBLISHED, at, by.post
        row.save(update_fields=["state", "published_at", "published_by"])
        lay_courses(by, row, plan.ways, at)
        payload = {"number": row.number, "digest": row.digest,
                   "courses": [{"kind": way.kind.code, "days": way.days} for way in plan.ways]}  # fmt: skip
        record(
            by=by, deed="services.publish_thing", thing=ref(row), book=row.thing.book, at=at, payload=payload
        )
    return row


def replace_published(thing: Thing, at: datetime) -> None:
    """The version that was published until now is replaced; its running cases go on with it."""
    older = thing.versions.filter(state=VersionState.PUBLISHED)
    older.update(state=VersionState.REPLACED, ended_at=at)


def lay_courses(by: Actor, version: ThingVersion, ways: Iterable[Way], at: datetime) -> None:
    """The limits, the kinds and the courses of a version."""
    ways, on = list(ways), day_of(at)
    whole = whole_of(version)
    with override(settings.LANGUAGE_CODE):
        drafts = {draft.key: draft for way in ways for draft in drafts_of(whole, way.solved, way.naming, on)}
    fresh = unlaid(drafts.values())
    load_limits(by=by, drafts=fresh, version=version.pack_version, at=at)
    publish_kinds(by=by, specs=[way.kind for way in ways], version=version.pack_version, at=at)
    kinds = {
        row.code: row for row in Kind.objects.filter(code__in=[w.kind.code for w in ways], is_current=True)
    }
    for way in ways:
        Course.objects.create(
            version=version, number=way.number, situations=list(way.situations), kind=kinds[way.kind.code],
            proof=way.proof, promised_days=way.days,
        )  # fmt: skip


def unlaid(drafts: Iterable[LimitDraft]) -> list[LimitDraft]:
    """The limits that do not stand yet: those of a guide are laid once, with its first publishing."""
    drafts = list(drafts)
    there = set(Limit.objects.filter(code__in=[one.code for one in drafts]).values_list("code", flat=True))
    return [one for one in drafts if one.code not in there]


@transaction.atomic
def withdraw_thing(*, by: Actor, version: ThingVersion, reason: str, at: datetime) -> ThingVersion:
    """Take a published version back: nobody can apply any more; running cases go on."""
    row = ThingVersion.objects.select_for_update(of=("self",)).select_related("thing").get(pk=version.pk)
    if row.state != VersionState.PUBLISHED:
        raise Refusal(_("Only a published version can be withdrawn."))
    if not reason.strip():
        raise Refusal(_("Say why it is withdrawn."))
    row.state, row.ended_at, row.reason = VersionState.WITHDRAWN, at, reason.strip()
    row.save(update_fields=["state", "ended_at", "reason"])
    payload = {"number": row.number, "reason": row.reason}
    record(
        by=by,
        deed="services.withdraw_thing",
        thing=ref(row),
        book=row.thing.book,
        at=at,
        payload=payload,
        asked=1,
    )
    return row
