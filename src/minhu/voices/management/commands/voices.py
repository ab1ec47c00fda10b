"""minhu voices: look at all voices together anew, or make the hot list of today."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from minhu.rulebook.queries import Missing
from minhu.voices.actions.groups_placing import regroup
from minhu.voices.actions.hot import make_hot_list


class Command(BaseCommand):
    help = "Work on what people say: regroup (all voices, and the index anew), hot (the list of today)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=("regroup", "hot"))

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, options["what"])()

    def regroup(self) -> None:
        """Join untouched groups that say the same; the index is written anew."""
        texts, joined = regroup(at=timezone.now())
        self.stdout.write(f"{texts} voices in the index, {joined} groups joined")

    def hot(self) -> None:
        """Make the hot list of today; one made before is replaced."""
        try:
            run = make_hot_list(at=timezone.now())
        except Missing as missing:
            raise CommandError(f"{missing}: load a pack that has this limit") from missing
        self.stdout.write(f"{run.on}: {run.issues.count()} matters are hot, from {run.voices} voices")
