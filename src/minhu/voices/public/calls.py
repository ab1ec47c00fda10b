"""Calls for everybody: the list, one call with its articles, and a comment on one of them."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from minhu.people.gate import Request, allow
from minhu.voices.actions.calls import comment_call
from minhu.voices.actions.hearing import Heard
from minhu.voices.actions.knocking import SAY, knock
from minhu.voices.bridge.tokens import code_digest
from minhu.voices.forms.calls import CommentForm
from minhu.voices.models import Call, CallArticle
from minhu.voices.public.holding import address_of, hold_key
from minhu.voices.queries import calls as reading
from minhu.voices.queries.limits import day_of
from minhu.voices.states.calls import CallState, Phase
from minhu.voices.states.hearing import VoiceRefused


@allow("public")
def calls(request: Request) -> HttpResponse:
    """Calls that are open, those being weighed, and those whose outcome stands."""
    today = day_of(timezone.now())
    rows = [(call, call.phase(today)) for call in reading.public_calls()]
    order = list(Phase)
    rows.sort(key=lambda row: order.index(row[1]) if row[1] != Phase.OPEN else -1)
    return render(request, "voices/public/calls.html", {"rows": rows, "today": today})


@allow("public")
def call(request: Request, code: str) -> HttpResponse:
    """One call; a comment sent is heard, its code is told in the answer to this very request."""
    row = call_or_404(code)
    if request.method != "POST":
        return page(request, row)
    form = CommentForm(request.POST, article=request.POST.get("article", "0"))
    if form.is_valid() and (heard := heard_from(request, row, form)):
        context = {"heard": heard, "promise": reading.reply_limit(day_of(timezone.now())), "call": row}
        return render(request, "voices/public/said.html", context)
    return page(request, row, form)


def call_or_404(code: str) -> Call:
    """A call everybody may see, or a page that says there is none."""
    row = reading.call_at(code)
    if row is None or row.state == CallState.PREPARED:
        raise Http404(_("There is no such call."))
    return row


def heard_from(request: Request, row: Call, form: CommentForm) -> Heard | None:
    """Hear what the form says; a refusal is told at its field and nothing typed is lost."""
    now = timezone.now()
    try:
        knock(address=address_of(request), what=SAY, at=now)
        if form.is_machine:
            raise VoiceRefused(_("Leave the last field empty: it is there to stop machines."))
        heard = comment_call(
            by=None, call=row, article=article_of(row, form.cleaned_data["article"]),
            draft=form.comment(address_of(request)), at=now,
        )  # fmt: skip
    except VoiceRefused as refused:
        form.refuse(refused)
        return None
    if heard.follow_code:
        hold_key(request, code_digest(heard.follow_code))
    return heard


def article_of(row: Call, key: str) -> CallArticle | None:
    """The article that is commented; none: the whole. Raises VoiceRefused."""
    if key in ("", "0"):
        return None
    found = row.articles.filter(pk=int(key)).first() if key.isdecimal() else None
    if found is None:
        raise VoiceRefused(_("This article is not in the draft: load the page again."))
    return found


def page(request: Request, row: Call, wrong: CommentForm | None = None) -> HttpResponse:
    """The page; a form that was refused stands at its article with what was typed."""
    today = day_of(timezone.now())
    rows = reading.rows_of(row)
    spoilt = wrong.data.get("article") or "0" if wrong else ""
    spoilt = spoilt if not wrong or spoilt in {one.key for one in rows} else "0"
    forms = [wrong if wrong and one.key == spoilt else CommentForm(article=one.key) for one in rows]
    context = {
        "call": row, "phase": row.phase(today), "total": reading.totals(rows), "wrong": spoilt,
        "limit": reading.length_limit(row, today), "due": reading.answer_due(row, today),
        "rows": list(zip(rows, forms, strict=True)), "left": (row.closes_on - today).days + 1,
    }  # fmt: skip
    return render(request, "voices/public/call.html", context, status=422 if wrong else 200)
