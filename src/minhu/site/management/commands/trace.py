"""minhu trace rebuild: make the edges anew from the rows they mirror; it must change nothing."""

from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from minhu.site.trace.rebuild import rebuild
from minhu.trail.states import Arc

MOST = 20


class Command(BaseCommand):
    help = "Make the edges between things anew; if every action kept its edges, this changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["rebuild"])
        parser.add_argument(
            "--try",
            action="store_true",
            dest="try_only",
            help="only say what would change; exit code 1 if anything",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        done = rebuild(at=timezone.now(), try_only=options["try_only"])
        self.say(pgettext("edge", "opened"), done.opened)
        self.say(pgettext("edge", "closed"), done.closed)
        self.say(pgettext("edge", "dated anew"), done.redated)
        counted = {"changed": done.changed, "kept": done.kept}
        if options["try_only"] and done.changed:
            raise CommandError(_("%(changed)s edges are not as the rows say.") % counted)
        self.stdout.write(_("%(changed)s edges changed, %(kept)s were as the rows say.") % counted)

    def say(self, word: str, arcs: Iterable[Arc]) -> None:
        """The first edges of a kind of change."""
        arcs = list(arcs)
        for arc in arcs[:MOST]:
            self.stdout.write(f"{word}: {arc.src} -{arc.kind}-> {arc.dst}")
        if len(arcs) > MOST:
            self.stdout.write(_("… and %(more)s more") % {"more": len(arcs) - MOST})
