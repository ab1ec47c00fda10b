"""Who answers for what at which place."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from minhu.cases.forms.matrix import MatrixForm
from minhu.cases.queries.lights import today
from minhu.cases.queries.matrix import lines_of, matrix_of
from minhu.people.gate import Request, allow


@allow("see_powers")
def powers(request: Request) -> HttpResponse:
    """Matters against places: own duty, handed-down power, or kept by the line; open cases in each cell."""
    day = today(timezone.now())
    form = MatrixForm(request.GET, lines=lines_of(day.on))
    table = matrix_of(request.reader, day.on, **form.asked())
    return render(request, "cases/powers.html", {"form": form, "table": table, "day": day})
