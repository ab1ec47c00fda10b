"""Rules: written, changed, ended only after their replacement holds; the share fixed in rules."""

from dataclasses import replace
from datetime import date

import pytest

from minhu.reforms.actions import RuleDraft, Stale, change_rule, write_rule
from minhu.reforms.models import Rule
from minhu.reforms.queries.shares import share_fixed_in_rules
from minhu.trail.models import Edge
from tests.factories.reforms import NOW, OFFICER, ReformFactory, RuleFactory
from tests.reforms.test_reforms import last_entry, refused

pytestmark = pytest.mark.django_db
OLD = RuleDraft(
    "旧办法", deed="ended", state="ended", number="旧1号", ends_on=date(2026, 5, 1), transition_days=60
)


def test_a_rule_is_written_linked_and_recorded() -> None:
    reform = ReformFactory()
    draft = RuleDraft("管理办法", number="江政〔2026〕1号", state="in_force", in_force_on=date(2026, 3, 1))
    rule = write_rule(by=OFFICER, reform=reform, draft=draft, at=NOW, asked=4)
    assert (last_entry().deed, last_entry().asked, last_entry().payload["number"]) == (
        "reforms.write_rule", 4, "江政〔2026〕1号",
    )  # fmt: skip
    assert (Edge.objects.get().dst, Edge.objects.get().kind) == (f"reforms.rule:{rule.pk}", "fixed_in")


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (RuleDraft(" "), "title"),
        (RuleDraft("办法", state="in_force", in_force_on=date(2026, 3, 1)), "number"),
        (RuleDraft("办法", state="in_force", number="1号"), "in_force_on"),
        (RuleDraft("办法", state="ended"), "ends_on"),
        (RuleDraft("办法", in_force_on=date(2026, 3, 1), ends_on=date(2026, 2, 1)), "ends_on"),
    ],
)
def test_rules_refused(draft: RuleDraft, field: str) -> None:
    assert refused(write_rule, by=OFFICER, reform=ReformFactory(), draft=draft, at=NOW) == field
    assert Rule.objects.count() == 0


def test_the_same_number_and_deed_stand_once_in_a_reform() -> None:
    rule = RuleFactory()
    draft = RuleDraft("别的", number=rule.number)
    assert refused(write_rule, by=OFFICER, reform=rule.reform, draft=draft, at=NOW) == "number"


def test_an_old_rule_ends_after_the_transition() -> None:
    new = RuleFactory(in_force_on=date(2026, 3, 1))
    early = replace(OLD, replaced_by=new, ends_on=date(2026, 4, 29))
    assert refused(write_rule, by=OFFICER, reform=new.reform, draft=early, at=NOW) == "ends_on"
    on_the_day = replace(OLD, replaced_by=new, ends_on=date(2026, 4, 30))
    assert write_rule(by=OFFICER, reform=new.reform, draft=on_the_day, at=NOW).ends_on == date(2026, 4, 30)


@pytest.mark.parametrize(
    "changes", [{"state": "draft", "in_force_on": None}, {"state": "ended", "ends_on": date(2026, 3, 2)}]
)
def test_an_old_rule_does_not_end_before_the_new_one_holds(changes: dict) -> None:
    new = RuleFactory(**changes)
    draft = replace(OLD, replaced_by=new, ends_on=date(2027, 1, 1))
    assert refused(write_rule, by=OFFICER, reform=new.reform, draft=draft, at=NOW) == "replaced_by"


def test_a_rule_is_changed_and_a_stale_change_shows_the_difference() -> None:
    rule = RuleFactory()
    same = RuleDraft(**{name: getattr(rule, name) for name in RuleDraft.__dataclass_fields__})
    changed = change_rule(by=OFFICER, rule=rule, draft=replace(same, function="甲"), rev=1, at=NOW)
    assert (changed.rev, last_entry().payload) == (
        2,
        {"before": {"function": ""}, "after": {"function": "甲"}},
    )
    with pytest.raises(Stale) as caught:
        change_rule(by=OFFICER, rule=rule, draft=replace(same, function="乙"), rev=1, at=NOW)
    assert [(one.field, one.now) for one in caught.value.differences] == [("function", "甲")]
    own = replace(same, replaced_by=rule, function="甲")
    assert refused(change_rule, by=OFFICER, rule=rule, draft=own, rev=2, at=NOW) == "replaced_by"


def test_the_share_counts_finished_reforms_with_a_rule_beyond_a_draft() -> None:
    RuleFactory(reform__state="closed")
    RuleFactory(reform__state="spread", state="ended", ends_on=date(2026, 4, 1))
    RuleFactory(reform__state="closed", state="draft")
    RuleFactory(reform__state="running")
    ReformFactory(state="closed")
    share = share_fixed_in_rules()
    assert (share.part, share.whole) == (2, 4)
