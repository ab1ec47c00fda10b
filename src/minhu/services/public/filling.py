"""Filling in: one situation question a page, the common form page by page, consents."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from minhu.people.gate import Request, allow
from minhu.services.actions import applying
from minhu.services.bridge.applying.asking import needed_keys
from minhu.services.bridge.applying.keeping import child_until
from minhu.services.bridge.applying.walking import Walk
from minhu.services.forms.applying import AgreeForm, ChildForm, PageForm, SituationForm
from minhu.services.public.links import url_of
from minhu.services.public.sessions import actor_of, page, walked
from minhu.services.states import ApplicationRefused

BACK = "back"
"""In an address: lead back to the check of all answers once the page is kept."""


def after(request: Request, walk: Walk) -> HttpResponse:
    """Where a page that was kept leads: back to the last look, or on."""
    fresh = Walk(walk.row.__class__.objects.select_related("version__thing", "helper").get(pk=walk.row.pk))
    if request.GET.get(BACK) and fresh.row.is_draft and fresh.is_whole:
        return redirect("services:apply_check", fresh.row.version.thing.code)
    return redirect(url_of(fresh))


@allow("public")
@walked
def situation(request: Request, walk: Walk, code: str) -> HttpResponse:
    """One situation question."""
    question = next((one for one in walk.whole.thing.question if one.code == code), None)
    if question is None or not walk.row.is_draft:
        return redirect(url_of(walk))
    form = SituationForm(question, request.POST or None, initial={"answer": walk.row.answers.get(code)})
    if request.method == "POST" and form.is_valid():
        option = form.cleaned_data["answer"]
        by = actor_of(request, walk.row)
        applying.answer_situation(by=by, pk=walk.row.pk, question=code, option=option, at=timezone.now())
        return after(request, walk)
    return page(
        request, "services/apply_situation.html", walk, form=form, question=question, stop=("situation", code)
    )


@allow("public")
@walked
def form(request: Request, walk: Walk, code: str) -> HttpResponse:
    """One page of the common form, kept before the next is shown."""
    found = walk.page(code) if not walk.question else None
    if found is None:
        return redirect(url_of(walk))
    sheet, blanks = found
    like = walk.like(request.GET.get("like", ""), blanks)
    needed = needed_keys(walk.plan, walk.values)
    filled = PageForm(blanks, {**walk.values, **like}, needed, request.POST or None)
    if request.method == "POST" and filled.is_valid():
        try:
            applying.keep_page(
                by=actor_of(request, walk.row), pk=walk.row.pk, blanks=[one.key for one in blanks],
                values=filled.answers, at=timezone.now(),
            )  # fmt: skip
        except ApplicationRefused as refused:
            filled.blame(refused.faults or {"": refused.words})
        else:
            return after(request, walk)
    more = {"form": filled, "sheet": sheet, "likes": walk.likes(sheet, blanks), "filled": bool(like)}
    return page(request, "services/apply_form.html", walk, stop=("form", code), **more)


@allow("public")
@walked
def consent(request: Request, walk: Walk) -> HttpResponse:
    """What is agreed to, each by itself."""
    if not walk.row.is_draft or walk.question:
        return redirect(url_of(walk))
    form = AgreeForm(walk.agreed, request.POST or None)
    if request.method == "POST" and form.is_valid():
        for code, words in walk.agreed:
            given = applying.Given(code, words)
            applying.give_consent(
                by=actor_of(request, walk.row), pk=walk.row.pk, given=given, at=timezone.now()
            )
        return after(request, walk)
    return page(request, "services/apply_consent.html", walk, form=form, stop=("consent", ""))


@allow("public")
@walked
def child(request: Request, walk: Walk) -> HttpResponse:
    """A child's data: as whom, on which assessment, kept until when; apart from all other consents."""
    if not walk.row.is_draft or walk.question or not walk.for_child:
        return redirect(url_of(walk))
    thing = walk.whole.thing
    form = ChildForm([(one.code, one.words) for one in walk.for_child], request.POST or None)
    if request.method == "POST" and form.is_valid():
        for one in walk.for_child:
            said = (one.code, one.words, True, form.cleaned_data["relation"], thing.assessment)
            given = applying.Given(*said)
            applying.give_consent(
                by=actor_of(request, walk.row), pk=walk.row.pk, given=given, at=timezone.now()
            )
        return after(request, walk)
    until = child_until(walk.plan, timezone.localdate())
    return page(request, "services/apply_child.html", walk, form=form, until=until, stop=("child", ""))
