"""`minhu pack_test PATH`: ask a pack's questions and play the traces of its kinds; nothing is kept."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from minhu.packs import PackError
from minhu.site.load_pack import run_trials
from minhu.trail.states import SYSTEM


class Command(BaseCommand):
    help = (
        "Ask the questions of tests/*.toml and play the traces of all kinds of case, against the pack as it "
        "would be loaded; the database stays as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder, by default the one in MINHU_PACK."""
        parser.add_argument("path", nargs="?", type=Path, default=settings.MINHU_PACK)

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        """Tell every test that passed, and of one that failed where it stands and what differed."""
        try:
            verdicts = run_trials(path, by=SYSTEM, at=timezone.now())
        except PackError as error:
            for problem in error.problems:
                self.stderr.write(str(problem), self.style.ERROR)
            sys.exit(1)
        failed = [verdict for verdict in verdicts if not verdict.passed]
        for verdict in verdicts:
            if verdict.passed:
                self.stdout.write(f"passed: {verdict.name}")
            for line in verdict.lines:
                self.stderr.write(line, self.style.ERROR)
        self.stdout.write(f"{len(verdicts) - len(failed)} of {len(verdicts)} passed")
        if failed or not verdicts:
            sys.exit(1)
