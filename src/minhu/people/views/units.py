"""The tree of organisations and its posts: look, add, change, move, close."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from minhu.people import actions
from minhu.people.forms import DeedForm, GivePostForm, OrganisationForm, PostForm, TreeFilter
from minhu.people.gate import Request, allow
from minhu.people.models import Holding, Organisation, Post
from minhu.people.queries import PeopleTable, cells_of, open_accounts, people_table, unit_page
from minhu.people.rules import may
from minhu.ui.offers import Part, sentence

MAY_EDIT = require_http_methods(["GET", "HEAD", "POST"])


@allow("see_people")
@require_safe
def tree(request: Request) -> HttpResponse:
    """The tree with posts and who holds them; filters live in the address."""
    form = TreeFilter(request.GET)
    table = people_table(**form.wanted)
    context = {
        "table": table,
        "filters": form,
        "opening": opening(table),
        "map": map_of(cells_of(table.units)),
        "administers": may(request.reader, "administer_people"),
    }
    return render(request, "people/tree.html", context)


def opening(table: PeopleTable) -> tuple[Part, ...]:
    """The sentence over the tree."""
    words = _("{units} units with {posts} posts are shown; {vacant} of these posts are vacant.")
    return sentence(words, units=len(table.units), posts=table.posts, vacant=table.vacant)


@allow("see_people")
@require_safe
def unit(request: Request, code: str) -> HttpResponse:
    """One organisation: what it stands under, its posts, its holders, what stands under it."""
    row = get_object_or_404(Organisation.objects.select_related("parent"), code=code)
    administers = may(request.reader, "administer_people")
    context = {
        "unit": row,
        "page": unit_page(row),
        "administers": administers,
        "accounts": open_accounts() if administers else (),
    }
    return render(request, "people/unit.html", context)


@allow("administer_people")
@MAY_EDIT
def new_unit(request: Request) -> HttpResponse:
    """Add an organisation."""
    form = OrganisationForm(sent(request), initial={"parent": request.GET.get("under", "")})
    if form.do(lambda: actions.add_organisation(**who(request), draft=form.draft, asked=form.asked)):
        messages.success(request, _("%s has been added.") % form.draft.name)
        return redirect("people:unit", form.draft.code)
    return edit_page(request, form, _("Add an organisation"))


@allow("administer_people")
@MAY_EDIT
def edit_unit(request: Request, code: str) -> HttpResponse:
    """Rename, move or re-place an organisation."""
    row = get_object_or_404(Organisation.objects.select_related("parent"), code=code)
    form = OrganisationForm(sent(request), of=row)
    deed = partial(actions.change_organisation, **who(request), organisation=row)
    if form.do(lambda: deed(draft=form.draft, asked=form.asked)):
        messages.success(request, _("Saved."))
        return redirect("people:unit", code)
    return edit_page(request, form, _("Change %s") % row.name, row)


@allow("administer_people")
@require_POST
def close_unit(request: Request, code: str) -> HttpResponse:
    """Close an organisation; a refusal says what stands in the way."""
    row = get_object_or_404(Organisation, code=code)
    today = timezone.localdate()
    act(request, lambda: actions.close_organisation(**who(request), organisation=row, on=today), _("Closed."))
    return redirect("people:unit", code)


@allow("administer_people")
@require_POST
def reopen_unit(request: Request, code: str) -> HttpResponse:
    """Take a closing back."""
    row = get_object_or_404(Organisation, code=code)
    act(request, lambda: actions.reopen_organisation(**who(request), organisation=row), _("Reopened."))
    return redirect("people:unit", code)


@allow("administer_people")
@MAY_EDIT
def new_post(request: Request) -> HttpResponse:
    """Add a post."""
    form = PostForm(sent(request), initial={"organisation": request.GET.get("in", "")})
    if form.do(lambda: actions.add_post(**who(request), draft=form.draft, asked=form.asked)):
        messages.success(request, _("%s has been added.") % form.draft.title)
        return redirect("people:unit", form.draft.organisation)
    return edit_page(request, form, _("Add a post"))


@allow("administer_people")
@MAY_EDIT
def edit_post(request: Request, code: str) -> HttpResponse:
    """Rename a post, move it, or give it another role."""
    row = get_object_or_404(Post.objects.select_related("organisation"), code=code)
    form = PostForm(sent(request), of=row)
    if form.do(lambda: actions.change_post(**who(request), post=row, draft=form.draft, asked=form.asked)):
        messages.success(request, _("Saved."))
        return redirect("people:unit", form.draft.organisation)
    return edit_page(request, form, _("Change %s") % row.title, row.organisation)


@allow("administer_people")
@require_POST
def give_post(request: Request, code: str) -> HttpResponse:
    """An account takes up a post."""
    row = get_object_or_404(Post.objects.select_related("organisation"), code=code)
    form = GivePostForm(request.POST)
    if form.do(lambda: actions.give_post(**who(request), user=form.cleaned_data["user"], post=row)):
        messages.success(request, _("The post has been given."))
    else:
        tell_errors(request, form)
    return redirect("people:unit", row.organisation.code)


@allow("administer_people")
@require_POST
def end_post(request: Request, pk: int) -> HttpResponse:
    """An account leaves a post."""
    row = get_object_or_404(Holding.objects.select_related("post__organisation", "user"), pk=pk)
    act(request, lambda: actions.end_post(**who(request), holding=row), _("The post has been ended."))
    return redirect("people:unit", row.post.organisation.code)


def sent(request: Request) -> QueryDict | None:
    """What was typed, or nothing when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def map_of(units: Sequence[Organisation], cell: int = 88) -> dict[str, Any]:
    """A grid that stands in for a map: squares with their corner, in the pixels of a drawing."""
    squares = [(unit, ((unit.column or 1) - 1) * cell, ((unit.row or 1) - 1) * cell) for unit in units]
    width = max((x for unit, x, y in squares), default=0) + cell
    height = max((y for unit, x, y in squares), default=0) + cell
    return {"squares": squares, "width": width, "height": height}


def who(request: Request) -> dict[str, Any]:
    """Who does it and when, as every action wants it."""
    return {"by": request.reader.actor, "at": timezone.now()}


def act(request: Request, deed: Any, done: str) -> bool:
    """Run an action behind a bare button; what it refuses becomes a message."""
    form = DeedForm({})
    if form.do(deed):
        messages.success(request, done)
        return True
    tell_errors(request, form)
    return False


def tell_errors(request: Request, form: DeedForm) -> None:
    """Every error of a form as a message."""
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, str(error))


def edit_page(request: Request, form: DeedForm, title: str, unit: Organisation | None = None) -> HttpResponse:
    """The page of one form; a form that was refused keeps what was typed."""
    status = 422 if form.is_bound else 200
    return render(request, "people/edit.html", {"form": form, "title": title, "unit": unit}, status=status)
