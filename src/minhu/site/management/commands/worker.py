"""minhu worker: do what waits: timers that ran out, effects of steps, the daily mails."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from minhu.cases.actions import erase_expired
from minhu.cases.tasks import one_round
from minhu.services import tasks as services_tasks
from minhu.site.digest.sending import send_digests
from minhu.site.worker.loop import GoesOn, Worker
from minhu.voices import tasks as voices_tasks


def cases(at: datetime, goes_on: GoesOn) -> Mapping[str, int]:
    """Timers and effects of cases."""
    return asdict(one_round(at=at, goes_on=goes_on))


def erasures(at: datetime, goes_on: GoesOn) -> Mapping[str, int]:
    """Personal values of cases go when the time for which they were to be kept is over."""
    gone = erase_expired(at=at) if goes_on() else 0
    return {"values_erased": gone} if gone else {}


def voices(at: datetime, goes_on: GoesOn) -> Mapping[str, int]:
    """What was heard is placed, answers go to their authors, once a day the hot list."""
    return voices_tasks.one_round(at=at, goes_on=goes_on)


def services(at: datetime, goes_on: GoesOn) -> Mapping[str, int]:
    """Shared papers are asked for again; what was kept long enough is erased."""
    return services_tasks.one_round(at=at, goes_on=goes_on)


def digests(at: datetime, goes_on: GoesOn) -> Mapping[str, int]:
    """The daily mails, once their hour has come."""
    if timezone.localtime(at).hour < settings.MINHU_DIGEST_HOUR:
        return {}
    sent = send_digests(at=at, goes_on=goes_on)
    return {"mails": sent.sent, "mails_failed": sent.failed}


def seconds(text: str) -> float:
    """A wait of more than nothing."""
    try:
        found = float(text)
    except ValueError:
        found = 0
    if not 0 < found <= 3600:
        raise ArgumentTypeError(f"{text}: give seconds between 0 and 3600")
    return found


class Command(BaseCommand):
    help = (
        "Do what waits, round after round; several at once are safe. SIGTERM ends it when the piece is done."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round; exit code 1 if something failed")
        parser.add_argument("--every", type=seconds, default=5, metavar="SECONDS", help="between rounds")
        parser.add_argument("--parent", type=int, default=0, metavar="PID", help="end when this process has")

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker(
            (cases, erasures, voices, services, digests), self.say, options["every"], options["parent"]
        )
        worker.talks = options["once"] or options["verbosity"] > 1
        if not options["once"]:
            worker.run()
        elif not worker.round():
            raise CommandError("not everything could be done")

    def say(self, words: str) -> None:
        """A line on the terminal or in the journal, at once."""
        self.stdout.write(words)
        self.stdout.flush()
