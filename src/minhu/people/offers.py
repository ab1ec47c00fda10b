"""What people offer to those who do not know them: doors, duties, search, names for the record."""

from collections.abc import Collection, Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from minhu.people import queries
from minhu.people.models import Complaint, Notice, Organisation, Post, Token, User
from minhu.people.rules import Reader
from minhu.ui.offers import DeedWord, Duty, DutySource, Finder, Found, Light, Named, Nav, ThingLink

MOST_DUTIES = 20


def complaints_to_answer(reader: Reader, on: date) -> Iterable[Duty]:
    """Complaints about the software that wait for the reform office."""
    if not reader.may("answer_complaint"):
        return
    for complaint in queries.unanswered_complaints()[:MOST_DUTIES]:
        yield Duty(
            title=gettext("Answer: %s") % complaint,
            why=gettext("Said by %s") % complaint.post.organisation,
            url=reverse("people:complaint", args=[complaint.pk]),
            light=Light("off", _("Waits for an answer")),
            order=80,
        )


def find_organisations(text: str, reader: Reader, most: int) -> Iterable[Found]:
    """Organisations by name or code."""
    if not reader.may("see_people"):
        return
    for unit in queries.organisations_with(text)[:most]:
        yield Found(unit.name, reverse("people:unit", args=[unit.code]), unit.get_kind_display())


def find_posts(text: str, reader: Reader, most: int) -> Iterable[Found]:
    """Posts by title or code."""
    if not reader.may("see_people"):
        return
    for post in queries.posts_with(text)[:most]:
        url = reverse("people:unit", args=[post.organisation.code])
        yield Found(post.title, url, f"{post.organisation} · {post.get_role_display()}")


def organisation_links(keys: Collection[str]) -> dict[str, Named]:
    """How the record names organisations."""
    rows = Organisation.objects.filter(pk__in=keys)
    return {str(row.pk): (row.name, reverse("people:unit", args=[row.code])) for row in rows}


def post_links(keys: Collection[str]) -> dict[str, Named]:
    """How the record names posts."""
    rows = Post.objects.filter(pk__in=keys).select_related("organisation")
    return {
        str(row.pk): (
            f"{row.organisation.short} · {row.title}",
            reverse("people:unit", args=[row.organisation.code]),
        )
        for row in rows
    }


def user_links(keys: Collection[str]) -> dict[str, Named]:
    """How the record names accounts."""
    names = User.objects.filter(pk__in=keys).values_list("pk", "username")
    return {
        str(pk): (gettext("account %s") % name, reverse("people:tree", query={"q": name}))
        for pk, name in names
    }


def notice_links(keys: Collection[str]) -> dict[str, Named]:
    """A notice is nobody's business but its receiver's."""
    return {str(row.pk): (gettext("a notice"), row.url) for row in Notice.objects.filter(pk__in=keys)}


def complaint_links(keys: Collection[str]) -> dict[str, Named]:
    """How the record names complaints."""
    there = Complaint.objects.filter(pk__in=keys).values_list("pk", flat=True)
    return {str(pk): (gettext("complaint %s") % pk, reverse("people:complaint", args=[pk])) for pk in there}


def token_links(keys: Collection[str]) -> dict[str, Named]:
    """How the record names tokens: by their post; what its holder calls it is his own affair."""
    rows = Token.objects.filter(pk__in=keys).select_related("post")
    return {str(row.pk): (gettext("Token of %s") % row.post, reverse("people:tokens")) for row in rows}


NAV = [
    Nav("", _("People and units"), "people:tree", 60, "see_people"),
    Nav("", _("Who may do what"), "people:rights", 64, "see_rights"),
    Nav("", _("Problems with this system"), "people:complaints", 66, "report_problem"),
    Nav("", _("My account"), "people:me", 68, "see_desk"),
]
DUTIES = [DutySource(complaints_to_answer, order=80)]
FIND = [Finder(_("Organisations"), find_organisations, order=70), Finder(_("Posts"), find_posts, order=71)]
DEEDS = [
    DeedWord("people.add_organisation", _("added the organisation")),
    DeedWord("people.change_organisation", _("changed the organisation")),
    DeedWord("people.close_organisation", _("closed the organisation")),
    DeedWord("people.reopen_organisation", _("reopened the organisation")),
    DeedWord("people.add_post", _("added the post")),
    DeedWord("people.change_post", _("changed the post")),
    DeedWord("people.open_account", _("opened the account")),
    DeedWord("people.change_email", _("changed where the reset link of the account goes")),
    DeedWord("people.close_account", _("closed the account")),
    DeedWord("people.give_post", _("gave a post to the account")),
    DeedWord("people.end_post", _("ended a post of the account")),
    DeedWord("people.make_reset_link", _("made a link that resets the password of the account")),
    DeedWord("people.make_token", _("made a token for a program")),
    DeedWord("people.revoke_token", _("revoked a token")),
    DeedWord("people.choose_digest", _("chose whether the account gets the daily mail")),
    DeedWord("people.send_notice", _("sent a notice")),
    DeedWord("people.complain", _("said what is wrong with this system")),
    DeedWord("people.answer_complaint", _("answered a complaint about this system")),
]
THINGS = [
    ThingLink("people.organisation", organisation_links),
    ThingLink("people.post", post_links),
    ThingLink("people.user", user_links),
    ThingLink("people.notice", notice_links),
    ThingLink("people.complaint", complaint_links),
    ThingLink("people.token", token_links),
]
