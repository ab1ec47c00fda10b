"""Rules made, changed, ended or explained: an old rule ends only after its replacement is in force."""

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from minhu.reforms.actions.milestones import lock
from minhu.reforms.actions.refusals import Refusal, check_not_stale, plain, told
from minhu.reforms.models import Reform, Rule
from minhu.reforms.states import RuleDeed, RuleState
from minhu.trail.actions import link, record
from minhu.trail.models import ref
from minhu.trail.states import Actor, changed


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """A rule as a person or a pack describes it; names are those of the fields of the row."""

    title: str
    deed: str = RuleDeed.MADE
    state: str = RuleState.DRAFT
    number: str = ""
    function: str = ""
    in_force_on: date | None = None
    ends_on: date | None = None
    replaced_by: Rule | None = None
    transition_days: int = 0

    @property
    def values(self) -> dict[str, Any]:
        """All values by the names of their fields."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def write_rule(*, by: Actor, reform: Reform, draft: RuleDraft, at: datetime, asked: int = 0) -> Rule:
    """Enter a rule that this reform makes, changes, ends or explains."""
    check_draft(draft)
    with transaction.atomic():
        held = lock(reform)
        check_new(draft, held)
        rule = Rule.objects.create(**draft.values, reform=held, added_at=at)
        link(by=by, src=ref(held), dst=ref(rule), kind="fixed_in", at=at)
        record(
            by=by, deed="reforms.write_rule", thing=ref(rule), book=held.book, at=at, asked=asked,
            payload=told(draft.values),
        )  # fmt: skip
        return rule


def change_rule(*, by: Actor, rule: Rule, draft: RuleDraft, rev: int, at: datetime, asked: int = 0) -> Rule:
    """Change what is known of a rule; raises Stale, with the differences, if it was saved since `rev`."""
    check_draft(draft)
    with transaction.atomic():
        held = lock(rule.reform)
        row = Rule.objects.select_related("replaced_by").get(pk=rule.pk)
        check_not_stale(row, rev, draft.values, _("Somebody else saved this rule in the meantime."))
        check_new(draft, held, row)
        before = {name: getattr(row, name) for name in draft.values}
        if before == draft.values:
            return row
        for name, value in draft.values.items():
            setattr(row, name, value)
        row.rev += 1
        row.save()
        sides = [{name: plain(value) for name, value in side.items()} for side in (before, draft.values)]
        record(
            by=by, deed="reforms.change_rule", thing=ref(row), book=held.book, at=at, asked=asked,
            payload=changed(*sides),
        )  # fmt: skip
        return row


def check_new(draft: RuleDraft, reform: Reform, row: Rule | None = None) -> None:
    """Refuse the same deed on the same number twice, and a rule that replaces itself."""
    if row and draft.replaced_by == row:
        raise Refusal(_("A rule cannot replace itself."), "replaced_by")
    same = reform.rules.filter(number=draft.number, deed=draft.deed)
    if draft.number and (same.exclude(pk=row.pk) if row else same).exists():
        raise Refusal(_("This reform already holds this number with the same deed."), "number")


def check_draft(draft: RuleDraft) -> None:
    """Refuse what the row could not hold, naming the field."""
    if not draft.title.strip():
        raise Refusal(_("Please give the title of the rule."), "title")
    if draft.state == RuleState.IN_FORCE and not draft.number.strip():
        raise Refusal(_("A rule in force has a number."), "number")
    if draft.state == RuleState.IN_FORCE and draft.in_force_on is None:
        raise Refusal(_("Since when is it in force?"), "in_force_on")
    if draft.state == RuleState.ENDED and draft.ends_on is None:
        raise Refusal(_("On which day did it end?"), "ends_on")
    if draft.in_force_on and draft.ends_on and draft.ends_on < draft.in_force_on:
        raise Refusal(_("A rule cannot end before it is in force."), "ends_on")
    check_established(draft)


def check_established(draft: RuleDraft) -> None:
    """先立后破: with a replacement, the old rule ends after that is in force and the transition is over."""
    if draft.replaced_by is None or draft.ends_on is None:
        return
    new = draft.replaced_by
    if new.in_force_on is None or (draft.state == RuleState.ENDED and new.state != RuleState.IN_FORCE):
        raise Refusal(
            _("“%(title)s” is not in force yet: the old rule ends only after the new one holds.")
            % {"title": new.title},
            "replaced_by",
        )
    earliest = new.in_force_on + timedelta(days=draft.transition_days)
    if draft.ends_on < earliest:
        raise Refusal(
            _("“%(title)s” is in force on %(from)s; with %(days)s days of transition "
                "the old rule ends on %(earliest)s at the earliest.")
            % {
                "title": new.title, "from": date_format(new.in_force_on),
                "days": draft.transition_days, "earliest": date_format(earliest),
            },
            "ends_on",
        )  # fmt: skip
