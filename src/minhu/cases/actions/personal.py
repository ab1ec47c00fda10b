"""Erasing personal values: what is gone leaves a digest nobody can undo, and the chain holds."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.cases.models import Case, PersonalDatum
from minhu.cases.queries.readings import day_of
from minhu.cases.states import MACHINE, CaseRefused, Doer, Fault, Why
from minhu.people.states import Role
from minhu.trail.actions import record
from minhu.trail.models import ref

LONGEST = 500


@transaction.atomic
def erase_personal(*, by: Doer, number: str, keys: Sequence[str], ground: str, at: datetime) -> int:
    """Erase personal values of a case on a ground; those erased before stay so. Returns how many went.

    The salt goes with the value: without it the digest in the record can be compared with nothing.
    """
    if not by.is_system and by.role != Role.OFFICE:
        raise CaseRefused(Why.RIGHT, _("Personal values are erased by the reform office."))
    if not ground.strip() or len(ground) > LONGEST:
        words = _("Say in at most %(n)d characters on which ground it is erased.") % {"n": LONGEST}
        raise CaseRefused(Why.VALUE, words, [Fault("ground", words)])
    case = Case.objects.select_for_update().filter(number=number).first()
    if case is None:
        raise CaseRefused(Why.UNKNOWN, _("There is no case %(number)s.") % {"number": number})
    known = set(case.personal.values_list("key", flat=True))
    if unknown := [key for key in keys if key not in known]:
        words = _("The case holds no personal value “%(key)s”.") % {"key": unknown[0]}
        raise CaseRefused(Why.VALUE, words, [Fault(unknown[0], words)])
    rows = PersonalDatum.objects.filter(case=case, key__in=keys, erased_at=None)
    gone = sorted(rows.values_list("key", flat=True))
    rows.update(value="", salt="", erased_at=at)
    if gone:
        payload = {"keys": gone, "ground": ground.strip()}
        record(
            by=by.actor, deed="cases.erase_personal", thing=ref(case), book=case.book, at=at, payload=payload
        )
    return len(gone)


def erase_expired(*, at: datetime, most: int = 100) -> int:
    """Erase personal values whose time is over, of so many cases; returns how many values went."""
    late = PersonalDatum.objects.filter(erased_at=None, keep_until__lt=day_of(at)).order_by("case_id", "key")
    by_case: dict[str, list[str]] = {}
    for number, key in late.values_list("case__number", "key"):
        if number not in by_case and len(by_case) == most:
            break
        by_case.setdefault(number, []).append(key)
    ground = _("The time for which it was to be kept is over.")
    return sum(
        erase_personal(by=MACHINE, number=number, keys=keys, ground=ground, at=at)
        for number, keys in by_case.items()
    )
