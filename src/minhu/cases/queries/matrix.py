"""Who answers for what at which place: matters against towns and streets, with open cases in each cell."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from minhu.cases import rules
from minhu.cases.models import Case, Power
from minhu.cases.states import Status, StepState
from minhu.people.models import Organisation
from minhu.people.rules import Reader
from minhu.people.states import Kind

PLACES = (Kind.TOWN, Kind.STREET)
OWN, GIVEN, KEPT = "own", "given", "kept"


@dataclass(frozen=True, slots=True)
class Cell:
    """A matter at a place. `how`: its own duty, a power handed down, or kept by the line."""

    how: str
    place: Organisation
    open: int
    power: Power | None = None


@dataclass(frozen=True, slots=True)
class MatterRow:
    """A matter with the departments of its line and one cell a place."""

    matter: str
    title: str
    lines: tuple[Organisation, ...]
    cells: tuple[Cell, ...]
    open_at_line: int

    @property
    def own(self) -> list[Cell]:
        """The places whose own duty it is."""
        return [cell for cell in self.cells if cell.how == OWN]

    @property
    def given(self) -> list[Cell]:
        """The places it was handed down to."""
        return [cell for cell in self.cells if cell.how == GIVEN]

    @property
    def held(self) -> list[Cell]:
        """The cells where a place answers."""
        return [cell for cell in self.cells if cell.how != KEPT]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Matters against places."""

    places: tuple[Organisation, ...]
    rows: tuple[MatterRow, ...]

    @property
    def given(self) -> int:
        """How many powers were handed down."""
        return sum(len(row.given) for row in self.rows)


def matrix_of(reader: Reader, on: date, *, line: str = "", text: str = "") -> Matrix:
    """The matrix of powers in force on a day; four queries."""
    powers = list(narrowed(on, line, text))
    places = tuple(Organisation.objects.standing().filter(kind__in=PLACES).order_by("order", "pk"))
    shown = places or tuple({power.place_id: power.place for power in powers}.values())
    counts = open_by_place(reader)
    matters: dict[str, list[Power]] = {}
    for power in powers:
        matters.setdefault(power.matter, []).append(power)
    return Matrix(shown, tuple(row_of(matter, held, shown, counts) for matter, held in matters.items()))


def narrowed(on: date, line: str, text: str) -> Iterable[Power]:
    """The powers in force, of one line, whose matters hold a word."""
    rows = Power.objects.in_force(on).select_related("line", "place")
    if line:
        matters = Power.objects.in_force(on).filter(line__code=line).values("matter")
        rows = rows.filter(matter__in=matters)
    return rows.filter(title__icontains=text) if text else rows


def row_of(
    matter: str, held: list[Power], places: tuple[Organisation, ...], counts: Counter[tuple[str, int]]
) -> MatterRow:
    """One matter across all places."""
    at = {power.place_id: power for power in held}
    cells = tuple(cell_of(place, at.get(place.pk), counts[matter, place.pk]) for place in places)
    shown = {place.pk for place in places}
    lines = {power.line_id: power.line for power in held if power.line_id not in shown}
    at_line = sum(counts[matter, key] for key in lines)
    return MatterRow(matter, held[0].title, tuple(lines.values()), cells, at_line)


def cell_of(place: Organisation, power: Power | None, count: int) -> Cell:
    """One matter at one place."""
    how = KEPT if power is None else OWN if power.line_id == power.place_id else GIVEN
    return Cell(how, place, count, power)


def open_by_place(reader: Reader) -> Counter[tuple[str, int]]:
    """Open cases by matter and the organisation on whose desk they lie, as far as this reader sees them."""
    rows = Case.objects.filter(rules.visible(reader), status=Status.OPEN, steps__state=StepState.OPEN)
    rows = rows.exclude(matter="").filter(steps__organisation__isnull=False).order_by()
    counted = rows.values_list("matter", "steps__organisation").annotate(n=Count("pk", distinct=True))
    return Counter({(matter, unit): n for matter, unit, n in counted})


def powers_for(matter: str, on: date) -> list[Power]:
    """Who answers for one matter on a day."""
    return list(Power.objects.in_force(on).filter(matter=matter).select_related("line", "place"))


def lines_of(on: date) -> list[tuple[str, str]]:
    """The departments that handed something down."""
    rows = Organisation.objects.filter(powers_given__in=Power.objects.in_force(on)).distinct()
    return list(rows.order_by("order").values_list("code", "short"))


def titles_of_matters(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Matters by code with their titles."""
    wanted = list(codes)
    titles = dict(
        Power.objects.filter(matter__in=wanted).order_by("-effective_on").values_list("matter", "title")
    )
    return [(code, titles.get(code, code)) for code in wanted]
