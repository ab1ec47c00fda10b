"""Running the tests a pack brings along, against the pack as it would be loaded."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from minhu.cases import pack as cases
from minhu.packs import Located, Pack, Position, Problem, did_you_mean
from minhu.packs.trials import TRIALS, Trial
from minhu.site.load_pack.loading import SECTIONS, load
from minhu.trail.states import Actor

Question = Callable[..., Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One test of a pack and what differed; nothing differing, it passed."""

    name: str
    at: Position
    differences: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the answer was the one expected."""
        return not self.differences and not self.problems

    @property
    def lines(self) -> Iterator[str]:
        """What differed, line by line, each with its place."""
        yield from (f"{self.at}: {self.name}: {difference}" for difference in self.differences)
        yield from map(str, self.problems)


def run_trials(folder: Path | str, *, by: Actor, at: datetime) -> tuple[Verdict, ...]:
    """Load a pack, ask its questions, and put everything back as it was; raises PackError as `load` does."""
    questions = {
        name: ask for room in SECTIONS.values() for name, ask in getattr(room, "QUESTIONS", {}).items()
    }
    with transaction.atomic():
        report = load(folder, by=by, at=at)
        verdicts = tuple(try_one(row, questions) for row in report.pack.read(TRIALS))
        verdicts += tuple(traces(report.pack, at=at))
        transaction.set_rollback(True)
    return verdicts


def traces(pack: Pack, *, at: datetime) -> Iterator[Verdict]:
    """The traces of the kinds of case a pack brings."""
    for one in cases.trials(pack, at=at):
        yield Verdict(f"{one.kind}: {one.title}", one.at, problems=one.problems)


def try_one(row: Located[Trial], questions: Mapping[str, Question]) -> Verdict:
    """Ask one question."""
    trial = row.item
    name = trial.name or f"{trial.ask} {dict(trial.given)}"
    return Verdict(name, row.at, tuple(differences(trial, questions)))


def differences(trial: Trial, questions: Mapping[str, Question]) -> tuple[str, ...]:
    """How the answer differs from the one expected, in words."""
    ask = questions.get(trial.ask)
    if ask is None:
        return (f"nobody answers “{trial.ask}” ({did_you_mean(trial.ask, questions)})",)
    try:
        inspect.signature(ask).bind(**trial.given)
    except TypeError as error:
        return (f"given: {error}",)
    try:
        answer = ask(**trial.given)
    except (LookupError, TypeError, ValueError) as error:
        return (f"refused: {error}",)
    return trial.differences(answer)
