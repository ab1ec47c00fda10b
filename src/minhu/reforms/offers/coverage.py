"""What coverage shows on other pages: on the cockpit, on desks, on documents, clauses and reforms."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from minhu.mandates.models import Clause, Document
from minhu.mandates.queries import current_version, with_names
from minhu.people.rules import Reader
from minhu.reforms.models import Answer, Reform
from minhu.reforms.queries import coverage_lists as lists
from minhu.reforms.queries.coverage import Covered, coverage_of, coverage_of_all, row_for
from minhu.reforms.queries.coverage_again import opened_documents
from minhu.reforms.queries.coverage_charts import documents_with_bars, parts_of
from minhu.reforms.queries.coverage_limits import Thresholds, thresholds_or_none
from minhu.reforms.states import AnswerState
from minhu.ui.offers import DeedWord, Duty, FigureView, Light, PanelView, Part, sentence

GAPS_SHOWN = 5


def seen_by(reader: Reader, on: date) -> tuple[Covered, Thresholds] | None:
    """Coverage of everything, if the reader may see it and there is something to see; read once a page."""
    return reader.once(("reforms.coverage", on), lambda: seen_freshly(reader, on))


def seen_freshly(reader: Reader, on: date) -> tuple[Covered, Thresholds] | None:
    """Coverage of everything as it stands now."""
    limits = thresholds_or_none(on) if reader.may("see_coverage") else None
    whole = coverage_of_all(possible=limits.possible) if limits else None
    return (whole, limits) if whole and limits and whole.units else None


def coverage_figure(reader: Reader, on: date) -> FigureView | None:
    """Are all duties taken over?"""
    seen = seen_by(reader, on)
    if seen is None:
        return None
    whole, _limits = seen
    gaps = whole.counts["gap"]
    made = _("%(percent)s %% = (%(taken)d taken over + %(exempt)d not applicable) ÷ %(units)d clauses") % {
        "percent": whole.percent, "taken": whole.counts["taken"], "exempt": whole.counts["inapplicable"],
        "units": whole.units,
    }  # fmt: skip
    return FigureView(
        value=gaps, unit=ngettext("clause nobody answers", "clauses nobody answers", gaps),
        tone="red" if gaps else "", sentence=made, url=reverse("reforms:coverage"),
        segments=parts_of(whole, None),
    )  # fmt: skip


def coverage_opening(reader: Reader, on: date) -> Iterable[Part]:
    """One sentence on what was asked from above, and on what nothing answers."""
    seen = seen_by(reader, on)
    if seen is None:
        return ()
    whole, _limits = seen
    url, gaps = reverse("reforms:coverage"), whole.counts["gap"]
    units, settled = Part(str(whole.units), url), Part(str(whole.settled), url)
    if not gaps:
        return sentence(_("Of {units} clauses from above every one is answered."), units=units)
    words = ngettext(
        "Of {units} clauses from above {settled} are settled; {gaps} has nothing confirmed.",
        "Of {units} clauses from above {settled} are settled; {gaps} have nothing confirmed.",
        gaps,
    )
    return sentence(words, units=units, settled=settled, gaps=Part(str(gaps), url, late=True))


def coverage_duties(reader: Reader, on: date) -> Iterator[Duty]:
    """Gaps past their days for whoever matches clauses; proposals for a second person; own ones that wait."""
    if reader.may("match_clause"):
        yield from overdue_gaps(reader, on)
        yield from opened_again()
    may_decide = reader.may("decide_inapplicable")
    for row in lists.waiting_inapplicable():
        is_own = row.asked_by_user == reader.user.pk
        if not is_own and not may_decide:
            continue
        where = f"{row.clause.version.document.title} {row.clause.name}"
        words = _("Proposed as not applicable: %(clause)s") if is_own else _("Does it apply here? %(clause)s")
        url = reverse("reforms:coverage_review", args=[row.clause.version_id]) + f"?at={row.clause_id}"
        why = _("a second person decides") if is_own else row.reason
        yield Duty(words % {"clause": where}, why, url, waits=is_own, order=35)


def overdue_gaps(reader: Reader, on: date) -> Iterator[Duty]:
    """One duty a document: how many of its clauses should have been taken over by now."""
    seen = seen_by(reader, on)
    if seen is None:
        return
    whole, limits = seen
    overdue = lists.overdue_since(whole, claim_days=limits.claim_days, on=on)
    for version, bar in documents_with_bars(whole):
        late = [overdue[row.clause.pk] for row in bar.rows if row.clause.pk in overdue]
        if not late:
            continue
        words = ngettext("%(n)d clause to be taken over", "%(n)d clauses to be taken over", len(late))
        why = _("%(title)s · to be claimed within %(days)d working days") % {
            "title": version.document.title, "days": limits.claim_days,
        }  # fmt: skip
        light = Light("red", ngettext("%(n)d gap", "%(n)d gaps", len(late)) % {"n": len(late)})
        url = reverse("reforms:coverage_blind", args=[version.pk])
        yield Duty(words % {"n": len(late)}, why, url, min(late), light, order=15)


def opened_again() -> Iterator[Duty]:
    """One duty a document: clauses that a new wording opened again, about which nobody decided since."""
    for version, count in opened_documents():
        words = ngettext("%(n)d clause to look at again", "%(n)d clauses to look at again", count)
        why = _("%(title)s · a new wording changed it, or what answered it") % {
            "title": version.document.title
        }
        url = reverse("reforms:coverage_review", args=[version.pk]) + "?show=again"
        yield Duty(words % {"n": count}, why, url, order=16)


def gaps_panel(on: date, reader: Reader) -> PanelView | None:
    """Clauses nobody answers, on the cockpit: the first few of every document, with how long they wait."""
    seen = seen_by(reader, on)
    if seen is None:
        return None
    whole, limits = seen
    overdue = lists.overdue_since(whole, claim_days=limits.claim_days, on=on)
    rows = [(row, overdue.get(row.clause.pk)) for row in whole.rows if row.state == "gap"]
    context = {"rows": rows[:GAPS_SHOWN], "days": limits.claim_days}
    url = reverse("reforms:coverage")
    return PanelView("reforms/coverage/_panel_gaps.html", context, "", url, _("Take them over"))


def documents_panel(documents: Any, reader: Reader) -> PanelView | None:
    """Coverage of every upstream document, above their list."""
    seen = seen_by(reader, timezone.localdate())
    if seen is None:
        return None
    whole, _limits = seen
    rows = [(version, one, parts_of(one, version.pk)) for version, one in documents_with_bars(whole)]
    context = {"whole": whole, "parts": parts_of(whole, None), "rows": rows}
    return PanelView(
        "reforms/coverage/_panel_documents.html", context, "", reverse("reforms:coverage"), _("Coverage")
    )


def document_panel(document: Document, reader: Reader) -> PanelView | None:
    """Coverage of one upstream document, on its page."""
    limits = thresholds_or_none(timezone.localdate()) if reader.may("see_coverage") else None
    version = current_version(document) if limits and document.is_upstream else None
    if limits is None or version is None:
        return None
    whole = coverage_of(version, possible=limits.possible)
    context = {"whole": whole, "parts": parts_of(whole, version.pk)}
    url = reverse("reforms:coverage_review", args=[version.pk])
    return PanelView("reforms/coverage/_panel_document.html", context, "", url, _("Answer by answer"))


def clause_panel(clause: Clause, reader: Reader) -> PanelView | None:
    """Who answers a clause; of a local clause, what it answers."""
    limits = thresholds_or_none(timezone.localdate()) if reader.may("see_coverage") else None
    if limits is None or not clause.is_unit:
        return None
    if not clause.version.document.is_upstream:
        return answers_panel(Answer.objects.filter(local_clause=clause))
    context = {"row": row_for(clause, possible=limits.possible)}
    url = reverse("reforms:coverage_review", args=[clause.version_id]) + f"?at={clause.pk}"
    return PanelView("reforms/coverage/_panel_clause.html", context, "", url, _("Review it"))


def reform_panel(reform: Reform, reader: Reader) -> PanelView | None:
    """The clauses a reform answers, on its page."""
    return answers_panel(Answer.objects.filter(reform=reform)) if reader.may("see_coverage") else None


def answers_panel(rows: Any) -> PanelView | None:
    """Confirmed answers as a list of the clauses they answer."""
    found = rows.filter(state=AnswerState.CONFIRMED, clause__version__is_current=True)
    heavy = ("clause__version__text", "clause__version__furniture")
    named = with_names(found.select_related("clause__version__document"), "clause__")
    answers = list(named.defer(*heavy).order_by("clause__version__document", "clause__order"))
    return PanelView("reforms/coverage/_panel_local.html", {"answers": answers}) if answers else None


def answered_edges() -> Iterator[tuple[str, str, datetime]]:
    """Clause → what answers it."""
    rows = Answer.objects.filter(state=AnswerState.CONFIRMED).order_by("id")
    for clause, reform, local, since in rows.values_list(
        "clause", "reform", "local_clause", "decided_at"
    ).iterator():
        answerer = f"reforms.reform:{reform}" if reform else f"mandates.clause:{local}"
        if since:
            yield f"mandates.clause:{clause}", answerer, since


DEEDS = [
    DeedWord("reforms.suggest_answers", gettext_lazy("looked for answers to the clauses")),
    DeedWord("reforms.stop_search", gettext_lazy("stopped looking for answers")),
    DeedWord("reforms.confirm_answer", gettext_lazy("confirmed what answers the clause")),
    DeedWord("reforms.refuse_answer", gettext_lazy("refused what was suggested for the clause")),
    DeedWord("reforms.undo_answer", gettext_lazy("took back a decision on the clause")),
    DeedWord("reforms.carry_answers", gettext_lazy("carried decisions over to the new wording")),
    DeedWord("reforms.propose_inapplicable", gettext_lazy("proposed that the clause does not apply")),
    DeedWord("reforms.grant_inapplicable", gettext_lazy("agreed that the clause does not apply")),
    DeedWord("reforms.refuse_inapplicable", gettext_lazy("did not agree that the clause does not apply")),
    DeedWord(
        "reforms.take_over_inapplicable",
        gettext_lazy("entered that two posts had agreed the clause does not apply"),
    ),
    DeedWord("reforms.undo_inapplicable", gettext_lazy("took back “not applicable”")),
]
