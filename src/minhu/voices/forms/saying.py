"""The forms of the public: saying something, following it, writing it again, owning one's data."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minhu.cases.states import Level
from minhu.voices.bridge.tokens import bare_code
from minhu.voices.queries.desks import street_choices
from minhu.voices.states.hearing import Channel, Contact, Draft, Sort, VoiceRefused, Want

LINES = {"rows": 6}
CODE = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "code"}


class VoiceForm(forms.Form):
    """A form behind which stands one deed; what the deed refuses is shown beside its field."""

    def refuse(self, refused: VoiceRefused) -> None:
        """Show a refusal at its field, or above the form."""
        self.add_error(refused.field if refused.field in self.fields else None, refused.words)


def contact_fields() -> dict[str, forms.CharField]:
    """Name, phone and mail; all may stay empty."""
    kinds = {
        Contact.NAME: ("name", "text"),
        Contact.PHONE: ("tel", "tel"),
        Contact.MAIL: ("email", "email"),
    }
    return {
        name.value: forms.CharField(
            label=name.label, required=False, max_length=200,
            widget=forms.TextInput(attrs={"type": kind, "autocomplete": auto}),
        )
        for name, (auto, kind) in kinds.items()
    }  # fmt: skip


class SayForm(VoiceForm):
    """One question first, then where; everything else may stay empty. `website` is a trap for machines."""

    text = forms.CharField(
        label=_("What do you want to say?"), strip=False,
        help_text=_("What happened, where, and what you wish. Plain words are enough; name nobody."),
        widget=forms.Textarea(attrs={**LINES, "autofocus": True}),
    )  # fmt: skip
    place = forms.ChoiceField(label=_("In which street or town?"), required=False)
    place_words = forms.CharField(
        label=_("Where exactly?"), required=False, max_length=200,
        help_text=_("A road, a quarter or a village is enough; no door number."),
    )  # fmt: skip
    sort = forms.ChoiceField(
        label=_("What do you wish for?"), required=False, choices=Sort.choices, widget=forms.RadioSelect
    )
    may_publish = forms.BooleanField(
        label=_("Others may read this, without anything that tells who I am"), required=False,
        help_text=_("Two persons look at it before. You can take this back at any time."),
    )  # fmt: skip
    website = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"key": uuid4().hex})
        self.fields.update(contact_fields())
        self.fields["place"].choices = [("", _("I do not know")), *street_choices()]  # type: ignore[attr-defined]

    @property
    def contact(self) -> list[forms.BoundField]:
        """The fields of the contact."""
        return [self[name] for name in Contact.values]

    @property
    def has_contact(self) -> bool:
        """Whether something stands there, or is wrong there."""
        return any(field.value() or field.errors for field in self.contact)

    @property
    def is_machine(self) -> bool:
        """Whether the field was filled in that no person sees."""
        return bool(self.cleaned_data["website"])

    def draft(self, address: str) -> Draft:
        """What was said."""
        said = self.cleaned_data
        contact = {name: said[name] for name in Contact.values}
        return Draft(
            said["text"], Channel.WEB, sort=said["sort"], place=said["place"],
            place_words=said["place_words"], contact=contact, address=address,
            may_publish=said["may_publish"], submit_key=said["key"],
        )  # fmt: skip


class CodeForm(VoiceForm):
    """The private code that opens one voice."""

    code = forms.CharField(
        label=_("Your code"), max_length=40,
        help_text=_("Sixteen letters and digits, such as ABCD-2345-EFGH-6789."),
        widget=forms.TextInput(attrs=CODE),
    )  # fmt: skip

    def clean_code(self) -> str:
        """A code as it is compared; what cannot be one is said at once."""
        if bare := bare_code(self.cleaned_data["code"]):
            return bare
        raise forms.ValidationError(
            _("A code has sixteen letters and digits, without 0, O, 1 and I: look again.")
        )


class AgainForm(VoiceForm):
    """The text, written again."""

    text = forms.CharField(label=_("Write it again"), strip=False, widget=forms.Textarea(attrs=LINES))


class ContactForm(VoiceForm):
    """The contact as it stands, to be corrected or emptied."""

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields.update(contact_fields())


class ConsentForm(VoiceForm):
    """Whether others may read it."""

    may_publish = forms.BooleanField(
        label=_("Others may read this, without anything that tells who I am"), required=False
    )


class WantForm(VoiceForm):
    """What the author asks about the own data."""

    want = forms.ChoiceField(label=_("What do you ask?"), choices=Want.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What is it to say, or why?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RateForm(VoiceForm):
    """What the author thinks of an answer: one of five, and whether it is settled."""

    level = forms.TypedChoiceField(
        label=_("How content are you with this answer?"), choices=Level.choices, required=False,
        widget=forms.RadioSelect, coerce=int, empty_value=None,
    )  # fmt: skip
    fixed = forms.TypedChoiceField(
        label=_("Is it settled?"), required=False, widget=forms.RadioSelect, empty_value=None,
        coerce=lambda word: word == "yes",
        choices=[("yes", pgettext_lazy("settled", "Yes")), ("no", _("No, it is not: look at it again"))],
    )  # fmt: skip
    words = forms.CharField(
        label=_("What should have been different?"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
