"""What a daily mail says: the own duties from all posts somebody holds, and notices since the last mail."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from minhu.people.models import Subscription, User
from minhu.people.queries import notices_between, reader_of
from minhu.people.rules import Reader
from minhu.ui import offers
from minhu.ui.offers import Duty

WEEK, DAY = timedelta(days=7), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Digest:
    """A mail before it is written; `new`: prints of what the mail before did not tell."""

    late: tuple[Duty, ...]
    week: tuple[Duty, ...]
    later: int
    notices: tuple[tuple[str, str], ...]
    seen: frozenset[str]
    new: frozenset[str]

    @property
    def is_worth_a_mail(self) -> bool:
        """Whether anything is new since the mail before."""
        return bool(self.new or self.notices)


def digest_of(user: User, subscription: Subscription | None, *, on: date, at: datetime) -> Digest:
    """What to tell an account on a day."""
    reader = reader_of(user)
    duties = own_duties(reader, on)
    late = tuple(duty for duty in duties if duty.due_on and duty.due_on < on)
    week = tuple(duty for duty in duties if duty.due_on is None or on <= duty.due_on <= on + WEEK)
    before: Collection[str] = subscription.seen if subscription else ()
    since = (subscription and subscription.told_until) or at - DAY
    notices = dict.fromkeys((notice.text, notice.url) for notice in notices_between(reader, since, at))
    seen = frozenset(map(print_of, duties))
    return Digest(late, week, len(duties) - len(late) - len(week), tuple(notices), seen, seen - set(before))


def own_duties(reader: Reader, on: date) -> list[Duty]:
    """What somebody owes from all posts, each thing once, the earliest first."""
    found: dict[str, Duty] = {}
    for hat in reader.hats:
        for duty in offers.duties(Reader(reader.user, hat, (hat,)), on):
            if not duty.waits:
                found.setdefault(print_of(duty), duty)
    return sorted(found.values(), key=lambda duty: (duty.due_on or date.max, duty.order))


def print_of(duty: Duty) -> str:
    """A short digest of a duty: another one when it moves or its light changes."""
    said = f"{duty.url}|{duty.title}|{duty.due_on}|{getattr(duty.light, 'tone', '')}"
    return sha256(said.encode()).hexdigest()[:12]
