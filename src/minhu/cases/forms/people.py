"""Forms about the people of a case: who works on it, and which personal values are erased."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from minhu.cases.actions.personal import LONGEST


class PersonForm(forms.Form):
    """Somebody of the own organisation, or nobody in particular."""

    person = forms.TypedChoiceField(
        label=_("Who works on it"), coerce=int, empty_value=None, required=False, widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("This account holds no post there: choose one that does.")},
    )  # fmt: skip

    def __init__(self, data: QueryDict | None, *, people: Sequence[tuple[int, str]], now: int | None) -> None:
        super().__init__(data, initial={"person": now or ""})
        self.fields["person"].choices = [("", _("Nobody in particular")), *people]  # type: ignore[attr-defined]


class EraseForm(forms.Form):
    """Which personal values go, on what ground; confirmed, for nothing brings them back."""

    keys = forms.MultipleChoiceField(
        label=_("Values to erase"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one value.")},
    )  # fmt: skip
    ground = forms.CharField(
        label=_("On what ground"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "A request of the person, the end of the purpose, a decision: it stands in the record. "
            "Write no name here."
        ),
    )  # fmt: skip
    sure = forms.BooleanField(
        label=_("I have checked this: the values chosen are to be gone for ever."),
        error_messages={"required": _("This step is a serious one: confirm it first.")},
    )

    def __init__(self, data: QueryDict | None, *, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["keys"].choices = list(choices)  # type: ignore[attr-defined]
