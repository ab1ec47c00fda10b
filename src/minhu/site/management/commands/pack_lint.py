"""`minhu pack_lint PATH [KIND]`: say what is wrong with a pack and its kinds; no database is asked."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from minhu.packs import PackError, did_you_mean, open_pack
from minhu.site.load_pack.linting import findings


class Command(BaseCommand):
    help = (
        "Say what is wrong with the files and kinds of case of a pack, and how to mend it; needs no database."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder, by default the one in MINHU_PACK, and one kind, by default all."""
        parser.add_argument("path", nargs="?", type=Path, default=settings.MINHU_PACK)
        parser.add_argument("kind", nargs="?", default="", help="code of one kind of case")

    def handle(self, *args: Any, path: Path, kind: str, **options: Any) -> None:
        """Errors and warnings with their places; a pack with errors ends with 1."""
        try:
            pack = open_pack(path)
            kinds, remarks = findings(pack, kind)
        except PackError as error:
            for problem in error.problems:
                self.stderr.write(str(problem), self.style.ERROR)
            self.stderr.write(f"{len(error.problems)} to mend in {path}")
            sys.exit(1)
        if kind and kind not in kinds:
            self.stderr.write(f"there is no kind of case “{kind}” ({did_you_mean(kind, kinds)})")
            sys.exit(1)
        for remark in remarks:
            style = self.style.WARNING if remark.is_warning else self.style.ERROR
            self.stderr.write(str(remark), style)
        wrong = sum(not remark.is_warning for remark in remarks)
        seen = 1 if kind else len(kinds)
        self.stdout.write(f"{seen} kinds: {wrong} to mend, {len(remarks) - wrong} to look at again")
        if wrong:
            sys.exit(1)
