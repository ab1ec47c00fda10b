"""`minhu load_pack PATH`: bring a place in from its pack."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from minhu.packs import PackError
from minhu.site.load_pack import load
from minhu.trail.states import SYSTEM


class Command(BaseCommand):
    help = "Load a pack (a folder). Loading the same pack again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder, by default the one in MINHU_PACK."""
        parser.add_argument("path", nargs="?", type=Path, default=settings.MINHU_PACK)

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        """Load, report; a pack that is wrong is told line by line, and nothing of it is loaded."""
        try:
            report = load(path, by=SYSTEM, at=timezone.now())
        except PackError as error:
            for problem in error.problems:
                self.stderr.write(str(problem), self.style.ERROR)
            self.stderr.write(f"nothing was loaded: {len(error.problems)} to mend in {path}")
            sys.exit(1)
        for line in report.lines():
            self.stdout.write(line)
