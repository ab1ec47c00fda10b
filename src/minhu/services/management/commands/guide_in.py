"""`minhu guide_in FILE`: a guide taken in, or published lists of other cities read as far as they go."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from minhu.packs import PackError
from minhu.services.actions.receiving import take_guide
from minhu.services.bridge.incoming import Published, published_in, read_incoming
from minhu.trail.states import SYSTEM


class Command(BaseCommand):
    """Take a guide in, or tell what a published list leaves open."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, metavar="FILE",
            help="a guide (.xlsx, .toml), which is taken in, or published lists (.json), which are only read",
        )  # fmt: skip
        parser.add_argument("--look", action="store_true", help="only say what the guide would become")

    def handle(self, *, file: Path, look: bool, **options: Any) -> None:
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        if file.suffix.lower() == ".json":
            self.tell(content, file.name)
            return
        found = read_incoming(content, file.name)
        if found.spec is None:
            lines = [f"{one.where}: {one.what} {one.how}".strip() for one in found.wrong]
            raise CommandError("\n".join(lines))
        if look:
            self.stdout.write(f"{found.spec.code} {found.spec.name}: can be taken in")
            return
        item = take_guide(by=SYSTEM, spec=found.spec, at=timezone.now())
        latest = item.versions.order_by("-number").first()
        self.stdout.write(f"{item.code} {item.name}: version {latest.number if latest else 0}")

    def tell(self, content: bytes, name: str) -> None:
        """What published lists hold, leave open and make one ask."""
        try:
            guides = published_in(content, name)
        except PackError as error:
            raise CommandError(str(error)) from None
        for guide in guides:
            for line in lines_of(guide):
                self.stdout.write(line)


def lines_of(guide: Published) -> Iterator[str]:
    """One published list in lines."""
    yield f"{guide.code} {guide.name}: {guide.items} items, {guide.materials} materials"
    yield from (f"  open: {words}" for words in guide.open_points)
    yield from (f"  ask {where}: {words}" for where, words in guide.queries)
    yield from (f"  {words}" for words in guide.left_out)
