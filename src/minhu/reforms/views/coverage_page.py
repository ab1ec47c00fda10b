"""The review page and its fragment: the same context, drawn whole or swapped in by htmx."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import replace_url

from minhu.mandates.models import Version
from minhu.people.gate import Request
from minhu.reforms.models import Reform
from minhu.reforms.queries.coverage_candidates import GONE
from minhu.reforms.queries.coverage_decisions import last_go, last_search, outlook_of, pace_of
from minhu.reforms.queries.coverage_limits import thresholds
from minhu.reforms.queries.coverage_names import acted_on, name_posts
from minhu.reforms.queries.coverage_review import Review, organisations_of, review_of
from minhu.reforms.queries.coverage_stale import local_keys, older_texts

MOST_CHOICES = 300


def draw(request: Request, template: str, context: dict[str, object]) -> HttpResponse:
    """A page of coverage; in the rail it lies behind the door to the documents.

    Pages of one document say which local texts that carry it out are older.
    """
    version = context.get("version")
    if isinstance(version, Version):
        context = {"older": older_texts(version.document, on=timezone.localdate())} | context
    request.behind = reverse("mandates:documents")  # type: ignore[attr-defined]
    return render(request, template, context)


def number_or_none(words: str | None) -> int | None:
    """A key from an address; nonsense is no key."""
    return int(words) if words and words.isdecimal() and len(words) < 19 else None


def review_url(version: int, at: int | None, show: str) -> str:
    """The address of one clause under review, to be shared."""
    url = reverse("reforms:coverage_review", args=[version])
    return f"{url}?show={show}" + (f"&at={at}" if at else "")


def draw_review(
    request: Request, version: Version, *, at: int | None, show: str, said: Mapping[str, object] | None = None
) -> HttpResponse:
    """The whole page, or for htmx only what changes, with the address of the clause that is shown."""
    on = timezone.localdate()
    limits, older = thresholds(on), older_texts(version.document, on=on)
    seen = review_of(version, at=at, show=show, limits=limits)
    name_posts(acted_on(seen))
    context = {
        "review": seen,
        "version": version,
        "show": show,
        "limits": limits,
        "said": said or {},
        "tab": "review",
        "older": older,
        "stale": local_keys(older),
        "pace": pace_of(seen.covered, version, request.reader.user.pk),
        "outlook": outlook_of(seen.row.clause) if seen.row else None,
        "search": last_search(version),
    }
    context |= rights_of(request, seen)
    if context["may_match"]:
        context["last"] = last_go(version, request.reader.user.pk)
        context["choices"] = Reform.objects.exclude(state__in=GONE).order_by("code")[:MOST_CHOICES]
    if request.htmx and not request.htmx.boosted:
        here = review_url(version.pk, seen.row.clause.pk if seen.row else None, show)
        return replace_url(render(request, "reforms/coverage/_review.html", context), here)
    return draw(request, "reforms/coverage/review.html", context)


def rights_of(request: Request, seen: Review) -> dict[str, object]:
    """What this reader may do with the clause that is shown."""
    reader = request.reader
    proposal = seen.row.inapplicable if seen.row else None
    is_asker = bool(proposal and proposal.asked_by_user == reader.user.pk)
    return {
        "may_match": reader.may("match_clause"),
        "may_propose": reader.may("propose_inapplicable", organisations=organisations_of(seen)),
        "may_decide": reader.may("decide_inapplicable") and not is_asker,
        "may_reopen": reader.may("decide_inapplicable"),
        "is_asker": is_asker,
    }
