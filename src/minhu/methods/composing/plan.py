"""The compiled plan: who gets which paper how, when each step runs, which steps share a visit."""

from dataclasses import dataclass
from enum import StrEnum

from minhu.methods.composing.bundle import Paper, Ref


class Way(StrEnum):
    """How a paper comes."""

    UPLOAD = "upload"
    SHARE = "share"
    OUTPUT = "output"


@dataclass(frozen=True, slots=True)
class Obtained:
    """A paper and its way; `origin` is the producing step of an output."""

    paper: Paper
    way: Way
    origin: Ref | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """How a requirement is met: by these papers, by a commitment (then without papers), or later."""

    requirement: Ref
    papers: tuple[Obtained, ...]
    committed: bool = False
    deferred: bool = False

    @property
    def uploads(self) -> tuple[Paper, ...]:
        """What the applicant brings for it."""
        return tuple(each.paper for each in self.papers if each.way is Way.UPLOAD)


@dataclass(frozen=True, slots=True)
class Label:
    """First day and end of a step in days after the application, and what it waited for longest: the end of
    the step `after`, because the requirement `because` asks for it (None: the guide's own order does)."""

    step: Ref
    start: int
    end: int
    after: Ref | None = None
    because: Ref | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """The applicant comes once, to one window on one day, for all these steps."""

    window: str
    day: int
    steps: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The choices, labels and visits of the whole bundle."""

    choices: tuple[Choice, ...]
    labels: tuple[Label, ...]
    visits: tuple[Visit, ...]

    @property
    def papers(self) -> tuple[Paper, ...]:
        """What the applicant brings, each once."""
        return tuple(
            sorted({paper for each in self.choices for paper in each.uploads}, key=lambda p: p.order)
        )

    @property
    def promises(self) -> int:
        """Commitments and deferrals."""
        return sum(each.committed + each.deferred for each in self.choices)

    @property
    def makespan(self) -> int:
        """Days until the last step ends."""
        return max((label.end for label in self.labels), default=0)
