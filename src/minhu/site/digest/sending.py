"""Writing and sending the daily mails: each at most once a day, told again the next day if it was lost."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minhu.people.actions import finish_digest, take_digest
from minhu.people.models import User
from minhu.people.queries import awaiting_digest
from minhu.site.digest.queries import Digest, digest_of, print_of
from minhu.ui.offers import Duty

MOST = 30
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Sent:
    """What became of the mails of a day."""

    sent: int = 0
    nothing_new: int = 0
    failed: int = 0


def always() -> bool:
    """Go on."""
    return True


def send_digests(*, at: datetime, goes_on: Callable[[], bool] = always) -> Sent:
    """Send every mail of the day that is not done yet; one that fails is tried again a quarter later.

    Whoever reads it chose no language here: it is the first one of the site.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return send_all(at, goes_on)


def send_all(at: datetime, goes_on: Callable[[], bool]) -> Sent:
    """The mails, one after the other."""
    on, sent, connection = timezone.localdate(at), Sent(), get_connection()
    for user in awaiting_digest(on):
        if not goes_on():
            break
        subscription = take_digest(user=user, on=on, at=at)
        if subscription is None:
            continue
        digest = digest_of(user, subscription, on=on, at=at)
        if digest.is_worth_a_mail:
            try:
                mail_of(user, digest, on, connection).send()
            except Exception as wrong:
                # No address in the log: it would be a personal value in a place nobody clears.
                log.warning("daily mail of account %s failed: %s", user.pk, type(wrong).__name__)
                connection, sent.failed = get_connection(), sent.failed + 1
                continue
        finish_digest(subscription=subscription, on=on, at=at, seen=digest.seen)
        sent.sent += digest.is_worth_a_mail
        sent.nothing_new += not digest.is_worth_a_mail
    return sent


def mail_of(user: User, digest: Digest, on: date, connection: object = None) -> EmailMessage:
    """The mail; its Message-ID is the same whenever it is sent again."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    message_id = f"<digest.{user.pk}.{on.isoformat()}@{domain}>"
    headers = {"Message-ID": message_id, "Auto-Submitted": "auto-generated"}
    text = "\n".join(lines_of(digest)) + "\n"
    return EmailMessage(
        subject_of(digest),
        text,
        to=[user.email],
        headers=headers,
        connection=connection,  # type: ignore[arg-type]
    )


def subject_of(digest: Digest) -> str:
    """How much there is, late things first."""
    owed = len(digest.late) + len(digest.week)
    parts = [_("%(n)s late") % {"n": len(digest.late)}] if digest.late else []
    parts += [_("%(n)s for this week") % {"n": len(digest.week)}] if digest.week or not parts else []
    if digest.notices and not owed:
        parts = [ngettext("%(n)s notice", "%(n)s notices", len(digest.notices)) % {"n": len(digest.notices)}]
    return f"{settings.MINHU_PLACE or _('Minhu')} · {_('My desk')}：{'，'.join(parts)}"


def lines_of(digest: Digest) -> Iterator[str]:
    """The text: late, this week, how many later, notices, and where to choose."""
    for title, duties in ((_("Late"), digest.late), (_("Today and this week"), digest.week)):
        if duties:
            yield f"{title}（{len(duties)}）"
            yield from (line_of(duty, digest) for duty in duties[:MOST])
            if len(duties) > MOST:
                yield _("… and %(n)s more on the desk") % {"n": len(duties) - MOST}
            yield ""
    if digest.later:
        yield ngettext("%(n)s later", "%(n)s later", digest.later) % {"n": digest.later}
        yield ""
    if digest.notices:
        yield _("Notices")
        for text, url in digest.notices[:MOST]:
            yield f"- {text} {settings.MINHU_ADDRESS + url if url else ''}".rstrip()
        yield ""
    yield f"{_('My desk')}: {settings.MINHU_ADDRESS}/desk/"
    yield f"{_('No daily mail: switch it off under “My account”.')} {settings.MINHU_ADDRESS}/people/me/"


def line_of(duty: Duty, digest: Digest) -> str:
    """One duty on one line."""
    mark = f"[{_('new')}] " if print_of(duty) in digest.new else ""
    due = f"{duty.due_on.isoformat()} " if duty.due_on else ""
    return f"- {mark}{due}{duty.title} {settings.MINHU_ADDRESS}{duty.url}"
