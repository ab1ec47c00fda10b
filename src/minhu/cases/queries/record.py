"""Cases as their record tells them, for proving rows against it: many books with few statements."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from minhu.cases.models import Case, Clock, PersonalDatum, Step
from minhu.cases.queries.loading import states_of
from minhu.cases.states import CaseState, book_of
from minhu.trail.models import Entry

AT_ONCE = 200


@dataclass(slots=True)
class Kept:
    """A case: its rows, and the payloads of its book in order, each with its deed."""

    state: CaseState
    deeds: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)
    stays: list[tuple[str, int, str]] = field(default_factory=list)
    personal: list[PersonalDatum] = field(default_factory=list)


def every_case(numbers: Sequence[str] = ()) -> Iterator[Kept]:
    """All cases, or those named, with what the record says of them."""
    rows = Case.objects.filter(number__in=numbers) if numbers else Case.objects.all()
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), AT_ONCE):
        yield from _some(ids[start : start + AT_ONCE])


def _some(ids: Sequence[int]) -> Iterator[Kept]:
    """Some cases."""
    kept = {state.id: Kept(state) for state in states_of(ids).values()}
    books = {book_of(one.state.number): one for one in kept.values()}
    entries = (
        Entry.objects.filter(book__in=books).order_by("book", "seq").values_list("book", "deed", "payload")
    )
    for book, deed, payload in entries:
        books[book].deeds.append((deed, payload))
    for clock in Clock.objects.filter(case__in=ids).order_by("pk"):
        kept[clock.case_id].clocks.append(clock)
    for datum in PersonalDatum.objects.filter(case__in=ids):
        kept[datum.case_id].personal.append(datum)
    stays = defaultdict(list)
    for case, node, attempt, state in Step.objects.filter(case__in=ids).values_list(
        "case", "node", "attempt", "state"
    ):
        stays[case].append((node, attempt, state))
    for pk, one in kept.items():
        one.stays = stays[pk]
        yield one
