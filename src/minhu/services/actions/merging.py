"""Somebody says of two fields that look alike whether they are the same; the compiler never does."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.services.actions.drafts import refresh_draft
from minhu.services.actions.refusals import Refusal
from minhu.services.bridge.definitions import whole_of
from minhu.services.models import Merge, ThingVersion
from minhu.services.states import MergeState
from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.states import Actor


@transaction.atomic
def sign_merge(
    *, by: Actor, version: ThingVersion, pair: tuple[str, str], is_same: bool, reason: str, at: datetime
) -> ThingVersion:
    """Sign that two fields (`role.element`) are the same, or that they are not; the newest version after it.

    A later signature takes the place of an earlier one; both stand in the record.
    """
    thing, reason = version.thing, reason.strip()
    known = {field.key for item in whole_of(version).definition.items for field in item.field}
    for key in pair:
        if key not in known:
            raise Refusal(_("No guide of this one-thing asks for “%s”.") % key)
    if pair[0] == pair[1]:
        raise Refusal(_("These are one field already."))
    if not reason:
        raise Refusal(_("Say why: whoever reads the form later wants to know."))
    key, same_as = sorted(pair)
    state = MergeState.SIGNED if is_same else MergeState.REFUSED
    facts = {"state": state, "reason": reason, "signed_by": by.post, "signed_at": at}
    row, _new = Merge.objects.update_or_create(thing=thing, key=key, same_as=same_as, defaults=facts)
    payload = {"fields": [key, same_as], "is_same": is_same, "reason": reason}
    record(
        by=by, deed="services.sign_merge", thing=ref(row), book=thing.book, at=at, payload=payload, asked=1
    )
    return refresh_draft(by=by, thing=thing, pack_version=version.pack_version, at=at)
