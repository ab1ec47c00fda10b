"""minhu seal [--out FILE]: sign the root of all heads with a key outside the database."""

from argparse import ArgumentParser
from datetime import UTC
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from minhu.trail import bridge
from minhu.trail.actions import seal_record
from minhu.trail.actions.seals import KeyInTheOpen
from minhu.trail.states import SYSTEM


class Command(BaseCommand):
    help = "Sign the root of all heads and export the seal; give the files to somebody outside, every day."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", type=Path, metavar="FILE", help="where to write the seal (JSON)")
        parser.add_argument(
            "--key",
            type=Path,
            metavar="FILE",
            help="signing key (default: MINHU_SEAL_KEY_FILE; made if absent)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        out = options["out"] or settings.VAR / "seals" / f"seal-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.json"
        try:
            made = seal_record(
                by=SYSTEM, at=now, out=out, key_file=options["key"] or settings.MINHU_SEAL_KEY_FILE
            )
        except FileExistsError as wrong:
            raise CommandError(
                _("%(file)s is there already, and a seal is never written over: name another file.")
                % {"file": wrong.filename}
            ) from None
        except (KeyInTheOpen, bridge.BadKey, bridge.NoSuchDigest, OSError) as wrong:
            raise CommandError(str(wrong)) from None
        self.stdout.write(
            _("Sealed %(books)s books: root %(root)s") % {"books": made.books, "root": made.root}
        )
        self.stdout.write(_("Seal: %(file)s") % {"file": made.file})
        self.stdout.write(_("Public key: %(file)s (%(key)s)") % {"file": made.public, "key": made.key})
        self.stdout.write(_("Give both files to somebody outside this machine."))
