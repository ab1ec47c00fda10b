"""Rules made, changed, ended or explained by a reform."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from minhu.people.gate import Request, allow
from minhu.reforms import actions
from minhu.reforms.forms import RuleForm
from minhu.reforms.models import Reform, Rule
from minhu.reforms.views.powers import answered, reform_at, require_carrier


@allow("write_rule")
def write(request: Request, code: str) -> HttpResponse:
    """Enter a rule."""
    reform = reform_at(code)
    require_carrier(request, "write_rule", reform)
    form = RuleForm(request.POST or None, instance=Rule())

    def deed() -> Reform:
        by, now, draft = request.reader.actor, timezone.now(), form.draft()
        return actions.write_rule(by=by, reform=reform, draft=draft, at=now, asked=form.asked).reform

    said = _("The rule stands in the ledger.")
    context = {"form": form, "reform": reform}
    return answered(request, form, deed, said) or render(request, "reforms/rule.html", context)


@allow("write_rule")
def change(request: Request, pk: int) -> HttpResponse:
    """Change what is known of a rule."""
    rows = Rule.objects.select_related("reform__lead", "replaced_by")
    row = get_object_or_404(rows, pk=pk)
    require_carrier(request, "write_rule", row.reform)
    form = RuleForm(request.POST or None, instance=get_object_or_404(rows, pk=pk))

    def deed() -> Reform:
        by, now, draft, rev = request.reader.actor, timezone.now(), form.draft(row), form.opened_rev
        return actions.change_rule(by=by, rule=row, draft=draft, rev=rev, at=now, asked=form.asked).reform

    context = {"form": form, "reform": row.reform, "rule": row}
    return answered(request, form, deed, _("Saved.")) or render(request, "reforms/rule.html", context)
