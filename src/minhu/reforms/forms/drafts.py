"""Reforms, milestones and rules as forms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minhu.people.models import Organisation, Post
from minhu.people.states import Role
from minhu.reforms.actions import MilestoneDraft, ReformDraft, RuleDraft, draft_of
from minhu.reforms.forms.base import RowForm, area, day
from minhu.reforms.models import Milestone, Reform, Rule


class ReformForm(RowForm):
    """A reform as the reform office describes it; its stage moves elsewhere, its progress nowhere."""

    class Meta:
        model = Reform
        fields = [
            "code", "name", "domain", "category", "line", "problem", "goal", "indicator", "baseline",
            "target", "lead", "supports", "leader_post", "starts_on", "ends_on", "fund_yuan", "risk",
            "origin", "origin_note", "illustrative",
        ]  # fmt: skip
        widgets = {
            "problem": area(), "goal": area(), "risk": area(2), "origin_note": area(2), "starts_on": day(),
            "ends_on": day(), "supports": forms.CheckboxSelectMultiple,
        }  # fmt: skip
        help_texts = {
            "problem": _("Who is stuck where, how often? A small opening leads to a large change."),
            "indicator": _("What will be measured, and how."),
            "illustrative": _("Made up for a demonstration."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Organisation.objects.standing()
        offered = {
            "lead": units | self.instance_unit("lead"),
            "supports": units,
            "leader_post": Post.objects.filter(role=Role.LEADER),
        }
        for name, rows in offered.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        if self.instance.pk:
            self.fields["code"].widget.attrs["readonly"] = True

    def instance_unit(self, name: str) -> Any:
        """The organisation a row already names, even if it has been closed since."""
        return Organisation.objects.filter(pk=getattr(self.instance, f"{name}_id"))

    def draft(self, row: Reform | None = None) -> ReformDraft:
        """The draft this form describes, with what the person takes from the ledger."""
        values = {name: self.cleaned_data[name] for name in self.Meta.fields}
        made = ReformDraft(**(values | {"supports": tuple(values["supports"])}))
        return self.settle(made, draft_of(row)) if row else made


class MilestoneForm(RowForm):
    """A milestone: what is handed over, when, and who accepts it."""

    class Meta:
        model = Milestone
        fields = ["title", "deliverable", "starts_on", "due_on", "acceptor", "weight"]
        widgets = {"starts_on": day(), "due_on": day()}
        help_texts = {
            "deliverable": _("The paper, system or result that will be looked at; it is what gets accepted."),
            "weight": _("Its share in the progress of the reform, against the other milestones."),
            "acceptor": _("Somebody else than those who hand it in."),
        }

    def draft(self, row: Milestone | None = None) -> MilestoneDraft:
        """The draft this form describes, with what the person takes from the ledger."""
        made = MilestoneDraft(**{name: self.cleaned_data[name] for name in self.Meta.fields})
        return self.settle(made, row) if row else made


class RuleForm(RowForm):
    """A rule made, changed, ended or explained by a reform."""

    class Meta:
        model = Rule
        fields = [
            "title", "number", "function", "deed", "state", "in_force_on", "ends_on", "replaced_by",
            "transition_days",
        ]  # fmt: skip
        widgets = {"in_force_on": day(), "ends_on": day()}
        help_texts = {
            "number": _("A rule in force has one."),
            "replaced_by": _("The new rule that takes its place: it has to hold before the old one ends."),
            "transition_days": _("How long both stand side by side."),
        }

    def draft(self, row: Rule | None = None) -> RuleDraft:
        """The draft this form describes, with what the person takes from the ledger."""
        made = RuleDraft(**{name: self.cleaned_data[name] for name in self.Meta.fields})
        return self.settle(made, row) if row else made
