"""Round after round until told to stop: a piece of work in hand is always finished first."""

import logging
import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event
from types import FrameType

from django.db import Error, close_old_connections, connections
from django.utils import timezone

from minhu.rulebook.queries import Missing

GoesOn = Callable[[], bool]
Job = Callable[[datetime, GoesOn], Mapping[str, int]]
"""Does what is due at a moment, asking before every piece whether to go on; returns counts by name."""
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Worker:
    """Runs jobs. `parent`: the process it must not outlive, 0 for any. `talks`: tell idle rounds too."""

    jobs: Sequence[Job]
    say: Callable[[str], None]
    every: float = 5
    parent: int = 0
    talks: bool = False
    stopped: Event = field(default_factory=Event)

    def goes_on(self) -> bool:
        """Whether nobody has asked it to end."""
        return not self.stopped.is_set() and (not self.parent or os.getppid() == self.parent)

    def run(self) -> None:
        """Work until a signal asks to end."""
        with self.listening():
            while self.goes_on():
                self.round()
                self.rest()

    def rest(self) -> None:
        """Wait for the next round, waking at once for a signal and soon after the parent has gone."""
        until = time.monotonic() + self.every
        while self.goes_on() and (left := until - time.monotonic()) > 0:
            self.stopped.wait(min(left, 1))

    def round(self) -> bool:
        """Every job once, one line about it; False if a job failed, which ends no other and no later one."""
        close_old_connections()
        began, counts, sound = time.monotonic(), dict[str, int](), True
        for job in self.jobs:
            try:
                counts |= job(timezone.now(), self.goes_on)
            except Missing as missing:
                sound = self.fail(str(missing))
            except Error as wrong:
                # The database was stopped or went away: the next round takes a new connection.
                connections.close_all()
                sound = self.fail(f"database: {type(wrong).__name__}: {wrong}".strip())
            except Exception:
                log.exception("a job of the worker failed")
                sound = self.fail("a job failed, see above")
        if self.talks or any(counts.values()):
            told = " ".join(f"{name}={count}" for name, count in counts.items())
            self.tell(f"{told} seconds={time.monotonic() - began:.2f}")
        return sound

    def fail(self, words: str) -> bool:
        """Say what went wrong."""
        self.tell(f"failed: {words}")
        return False

    def tell(self, words: str) -> None:
        """One line with the moment."""
        self.say(f"{timezone.localtime():%Y-%m-%d %H:%M:%S} {words}")

    @contextmanager
    def listening(self) -> Iterator[None]:
        """SIGTERM and SIGINT ask to end."""
        signals = (signal.SIGTERM, signal.SIGINT)
        before = {number: signal.signal(number, self.end) for number in signals}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def end(self, _number: int, _frame: FrameType | None) -> None:
        """End after the piece in hand."""
        self.stopped.set()
