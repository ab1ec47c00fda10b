"""minhu verify [--seal FILE]: what was altered in the record, and which case is not what its record says."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from minhu.cases.bridge.folding import verify_cases
from minhu.cases.models import Case
from minhu.trail import bridge


class Command(BaseCommand):
    help = "Check the record against heads and seal, replay every case; exit code 1 on a fault."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seal", type=Path, metavar="FILE", help="a seal made by `minhu seal`")
        parser.add_argument(
            "--key",
            type=Path,
            metavar="FILE",
            help="the public key you hold (default: the one beside the seal)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["key"] and not options["seal"]:
            raise CommandError(_("A key is needed only with a seal: give --seal FILE too."))
        seal = self.read_seal(options["seal"], options["key"]) if options["seal"] else None
        wrong = [*self.check_record(seal), *self.replay_cases()]
        if wrong:
            raise CommandError(" ".join(wrong))
        if seal is None:
            self.stdout.write(
                _("Checked without a seal: a whole book rewritten with its head is found only with --seal.")
            )

    def check_record(self, seal: bridge.Seal | None) -> list[str]:
        """Every book against its head and the seal; the sentence to fail with, if any."""
        verdict = bridge.verify(seal)
        for fault in verdict.faults:
            self.stderr.write(bridge.words_of(fault))
        counted = {"faults": len(verdict.faults), "entries": verdict.entries, "books": verdict.books}
        if verdict.faults:
            return [_("%(faults)s faults in %(entries)s entries of %(books)s books.") % counted]
        self.stdout.write(_("%(entries)s entries in %(books)s books: all as they were written.") % counted)
        return []

    def replay_cases(self) -> list[str]:
        """Every case against the fold of its record; the sentence to fail with, if any."""
        faults = 0
        for words in verify_cases():
            self.stderr.write(words)
            faults += 1
        counted = {"faults": faults, "cases": Case.objects.count()}
        if faults:
            return [_("%(faults)s faults in %(cases)s cases.") % counted]
        if counted["cases"]:
            self.stdout.write(_("%(cases)s cases: all as their record says.") % counted)
        return []

    def read_seal(self, file: Path, key: Path | None) -> bridge.Seal:
        """The seal, if its signature holds; says whose key it was."""
        if not file.is_file():
            raise CommandError(_("%(file)s: there is no such seal.") % {"file": file})
        try:
            seal, fingerprint = bridge.read_seal(file, key)
        except (bridge.BadSeal, bridge.BadKey, OSError) as wrong:
            raise CommandError(f"{file}: {wrong}") from None
        said = {"at": seal.made_at, "key": fingerprint, "books": len(seal.heads)}
        self.stdout.write(_("Seal of %(at)s over %(books)s books, signed by the key %(key)s.") % said)
        if key is None:
            self.stdout.write(
                _("The key lay beside the seal: compare its number with the one you were given.")
            )
        return seal
