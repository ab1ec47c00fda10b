"""What is kept no longer: drafts nobody came back to, values and papers whose time is over."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.cases.queries.readings import day_of
from minhu.services.actions.applying.drafting import tell
from minhu.services.actions.applying.files import remove_once_done
from minhu.services.models import Application
from minhu.services.queries import applying as queries
from minhu.services.states import ApplicationRefused, ApplicationState
from minhu.trail.states import SYSTEM, Actor


def expire_drafts(*, at: datetime, most: int = 100) -> int:
    """Erase drafts whose time is over, and values kept long enough; returns how many applications it met."""
    found = [expire(one, at) for one in queries.drafts_over(at, most)]
    found += [erase_over(pk, at) for pk in queries.over_on(day_of(at), most)]
    return sum(found)


@transaction.atomic
def expire(draft: Application, at: datetime) -> bool:
    """Erase all of a draft but that it was there."""
    row = Application.objects.select_for_update().filter(pk=draft.pk, state=ApplicationState.DRAFT).first()
    if row is None or row.keep_until >= at:
        return False
    files = list(row.papers.values_list("file", flat=True))
    row.values.all().delete()
    row.papers.all().delete()
    row.state, row.answers, row.seen, row.ended_at = ApplicationState.EXPIRED, {}, [], at
    row.save(update_fields=["state", "answers", "seen", "ended_at"])
    tell(row, SYSTEM, "expire_application", at, {})
    remove_once_done(files)
    return True


def erase_over(pk: int, at: datetime) -> bool:
    """Erase of an application what has been kept long enough."""
    row = Application.objects.get(pk=pk)
    on = day_of(at)
    keys = row.values.filter(erased_at=None, keep_until__lt=on).values_list("key", flat=True)
    papers = row.papers.filter(erased_at=None, keep_until__lt=on).values_list("pk", flat=True)
    ground = _("The time for which it was to be kept is over.")
    return erase_application(by=SYSTEM, pk=pk, ground=ground, at=at, keys=list(keys), papers=list(papers)) > 0


@transaction.atomic
def erase_application(
    *, by: Actor, pk: int, ground: str, at: datetime, keys: Sequence[str] | None = None,
    papers: Sequence[int] | None = None,
) -> int:  # fmt: skip
    """Erase values and papers on a ground, all of them unless told which; returns how many went."""
    if not ground.strip():
        raise ApplicationRefused(_("Say on which ground it is erased."), {"ground": _("Say why.")})
    row = Application.objects.select_for_update().get(pk=pk)
    values = row.values.filter(erased_at=None)
    values = values if keys is None else values.filter(key__in=keys)
    rows = row.papers.filter(erased_at=None)
    rows = rows if papers is None else rows.filter(pk__in=papers)
    names = sorted(values.values_list("key", flat=True))
    files = list(rows.values_list("file", flat=True))
    gone = values.update(value="", erased_at=at)
    gone += rows.update(file="", name="", data=None, words="", erased_at=at)
    if gone:
        tell(row, by, "erase_values", at, {"keys": names, "papers": len(files), "ground": ground.strip()})
        remove_once_done(files)
    return gone
