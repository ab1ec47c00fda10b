"""Giving groups to offices, writing the answer with its checklist, and checking it before it is published."""

import uuid
from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from minhu.cases.bridge.compiling import Compiled, compiled
from minhu.cases.bridge.pages.asking import Doing
from minhu.cases.queries.kinds import current_kind
from minhu.cases.rules import doer_of, may_open
from minhu.cases.states import Ask, CaseRefused
from minhu.packs.kinds import FieldSpec
from minhu.people.gate import Request, allow
from minhu.people.rules import Refused
from minhu.voices.actions.answering import Assignment, answer_group, assign_group, assign_many
from minhu.voices.actions.answering_again import answer_as_before, group_of, publish_reply
from minhu.voices.bridge.answering import answering_steps
from minhu.voices.bridge.checks import of_reply
from minhu.voices.bridge.masking import masked
from minhu.voices.forms.answering import VALUE, AssignForm, CheckForm, ManyForm, ValuesForm
from minhu.voices.models import Group, Reply, VoiceCase
from minhu.voices.queries.answering import ANSWER
from minhu.voices.queries.groups import known_values
from minhu.voices.states.hearing import KIND, VoiceRefused
from minhu.voices.views.groups import group_or_404, require_desk


def voice_kind(request: Request) -> Compiled:
    """The kind of case voices are handled in, if this post may open one."""
    row = current_kind(KIND)
    if row is None:
        raise Http404(_("No kind of case for voices was published: load a pack that has the kind “voice”."))
    kind = compiled(row)
    if not may_open(doer_of(request.reader), kind.spec.opens, kind.spec.opened_by):
        raise Refused("assign_voices")
    return kind


def specs_of(kind: Compiled, names: tuple[str, ...]) -> list[tuple[FieldSpec, bool]]:
    """The fields a form asks for; personal ones stay with the voices."""
    found = []
    for name in names:
        spec = kind.fields[name.removesuffix("?")]
        if not spec.personal:
            found.append((spec, not name.endswith("?")))
    return found


