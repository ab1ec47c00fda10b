"""Consents: in words that are kept with them; for a child on a page of its own, as whom, until when."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.cases.queries.readings import day_of
from minhu.services.actions.applying.drafting import locked, tell, touch
from minhu.services.bridge.applying.keeping import kept_until
from minhu.services.models import Consent
from minhu.services.queries import applying as queries
from minhu.services.states import ApplicationRefused
from minhu.trail.states import Actor

ASSESSMENT_MONTHS = "privacy.assessment_keep_months"
RELATIONS = ("mother", "father", "guardian")


@dataclass(frozen=True, slots=True)
class Given:
    """What is agreed to. `relation`: of whoever agrees to the child, `assessment`: of its impact."""

    what: str
    words: str
    is_for_child: bool = False
    relation: str = ""
    assessment: str = ""


@transaction.atomic
def give_consent(*, by: Actor, pk: int, given: Given, at: datetime) -> Consent:
    """Keep a consent with its words; given twice it is kept once. Raises ApplicationRefused."""
    row = locked(pk)
    if not row.is_draft:
        raise ApplicationRefused(_("The application was sent with the consents given until then."))
    if given.is_for_child and given.relation not in RELATIONS:
        raise ApplicationRefused(_("Say who you are to the child."), {"relation": _("Choose one.")})
    if given.is_for_child and not given.assessment:
        words = _("No impact assessment is on record for the data of children: nothing may be taken yet.")
        raise ApplicationRefused(words)
    on = day_of(at)
    months = queries.months(ASSESSMENT_MONTHS if given.is_for_child else "", on)
    consent, made = Consent.objects.get_or_create(
        application=row, what=given.what, words_digest=queries.digest_of_words(given.words),
        defaults={
            "words": given.words, "is_for_child": given.is_for_child, "relation": given.relation,
            "assessment": given.assessment, "keep_until": kept_until(on, months), "given_at": at,
        },
    )  # fmt: skip
    if made:
        touch(row, at)
        tell(row, by, "give_consent", at, {"what": given.what, "words": consent.words_digest}, asked=1)
    return consent
