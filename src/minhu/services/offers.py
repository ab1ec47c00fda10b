"""What the room services offers to those who do not know it."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minhu.cases.models import Case
from minhu.people.rules import Reader
from minhu.services.bridge.applying.purpose import matrix_of
from minhu.services.models import Application
from minhu.ui.offers import DeedWord, Named, Panel, PanelView, ThingLink
from minhu.ui.offers.shapes import PublicDoor


# -- applications -----------------------------------------------------------------------------------------
def applied(case: Case, reader: Reader) -> PanelView | None:
    """What an applicant gave, as far as the organisation of this reader needs it."""
    matrix = matrix_of(case, reader.organisation)
    if matrix is None:
        return None
    may_act = reader.may("act_in_case", organisations=[reader.organisation]) and bool(
        matrix.sheets or matrix.papers
    )
    return PanelView("services/_applied.html", {"it": matrix, "may_act": may_act}, note=matrix.row.number)


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


PANELS = [Panel("cases.case", _("What the applicant gave"), applied, 10)]
THINGS = [ThingLink("services.application", application_links)]
PUBLIC = [
    PublicDoor("办", _("Follow an application"), _("With your code: how far it is, what is still needed."),
               "services:follow", 22),
]  # fmt: skip
DEEDS = [
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
