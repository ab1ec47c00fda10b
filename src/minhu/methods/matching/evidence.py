"""The words two texts share, as spans in both originals."""

from dataclasses import dataclass

from minhu.methods.text import Normalised, shared_runs
from minhu.methods.text.runs import apart

LEAST_RUN = 4  # characters: shorter runs are grammar
MOST_SPANS = 8


@dataclass(frozen=True, slots=True)
class Span:
    """`clause[start:end]` stands in the candidate as `candidate[at:to]`, up to full and half width."""

    start: int
    end: int
    at: int
    to: int


def evidence(clause: Normalised, candidate: Normalised) -> tuple[Span, ...]:
    """The longest shared runs that do not overlap, in the order of the clause."""
    runs = apart(shared_runs(clause.text, candidate.text, LEAST_RUN))[:MOST_SPANS]
    return tuple(
        Span(
            *clause.span(run.a_start, run.a_start + run.length),
            *candidate.span(run.b_start, run.b_start + run.length),
        )
        for run in sorted(runs)
    )
