"""Who holds a code: for half an hour the session remembers its digest, never the code itself."""

from django.utils import timezone

from minhu.people.gate import Request
from minhu.voices.models import Voice
from minhu.voices.queries.author import voice_by_digest

KEY = "voice"
SECONDS = 1800


def address_of(request: Request) -> str:
    """The network address a request came from; it is only ever kept as a salted digest."""
    return str(request.META.get("REMOTE_ADDR", ""))


def hold_key(request: Request, digest: str) -> None:
    """Remember which voice this browser may open."""
    request.session[KEY] = [digest, int(timezone.now().timestamp()) + SECONDS]


def held_key(request: Request) -> str:
    """The digest of the code this browser showed, if it is not too long ago."""
    digest, until = request.session.get(KEY, ("", 0))
    return digest if until > timezone.now().timestamp() else ""


def held_voice(request: Request) -> Voice | None:
    """The voice this browser may open."""
    return voice_by_digest(held_key(request))


def drop_key(request: Request) -> None:
    """Forget it."""
    request.session.pop(KEY, None)
