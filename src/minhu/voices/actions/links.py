"""Saying which reform takes up a group of voices: suggested by likeness, decided by people."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.reforms import actions as reforms
from minhu.reforms.models import Reform
from minhu.trail.actions import link as open_edge
from minhu.trail.actions import unlink as close_edge
from minhu.trail.models import ref
from minhu.trail.states import SYSTEM, Actor
from minhu.voices.actions.groups import check_standing, note
from minhu.voices.bridge.matching_reforms import fits
from minhu.voices.models import Group, ReformLink
from minhu.voices.queries.links import reform_texts, text_of, threshold
from minhu.voices.states.groups import LinkKind, LinkState
from minhu.voices.states.hearing import VoiceRefused

TAKEN_UP = "taken_up_by"


@transaction.atomic
def suggest_links(*, group: Group, at: datetime) -> list[ReformLink]:
    """Suggest reforms that may take up a group; what people decided stays, old suggestions go."""
    texts = reform_texts()
    found = fits(text_of(group), [text for _reform, text in texts], threshold(at))
    decided = ReformLink.objects.filter(group=group).exclude(state=LinkState.SUGGESTED)
    known = set(decided.values_list("reform", flat=True))
    ReformLink.objects.filter(group=group, state=LinkState.SUGGESTED).delete()
    rows = [
        ReformLink(
            group=group, reform=texts[one.place][0], score=one.score, spans=[list(span) for span in one.spans]
        )
        for one in found
        if texts[one.place][0].pk not in known
    ]
    made = ReformLink.objects.bulk_create(rows)
    payload = {"reforms": [row.reform.code for row in made]}
    note(SYSTEM, "suggest_links", group, at, payload)
    return made


@transaction.atomic
def confirm_link(
    *, by: Actor, group: Group, reform: Reform, at: datetime, kind: str = LinkKind.ABOUT
) -> ReformLink:
    """Say that a reform takes up a group; the case of the group is tied to the reform as well."""
    check_standing(group)
    if reform.state in ("stopped", "merged"):
        raise VoiceRefused(_("This reform has come to an end: choose one that goes on."), "reform")
    row = decided(by, group, reform, LinkState.CONFIRMED, at)
    row.kind = kind
    row.save(update_fields=["kind"])
    open_edge(by=by, src=ref(group), dst=ref(reform), kind=TAKEN_UP, at=at)
    if group.case is not None and kind == LinkKind.ABOUT:
        reforms.tie_case(by=by, reform=reform, case=group.case, at=at)
    note(by, "confirm_link", group, at, {"reform": reform.code, "kind": str(kind)})
    return row


@transaction.atomic
def refuse_link(*, by: Actor, group: Group, reform: Reform, at: datetime) -> ReformLink:
    """Say that a reform does not take up a group; a link confirmed before is taken back."""
    row = decided(by, group, reform, LinkState.REFUSED, at)
    close_edge(by=by, src=ref(group), dst=ref(reform), kind=TAKEN_UP, at=at)
    note(by, "refuse_link", group, at, {"reform": reform.code})
    return row


def decided(by: Actor, group: Group, reform: Reform, state: LinkState, at: datetime) -> ReformLink:
    """The link between a group and a reform, with a decision."""
    row = ReformLink.objects.select_for_update().filter(group=group, reform=reform).first()
    row = row or ReformLink(group=group, reform=reform)
    row.state, row.decided_at = state, at
    row.decided_by_user, row.decided_by_post = by.user_id, by.post
    row.save()
    return row
