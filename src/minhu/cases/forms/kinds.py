"""Forms on kinds: a file to look at, and places that have another code in the new version."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from minhu.cases.bridge.compiling import Compiled


class FileForm(forms.Form):
    """A BPMN or DMN file."""

    file = forms.FileField(
        label=_("BPMN 2.0 or DMN file"), help_text=_("Nothing of it is kept. At most 2 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".bpmn,.dmn,.xml"}),
    )  # fmt: skip


class MoveForm(forms.Form):
    """For each place that is not in the new version: what it has become there."""

    def __init__(self, data: Mapping[str, object] | None, missing: Mapping[str, str], new: Compiled) -> None:
        super().__init__(data)
        choices: Sequence[tuple[str, object]] = [
            ("", _("nothing: cases there stay under their version")),
            *((place.code, place.title or place.code) for place in new.spec.place),
        ]
        for code, title in missing.items():
            label = _("“%(place)s” has become") % {"place": title}
            self.fields[f"place-{code}"] = forms.ChoiceField(choices=choices, label=label, required=False)

    @property
    def renamed(self) -> dict[str, str]:
        """Old place → new place."""
        return {
            name.removeprefix("place-"): str(place)
            for name, place in self.cleaned_data.items()
            if name.startswith("place-") and place
        }
