"""What the room services offers to those who do not know it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from minhu.cases.models import Case
from minhu.people.rules import Reader
from minhu.reforms.models import Reform
from minhu.services.bridge.applying.purpose import matrix_of
from minhu.services.models import (
    Application,
    Family,
    Item,
    Merge,
    Question,
    Thing,
    ThingReform,
    ThingVersion,
)
from minhu.services.states import QuestionState
from minhu.ui.offers import (
    DeedWord,
    Duty,
    DutySource,
    EdgeSource,
    Finder,
    Found,
    Named,
    Nav,
    Panel,
    PanelView,
    PublicDoor,
    ThingLink,
)


# -- applications -----------------------------------------------------------------------------------------
def applied(case: Case, reader: Reader) -> PanelView | None:
    """What an applicant gave, as far as the organisation of this reader needs it."""
    matrix = matrix_of(case, reader.organisation)
    if matrix is None:
        return None
    may_act = reader.may("act_in_case", organisations=[reader.organisation]) and bool(
        matrix.sheets or matrix.papers
    )
    may_erase = reader.may("erase_personal")
    context = {"it": matrix, "may_act": may_act, "may_erase": may_erase}
    return PanelView("services/_applied.html", context, note=matrix.row.number)


def became_edges() -> Iterator[tuple[str, str, datetime]]:
    """Applications and the cases they became."""
    rows = Application.objects.exclude(submitted_at=None).exclude(case=None)
    for row in rows.only("pk", "case", "submitted_at"):
        if row.submitted_at:
            yield f"services.application:{row.pk}", f"cases.case:{row.case_id}", row.submitted_at


def application_links(keys: Collection[str]) -> Mapping[str, Named]:
    """Applications by their numbers, linked to their cases."""
    rows = Application.objects.filter(pk__in=keys).select_related("case", "version__thing")
    return {
        str(row.pk): (
            f"{row.version.thing.name} {row.number}",
            row.case.get_absolute_url() if row.case else "",
        )
        for row in rows
    }


# -- one-things -------------------------------------------------------------------------------------------
def found_things(text: str, reader: Reader, most: int) -> Iterable[Found]:
    """One-things and items that hold the words."""
    if not reader.may("see_things"):
        return []
    things, items = Thing.objects.all(), Item.objects.select_related("department")
    for word in text.split():
        things = things.filter(Q(name__icontains=word) | Q(summary__icontains=word) | Q(code__icontains=word))
        items = items.filter(Q(name__icontains=word) | Q(code__icontains=word))
    found = [Found(row.name, row.get_absolute_url(), row.summary[:120]) for row in things[:most]]
    rest = items[: most - len(found)]
    return found + [Found(row.name, row.get_absolute_url(), str(row.department)) for row in rest]


def thing_links(keys: Collection[str]) -> Mapping[str, Named]:
    """One-things by their names."""
    rows = Thing.objects.filter(pk__in=keys)
    return {str(row.pk): (row.name, row.get_absolute_url()) for row in rows}


def version_links(keys: Collection[str]) -> Mapping[str, Named]:
    """Versions of one-things."""
    rows = ThingVersion.objects.filter(pk__in=keys).select_related("thing").defer("definition")
    return {str(row.pk): (f"{row.thing.name} v{row.number}", row.get_absolute_url()) for row in rows}


def item_links(keys: Collection[str]) -> Mapping[str, Named]:
    """Items by their names."""
    return {str(row.pk): (row.name, row.get_absolute_url()) for row in Item.objects.filter(pk__in=keys)}


def question_links(keys: Collection[str]) -> Mapping[str, Named]:
    """Questions to departments, and signatures, lead to their one-thing."""
    rows = Question.objects.filter(pk__in=keys).select_related("thing")
    return {str(row.pk): (row.words, f"{row.thing.get_absolute_url()}#questions") for row in rows}


def merge_links(keys: Collection[str]) -> Mapping[str, Named]:
    """Signatures under two fields."""
    rows = Merge.objects.filter(pk__in=keys).select_related("thing")
    return {
        str(row.pk): (f"{row.key} / {row.same_as}", f"{row.thing.get_absolute_url()}#alike") for row in rows
    }


def family_links(keys: Collection[str]) -> Mapping[str, Named]:
    """Families of one-things."""
    return {str(row.pk): (row.name, row.get_absolute_url()) for row in Family.objects.filter(pk__in=keys)}


def used_edges() -> Iterator[tuple[str, str, datetime]]:
    """Version of a one-thing → the items whose guides it pins."""
    rows = ThingVersion.items.through.objects.order_by("pk")
    for version, item, since in rows.values_list(
        "thingversion", "itemversion__item", "thingversion__made_at"
    ):
        yield f"services.thingversion:{version}", f"services.item:{item}", since


def reform_edges() -> Iterator[tuple[str, str, datetime]]:
    """Version of a one-thing → the reform of a rule that holds it up."""
    for version, reform, since in ThingReform.objects.order_by("pk").values_list(
        "version", "reform", "sent_at"
    ):
        yield f"services.thingversion:{version}", f"reforms.reform:{reform}", since


def asked_of(reader: Reader, on: date) -> Iterable[Duty]:
    """Questions the own department has not answered."""
    if not reader.may("answer_question", organisation=reader.organisation):
        return
    rows = Question.objects.filter(state=QuestionState.ASKED, department__code=reader.organisation)
    for row in rows.select_related("thing"):
        why = gettext("a question about your guide in “%(thing)s”") % {"thing": row.thing.name}
        yield Duty(row.words, why, reverse("services:answer", args=[row.pk]), order=40)


def things_of_reform(reform: Reform, reader: Reader) -> PanelView | None:
    """The one-things a reform would make quicker, by how many days."""
    rows = list(reform.things.select_related("version__thing")) if reader.may("see_things") else []
    return PanelView("services/_reform.html", {"rows": rows}) if rows else None


NAV = [Nav("办", _("One-things"), "services:things", 52, "see_things")]
FIND = [Finder(_("One-things"), found_things, 25)]
DUTIES = [DutySource(asked_of, 40)]
EDGES = [
    EdgeSource("uses_item", used_edges),
    EdgeSource("asks_reform", reform_edges),
    EdgeSource("became_case", became_edges),
]
PANELS = [
    Panel("cases.case", _("What the applicant gave"), applied, 10),
    Panel("reforms.reform", _("One-things it would make quicker"), things_of_reform, 60),
]
THINGS = [
    ThingLink("services.application", application_links),
    ThingLink("services.thing", thing_links),
    ThingLink("services.thingversion", version_links),
    ThingLink("services.item", item_links),
    ThingLink("services.question", question_links),
    ThingLink("services.merge", merge_links),
    ThingLink("services.family", family_links),
]
PUBLIC = [
    PublicDoor("办", _("Get things done"), _("One application for what several departments decide."),
               "services:catalogue", 4),
    PublicDoor("办", _("Follow an application"), _("With your code: how far it is, what is still needed."),
               "services:follow", 22),
]  # fmt: skip
DEEDS = [
    DeedWord("services.load_words", pgettext_lazy("deed", "enter a word of the dictionaries")),
    DeedWord("services.load_item", pgettext_lazy("deed", "load a guide of an item")),
    DeedWord("services.load_thing", pgettext_lazy("deed", "load a one-thing")),
    DeedWord("services.draft_thing", pgettext_lazy("deed", "compile a draft of a one-thing")),
    DeedWord("services.sign_merge", pgettext_lazy("deed", "sign whether two fields are the same")),
    DeedWord("services.ask_department", pgettext_lazy("deed", "ask a department about its guide")),
    DeedWord("services.answer_question", pgettext_lazy("deed", "answer a question about a guide")),
    DeedWord("services.publish_thing", pgettext_lazy("deed", "publish a version of a one-thing")),
    DeedWord("services.withdraw_thing", pgettext_lazy("deed", "withdraw a version of a one-thing")),
    DeedWord("services.send_to_reforms", pgettext_lazy("deed", "send a rule to the reforms")),
    DeedWord("services.confirm_family", pgettext_lazy("deed", "confirm a family of one-things")),
    DeedWord("services.dissolve_family", pgettext_lazy("deed", "dissolve a family of one-things")),
    DeedWord("services.start_application", pgettext_lazy("deed", "begin an application")),
    DeedWord("services.renew_code", pgettext_lazy("deed", "take another follow-up code")),
    DeedWord("services.answer_situation", pgettext_lazy("deed", "answer a question on the situation")),
    DeedWord("services.keep_page", pgettext_lazy("deed", "fill in a page")),
    DeedWord("services.take_version", pgettext_lazy("deed", "go on under a newer version")),
    DeedWord("services.discard_application", pgettext_lazy("deed", "throw a draft away")),
    DeedWord("services.give_paper", pgettext_lazy("deed", "hand in a paper")),
    DeedWord("services.drop_paper", pgettext_lazy("deed", "take a paper back")),
    DeedWord("services.commit", pgettext_lazy("deed", "sign a commitment")),
    DeedWord("services.put_off_paper", pgettext_lazy("deed", "put a paper off to a later day")),
    DeedWord("services.share_paper", pgettext_lazy("deed", "have a paper shared")),
    DeedWord("services.give_consent", pgettext_lazy("deed", "give a consent")),
    DeedWord("services.submit_application", pgettext_lazy("deed", "send an application")),
    DeedWord("services.bring_papers", pgettext_lazy("deed", "bring papers a case waited for")),
    DeedWord("services.hand_in_corrections", pgettext_lazy("deed", "hand corrections in")),
    DeedWord("services.withdraw_application", pgettext_lazy("deed", "take an application back")),
    DeedWord("services.expire_application", pgettext_lazy("deed", "erase a draft whose time is over")),
    DeedWord("services.erase_values", pgettext_lazy("deed", "erase values of an application")),
    DeedWord("services.look_at_values", pgettext_lazy("deed", "open the answers of an applicant")),
    DeedWord("services.look_at_paper", pgettext_lazy("deed", "open a paper of an applicant")),
]
