"""What groups offer: duties, panels, figures, edges, search, names and deeds in words."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from minhu.cases.models import Case
from minhu.people.rules import Reader
from minhu.reforms.models import Reform
from minhu.ui.offers import (
    DeedWord,
    Duty,
    DutySource,
    EdgeSource,
    Figure,
    FigureView,
    Finder,
    Found,
    Light,
    Named,
    Nav,
    Opening,
    Panel,
    PanelView,
    Part,
    Segment,
    ThingLink,
    sentence,
)
from minhu.voices.bridge.searching import groups_found
from minhu.voices.models import Candidate, Group, HotIssue, HotRun, Reply
from minhu.voices.queries import groups_figures as figures
from minhu.voices.queries.groups_inbox import is_desk
from minhu.voices.queries.links import (
    count_about,
    handled_rows,
    linked_rows,
    member_rows,
    said_about,
    suggestions_waiting,
)
from minhu.voices.states.groups import CandidateState

GROUP = "voices.group"


# -- duties -----------------------------------------------------------------------------------------------
def duties(reader: Reader, on: date) -> Iterable[Duty]:
    """For the unit that sorts: groups without an office. For the reform office: small cuts and links."""
    if not reader.may("see_groups") or not is_desk(reader):
        return
    url = reverse("voices:groups")
    if waiting := figures.waiting_groups():
        words = ngettext("%(n)d group of voices waits for an office",
                         "%(n)d groups of voices wait for an office", waiting)  # fmt: skip
        first = figures.longest_wait(on)
        why = ngettext("the first has waited %(n)d day", "the first has waited %(n)d days", first) % {
            "n": first
        }
        light = Light("yellow" if first > figures.PATIENCE else "off", _("Waiting"))
        yield Duty(words % {"n": waiting}, why, f"{url}?show=waiting", light=light, order=22)
    if not reader.may("link_reform"):
        return
    if cuts := Candidate.objects.filter(state=CandidateState.PROPOSED).count():
        words = ngettext("%(n)d small cut waits for a decision", "%(n)d small cuts wait for a decision", cuts)
        why = _("take it into a reform, start one, or say why not")
        yield Duty(
            words % {"n": cuts}, why, reverse("voices:candidates"), light=Light("off", _("Waiting")), order=40
        )
    if links := suggestions_waiting():
        words = ngettext(
            "%(n)d reform may take up what people say", "%(n)d reforms may take up what people say", links
        )
        yield Duty(words % {"n": links}, _("confirm or refuse it on the page of the group"),
                   f"{url}?show=all", light=Light("off", _("Suggested")), order=60)  # fmt: skip


# -- panels -----------------------------------------------------------------------------------------------
def reform_panel(reform: Reform, reader: Reader) -> PanelView | None:
    """What people say about what a reform is to change: groups, counts, what became of them."""
    rows = said_about(reform) if reader.may("see_groups") else []
    if not rows:
        return None
    groups, voices = count_about(reform)
    note = _("%(groups)d groups, %(voices)d voices") % {"groups": groups, "voices": voices}
    return PanelView("voices/_reform_voices_panel.html", {"rows": rows}, note)


def case_panel(case: Case, reader: Reader) -> PanelView | None:
    """The group of voices a case answers, and how many of its authors were not content."""
    group = Group.objects.filter(cases__case=case).first() if reader.may("see_groups") else None
    if group is None:
        return None
    bad = Reply.objects.filter(Q(level__in=(1, 2)) | Q(is_fixed=False), case=case).count()
    may_answer = case.is_open and group.case_id == case.pk and figures.handles(case, reader)
    context = {"group": group, "bad": bad, "may_answer": may_answer}
    return PanelView("voices/_case_voices_panel.html", context)


# -- the cockpit ------------------------------------------------------------------------------------------
def week_figure(reader: Reader, on: date) -> FigureView | None:
    """How much was said in the last seven days, beside the seven before."""
    if not reader.may("see_groups"):
        return None
    now, before = (
        figures.heard_between(on - timedelta(days=6), on),
        figures.heard_between(on - timedelta(days=13), on - timedelta(days=7)),
    )
    if not now and not before:
        return None
    words = _("in %(groups)d groups; %(before)d in the seven days before") % {
        "groups": figures.groups_between(on - timedelta(days=6), on), "before": before,
    }  # fmt: skip
    url = f"{reverse('voices:groups')}?show=all&sort=new"
    return FigureView(now, ngettext("voice in seven days", "voices in seven days", now), "", words, url)


def answered_figure(reader: Reader, on: date) -> FigureView | None:
    """The share of answers given in time within a year, and how many came back."""
    if not reader.may("see_groups"):
        return None
    told = figures.answers(on)
    if not told.whole:
        return None
    words = _("%(good)d of %(whole)d answered in time; %(back)d of %(rated)d rated came back") % {
        "good": told.in_time, "whole": told.whole, "back": told.back, "rated": told.rated,
    }  # fmt: skip
    return FigureView(
        f"{100 * told.in_time / told.whole:.1f}", _("% answered in time"), "red" if told.back else "", words,
        f"{reverse('voices:groups')}?show=answered",
        (
            Segment(told.in_time, "done", _("in time")),
            Segment(told.whole - told.in_time, "red", _("late")),
        ),
    )  # fmt: skip


def opening(reader: Reader, on: date) -> Iterable[Part]:
    """One sentence on what people say."""
    if not reader.may("see_groups"):
        return ()
    now = figures.heard_between(on - timedelta(days=6), on)
    if not now:
        return ()
    run = HotRun.objects.first()
    hot = run.issues.count() if run else 0
    url = reverse("voices:groups")
    words = ngettext(
        "People said {n} thing this week; {hot} matters are hot, {waiting} groups wait for an office.",
        "People said {n} things this week; {hot} matters are hot, {waiting} groups wait for an office.",
        now,
    )
    waiting = figures.waiting_groups()
    return sentence(
        words, n=Part(str(now), f"{url}?show=all&sort=new"), hot=Part(str(hot), reverse("voices:hot")),
        waiting=Part(str(waiting), f"{url}?show=waiting", late=waiting > 0),
    )  # fmt: skip


# -- names ------------------------------------------------------------------------------------------------
def found_groups(text: str, reader: Reader, most: int) -> Iterable[Found]:
    """Groups whose voices fit the words."""
    if not reader.may("see_groups"):
        return []
    keys = list(groups_found(text))[: 4 * most]
    rows = Group.objects.standing().filter(pk__in=keys, size__gt=0).in_bulk()
    found = [rows[key] for key in keys if key in rows][:most]
    count = [ngettext("%(n)d voice", "%(n)d voices", row.size) % {"n": row.size} for row in found]
    return [
        Found(row.title, row.get_absolute_url(), f"{words} · {row.number}")
        for row, words in zip(found, count, strict=True)
    ]


def group_links(keys: Collection[str]) -> dict[str, Named]:
    """Groups by their titles."""
    return {str(row.pk): (row.title, row.get_absolute_url()) for row in Group.objects.filter(pk__in=keys)}


def candidate_links(keys: Collection[str]) -> dict[str, Named]:
    """Small cuts by their titles."""
    return {str(row.pk): (row.title, row.get_absolute_url()) for row in Candidate.objects.filter(pk__in=keys)}


def run_links(keys: Collection[str]) -> dict[str, Named]:
    """Hot lists by their days."""
    rows = HotRun.objects.filter(pk__in=keys)
    url = reverse("voices:hot")
    return {str(row.pk): (_("hot list of %s") % row.on, f"{url}?on={row.on}") for row in rows}


def issue_links(keys: Collection[str]) -> dict[str, Named]:
    """Hot issues by their titles."""
    return {str(row.pk): (row.title, row.get_absolute_url()) for row in HotIssue.objects.filter(pk__in=keys)}


# -- edges ------------------------------------------------------------------------------------------------
Edges = Iterator[tuple[str, str, datetime]]


def said_edges() -> Edges:
    """Voice → the group it belongs to."""
    return ((f"voices.voice:{voice}", f"{GROUP}:{group}", at) for voice, group, at in member_rows())


def handled_edges() -> Edges:
    """Group → the cases it is handled in."""
    return ((f"{GROUP}:{group}", f"cases.case:{case}", at) for group, case, at in handled_rows())


def taken_up_edges() -> Edges:
    """Group → the reforms that take it up."""
    return ((f"{GROUP}:{group}", f"reforms.reform:{reform}", at) for group, reform, at in linked_rows())


NAV = [Nav("听", gettext_lazy("Voices"), "voices:groups", 10, "see_groups")]
DUTIES = [DutySource(duties, 22)]
PANELS = [
    Panel("reforms.reform", gettext_lazy("What people say"), reform_panel, 18),
    Panel("cases.case", gettext_lazy("Voices it answers"), case_panel, 5),
]
FIGURES = [
    Figure(50, gettext_lazy("What are people saying now?"), week_figure),
    Figure(55, gettext_lazy("Are people answered in time?"), answered_figure),
]
OPENINGS = [Opening(50, opening)]
FIND = [Finder(gettext_lazy("Groups of voices"), found_groups, 25)]
EDGES = [
    EdgeSource("said_in", said_edges),
    EdgeSource("handled_in", handled_edges),
    EdgeSource("taken_up_by", taken_up_edges),
]
THINGS = [
    ThingLink(GROUP, group_links),
    ThingLink("voices.candidate", candidate_links),
    ThingLink("voices.hotrun", run_links),
    ThingLink("voices.hotissue", issue_links),
]
DEEDS = [
    DeedWord("voices.place_voice", gettext_lazy("placed the voice in a group")),
    DeedWord("voices.split_group", gettext_lazy("split voices off")),
    DeedWord("voices.merge_groups", gettext_lazy("merged groups")),
    DeedWord("voices.part_group", gettext_lazy("parted groups again")),
    DeedWord("voices.join_groups", gettext_lazy("joined groups that say the same")),
    DeedWord("voices.retitle_group", gettext_lazy("renamed the group")),
    DeedWord("voices.decide_sorting", gettext_lazy("said what the group is about or whose it is")),
    DeedWord("voices.assign_group", gettext_lazy("opened the case of the group")),
    DeedWord("voices.send_answer", gettext_lazy("sent the answer")),
    DeedWord("voices.answer_as_before", gettext_lazy("sent the same answer to who came later")),
    DeedWord("voices.rate_reply", gettext_lazy("its author rated the answer")),
    DeedWord("voices.publish_reply", gettext_lazy("checked the answer for publishing")),
    DeedWord("voices.mail_answer", gettext_lazy("told the author by mail")),
    DeedWord("voices.make_hot_list", gettext_lazy("made the hot list")),
    DeedWord("voices.propose_small_cut", gettext_lazy("proposed a small cut")),
    DeedWord("voices.decide_small_cut", gettext_lazy("decided on a small cut")),
    DeedWord("voices.suggest_links", gettext_lazy("looked for reforms that say the like")),
    DeedWord("voices.confirm_link", gettext_lazy("said that a reform takes it up")),
    DeedWord("voices.refuse_link", gettext_lazy("said that a reform does not take it up")),
]
