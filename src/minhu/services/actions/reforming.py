"""A rule that holds a one-thing up becomes a reform, with the days it would save and the proof behind it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.people.models import Organisation
from minhu.reforms.actions import ReformDraft, start_reform
from minhu.reforms.actions import Refusal as ReformRefusal
from minhu.reforms.models import Reform
from minhu.reforms.states import Category, Domain, Origin
from minhu.services.actions.refusals import Refusal
from minhu.services.models import ThingReform, ThingVersion
from minhu.services.states import Audience
from minhu.trail.actions import link, record
from minhu.trail.models import ref
from minhu.trail.states import Actor

EDGE = "asks_reform"


@dataclass(frozen=True, slots=True)
class Lever:
    """A clause that holds the makespan: days off by one day less, and at most; whose it is."""

    clause: str
    first_day: int
    most_days: int
    department: str
    steps: tuple[str, ...]


def send_to_reforms(*, by: Actor, version: ThingVersion, lever: Lever, at: datetime) -> Reform:
    """Start a reform of one rule as an idea of the ledger; sent before, it is the same reform."""
    before = ThingReform.objects.filter(version__thing=version.thing, clause=lever.clause).first()
    if before:
        return before.reform
    with transaction.atomic():
        try:
            reform = start_reform(by=by, draft=draft_of(version, lever), at=at)
        except ReformRefusal as refused:
            raise Refusal(str(refused)) from None
        ThingReform.objects.create(
            version=version, reform=reform, clause=lever.clause, first_day=lever.first_day,
            most_days=lever.most_days, sent_by=by.post, sent_at=at,
        )  # fmt: skip
        link(by=by, src=ref(version), dst=ref(reform), kind=EDGE, at=at)
        payload = {"clause": lever.clause, "reform": reform.code, "most_days": lever.most_days}
        record(
            by=by,
            deed="services.send_to_reforms",
            thing=ref(version),
            book=version.thing.book,
            at=at,
            payload=payload,
        )
    return reform


def draft_of(version: ThingVersion, lever: Lever) -> ReformDraft:
    """The reform as an idea: what is known is filled in, the office goes on from there."""
    thing = version.thing
    said = {"clause": lever.clause, "thing": thing.name, "n": lever.first_day, "most": lever.most_days,
            "steps": "、".join(lever.steps), "version": version.number}  # fmt: skip
    return ReformDraft(
        code=free_code(f"YJS-{thing.code}"),
        name=(_("Shorten what “%(clause)s” takes in “%(thing)s”") % said)[:200],
        domain=Domain.ECONOMY if thing.audience == Audience.ENTERPRISE else Domain.URBAN_RURAL,
        category=Category.MICRO,
        problem=_(
            "“%(thing)s” cannot be quicker because of %(clause)s: %(steps)s stand on its critical path."
        )
        % said,
        goal=_("One day less there makes the whole %(n)s days shorter, all of it at most %(most)s days.")
        % said,
        lead=Organisation.objects.filter(code=lever.department).first(),
        origin=Origin.CORRECTION,
        origin_note=_("Computed by compiling “%(thing)s”, version %(version)s; its proof shows it.") % said,
        illustrative=thing.illustrative,
    )


def free_code(stem: str) -> str:
    """The first code of this stem that is not in the ledger."""
    taken = set(Reform.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for n in range(1, len(taken) + 2) if (code := f"{stem[:34]}-{n}") not in taken)
