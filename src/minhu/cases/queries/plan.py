"""The rows of a plan of cases that may not crowd: opened in a year, alike in what, still to approve."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from minhu.cases import rules
from minhu.cases.models import Case, Clock, Datum, Part, Step
from minhu.cases.queries.readings import HOME
from minhu.cases.queries.readings import day_of as legal_day
from minhu.cases.states import StepState
from minhu.people.models import Organisation
from minhu.people.rules import Reader

LONGEST_LOOK_BACK = 370
"""Days before the year that are read too: what was done then still stands in the way in January."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A case on the plan; `alike`: field or role → what it has there; `bodies`: whom it is about, by name."""

    case: Case
    start: date
    end: date
    is_open: bool
    at: frozenset[str]
    alike: Mapping[str, frozenset[str]]
    bodies: tuple[str, ...]


def planned_cases(code: str, per: Sequence[str], year: int, on: date, reader: Reader) -> list[Planned]:
    """The cases of a kind opened in a year or shortly before that a reader sees, the oldest first."""
    since = datetime(year, 1, 1, tzinfo=HOME) - timedelta(days=LONGEST_LOOK_BACK)
    rows = Case.objects.filter(rules.visible(reader), kind__code=code, opened_at__gte=since)
    cases = list(rows.filter(opened_at__lt=datetime(year + 1, 1, 1, tzinfo=HOME)).order_by("opened_at", "pk"))
    keys = [case.pk for case in cases]
    alike: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for pk, key, value in Datum.objects.filter(case__in=keys, key__in=per).values_list(
        "case", "key", "value"
    ):
        if value is not None:
            alike[pk][key].add(str(value))
    for pk, role, unit in Part.objects.filter(case__in=keys, role__in=per).values_list(
        "case", "role", "organisation__code"
    ):
        alike[pk][role].add(unit)
    places: dict[int, set[str]] = defaultdict(set)
    for pk, node in Step.objects.filter(case__in=keys, state=StepState.OPEN).values_list("case", "node"):
        places[pk].add(node)
    ends = dict(
        Clock.objects.filter(case__in=keys, is_first=True).order_by("pk").values_list("case", "due_on")
    )
    names = unit_names({code for one in alike.values() for codes in one.values() for code in codes})
    return [planned(case, alike[case.pk], places[case.pk], ends.get(case.pk), (on, names)) for case in cases]


def planned(
    case: Case,
    alike: Mapping[str, set[str]],
    places: set[str],
    due: date | None,
    known: tuple[date, Mapping[str, str]],
) -> Planned:
    """One case on the plan: until it ended, is due, or today."""
    on, names = known
    start = legal_day(case.opened_at)
    end = legal_day(case.ended_at) if case.ended_at else max(due or on, on, start)
    bodies = tuple(names[code] for codes in alike.values() for code in sorted(codes) if code in names)
    fixed = {key: frozenset(codes) for key, codes in alike.items()}
    return Planned(case, start, end, case.is_open, frozenset(places), fixed, bodies)


def unit_names(codes: set[str]) -> dict[str, str]:
    """Short names of organisations among some codes."""
    return dict(Organisation.objects.filter(Q(code__in=codes)).values_list("code", "short"))
