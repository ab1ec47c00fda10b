"""The page of a group and what is done to it: split, merge, part, rename, sort."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minhu.cases.queries.lights import today
from minhu.cases.rules import doer_of, may_see
from minhu.people.gate import Request, allow
from minhu.people.rules import require
from minhu.voices.actions import groups as doing
from minhu.voices.actions.groups_sorting import decide_sorting
from minhu.voices.bridge.answering import answering_steps, closings
from minhu.voices.bridge.groups_pictures import timeline
from minhu.voices.bridge.groups_sorting import suggestion
from minhu.voices.bridge.similar import near_groups
from minhu.voices.forms.groups import SortForm, SplitForm, TitleForm, standing_offices
from minhu.voices.models import Group, Sorting
from minhu.voices.queries import groups as reading
from minhu.voices.queries.desks import sorting_desk
from minhu.voices.queries.groups_choices import domain_choices
from minhu.voices.queries.groups_inbox import is_desk, rows_of
from minhu.voices.queries.links import links_of, living_reforms
from minhu.voices.states.hearing import VoiceRefused

ROWS = 30


def group_or_404(pk: int) -> Group:
    """A group, or a page that says there is none."""
    group = reading.group_at(pk)
    if group is None:
        raise Http404(_("There is no such group of voices."))
    return group


def require_desk(request: Request, right: str) -> None:
    """Refuse readers who neither have the right everywhere nor belong to the unit that sorts."""
    require(request.reader, right, organisations=(sorting_desk(),))


@allow("see_groups")
def page(request: Request, pk: int) -> HttpResponse:
    """What is said, by how many, where, since when; the case, the answers, what the authors think of them."""
    group = group_or_404(pk)
    return render(request, "voices/group.html", context_of(request, group))


def context_of(request: Request, group: Group) -> dict[str, Any]:
    """What the page of a group shows."""
    now = timezone.now()
    day, by = today(now), doer_of(request.reader)
    seen = reading.seen_members(group, request.reader)
    row = rows_of([group], day)[0]
    sees_case = bool(group.case and may_see(request.reader, group.case))
    is_open = bool(group.case and group.case.is_open)
    may_group = request.reader.may("group_voices", organisation=sorting_desk())
    may_link = group.is_standing and request.reader.may("link_reform")
    return {
        "group": group, "row": row, "day": day, "streets": row.streets,
        "members": Paginator(seen, ROWS).get_page(request.GET.get("page")),
        "hidden": group.size - seen.count(),
        "chart": timeline(reading.days_of(group), day.on), "cases": reading.cases_of(group),
        "answers": reading.answers_of(group), "history": reading.history_of(group),
        "merged": reading.merged_groups(group), "sees_case": sees_case,
        "closings": closings(group.case) if is_open and group.case else [],
        "steps": answering_steps(group.case, by, now) if is_open and group.case else [],
        "near": near_groups(group) if may_group and group.is_standing else [],
        "sortings": sortings(group) if may_group else [],
        "may_group": may_group and group.is_standing,
        "may_part": may_group and not group.is_standing,
        "may_assign": group.is_standing and not is_open
        and request.reader.may("assign_voices", organisation=sorting_desk()),
        "may_again": bool(group.unanswered and not is_open and is_desk(request.reader)),
        "may_check": request.reader.may("check_replies", organisation=sorting_desk()),
        "may_cut": group.is_standing and request.reader.may_somewhere("propose_small_cut"),
        "may_link": may_link, "links": links_of(group), "cuts": list(group.candidates.all()),
        "reforms": living_reforms() if may_link else [],
    }  # fmt: skip


def sortings(group: Group) -> list[dict[str, Any]]:
    """The questions of sorting: what is suggested, what was decided, what may be chosen."""
    decided, text = (
        reading.sortings_of(group),
        f"{group.title}\n{group.centre.masked if group.centre else ''}",
    )
    found = []
    for what, label in Sorting.What.choices:
        made = suggestion(what, text)
        chosen = chosen_of(group, what)
        choices = sort_choices(what, [chosen, *(name for name, _sure in made.top)])
        form = SortForm(choices=choices, label=label, initial={"label": chosen or made.label}, prefix=what)
        found.append({"what": what, "form": form, "made": made, "decided": decided.get(what)})
    return found


def chosen_of(group: Group, what: str) -> str:
    """What stands for a question of sorting: what was decided, else what most of its voices came with."""
    if what == Sorting.What.DOMAIN:
        return group.domain or reading.told_domain(group)
    return group.office.code if group.office else ""


def sort_choices(what: str, suggested: list[str]) -> list[Any]:
    """What may be chosen for a question of sorting."""
    return domain_choices(suggested) if what == Sorting.What.DOMAIN else standing_offices()


def tried(request: Request, group: Group, deed: Callable[[], Group], said: str) -> HttpResponse:
    """Do a deed on a group; what came of it is said on the page it leads to."""
    try:
        made = deed()
    except VoiceRefused as refused:
        messages.error(request, refused.words)
        return redirect(group)
    messages.success(request, said)
    return redirect(made)


@allow("group_voices")
@require_POST
def split(request: Request, pk: int) -> HttpResponse:
    """Take the ticked voices into a group of their own."""
    require_desk(request, "group_voices")
    group = group_or_404(pk)
    voices = [int(one) for one in request.POST.getlist("voices") if one.isdecimal()]
    form = SplitForm(request.POST, voices=voices)
    title = form.data.get("title", "")[:200]

    def deed() -> Group:
        by, now = request.reader.actor, timezone.now()
        return doing.split_group(by=by, group=group, voices=voices, title=title, at=now)

    return tried(request, group, deed, _("The new group stands here; it can be merged back as it was."))


@allow("group_voices")
@require_POST
def merge(request: Request, pk: int) -> HttpResponse:
    """Merge the ticked groups into this one."""
    require_desk(request, "group_voices")
    group = group_or_404(pk)
    keys = [int(one) for one in request.POST.getlist("groups") if one.isdecimal()]

    def deed() -> Group:
        others = list(Group.objects.filter(pk__in=keys))
        return doing.merge_groups(by=request.reader.actor, into=group, others=others, at=timezone.now())

    return tried(
        request, group, deed, _("Merged. It can be parted again as it was; every author is answered.")
    )


@allow("group_voices")
@require_POST
def part(request: Request, pk: int) -> HttpResponse:
    """Part a merged group again."""
    require_desk(request, "group_voices")
    group = group_or_404(pk)

    def deed() -> Group:
        return doing.part_group(by=request.reader.actor, group=group, at=timezone.now())

    return tried(request, group, deed, _("The group stands by itself again, with the voices it had."))


@allow("group_voices")
@require_POST
def retitle(request: Request, pk: int) -> HttpResponse:
    """Give a group another title."""
    require_desk(request, "group_voices")
    group = group_or_404(pk)
    form = TitleForm(request.POST)
    title = form.cleaned_data["title"] if form.is_valid() else ""

    def deed() -> Group:
        return doing.retitle_group(by=request.reader.actor, group=group, title=title, at=timezone.now())

    return tried(request, group, deed, _("The title was changed."))


@allow("group_voices")
@require_POST
def sort(request: Request, pk: int, what: str) -> HttpResponse:
    """Decide on the domain or the office of a group."""
    require_desk(request, "group_voices")
    group = group_or_404(pk)
    if what not in Sorting.What.values:
        raise Http404(_("There is no such group of voices."))
    made = suggestion(what, f"{group.title}\n{group.centre.masked if group.centre else ''}")
    label = request.POST.get(f"{what}-label", "")

    def deed() -> Group:
        decide_sorting(
            by=request.reader.actor, group=group, what=what, label=label, suggested=made, at=timezone.now()
        )
        return group

    return tried(request, group, deed, _("Decided; the suggestion is kept beside it."))
