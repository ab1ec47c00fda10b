"""minhu digest [--dry-run]: send the daily mails now instead of waiting for their hour."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from minhu.people.models import Subscription
from minhu.people.queries import awaiting_digest
from minhu.site.digest.queries import digest_of
from minhu.site.digest.sending import mail_of, send_digests


class Command(BaseCommand):
    help = "Send the mails of the day that are not done yet; exit code 1 if one failed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="print them, send none, mark none")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            return self.print_all()
        sent = send_digests(at=timezone.now())
        said = {"sent": sent.sent, "none": sent.nothing_new, "failed": sent.failed}
        words = _("%(sent)s mails sent, %(none)s without anything new, %(failed)s failed.") % said
        if sent.failed:
            raise CommandError(words)
        self.stdout.write(words)
        return None

    def print_all(self) -> None:
        """Every mail as it would be sent; the address is left out."""
        at = timezone.now()
        on = timezone.localdate(at)
        known = {row.user_id: row for row in Subscription.objects.all()}
        for user in awaiting_digest(on):
            digest = digest_of(user, known.get(user.pk), on=on, at=at)
            if digest.is_worth_a_mail:
                mail = mail_of(user, digest, on)
                self.stdout.write(f"--- {user.username}: {mail.subject}\n{mail.body}")
