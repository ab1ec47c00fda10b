"""What the forms of deeds share: values and roles by code, the idempotency key, refusals at their fields."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from minhu.cases.bridge.compiling import Compiled
from minhu.cases.bridge.pages.asking import Asked
from minhu.cases.bridge.values import shown
from minhu.cases.forms.fields import ROLE, VALUE, Choices, field_of, plain_of, role_field, shown_in
from minhu.cases.states import CaseRefused, Plain, Why

MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that changed since the form was opened: before, now, and what was typed for it."""

    label: str
    before: str
    now: str
    typed: str


class DeedForm(forms.Form):
    """The values and roles a deed asks for; carries the key under which it is done only once."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=80)
    rev = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: QueryDict | None,
        files: Any = None,
        *,
        kind: Compiled,
        asked: Asked,
        units: Choices,
        known: Mapping[str, Any] | None = None,
    ) -> None:
        self.kind, self.asked = kind, asked
        self.differences: list[Difference] = []
        self.refused: CaseRefused | None = None
        super().__init__(data, files, initial=self.first_values(known or {}))
        for name in asked.fields:
            spec, needed = kind.fields[name.removesuffix("?")], not name.endswith("?")
            self.fields[VALUE + spec.code] = field_of(spec, needed=needed, units=units)
        for name in asked.roles:
            role, needed = kind.roles[name.removesuffix("?")], not name.endswith("?")
            self.fields[ROLE + role.code] = role_field(role, needed=needed, units=units, note=asked.note)
        if asked.serious:
            self.fields["sure"] = forms.BooleanField(
                label=gettext_lazy("I have checked this; it is to be done now."),
                error_messages={"required": gettext_lazy("This step is a serious one: confirm it first.")},
            )

    def first_values(self, known: Mapping[str, Any]) -> dict[str, Any]:
        """What the form is opened with: a fresh key, and the values that are known already."""
        fields = self.kind.fields
        asked = (name.removesuffix("?") for name in self.asked.fields)
        values = {VALUE + n: shown_in(fields[n], known[n]) for n in asked if known.get(n) is not None}
        roles = {name: units for name, units in known.items() if name.startswith(ROLE)}
        return {"key": uuid.uuid4().hex, "rev": known.get("rev"), **values, **roles}

    @property
    def value_fields(self) -> list[forms.BoundField]:
        """The values, in the order they are asked."""
        return [self[name] for name in self.fields if name.startswith(VALUE)]

    @property
    def role_fields(self) -> list[forms.BoundField]:
        """The roles."""
        return [self[name] for name in self.fields if name.startswith(ROLE)]

    @property
    def has_files(self) -> bool:
        """Whether a file is asked for."""
        return self.is_multipart()

    def values(self) -> dict[str, object]:
        """The values typed, by code; what was left empty and was empty before is left out."""
        found = {}
        for name in self.fields:
            value = self.cleaned_data.get(name)
            if name.startswith(VALUE) and (value not in (None, "") or self.initial.get(name) is not None):
                found[name.removeprefix(VALUE)] = plain_of(value)
        return found

    def assigns(self) -> dict[str, Sequence[str]]:
        """The organisations chosen, by role."""
        found: dict[str, Sequence[str]] = {}
        for name in self.fields:
            chosen = self.cleaned_data.get(name) if name.startswith(ROLE) else None
            if chosen:
                found[name.removeprefix(ROLE)] = [chosen] if isinstance(chosen, str) else list(chosen)
        return found

    def refuse(self, refused: CaseRefused, rev: int | None = None) -> None:
        """Show a refusal at its fields; the next try is one that knows what stands there now."""
        self.refused = refused
        for fault in refused.faults:
            self.add_error(self.name_of(fault.where), fault.words)
        if not refused.faults:
            self.add_error(None, refused.words)
        self.differences = list(self.differing(refused.changed))
        data: QueryDict = self.data.copy()  # type: ignore[attr-defined]
        if rev is not None:
            data["rev"] = str(rev)
        if refused.why == Why.KEY:
            data["key"] = uuid.uuid4().hex
        self.data = data

    def name_of(self, where: str) -> str | None:
        """The form field of a code, or the whole form."""
        return next((name for name in (VALUE + where, ROLE + where) if name in self.fields), None)

    def differing(self, changed: Mapping[str, Any]) -> Iterable[Difference]:
        """What changed meanwhile, beside what was typed."""
        for code, pair in changed.items():
            before, now = pair if isinstance(pair, list | tuple) and len(pair) == 2 else (None, pair)
            typed = self.cleaned_data.get(VALUE + code) if hasattr(self, "cleaned_data") else None
            yield Difference(
                self.kind.title(code), self.said(code, before), self.said(code, now), self.said(code, typed)
            )

    def said(self, code: str, value: Any) -> str:
        """A value, or an attempt at a place, in words."""
        if code in self.kind.places:
            return pgettext("attempt", "time %(n)s") % {"n": value} if value else _("not there")
        plain: Plain = value if isinstance(value, bool | int) or value is None else str(value)
        return shown(self.kind, code, plain)[:MOST_SHOWN] or "—"
