"""One reform from an idea to a rule that is spread, by different people, and what the record holds of it."""

from datetime import date, timedelta

import pytest

from minhu.reforms import actions
from minhu.reforms.actions import Move, Refusal, RuleDraft, Verdict, Wish
from minhu.reforms.models import Milestone, Reform
from minhu.reforms.queries.ledger import rows_of
from minhu.reforms.queries.lights import day_of
from minhu.reforms.states.lights import Day
from minhu.trail.models import Entry
from minhu.trail.queries import book_history
from tests.factories.people import OrganisationFactory
from tests.factories.reforms import CHECKER, NOW, OFFICER, TODAY, a_draft, a_milestone, a_proof

pytestmark = pytest.mark.usefixtures("rulebook", "media")
HOUR = timedelta(hours=1)


def light_of(reform: Reform, day: Day) -> tuple[str, int]:
    """Tone and progress as the ledger shows them."""
    (row,) = rows_of([reform.pk], day)
    return row.light.tone, row.progress.percent


def test_a_reform_lives_its_whole_life() -> None:
    day = day_of(TODAY)
    reform = actions.start_reform(by=OFFICER, draft=a_draft(lead=OrganisationFactory()), at=NOW, asked=7)
    assert light_of(reform, day) == ("off", 0)

    measure = actions.add_measure(by=OFFICER, reform=reform, title="立规则", at=NOW)
    soon = actions.add_milestone(
        by=OFFICER, measure=measure, draft=a_milestone(due_on=date(2026, 4, 3), weight=30), at=NOW
    )
    later = actions.add_milestone(
        by=OFFICER,
        measure=measure,
        draft=a_milestone(title="评估", due_on=date(2026, 9, 1), weight=70),
        at=NOW,
    )
    for stage in ("argued", "approved", "running"):
        actions.move_reform(by=CHECKER, reform=reform, move=Move(stage), at=NOW)
    assert light_of(reform, day) == ("blue", 0)

    first = actions.submit_proof(by=OFFICER, milestone=soon, draft=a_proof(), at=NOW + HOUR)
    actions.decide_proof(by=CHECKER, proof=first, verdict=Verdict(False, "缺附件"), at=NOW + 2 * HOUR)
    assert light_of(reform, day) == ("yellow", 0)
    second = actions.submit_proof(
        by=OFFICER, milestone=soon, draft=a_proof(content=b"%PDF-1.7 mended"), at=NOW + 3 * HOUR
    )
    actions.decide_proof(by=CHECKER, proof=second, verdict=Verdict(True), at=NOW + 4 * HOUR)
    assert light_of(reform, day) == ("off", 30)

    wish = actions.ask_postponement(
        by=OFFICER, milestone=later, wish=Wish(date(2026, 12, 1), "等数据"), at=NOW
    )
    actions.decide_postponement(by=CHECKER, postponement=wish, verdict=Verdict(True), at=NOW)
    assert light_of(reform, day) == ("off", 30)
    assert light_of(reform, day_of(date(2026, 9, 2))) == ("yellow", 30)
    assert light_of(reform, day_of(date(2026, 12, 2))) == ("red", 30)

    actions.move_reform(by=CHECKER, reform=reform, move=Move("checked"), at=NOW)
    with pytest.raises(Refusal, match="全部节点验收"):
        actions.move_reform(by=CHECKER, reform=reform, move=Move("closed"), at=NOW)
    last = actions.submit_proof(by=OFFICER, milestone=later, draft=a_proof(), at=NOW)
    actions.decide_proof(by=CHECKER, proof=last, verdict=Verdict(True), at=NOW)
    assert light_of(reform, day) == ("done", 100)

    actions.move_reform(by=CHECKER, reform=reform, move=Move("closed"), at=NOW)
    rule = RuleDraft("管理办法", number="1号", state="in_force", in_force_on=TODAY)
    actions.write_rule(by=OFFICER, reform=reform, draft=rule, at=NOW)
    assert actions.move_reform(by=CHECKER, reform=reform, move=Move("spread"), at=NOW).state == "spread"

    deeds = [entry.deed.removeprefix("reforms.") for entry in book_history("reform:GG-2026-900")]
    assert deeds == [
        "start_reform",
        "add_measure",
        "add_milestone",
        "add_milestone",
        "move_reform",
        "move_reform",
        "move_reform",
        "submit_proof",
        "return_proof",
        "submit_proof",
        "accept_proof",
        "ask_postponement",
        "grant_postponement",
        "move_reform",
        "submit_proof",
        "accept_proof",
        "move_reform",
        "write_rule",
        "move_reform",
    ]
    assert sum(entry.asked for entry in book_history("reform:GG-2026-900")) == 7


def test_nothing_that_was_refused_leaves_a_trace() -> None:
    reform = actions.start_reform(by=OFFICER, draft=a_draft(), at=NOW)
    measure = actions.add_measure(by=OFFICER, reform=reform, title="立规则", at=NOW)
    before = Entry.objects.count()
    for deed in (
        lambda: actions.move_reform(by=CHECKER, reform=reform, move=Move("approved"), at=NOW),
        lambda: actions.add_measure(by=OFFICER, reform=reform, title="立规则", at=NOW),
        lambda: actions.add_milestone(by=OFFICER, measure=measure, draft=a_milestone(weight=0), at=NOW),
        lambda: actions.write_rule(by=OFFICER, reform=reform, draft=RuleDraft(""), at=NOW),
    ):
        with pytest.raises(Refusal):
            deed()
    assert (Entry.objects.count(), Milestone.objects.count()) == (before, 0)


def test_the_chain_of_a_reform_links_every_deed_to_the_one_before() -> None:
    reform = actions.start_reform(by=OFFICER, draft=a_draft(), at=NOW)
    for title in ("甲", "乙", "丙"):
        actions.add_measure(by=OFFICER, reform=reform, title=title, at=NOW)
    entries = list(book_history(reform.book))
    assert [entry.seq for entry in entries] == [1, 2, 3, 4]
    assert [entry.prev_hash for entry in entries[1:]] == [entry.hash for entry in entries[:-1]]


def test_no_entry_holds_an_account_name_or_a_mail_address() -> None:
    reform = actions.start_reform(by=OFFICER, draft=a_draft(), at=NOW)
    measure = actions.add_measure(by=OFFICER, reform=reform, title="立规则", at=NOW)
    actions.add_milestone(by=OFFICER, measure=measure, draft=a_milestone(), at=NOW)
    for entry in Entry.objects.all():
        assert (
            set(entry.payload) & {"user", "username", "email", "submitted_by_user", "decided_by_user"}
            == set()
        )
