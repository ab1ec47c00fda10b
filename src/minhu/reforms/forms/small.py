"""Small forms: a measure, a proof, a verdict, a postponement, a step to another stage."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from minhu.reforms.actions import Move, ProofDraft, Refusal, Stale, Verdict, Wish
from minhu.reforms.actions.files import KNOWN
from minhu.reforms.forms.base import Refusable, area, day
from minhu.reforms.models import Measure, Milestone, Reform
from minhu.reforms.states.life import moves_from


class MeasureForm(Refusable, forms.Form):
    """A measure in a few words."""

    title = forms.CharField(label=_("Measure"), max_length=300)
    seen = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)

    @classmethod
    def of(cls, data: QueryDict | None, measure: Measure) -> "MeasureForm":
        """The form filled with what stands there now."""
        return cls(data, initial={"title": measure.title, "seen": measure.title})

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal; after a stale one the next save is one that knows what stands there."""
        super().refuse(refusal)
        if isinstance(refusal, Stale):
            self.data = {**self.data.dict(), "seen": str(refusal.differences[0].now)}  # type: ignore[attr-defined]


class ProofForm(Refusable, forms.Form):
    """A file or a link that shows a milestone."""

    title = forms.CharField(label=_("What it shows"), max_length=300)
    file = forms.FileField(
        label=_("File"), required=False, allow_empty_file=True, help_text=" ".join(KNOWN),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(KNOWN)}),
    )  # fmt: skip
    link = forms.URLField(
        label=_("Or a link"), required=False, max_length=500, assume_scheme="https",
        help_text=_("A page anybody may open, such as the published text."),
    )  # fmt: skip

    def __init__(self, *args: Any, milestone: Milestone, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"title": milestone.deliverable})
        super().__init__(*args, **kwargs)

    def draft(self) -> ProofDraft:
        """What is handed in; an empty upload counts, so that the action can say that it is empty."""
        data = self.cleaned_data
        return ProofDraft(data["title"], data["file"], data["link"])


class VerdictForm(Refusable, forms.Form):
    """Yes or no, and why; the button pressed says which."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        widget=area(),
        help_text=_("Needed when you say no: what has to be mended."),
    )

    @property
    def is_yes(self) -> bool:
        """Which button was pressed."""
        return self.data.get("verdict") == "yes"

    def verdict(self) -> Verdict:
        """The decision."""
        return Verdict(self.is_yes, self.cleaned_data["reason"])


class PostponementForm(Refusable, forms.Form):
    """Until when, and why."""

    to_on = forms.DateField(label=_("New due date"), widget=day())
    reason = forms.CharField(
        label=_("Reason"),
        widget=area(),
        help_text=_("It stays beside the date for everybody who reads the ledger."),
    )

    def wish(self) -> Wish:
        """What is asked for."""
        return Wish(self.cleaned_data["to_on"], self.cleaned_data["reason"])


class MoveForm(Refusable, forms.Form):
    """The next stage, why, and for a merger into which reform."""

    to = forms.ChoiceField(label=_("Next stage"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), required=False, widget=area(), help_text=_("Needed for every way aside or back.")
    )
    into = forms.CharField(
        label=_("Merged into"), required=False, max_length=40, help_text=_("The code of the other reform.")
    )

    def __init__(self, *args: Any, reform: Reform, **kwargs: Any) -> None:
        steps = moves_from(reform.state)
        kwargs.setdefault("initial", {"to": steps[0] if steps else ""})
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(step.value, step.label) for step in steps]  # type: ignore[attr-defined]

    def clean_into(self) -> Reform | None:
        """The reform of that code."""
        code = self.cleaned_data["into"].strip()
        found = Reform.objects.filter(code=code).first() if code else None
        if code and found is None:
            raise forms.ValidationError(_("No reform has the code %(code)s.") % {"code": code})
        return found

    def move(self) -> Move:
        """The step."""
        data = self.cleaned_data
        return Move(data["to"], data["reason"], data["into"])
