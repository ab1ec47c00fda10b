"""Papers that departments share: asked for at once, again by the worker, else the applicant brings them."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.cases.queries.readings import day_of
from minhu.services.actions.applying.drafting import locked, tell, touch
from minhu.services.actions.applying.files import Kept, taken
from minhu.services.actions.applying.following import bring_waiting
from minhu.services.actions.applying.papers import new_paper, wanted
from minhu.services.bridge.applying.planning import plan_of
from minhu.services.bridge.applying.plans import Want
from minhu.services.connectors import (
    Asked,
    Connector,
    Fetched,
    Misconfigured,
    NotFound,
    Unreachable,
    connector_named,
)
from minhu.services.models import Application, ApplicationPaper
from minhu.services.queries import applying as queries
from minhu.services.states import ApplicationRefused, PaperState, PaperWay
from minhu.trail.states import SYSTEM, Actor

WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=6)


def fetch(*, by: Actor, pk: int, want: str, at: datetime) -> ApplicationPaper:
    """Have a department share a paper now. Raises ApplicationRefused where the applicant must bring it.

    A department that does not answer is asked again by the worker once the application is sent.
    """
    row = queries.application_by_pk(pk)
    found = plan_of(row.version, row.answers).want(want) if row else None
    connector = connector_named(found.connector) if found else None
    if row is None or found is None or connector is None:
        raise ApplicationRefused(_("Nobody shares this paper here: please bring it yourself."))
    try:
        fetched, kept = brought(connector, row, found, at)
    except Unreachable as wrong:
        return lay(by, pk, want, at, failed=str(wrong), state=PaperState.WAITING)
    except (NotFound, Misconfigured) as wrong:
        return lay(by, pk, want, at, failed=str(wrong), state=PaperState.MISSING)
    return lay(by, pk, want, at, fetched=fetched, kept=kept)


def brought(connector: Connector, row: Application, want: Want, at: datetime) -> tuple[Fetched, Kept | None]:
    """What a connector brings, its file looked into like any other. Raises ConnectorFailed."""
    values = queries.values_of(row)
    sent = {name: values[key] for key, name in connector.sends.items() if values.get(key)}
    fetched = connector.fetch(Asked(want.material, row.number, sent, at))
    if not fetched.file:
        return fetched, None
    try:
        most = queries.most_megabytes(want.largest, day_of(at))
        return fetched, taken(fetched.name, fetched.file, (), most)
    except ApplicationRefused as refused:
        raise Misconfigured(refused.words) from None


@transaction.atomic
def lay(  # noqa: PLR0913 (one row, all of it)
    by: Actor, pk: int, want: str, at: datetime, *, fetched: Fetched | None = None, kept: Kept | None = None,
    failed: str = "", state: PaperState = PaperState.GIVEN,
) -> ApplicationPaper:  # fmt: skip
    """The row of a paper that was shared, is on its way, or could not be had."""
    row = locked(pk)
    found = wanted(row, want)
    paper = new_paper(row, found, PaperWay.SHARE, at)
    paper.state, paper.error = state, failed[:500]
    if state is PaperState.WAITING:
        paper.attempts, paper.next_at = 1, at + WAIT
    fill(paper, fetched, kept)
    paper.save()
    touch(row, at)
    tell(row, by, "share_paper", at, {"paper": found.material, "state": state.value})
    return paper


def fill(paper: ApplicationPaper, fetched: Fetched | None, kept: Kept | None) -> None:
    """What was brought, laid into the row."""
    if fetched:
        paper.origin, paper.data = fetched.origin[:200], dict(fetched.data) or None
    if kept:
        paper.name, paper.file, paper.sha256, paper.size = kept.name, kept.file, kept.sha256, kept.size
        paper.media_type, paper.scan = kept.media_type, kept.scan


def fetch_again(paper: ApplicationPaper, at: datetime) -> bool:
    """Ask once more for a paper on its way; after so many tries the applicant is asked to bring it."""
    row = paper.application
    plan = plan_of(row.version, row.answers)
    want = next((one for one in plan.wants if (one.material, one.form) == (paper.material, paper.form)), None)
    connector = connector_named(want.connector) if want else None
    if want is None or connector is None:
        put_off_again(paper, "no connector is set up any more", 0, at)
        return False
    try:
        fetched, kept = brought(connector, row, want, at)
    except Unreachable as wrong:
        put_off_again(paper, str(wrong), connector.tries, at)
        return False
    except (NotFound, Misconfigured) as wrong:
        put_off_again(paper, str(wrong), 0, at)
        return False
    with transaction.atomic():
        still = (
            ApplicationPaper.objects.select_for_update().filter(pk=paper.pk, state=PaperState.WAITING).first()
        )
        if still is None:
            return False
        still.state, still.next_at, still.error = PaperState.GIVEN, None, ""
        still.attempts += 1
        fill(still, fetched, kept)
        still.save()
        tell(row, SYSTEM, "share_paper", at, {"paper": paper.material, "state": PaperState.GIVEN.value})
        bring_waiting(by=SYSTEM, pk=row.pk, at=at)
    return True


@transaction.atomic
def put_off_again(paper: ApplicationPaper, words: str, tries: int, at: datetime) -> None:
    """Another try later, or none any more."""
    row = ApplicationPaper.objects.select_for_update().get(pk=paper.pk)
    if row.state != PaperState.WAITING:
        return
    row.attempts, row.error = row.attempts + 1, words[:500]
    if row.attempts >= tries:
        row.state, row.next_at = PaperState.MISSING, None
        tell(paper.application, SYSTEM, "share_paper", at, {"paper": row.material, "state": row.state})
    else:
        row.next_at = at + min(WAIT * 2**row.attempts, LONGEST_WAIT)
    row.save(update_fields=["attempts", "error", "state", "next_at"])
