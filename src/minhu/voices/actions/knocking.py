"""Counting knocks of an address: only a salted digest, only as long as the window lasts."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from minhu.voices.bridge.tokens import new_salt, salted
from minhu.voices.models import Knock, Salt
from minhu.voices.queries.limits import HOME, day_of, limits_on
from minhu.voices.states.hearing import VoiceRefused

HOUR, DAY = 3600, 86400
SAY, FOLLOW = "say", "follow"


def salt_of(name: str, at: datetime) -> str:
    """The salt of the window a moment lies in: days for addresses, quarters for counting people."""
    since = day_of(at)
    until = since
    if name == "person":
        since = since.replace(month=(since.month - 1) // 3 * 3 + 1, day=1)
        until = (since + timedelta(days=100)).replace(day=1) - timedelta(days=1)
    row, _made = Salt.objects.get_or_create(
        name=name, since=since, defaults={"until": until, "value": new_salt()}
    )
    return row.value


@transaction.atomic
def knock(*, address: str, what: str, at: datetime) -> None:
    """Count one knock. Raises VoiceRefused once an address has knocked too often; that is counted too."""
    limits = limits_on(day_of(at))
    second = int(at.timestamp())
    digest = salted(salt_of("address", at), f"{what}:{address}")
    for name, length, most in ((f"{what}.hour", HOUR, limits.hour), (f"{what}.day", DAY, limits.day)):
        key: dict[str, Any] = {"what": name, "digest": digest, "window": second // length * length}
        Knock.objects.get_or_create(**key)
        # Counting where the row stands: two who knock at once are two.
        if not Knock.objects.filter(**key, count__lt=most).update(count=F("count") + 1):
            again = at + timedelta(seconds=length - second % length)
            words = _("Too much came from this address in a short time. Try again after %(time)s; "
                      "what you wrote is still here.")  # fmt: skip
            raise VoiceRefused(words % {"time": f"{again.astimezone(HOME):%H:%M}"}, code="often")
