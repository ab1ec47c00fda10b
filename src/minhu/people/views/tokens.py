"""Tokens of programs that act as the own post: make one, see them, revoke them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from minhu.people import actions
from minhu.people.forms import TokenForm
from minhu.people.gate import Request, allow
from minhu.people.queries import tokens_of
from minhu.people.views.units import MAY_EDIT, sent, who
from minhu.people.wire.numbers import TOKEN_DAYS, Unset, number


@allow("use_api")
@MAY_EDIT
@never_cache
def tokens(request: Request) -> HttpResponse:
    """The own tokens, and a form for a new one; its secret is shown once, in the answer to the form."""
    on = timezone.localdate()
    try:
        days = number(TOKEN_DAYS, on)
    except Unset as missing:
        return render(request, "people/tokens.html", {"missing": missing.code}, status=503)
    form, made = TokenForm(sent(request), most_days=days, on=on), []
    if form.do(lambda: made.append(actions.make_token(**who(request), draft=form.draft, most_days=days))):
        form = TokenForm(most_days=days, on=on)
    rows = [(row, row.state_on(on)) for row in tokens_of(request.reader)]
    context = {"form": form, "made": made[0] if made else None, "rows": rows}
    return render(request, "people/tokens.html", context, status=422 if form.is_bound else 200)


@allow("use_api")
@require_POST
def revoke(request: Request, pk: int) -> HttpResponse:
    """The token opens nothing from now on."""
    row = get_object_or_404(tokens_of(request.reader), pk=pk)
    actions.revoke_token(**who(request), token=row)
    messages.success(request, _("The token “%s” opens nothing any more.") % row.name)
    return redirect("people:tokens")
