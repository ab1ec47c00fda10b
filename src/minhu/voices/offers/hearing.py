"""What hearing offers: the door, what waits for somebody, search, names and deeds in words."""

from collections.abc import Collection, Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from minhu.people.rules import Reader
from minhu.ui.offers import (
    DeedWord,
    Duty,
    DutySource,
    Finder,
    Found,
    Light,
    Named,
    PublicDoor,
    ThingLink,
)
from minhu.voices.models import Counter, Occasion, Voice
from minhu.voices.queries.inbox import Filters, inbox, waiting
from minhu.voices.states.hearing import Channel


def duties(reader: Reader, on: date) -> Iterable[Duty]:
    """What waits for somebody: held voices, requests about data, proposals to publish."""
    if not reader.may_somewhere("see_voices"):
        return
    found = waiting(reader)
    rows = (
        (found.held, ngettext("%(n)d held voice", "%(n)d held voices", found.held),
         _("look, then release it or say why not"), "voices:moderation", 28),
        (found.requests, ngettext("%(n)d request about data", "%(n)d requests about data", found.requests),
         _("its author waits for a decision"), "voices:requests", 26),
        (found.publications, ngettext("%(n)d voice to be checked", "%(n)d voices to be checked",
         found.publications), _("somebody proposed to publish it"), "voices:checks", 45),
    )  # fmt: skip
    for count, title, why, url, order in rows:
        if count:
            yield Duty(
                title % {"n": count}, why, reverse(url), light=Light("yellow", _("Waits")), order=order
            )


def found_voices(text: str, reader: Reader, most: int) -> Iterable[Found]:
    """Voices this reader may see that hold the words, masked."""
    if not reader.may_somewhere("see_voices"):
        return []
    rows = inbox(reader, Filters(text=text), date.max)[:most]
    return [
        Found(row.title, row.get_absolute_url(), f"{row.get_channel_display()} · {row.number}")
        for row in rows
    ]


def voice_links(keys: Collection[str]) -> dict[str, Named]:
    """Voices by their numbers: what was said stands on the page, for those who may open it."""
    rows = Voice.objects.filter(pk__in=keys).values_list("pk", "number")
    return {str(pk): (_("voice %s") % number, reverse("voices:voice", args=[number])) for pk, number in rows}


def occasion_links(keys: Collection[str]) -> dict[str, Named]:
    """Occasions by their titles."""
    rows = Occasion.objects.filter(pk__in=keys)
    return {str(row.pk): (row.title, row.get_absolute_url()) for row in rows}


def table_links(keys: Collection[str]) -> dict[str, Named]:
    """Tables that were brought in, by their channel."""
    rows = Counter.objects.filter(pk__in=keys, name__startswith="import:").values_list("pk", "name")
    found: dict[str, Named] = {}
    for pk, name in rows:
        channel = name.removeprefix("import:")
        words = _("tables of %s") % Channel(channel).label
        found[str(pk)] = (words, f"{reverse('voices:inbox')}?channel={channel}")
    return found


PUBLIC = [
    PublicDoor("说", gettext_lazy("Say something"),
               gettext_lazy("A trouble, a question, a suggestion: no log-in, everything is answered."),
               "voices:say", 1),
    PublicDoor("查", gettext_lazy("Where is it now?"),
               gettext_lazy("With your code: who answers, what was answered, your data."),
               "voices:follow", 2),
]  # fmt: skip
DUTIES = [DutySource(duties, 28)]
FIND = [Finder(gettext_lazy("Voices"), found_voices, 30)]
THINGS = [
    ThingLink("voices.voice", voice_links),
    ThingLink("voices.occasion", occasion_links),
    ThingLink("voices.counter", table_links),
]
DEEDS = [
    DeedWord("voices.hear", gettext_lazy("took a voice in")),
    DeedWord("voices.import_voices", gettext_lazy("brought in a table of voices")),
    DeedWord("voices.record_occasion", gettext_lazy("recorded a visit or session")),
    DeedWord("voices.moderate", gettext_lazy("moderated the voice")),
    DeedWord("voices.write_again", gettext_lazy("its author wrote it again")),
    DeedWord("voices.look", gettext_lazy("read the voice as it was said")),
    DeedWord("voices.change_consent", gettext_lazy("its author changed the consent to publish")),
    DeedWord("voices.change_contact", gettext_lazy("its author changed the contact")),
    DeedWord("voices.ask_about_data", gettext_lazy("its author asked about the own data")),
    DeedWord("voices.decide_data_request", gettext_lazy("decided on a request about data")),
    DeedWord("voices.erase", gettext_lazy("erased what was to be kept no longer")),
    DeedWord("voices.propose_publication", gettext_lazy("proposed to publish the voice")),
    DeedWord("voices.check_publication", gettext_lazy("checked whether the voice may be published")),
]
