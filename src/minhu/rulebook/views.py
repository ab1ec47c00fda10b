"""The page 依据, the page of one limit, and the button that says: I checked this today."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from minhu.people.gate import Request, allow
from minhu.rulebook import actions, bridge, queries
from minhu.rulebook.forms import DUE, BasisForm
from minhu.rulebook.models import Limit
from minhu.rulebook.states import Strength
from minhu.ui.offers import Part, sentence

A_PAGE = 100


@allow("see_basis")
@require_safe
def basis(request: Request) -> HttpResponse:
    """Every limit and threshold with its basis and last check; the calendar; the packs loaded."""
    today, form = timezone.localdate(), BasisForm(request.GET)
    rows = queries.limits_on(today, **form.chosen())
    if form.due_only:
        rows = queries.due_for_check(rows, bridge.cutoff(today, bridge.recheck_months(today)))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": bridge.limit_rows(page.object_list, on=today),
        "opening": opening(request.path),
        "years": bridge.years(today),
        "packs": queries.pack_versions()[:20],
        "today": today,
        "may_check": request.reader.may("check_limit"),
    }
    return render(request, "rulebook/basis.html", context)


def opening(path: str) -> tuple[Part, ...]:
    """How many limits there are, how many wait for a check, how many are only assumed."""
    today = timezone.localdate()
    everything = queries.limits_on(today)
    due = queries.due_for_check(everything, bridge.cutoff(today, bridge.recheck_months(today))).count()
    assumed = everything.filter(strength=Strength.ASSUMED).count()
    return sentence(
        _("{all} limits and thresholds hold here; {due} wait for a check, {assumed} are only assumed."),
        all=Part(str(everything.count()), path),
        due=Part(str(due), f"{path}?check={DUE}"),
        assumed=Part(str(assumed), f"{path}?strength={Strength.ASSUMED.value}"),
    )


@allow("see_basis")
@require_safe
def limit(request: Request, code: str) -> HttpResponse:
    """One limit: every edition and place, and what was done to each."""
    rows = bridge.limit_rows(queries.limits_of(code), on=timezone.localdate())
    if not rows:
        raise Http404(code)
    context = {
        "rows": rows,
        "first": rows[0].limit,
        "past": bridge.past_of(rows),
        "today": timezone.localdate(),
        "may_check": request.reader.may("check_limit"),
    }
    return render(request, "rulebook/limit.html", context)


@allow("check_limit")
@require_POST
def check(request: Request, pk: int) -> HttpResponse:
    """Somebody read the source today and says that the limit still holds."""
    row = get_object_or_404(Limit, pk=pk)
    now = timezone.now()
    row = actions.check_limit(by=request.reader.actor, limit=row, on=timezone.localdate(now), at=now)
    if request.htmx:
        shown = bridge.limit_rows([row], on=timezone.localdate(now))[0]
        context = {"row": shown, "today": timezone.localdate(now), "may_check": True}
        return render(request, "rulebook/_row.html", context)
    messages.success(request, _("Noted: “%(limit)s” was checked today.") % {"limit": row})
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe and back else row.get_absolute_url())
