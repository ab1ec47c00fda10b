"""What mandates show to the rooms above: navigation, search, the words of their deeds, their names."""

from collections.abc import Collection, Iterable
from datetime import date

from django.urls import reverse
from django.utils.formats import localize
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from minhu.mandates import queries
from minhu.mandates.models import Clause, Document
from minhu.people.rules import Reader
from minhu.ui.offers import DeedWord, Duty, DutySource, Finder, Found, Light, Named, Nav, ThingLink

AROUND = 30


def snippet(words: str, asked: str) -> str:
    """The words around the first hit."""
    at = max(words.lower().find(asked.lower()), 0)
    start, end = max(at - AROUND, 0), at + len(asked) + AROUND
    return ("…" if start else "") + words[start:end] + ("…" if end < len(words) else "")


def found_clauses(text: str, reader: Reader, most: int) -> Iterable[Found]:
    """Clauses in force that hold the words, for those who may read mandates."""
    if not reader.may("see_mandates"):
        return []
    return [
        Found(
            f"{clause.version.document.title} {clause.name}",
            clause.get_absolute_url(),
            snippet(clause.text, text),
        )
        for clause in queries.find_clauses(text, most)
    ]


def found_documents(text: str, reader: Reader, most: int) -> Iterable[Found]:
    """Documents by title, number or issuer."""
    if not reader.may("see_mandates"):
        return []
    return [
        Found(document.title, document.get_absolute_url(), document.number)
        for document in queries.find_documents(text, most)
    ]


def document_links(keys: Collection[str]) -> dict[str, Named]:
    """How the record names documents."""
    return {str(row.pk): (row.title, row.get_absolute_url()) for row in Document.objects.filter(pk__in=keys)}


def clause_links(keys: Collection[str]) -> dict[str, Named]:
    """How the record names clauses."""
    rows = queries.with_names(Clause.objects.filter(pk__in=keys).select_related("version__document"))
    light = rows.defer("text", "version__text", "version__furniture")
    return {
        str(row.pk): (f"{row.version.document.title} {row.name}", row.get_absolute_url()) for row in light
    }


def stale_duties(reader: Reader, on: date) -> Iterable[Duty]:
    """Local texts older than what they carry out, for whoever keeps documents."""
    if not reader.may("load_document"):
        return
    for one in queries.stale_documents(on=on):
        if one.state == "stale":
            words = gettext("Does it still fit? %(local)s") % {"local": one.local.title}
            why = gettext("issued %(local_on)s; “%(upstream)s” was issued anew %(upstream_on)s") % {
                "local_on": localize(one.local_on), "upstream": one.upstream.title,
                "upstream_on": localize(one.upstream_on),
            }  # fmt: skip
            url = reverse("mandates:check", args=[one.link.pk])
            yield Duty(words, why, url, light=Light("yellow", gettext("stale")), order=36)


NAV = [Nav("接", _("Taking over"), "mandates:documents", 20, "see_mandates")]
DUTIES = [DutySource(stale_duties)]
FIND = [Finder(_("Clauses"), found_clauses), Finder(_("Documents"), found_documents)]
DEEDS = [
    DeedWord("mandates.load_document", _("took in a wording of the document")),
    DeedWord("mandates.revise_document", _("changed the head of the document")),
    DeedWord("mandates.set_implements", _("said what the document implements")),
    DeedWord("mandates.check_implementation", _("checked that the document still fits what it implements")),
    DeedWord("mandates.add_duty", _("added a duty")),
    DeedWord("mandates.correct_duty", _("corrected a duty")),
    DeedWord("mandates.remove_duty", _("removed a duty")),
]
THINGS = [
    ThingLink("mandates.document", document_links),
    ThingLink("mandates.clause", clause_links),
]
