"""Cases: queues of them, one of them, and what its record tells."""

from typing import Any, Literal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Path, Query
from pydantic import Field

from minhu.cases.api.asking import Code
from minhu.cases.api.case_shapes import CaseRowShape, CaseShape, EntryShape
from minhu.cases.api.mounted import case_at, operations
from minhu.cases.api.telling import entry_of
from minhu.cases.api.viewing import desks_of, row_of, whole
from minhu.cases.bridge.compiling import of_digest
from minhu.cases.queries.lights import today
from minhu.cases.queries.queue import Filters, Queue
from minhu.people.wire import Call, Page, PageAsked, Text, paged
from minhu.trail.queries import book_history


class CasesAsked(PageAsked):
    """Which cases, in which order."""

    show: Literal["desk", "waits", "open", "ended"] = Field(
        "open", description=gettext_noop("desk: on the own desk; waits: for others; open; ended.")
    )
    text: Text = Field("", description=gettext_noop("Words of the number or the title."))
    kind: Text = Field("", description=gettext_noop("Code of the kind."))
    place: Text = Field("", description=gettext_noop("Code of a place where it rests."))
    office: Text = Field("", description=gettext_noop("Code of the organisation whose desk it lies on."))
    light: Literal["red", "yellow", "blue", "off"] | None = Field(
        None, description=gettext_noop("Of open cases: late, back again, due soon, in hand.")
    )
    matter: Text = ""
    sort: Literal["light", "due", "opened"] = "light"


@operations.get("/cases", right="see_cases", answer=Page[CaseRowShape], words=_("List cases"))
def list_cases(request: Call, asked: Query[CasesAsked]) -> dict[str, Any]:
    """The cases that the post of this token sees, the most pressing first."""
    queue = Queue(request.reader, today(timezone.now()))
    filters = Filters.of(asked.model_dump(exclude={"page", "size"}))
    keys = queue.keys(queue.matching(filters), filters)
    # These lights are of open cases: no closed one has any.
    page = paged(request, keys.none() if asked.light and asked.show == "ended" else keys, asked)
    desks = desks_of(page["items"])
    return page | {"items": [row_of(row, desks) for row in queue.rows(page["items"])]}


@operations.get("/cases/{number}", right="see_cases", answer=CaseShape, words=_("Read a case"))
def read_case(request: Call, number: Path[Code]) -> dict[str, Any]:
    """Where it rests, its clocks, its values without personal ones, and what may be done now."""
    return whole(request.reader, case_at(request.reader, number), timezone.now())


@operations.get(
    "/cases/{number}/events", right="see_cases", answer=Page[EntryShape], words=_("Read the record of a case")
)
def list_events(request: Call, number: Path[Code], asked: Query[PageAsked]) -> dict[str, Any]:
    """What was done in a case, the oldest first; of personal values only that they were given."""
    case = case_at(request.reader, number)
    kind = of_digest(case.kind.digest, case.kind_id)
    return paged(request, book_history(case.book), asked, lambda entry: entry_of(kind, entry))
