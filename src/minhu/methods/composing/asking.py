"""Questions to ask the departments: what a guide declares and what its parts say do not agree."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from minhu.methods.composing.bundle import Bundle
from minhu.methods.composing.guides import Guide
from minhu.methods.composing.legality import longest
from minhu.methods.composing.percentages import bases


@dataclass(frozen=True, slots=True)
class Matter:
    """A linked matter and its own limit in days."""

    name: str
    limit_days: int


@dataclass(frozen=True, slots=True)
class Declared:
    """What a one-thing declares of itself: its promise, and how many days its matters took before."""

    promised_days: int | None = None
    before_days: int | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """A percentage printed in a report beside the count after: "materials down 63.1 %, now 18"."""

    what: str
    after: int
    percent: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question to ask, and to whom it belongs."""

    code: str
    where: str
    words: str


def queries(declared: Declared, matters: Iterable[Matter], printed: Iterable[Printed] = ()) -> list[Query]:
    """What should be asked before the declaration is believed."""
    matters = list(matters)
    found = list(promise_queries(declared, matters))
    for each in printed:
        if not bases(each.after, each.percent):
            words = f"no whole number falls by {each.percent} % to {each.after}: what was the count before?"
            found.append(Query("no_base", each.what, words))
    return found


def promise_queries(declared: Declared, matters: list[Matter]) -> Iterator[Query]:
    """A promise shorter than the longest matter's own limit; a "before" that is not the sum."""
    slowest = max(matters, key=lambda matter: matter.limit_days, default=None)
    if slowest and declared.promised_days is not None and declared.promised_days < slowest.limit_days:
        words = (
            f"{declared.promised_days} days are promised; {slowest.name} alone may take {slowest.limit_days}"
        )
        yield Query("promise_shorter", slowest.name, words)
    total = sum(matter.limit_days for matter in matters)
    if matters and declared.before_days is not None and declared.before_days != total:
        words = f"{declared.before_days} days are declared before; the matters' own limits add up to {total}"
        yield Query("before_not_sum", "before", words)


def guide_queries(guides: Iterable[Guide]) -> Iterator[Query]:
    """Guides whose declared visits are not those of their steps, or that lead to nothing."""
    for guide in guides:
        visits = sum(step.visit for step in guide.steps)
        if guide.visits is not None and guide.visits != visits:
            words = f"{guide.visits} visits are declared; {visits} steps call the applicant in"
            yield Query("visits_differ", guide.item, words)
        if not guide.steps:
            yield Query("no_steps", guide.item, "no step is described")


def matters_of(bundle: Bundle) -> list[Matter]:
    """The guides of a bundle as matters: their own longest chains by statute or promise."""
    return [
        Matter(guide.name, longest(guide.steps, {step.id: bundle.days(step.days) for step in guide.steps}))
        for guide in bundle.guides
    ]