@allow("assign_voices")
def assign(request: Request, pk: int) -> HttpResponse:
    """A group as a case: what is known stands there, the office is chosen."""
    require_desk(request, "assign_voices")
    group, kind = group_or_404(pk), voice_kind(request)
    asked = tuple(name for name in kind.spec.asks if name.removesuffix("?") != kind.spec.matter)
    form = AssignForm(
        request.POST or None, specs=specs_of(kind, asked), known=known_values(group), key=uuid.uuid4().hex,
        matters=kind.fields.get(kind.spec.matter), office=group.office.code if group.office else "",
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        given = Assignment(form.values() | matter_of(kind, said), said["office"], (), said["note"])
        try:
            assign_group(
                by=doer_of(request.reader), group=group, given=given, key=said["key"], at=timezone.now()
            )
        except CaseRefused as refused:
            form.refuse_case(refused)
        except VoiceRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Given out. The answer of the office goes to every author."))
            return redirect(group)
    return render(request, "voices/assign.html", {"group": group, "form": form, "kind": kind.spec})


def matter_of(kind: Compiled, said: Mapping[str, object]) -> dict[str, object]:
    """The matter chosen, under the name the kind has for it."""
    return {kind.spec.matter: said["matter"]} if said.get("matter") and kind.spec.matter else {}


@allow("assign_voices")
def assign_groups(request: Request) -> HttpResponse:
    """Many groups to one office at once, each as a case of its own."""
    require_desk(request, "assign_voices")
    voice_kind(request)
    keys = [int(one) for one in (request.POST or request.GET).getlist("g") if one.isdecimal()]
    groups = list(
        Group.objects.standing().filter(pk__in=keys).select_related("case", "place", "centre").order_by("pk")
    )
    form = ManyForm(request.POST or None, key=uuid.uuid4().hex)
    results: list[tuple[Group, str]] = []
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        asks = [
            (
                group,
                Assignment(known_values(group), said["office"], (), said["note"]),
                f"{said['key']}:{group.pk}",
            )
            for group in groups
        ]
        done = assign_many(by=doer_of(request.reader), asks=asks, at=timezone.now())
        results = [(group, one) for group, one in zip(groups, done, strict=True) if isinstance(one, str)]
        count = len(groups) - len(results)
        words = ngettext("%(n)d group was given out.", "%(n)d groups were given out.", count)
        messages.success(request, words % {"n": count})
        if not results:
            return redirect("voices:groups")
    context = {"groups": groups, "form": form, "results": results}
    return render(request, "voices/assign_many.html", context)


@allow("answer_voices")
def answer(request: Request, pk: int) -> HttpResponse:
    """Write the answer of a group; what it leaves out is said beside it, and it goes to every author."""
    group, now = group_or_404(pk), timezone.now()
    doing = chosen_step(request, group)
    form = answer_form(request, doing)
    if request.method == "POST" and form.is_valid():
        row = get_object_or_404(VoiceCase, case=group.case)
        ask = Ask(
            row.case.number, doing.step.code, form.cleaned_data["key"], form.values(), place=doing.place,
            attempt=doing.attempt,
        )  # fmt: skip
        try:
            sent = answer_group(by=doer_of(request.reader), voice_case=row, ask=ask, at=now)
        except CaseRefused as refused:
            form.refuse_case(refused)
        else:
            words = ngettext(
                "Answered: %(n)d author can read it now.", "Answered: %(n)d authors can read it now.", sent
            )
            messages.success(request, words % {"n": sent})
            return redirect(group)
    text = form.data.get(VALUE + ANSWER, "")
    missing = of_reply(group.title, text) if text else ()
    before = doing.known.get(ANSWER, "")
    context = {
        "group": group,
        "form": form,
        "doing": doing,
        "missing": missing,
        "text": text,
        "before": before,
    }
    return render(request, "voices/answer.html", context)


def chosen_step(request: Request, group: Group) -> Doing:
    """The step that answers, if this post may do it now."""
    steps = answering_steps(group.case, doer_of(request.reader), timezone.now()) if group.case else []
    if not steps:
        raise Refused("answer_voices")
    return steps[0]


def answer_form(request: Request, doing: Doing) -> ValuesForm:
    """The form of the step that answers; a second answer is written anew, the first stands beside it."""
    known = {name: value for name, value in doing.known.items() if name in doing.step.fields}
    return ValuesForm(
        request.POST or None, specs=specs_of(doing.kind, doing.asked.fields), key=uuid.uuid4().hex,
        known=known | {ANSWER: None},
    )  # fmt: skip


@allow("answer_voices")
@require_POST
def answer_check(request: Request, pk: int) -> HttpResponse:
    """What the answer leaves out so far, as a piece of the page."""
    group, text = group_or_404(pk), request.POST.get(VALUE + ANSWER, "")[:20_000]
    context = {"missing": of_reply(group.title, text) if text.strip() else (), "text": text.strip()}
    return render(request, "voices/_checklist.html", context)


@allow("assign_voices")
@require_POST
def again(request: Request, pk: int) -> HttpResponse:
    """Send the answer of a group to those who said the same since."""
    require_desk(request, "assign_voices")
    group = group_or_404(pk)
    try:
        sent = answer_as_before(by=request.reader.actor, group=group, at=timezone.now())
    except VoiceRefused as refused:
        messages.error(request, refused.words)
    else:
        words = ngettext("%(n)d author got the same answer.", "%(n)d authors got the same answer.", sent)
        messages.success(request, words % {"n": sent})
    return redirect(group)


@allow("check_replies")
def check_reply(request: Request, pk: int) -> HttpResponse:
    """An answer is looked at by somebody who did not write it, before everybody may read it."""
    require_desk(request, "check_replies")
    reply = get_object_or_404(Reply.objects.select_related("voice", "case"), pk=pk)
    group = group_of(reply)
    form = CheckForm(request.POST or None, initial={"public_text": masked(reply.text)})
    if request.method == "POST" and form.is_valid():
        text, by = form.cleaned_data["public_text"], request.reader.actor
        try:
            publish_reply(by=by, reply=reply, public_text=text, at=timezone.now())
        except VoiceRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Checked: everybody may read it."))
            return redirect(group)
    context = {"reply": reply, "group": group, "form": form}
    return render(request, "voices/check_reply.html", context)
