"""The filters of the inbox, and the forms of what staff do with voices."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minhu.people.rules import Reader
from minhu.voices.actions.occasions import OccasionDraft
from minhu.voices.forms.saying import VoiceForm, contact_fields
from minhu.voices.queries.desks import own_units, street_choices
from minhu.voices.queries.inbox import Filters, domains, streets
from minhu.voices.states.hearing import (
    Channel,
    Contact,
    Draft,
    Identity,
    OccasionKind,
    Sort,
    State,
    Verdict,
)
from minhu.voices.states.importing import BRINGS

ALL = [("", _("All"))]
DAYS = [("1", _("today")), ("7", _("7 days")), ("30", _("30 days")), ("90", _("90 days"))]


def choice(label: Any, choices: Any) -> forms.ChoiceField:
    """A choice that may stay open."""
    return forms.ChoiceField(label=label, required=False, choices=[*ALL, *choices])


def day(label: Any) -> forms.DateField:
    """A day."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class InboxForm(forms.Form):
    """Words, channel, state, street, domain, wish, days; an unknown value filters nothing."""

    text = forms.CharField(
        label=_("Words"), required=False, max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("number or words")}),
    )  # fmt: skip
    channel = choice(_("Channel"), Channel.choices)
    state = choice(_("State"), State.choices)
    street = choice(pgettext_lazy("filter of voices", "Street"), [])
    domain = choice(_("Domain"), [])
    sort = choice(_("Wish"), Sort.choices)
    days = choice(_("Received within"), DAYS)

    def __init__(self, data: Any, *, reader: Reader) -> None:
        super().__init__(data)
        found = {"street": streets(reader), "domain": [(word, word) for word in domains(reader)]}
        for name, choices in found.items():
            self.fields[name].choices = [*ALL, *choices]  # type: ignore[attr-defined]
            if not choices:
                self.fields[name].widget = forms.HiddenInput()

    def filters(self) -> Filters:
        """What the address asks for, as far as it can be understood."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        days = said.pop("days", None)
        return Filters(**said, days=int(days) if days else None)


class ReasonForm(VoiceForm):
    """Why."""

    words = forms.CharField(label=_("Why?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class ModerateForm(VoiceForm):
    """What becomes of a held voice, and the words its author reads."""

    verdict = forms.ChoiceField(
        label=_("What becomes of it?"), widget=forms.RadioSelect,
        choices=[
            (Verdict.RELEASED.value, _("Release it: it goes its way like any other")),
            (Verdict.ASKED.value, _("Ask its author to write it again")),
            (Verdict.REFUSED.value, _("Do not take it up, with a public reason")),
        ],
    )  # fmt: skip
    words = forms.CharField(
        label=_("Words to its author"), required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed unless it is released. What is not taken up says where it belongs."),
    )  # fmt: skip


class PublishForm(VoiceForm):
    """The text everybody may read; more may be blotted out, nothing may be added."""

    text = forms.CharField(
        label=_("What everybody will read"), widget=forms.Textarea(attrs={"rows": 8}), strip=False,
        help_text=_("Blot out what could tell who it is: names, door numbers, a rare job. Add nothing."),
    )  # fmt: skip


class DecideForm(VoiceForm):
    """Yes or no, and why."""

    granted = forms.TypedChoiceField(
        label=_("Your decision"), widget=forms.RadioSelect, coerce=lambda word: word == "yes",
        choices=[("yes", pgettext_lazy("decision", "Yes")), ("no", pgettext_lazy("decision", "No"))],
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed for a no; its author reads it."),
    )  # fmt: skip


class HearForm(VoiceForm):
    """A letter, a call, a petition: one voice that an officer types."""

    channel = forms.ChoiceField(label=_("How did it come?"))
    text = forms.CharField(
        label=_("What somebody said"), strip=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    said_on = day(_("When"))
    place = forms.ChoiceField(label=_("In which street or town?"), required=False)
    place_words = forms.CharField(label=_("Where exactly?"), required=False, max_length=200)
    sort = choice(_("Wish"), Sort.choices)
    identity = choice(_("Speaks as"), Identity.choices)
    outside_number = forms.CharField(label=_("Number elsewhere"), required=False, max_length=80)
    may_publish = forms.BooleanField(
        label=_("Its author agrees that it be published, masked"), required=False
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"key": uuid4().hex, "said_on": timezone.localdate()})
        self.fields.update(contact_fields())
        typed = (Channel.LETTER, Channel.HOTLINE, Channel.PETITION, Channel.SUGGESTION, Channel.DEPUTY)
        self.fields["channel"].choices = [(one.value, one.label) for one in typed]  # type: ignore[attr-defined]
        self.fields["place"].choices = [("", "—"), *street_choices()]  # type: ignore[attr-defined]

    def draft(self, keeper: str) -> Draft:
        """What was said, taken in by a unit."""
        said = dict(self.cleaned_data)
        contact = {name: said.pop(name) for name in Contact.values}
        typed = sum(bool(value) for value in (*said.values(), *contact.values())) - 1
        key = said.pop("key")
        return Draft(**said, contact=contact, submit_key=key, keeper=keeper, typed=typed)


class OccasionForm(VoiceForm):
    """Which occasion, when, where, held by whom, and what was said: one voice a paragraph."""

    kind = forms.ChoiceField(label=_("Which kind of occasion?"), choices=OccasionKind.choices)
    title = forms.CharField(label=_("Title"), max_length=120)
    held_on = day(_("Held on"))
    office = forms.ChoiceField(label=_("Held by"))
    place = forms.ChoiceField(label=_("In which street or town?"), required=False)
    place_words = forms.CharField(label=_("Where exactly?"), required=False, max_length=200)
    said = forms.CharField(
        label=_("What somebody said"), strip=False, widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("One matter a paragraph, with an empty line between: each becomes a voice of its own. "
                    "Write what was said, not who said it, not how many came."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, data: Any = None, *, reader: Reader) -> None:
        super().__init__(data, initial={"key": uuid4().hex, "held_on": timezone.localdate(),
                                        "office": reader.organisation})  # fmt: skip
        self.fields["office"].choices = own_units(reader)  # type: ignore[attr-defined]
        self.fields["place"].choices = [("", "—"), *street_choices()]  # type: ignore[attr-defined]

    def draft(self) -> OccasionDraft:
        """The occasion."""
        said = self.cleaned_data
        names = ("kind", "title", "held_on", "office", "place", "place_words", "note", "key")
        return OccasionDraft(**{name: said[name] for name in names})

    def notes(self) -> list[Draft]:
        """What was said, one voice a paragraph."""
        return paragraphs(self.cleaned_data["said"])


class AddSaidForm(VoiceForm):
    """More of what was said on an occasion."""

    said = forms.CharField(
        label=_("What was said besides"), strip=False, widget=forms.Textarea(attrs={"rows": 5})
    )

    def notes(self) -> list[Draft]:
        """What was said, one voice a paragraph."""
        return paragraphs(self.cleaned_data["said"])


def paragraphs(text: str) -> list[Draft]:
    """A voice for each paragraph that holds something."""
    parts = text.replace("\r\n", "\n").split("\n\n")
    return [Draft(part.strip()) for part in parts if part.strip()]


class TableForm(VoiceForm):
    """A table, and the channel whose voices it holds."""

    channel = forms.ChoiceField(
        label=_("By which channel did they come?"), choices=[(one, Channel(one).label) for one in BRINGS]
    )
    file = forms.FileField(
        label=_("Table"), help_text=_("Excel (.xlsx) or CSV, at most 20 MB and 20,000 rows.")
    )
