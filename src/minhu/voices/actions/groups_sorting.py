"""What a group is about and whose it is: the software suggests, a person decides, both are kept."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.people.models import Organisation
from minhu.trail.states import Actor
from minhu.voices.actions.groups import note
from minhu.voices.models import Group, Membership, Sorting, Voice
from minhu.voices.states.groups import Sorted
from minhu.voices.states.hearing import VoiceRefused


@transaction.atomic
def decide_sorting(
    *, by: Actor, group: Group, what: str, label: str, suggested: Sorted, at: datetime
) -> Sorting:
    """Say what a group is about (`domain`) or whose it is (`office`). Raises VoiceRefused."""
    label = label.strip()
    if not label:
        raise VoiceRefused(_("Choose one."), "label")
    voices = Voice.objects.filter(pk__in=Membership.objects.filter(group=group, until=None).values("voice"))
    if what == Sorting.What.OFFICE:
        office = Organisation.objects.standing().filter(code=label).first()
        if office is None:
            raise VoiceRefused(_("There is no unit “%(code)s”: choose one.") % {"code": label}, "label")
        group.office = office
        voices.update(office=office, office_by="person")
    else:
        group.domain = label[:60]
        voices.update(domain=group.domain)
    group.save(update_fields=["office", "domain"])
    row = Sorting(
        group=group, what=what, decided=label[:60], decided_at=at, decided_by_user=by.user_id,
        decided_by_post=by.post, suggested=suggested.label, sure=suggested.sure,
        top=[list(pair) for pair in suggested.top],
    )  # fmt: skip
    row.save(force_insert=True)
    payload = {"what": what, "label": label, "suggested": suggested.label, "sure": suggested.sure}
    note(by, "decide_sorting", group, at, payload, asked=1)
    return row
