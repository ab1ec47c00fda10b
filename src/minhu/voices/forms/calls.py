"""The forms of calls: preparing one, moving its last day, commenting it, answering, publishing."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from minhu.people.rules import Reader
from minhu.voices.forms.inbox import day
from minhu.voices.forms.saying import VoiceForm
from minhu.voices.models import Call
from minhu.voices.queries.desks import managed_units
from minhu.voices.states.calls import CallDraft, Weighed
from minhu.voices.states.groups import Adoption
from minhu.voices.states.hearing import Channel, Draft


class CallForm(VoiceForm):
    """A call as it is prepared."""

    title = forms.CharField(
        label=_("The question, as a title"), max_length=120,
        help_text=_("As a resident would say it: “Until when should libraries be open?”"),
    )  # fmt: skip
    code = forms.CharField(
        label=_("Code"), max_length=40,
        help_text=_("Stands in the address: small letters, digits and hyphens, such as night-markets."),
    )  # fmt: skip
    office = forms.ChoiceField(label=_("Called by"))
    matter = forms.CharField(
        label=_("What it is about"), widget=forms.Textarea(attrs={"rows": 5}), max_length=5000,
        help_text=_("Why it is asked, what can be decided, what is fixed already."),
    )  # fmt: skip
    ways = forms.CharField(
        label=_("Ways to take part"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000, help_text=_("This page is always one; name places for those without a phone."),
    )  # fmt: skip
    opens_on = day(_("First day"))
    closes_on = day(_("Last day"))
    draft_title = forms.CharField(label=_("Title of the draft"), required=False, max_length=200)
    draft = forms.CharField(
        label=_("Draft text"), required=False, widget=forms.Textarea(attrs={"rows": 12, "class": "doc"}),
        help_text=_("If there is one: its articles are commented one by one."),
    )  # fmt: skip
    short_reason = forms.CharField(
        label=_("Why it is open for less than usual"), required=False, max_length=1000,
        help_text=_("Only where it is urgent; everybody reads it."),
    )  # fmt: skip

    def __init__(self, data: Any, *, reader: Reader, call: Call | None = None) -> None:
        initial = {name: getattr(call, name) for name in CALL_FIELDS} if call else {}
        super().__init__(data, initial=initial | ({"office": call.office.code} if call else {}))
        self.fields["office"].choices = managed_units(reader)  # type: ignore[attr-defined]
        if call:
            self.fields["code"].disabled = True

    def call_draft(self) -> CallDraft:
        """What was typed."""
        return CallDraft(**{name: self.cleaned_data[name] for name in (*CALL_FIELDS, "office")})


CALL_FIELDS = ("code", "title", "matter", "opens_on", "closes_on", "ways", "draft_title", "draft",
               "short_reason")  # fmt: skip


class DaysForm(VoiceForm):
    """Another last day."""

    closes_on = day(_("Last day"))
    reason = forms.CharField(
        label=_("Why"), required=False, max_length=1000,
        help_text=_("Needed if it is open for less than usual; everybody reads it."),
    )  # fmt: skip


class CommentForm(VoiceForm):
    """A comment on one article, or on the whole. `website` is a trap for machines."""

    text = forms.CharField(
        label=_("What do you say to it?"), strip=False, max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    may_publish = forms.BooleanField(
        label=_("Others may read this, without anything that tells who I am"), required=False
    )
    website = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    )
    article = forms.CharField(required=False, widget=forms.HiddenInput)
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, data: Any = None, *, article: str = "0") -> None:
        super().__init__(data, auto_id=f"c{article}_%s", initial={"key": uuid4().hex, "article": article})

    @property
    def is_machine(self) -> bool:
        """Whether the field was filled in that no person sees."""
        return bool(self.cleaned_data["website"])

    def comment(self, address: str) -> Draft:
        """What was said."""
        said = self.cleaned_data
        return Draft(
            said["text"], Channel.CALL, address=address, may_publish=said["may_publish"],
            submit_key=said["key"],
        )  # fmt: skip


class WeighForm(VoiceForm):
    """One answer to the ticked comments."""

    comments = forms.TypedMultipleChoiceField(coerce=int, required=False, widget=forms.MultipleHiddenInput)
    adoption = forms.ChoiceField(
        label=_("What becomes of it?"), choices=Adoption.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Why? Everybody reads this"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One answer may go to many who say the same; each of them gets it."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("More, to the authors alone"), required=False, max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, keys: list[int]) -> None:
        super().__init__(data)
        self.fields["comments"].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]

    def weighed(self) -> Weighed:
        """What was said."""
        said = self.cleaned_data
        return Weighed(said["comments"], said["adoption"], said["reason"], said["text"])


class OutcomeForm(VoiceForm):
    """What came of a call, in words everybody reads."""

    outcome = forms.CharField(
        label=_("What came of it"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What is taken, what is not and why, what happens next and when."),
    )  # fmt: skip
