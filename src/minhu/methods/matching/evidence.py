"""The words two texts share, as spans in both originals."""

from collections.abc import Mapping
from dataclasses import dataclass

from minhu.methods.text import Normalised
from minhu.methods.text.runs import apart, runs_from, seeds

LEAST_RUN = 4  # characters: shorter runs are grammar
MOST_SPANS = 8


@dataclass(frozen=True, slots=True)
class Span:
    """`clause[start:end]` stands in the candidate as `candidate[at:to]`, up to full and half width."""

    start: int
    end: int
    at: int
    to: int


def evidence(
    clause: Normalised, candidate: Normalised, known: Mapping[str, list[int]] | None = None
) -> tuple[Span, ...]:
    """The longest shared runs that do not overlap in the candidate, in the order of the clause.

    `known`: the `seeds` of the clause, where it is compared with many.
    """
    places = seeds(clause.text, LEAST_RUN) if known is None else known
    runs = apart(runs_from(candidate.text, places, LEAST_RUN))[:MOST_SPANS]
    spans = [
        Span(
            *clause.span(run.b_start, run.b_start + run.length),
            *candidate.span(run.a_start, run.a_start + run.length),
        )
        for run in runs
    ]
    return tuple(sorted(spans, key=lambda span: (span.start, span.at)))
