"""Forms of the mandates room: a document comes in, its head is mended, a duty is put right."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from minhu.mandates.actions import (
    BadDocument,
    DocumentDraft,
    DutyDraft,
    Head,
    digest_of,
    draft_of,
    head_of,
    mark_of,
    read_file,
    settle,
)
from minhu.mandates.bridge import Bases, FileLimits, ReadText
from minhu.mandates.models import Document, Duty
from minhu.mandates.queries import upstream_documents
from minhu.mandates.states import PASTED, DocumentKind, Level, Source

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
HEAD_FIELDS = ("title", "issuer", "level", "kind", "issued_on", "received_on")


class HeadForm(forms.Form):
    """The head of a document; what cannot be is refused by the action, at its field."""

    title = forms.CharField(label=_("Title"), max_length=300, required=False)
    issuer = forms.CharField(label=_("Issued by"), max_length=200, required=False)
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)
    kind = forms.ChoiceField(label=_("Kind"), choices=DocumentKind.choices)
    issued_on = forms.DateField(label=_("Issued on"), required=False, widget=DAY)
    received_on = forms.DateField(label=_("Received on"), required=False, widget=DAY)

    def head(self) -> Head:
        """What the form says."""
        said: dict[str, Any] = {name: self.cleaned_data[name] for name in HEAD_FIELDS}
        return Head(**said)


class OpenedForm(forms.BaseForm):
    """A form over what is already here: it carries the mark of what it was opened with."""

    def refuse(self, bad: BadDocument, now: object) -> None:
        """Show a refusal at its field; the next save is one that knows what stands there `now`."""
        self.add_error(bad.field or None, str(bad))
        self.data = (
            {**self.data.dict(), "seen": mark_of(now)} if isinstance(self.data, QueryDict) else self.data
        )

    @property
    def asked(self) -> int:
        """How many values a person had to give."""
        return len([name for name in self.changed_data if name != "seen"])


class CorrectForm(OpenedForm, HeadForm):
    """The head of a document that is already here."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    illustrative = forms.BooleanField(label=_("Illustrative"), required=False)

    def head(self) -> Head:
        """What the form says."""
        return replace(super().head(), illustrative=self.cleaned_data["illustrative"])

    @classmethod
    def of(cls, data: QueryDict | None, document: Document) -> "CorrectForm":
        """The form filled with what stands there now."""
        now: dict[str, Any] = {name: getattr(document, name) for name in (*HEAD_FIELDS, "illustrative")}
        return cls(data, initial=now | {"seen": mark_of(head_of(document))})


class ImplementsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Upstream documents to tick, by title and number."""

    def __init__(self) -> None:
        super().__init__(
            upstream_documents(),
            label=_("Implements"),
            required=False,
            to_field_name="number",
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Of a local document: the upstream documents it carries out."),
        )

    def label_from_instance(self, obj: Any) -> str:
        """Title and number."""
        return f"{obj.title}（{obj.number}）"


class ImplementsForm(forms.Form):
    """Which upstream documents a local one carries out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["implements"] = ImplementsField()

    @property
    def numbers(self) -> list[str]:
        """What was ticked."""
        return [one.number for one in self.cleaned_data["implements"]]


class CheckForm(forms.Form):
    """Why a local text still fits what it carries out."""

    reason = forms.CharField(
        label=_("Why it still fits"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Please say why the local text still fits.")},
    )


class LoadForm(HeadForm):
    """A document as pasted text or as a file; looking at the cut fills what the text itself says."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        help_text=_("Word (.docx), PDF with text, Markdown or text. Scans, .doc and .wps are not read."),
    )
    text = forms.CharField(label=_("Text"), required=False, strip=False, widget=forms.Textarea)
    number = forms.CharField(label=_("Document number"), max_length=120, required=False)
    label = forms.CharField(
        label=_("Name of this wording"),
        max_length=80,
        required=False,
        help_text=_("For example “2024 amendment”; empty: counted."),
    )

    source = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, max_megabytes: Decimal, limits: FileLimits, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.max_megabytes, self.limits = max_megabytes, limits
        self.fields["implements"] = ImplementsField()
        self.read_from = PASTED
        self.must_look = False

    def clean(self) -> dict[str, Any]:
        """Read the file, or settle the pasted text; what is wrong is said at its field."""
        data = super().clean() or self.cleaned_data
        upload = data.get("file")
        try:
            if upload:
                read = read_file(
                    upload.read(), name=upload.name, max_megabytes=self.max_megabytes, limits=self.limits
                )
                data["text"], self.read_from = read.text, read.source
                # What a reader decided is seen before it is kept, even by those who press Keep at once.
                self.must_look = bool(read.source.notes)
            elif upload is not None:
                settle("", field="file")
            else:
                data["text"] = settle(data.get("text", ""))
                self.read_from = Source.unpacked(data.get("source", "")).of(digest_of(data["text"]))
        except BadDocument as bad:
            self.add_error(bad.field, str(bad))
        return data

    def fill(self, seen: ReadText, bases: Bases) -> None:
        """Put what was read into the fields: the text of the file, what its head says, what it rests on."""
        kept: dict[str, Any] = dict(self.data.items())
        kept["text"], kept["source"] = self.cleaned_data["text"], self.read_from.packed()
        kept["implements"] = [one.number for one in self.cleaned_data.get("implements", ())]
        if self.cleaned_data["kind"] == DocumentKind.LOCAL and "look" in self.data:
            named = [one.number for one in bases.here]
            kept["implements"] = list(dict.fromkeys([*kept["implements"], *named]))
        issued_on = seen.issued_on.isoformat() if seen.issued_on else ""
        for name, found in (("title", seen.title), ("number", seen.number), ("issued_on", issued_on)):
            kept[name] = kept.get(name) or found
        self.data = kept

    def draft(self) -> DocumentDraft:
        """The document this form describes."""
        data = self.cleaned_data
        numbers = tuple(one.number for one in data["implements"])
        is_local = data["kind"] == DocumentKind.LOCAL
        return DocumentDraft(
            data["number"], self.head(), data["text"], data["label"], source=self.read_from,
            implements=numbers if numbers or is_local else None,
        )  # fmt: skip

    @property
    def asked(self) -> int:
        """How many values a person had to give."""
        return sum(1 for name in self.changed_data if name not in {"text", "source"})


class DutyForm(OpenedForm, forms.ModelForm):  # type: ignore[type-arg]
    """Who must do what by when."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Duty
        fields = ["who", "what", "by_words", "by_on"]
        widgets = {"what": forms.Textarea(attrs={"rows": 3}), "by_on": DAY}

    def draft(self) -> DutyDraft:
        """What the form says."""
        return DutyDraft(**{name: self.cleaned_data[name] for name in self.Meta.fields})

    @classmethod
    def of(cls, data: QueryDict | None, duty: Duty) -> "DutyForm":
        """The form filled with what stands there now."""
        return cls(data, instance=duty, initial={"seen": mark_of(draft_of(duty))})
