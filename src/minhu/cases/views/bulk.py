"""One step for many cases of a kind at the same place: what it will do, then what was done and what not."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from minhu.cases import actions, rules
from minhu.cases.bridge.pages.many import Many, many_of
from minhu.cases.forms.base import DeedForm
from minhu.cases.forms.fields import unit_choices
from minhu.cases.queries.page import standing_units
from minhu.cases.states import Ask, CaseRefused, Done
from minhu.people.gate import Request, allow

MOST = 500


@allow("act_in_case")
def many(request: Request) -> HttpResponse:
    """The form for all of them with what stands against any; sent, a table of what became of each."""
    said = request.POST or request.GET
    numbers, by, now = said.getlist("n")[:MOST], rules.doer_of(request.reader), timezone.now()
    it = many_of(request.reader, numbers, said.get("step", ""), by, now)
    if it is None:
        messages.info(
            request, _("Tick cases of one kind that are at the same place; then one step does for all.")
        )
        return redirect(f"/cases/?{request.GET.get('back', '')}")
    form = None
    if it.step:
        posted = request.POST if "key" in request.POST else None
        form = DeedForm(posted, kind=it.kind, asked=it.asked, units=unit_choices(standing_units()))
        if posted and form.is_valid():
            found = actions.act_on_many(by=by, asks=asks_of(it, form), at=now)
            refused = sum(isinstance(one, CaseRefused) for one in found)
            context = {"rows": outcomes(it, found), "refused": refused, "done": len(found) - refused}
            return render(request, "cases/many_done.html", {"it": it, **context})
    return render(request, "cases/many.html", {"it": it, "form": form})


def asks_of(it: Many, form: DeedForm) -> list[Ask]:
    """One command a case, each under a key of its own made from that of the form."""
    key, values, assigns = form.cleaned_data["key"], form.values(), form.assigns()
    return [
        Ask(row.number, it.step, f"{key}:{row.number}"[:120], values, assigns, it.place, row.attempt, row.rev)
        for row in it.rows
    ]


def outcomes(it: Many, found: list[Done | CaseRefused]) -> list[tuple[object, str]]:
    """Each case with why it was refused, or nothing."""
    words = (one.words if isinstance(one, CaseRefused) else "" for one in found)
    return list(zip(it.rows, words, strict=True))
