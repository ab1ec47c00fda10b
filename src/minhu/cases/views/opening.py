"""Opening a case: first the kind, then what it asks."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from minhu.cases import actions, rules
from minhu.cases.bridge.compiling import Compiled
from minhu.cases.bridge.pages.asking import asked_at_opening
from minhu.cases.forms.base import DeedForm
from minhu.cases.forms.fields import ROLE, VALUE, unit_choices
from minhu.cases.models import Case
from minhu.cases.queries.kinds import current_kind, kinds_to_open
from minhu.cases.queries.page import alike_titles, seen_case, standing_units
from minhu.cases.states import Done, Opening
from minhu.cases.views.powers import answered, posted
from minhu.people.gate import Request, allow
from minhu.people.rules import Refused
from minhu.ui import offers
from minhu.ui.offers import Filled

ALIKE_SHOWN = 5


@allow("open_case")
def choose(request: Request) -> HttpResponse:
    """The kinds this post may open a case of."""
    kinds = kinds_to_open(rules.doer_of(request.reader))
    return render(request, "cases/open.html", {"kinds": kinds})


@allow("open_case")
def fill(request: Request, kind: str) -> HttpResponse:
    """What a case of this kind asks, and cases that look like it."""
    row, by = current_kind(kind), rules.doer_of(request.reader)
    if row is None:
        raise Http404(_("There is no kind of case with the code %(code)s.") % {"code": kind})
    ready, asked = asked_at_opening(row)
    if not rules.may_open(by, ready.spec.opens, ready.spec.opened_by):
        raise Refused("open_case")
    parent = seen_case(request.GET.get("parent", ""), request.reader)
    about = request.GET.get("about", "")
    subject = offers.subject(about)
    filled = subject.fill(about.partition(":")[2], kind, request.reader) if subject else None
    form = DeedForm(
        posted(request), request.FILES or None, kind=ready, asked=asked,
        units=unit_choices(standing_units()), known=known_from(parent, ready, filled),
    )  # fmt: skip

    def deed() -> Done:
        opening = Opening(kind, form.values(), form.assigns(), parent.number if parent else "")
        subjects = (about,) if filled else ()
        return actions.open_case_about(
            by=by, opening=opening, subjects=subjects, key=form.cleaned_data["key"], at=timezone.now()
        )

    said = _("Opened. What comes next stands below.")
    context = {"form": form, "kind": row, "spec": ready.spec, "parent": parent, "filled": filled}
    context["alike"] = alike(request, ready, form) if request.method == "POST" else []
    return answered(request, form, deed, said) or render(request, "cases/fill.html", context)


def known_from(parent: Case | None, kind: Compiled, filled: Filled | None) -> dict[str, object]:
    """What the case it is opened from, or the thing it is about, knows by the same names: not typed again."""
    names = {name.removesuffix("?") for name in kind.spec.asks}
    known: dict[str, object] = {}
    if filled:
        known |= {name: value for name, value in filled.values.items() if name in names}
        known |= {ROLE + role: list(units) for role, units in filled.assigns.items()}
    if parent:
        known |= dict(parent.data.filter(key__in=names).values_list("key", "value"))
    return known


def alike(request: Request, kind: Compiled, form: DeedForm) -> list[Case]:
    """Earlier cases that are called alike."""
    title = str(form.data.get(VALUE + kind.spec.headline, ""))
    return alike_titles(title, request.reader, ALIKE_SHOWN)
