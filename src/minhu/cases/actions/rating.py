"""What the author thinks of how a case was handled: given once, and acted upon where the kind says so."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.cases import store
from minhu.cases.bridge.compiling import compiled
from minhu.cases.models import Rating
from minhu.cases.states import BAD_LEVELS, MACHINE, Ask, CaseRefused, Level, Why
from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.states import SYSTEM

RATED_GOOD, RATED_BAD = "rated_good", "rated_bad"
"""The commands a kind may wait for; `rating_level` is the value they bring, if the kind has such a field."""
LEVEL = "rating_level"
LONGEST = 2000


def digest_of_token(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def rate(*, token: str, level: int, words: str, at: datetime) -> Rating:
    """Rate a case by the token that was handed over. Raises CaseRefused for one unknown or used before."""
    rows = Rating.objects.select_for_update().filter(token_digest=digest_of_token(token))
    rating = rows.first()
    if rating is None:
        raise CaseRefused(Why.UNKNOWN, _("This link does not belong to any case: copy it whole."))
    if rating.rated_at is not None:
        raise CaseRefused(Why.ENDED, _("This case has been rated with this link already; once is enough."))
    if level not in Level.values:
        raise CaseRefused(Why.VALUE, _("Choose one of the five answers."))
    if len(words) > LONGEST:
        raise CaseRefused(Why.VALUE, _("At most %(n)d characters fit: shorten it.") % {"n": LONGEST})
    rating.level, rating.words, rating.rated_at = level, words.strip(), at
    rating.save(update_fields=["level", "words", "rated_at"])
    # What somebody wrote may tell who they are: the record keeps the level alone.
    record(
        by=SYSTEM, deed="cases.rate", thing=ref(rating.case), book=rating.case.book, at=at,
        payload={"level": level, "rating": rating.pk}, asked=1 + bool(words.strip()),
    )  # fmt: skip
    follow(rating, at)
    return rating


def follow(rating: Rating, at: datetime) -> None:
    """Give the case the command its kind waits for, if it waits for one where it is."""
    kind = compiled(rating.case.kind)
    on = RATED_BAD if rating.level in BAD_LEVELS else RATED_GOOD
    if not kind.doing(on) or not rating.case.is_open:
        return
    values: dict[str, object] = {LEVEL: rating.level} if LEVEL in kind.fields else {}
    if LEVEL in kind.choices:
        values = {LEVEL: str(rating.level)}
    try:
        store.apply(MACHINE, Ask(rating.case.number, on, f"rating:{rating.token_digest}", values), at)
    except CaseRefused as refused:
        if refused.why not in {Why.NOT_HERE, Why.GUARD, Why.ENDED}:
            raise
