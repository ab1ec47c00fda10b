"""What the rows themselves refuse, whoever writes them."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from minhu.reforms.models import Reform
from minhu.reforms.states import AnswerState, ProofState, RuleState, State
from tests.factories.mandates import ClauseFactory
from tests.factories.reforms import (
    LATER,
    NOW,
    AnswerFactory,
    InapplicableFactory,
    MeasureFactory,
    MilestoneFactory,
    PostponementFactory,
    ProofFactory,
    ReformFactory,
    RuleFactory,
)

pytestmark = pytest.mark.django_db
DECIDED = {"decided_at": LATER, "decided_by_user": 202}

REFUSED = [
    (ReformFactory, {"name": ""}),
    (ReformFactory, {"domain": "sport"}),
    (ReformFactory, {"category": "huge"}),
    (ReformFactory, {"origin": "dream"}),
    (ReformFactory, {"line": 5}),
    (ReformFactory, {"state": "flying"}),
    (ReformFactory, {"ends_on": date(2025, 12, 31)}),
    (ReformFactory, {"lead": None}),
    (ReformFactory, {"starts_on": None}),
    (ReformFactory, {"state": State.MERGED}),
    (ReformFactory, {"fund_yuan": -1}),
    (MeasureFactory, {"title": ""}),
    (MilestoneFactory, {"title": ""}),
    (MilestoneFactory, {"weight": 0}),
    (MilestoneFactory, {"planned_on": date(2026, 7, 1)}),
    (MilestoneFactory, {"starts_on": date(2026, 7, 1)}),
    (ProofFactory, {"title": ""}),
    (ProofFactory, {"link": ""}),
    (ProofFactory, {"file_name": "a.pdf", "sha256": "0" * 64, "size": 9}),
    (ProofFactory, {"link": "", "file_name": "a.pdf", "sha256": "0" * 64, "size": 0}),
    (ProofFactory, {"link": "", "file_name": "a.pdf", "sha256": "", "size": 9}),
    (ProofFactory, {"state": "lost", "decided_at": LATER}),
    (ProofFactory, {"state": ProofState.ACCEPTED, "decided_at": None}),
    (ProofFactory, {"state": ProofState.WAITING, "decided_at": LATER}),
    (ProofFactory, {"state": ProofState.RETURNED, "reason": ""}),
    (ProofFactory, {"state": ProofState.ACCEPTED, "decided_by_user": 101}),
    (PostponementFactory, {"to_on": date(2026, 6, 30)}),
    (PostponementFactory, {"reason": ""}),
    (PostponementFactory, {"granted": True}),
    (PostponementFactory, {"decided_at": LATER}),
    (PostponementFactory, {"granted": False, **DECIDED}),
    (PostponementFactory, {"granted": True, **DECIDED, "decided_by_user": 101}),
    (RuleFactory, {"title": ""}),
    (RuleFactory, {"deed": "eaten"}),
    (RuleFactory, {"state": "asleep"}),
    (RuleFactory, {"number": ""}),
    (RuleFactory, {"in_force_on": None}),
    (RuleFactory, {"ends_on": date(2026, 2, 28)}),
    (RuleFactory, {"state": RuleState.ENDED}),
    (AnswerFactory, {"reform": None}),
    (AnswerFactory, {"state": "guessed"}),
    (AnswerFactory, {"state": AnswerState.CONFIRMED, "decided_at": None}),
    (AnswerFactory, {"state": AnswerState.SUGGESTED, "decided_at": NOW}),
    (InapplicableFactory, {"reason": ""}),
    (InapplicableFactory, {"granted": True}),
    (InapplicableFactory, {"granted": False, **DECIDED}),
    (InapplicableFactory, {"granted": True, **DECIDED, "decided_by_user": 101}),
]


@pytest.mark.parametrize(
    ("make", "values"), REFUSED, ids=lambda value: getattr(value, "__name__", str(value))
)
def test_rows_refused(make, values: dict) -> None:
    make()
    with pytest.raises(IntegrityError), transaction.atomic():
        make(**values)


ALLOWED = [
    (ReformFactory, {"state": State.IDEA, "lead": None, "starts_on": None, "ends_on": None}),
    (MilestoneFactory, {"starts_on": date(2026, 6, 30)}),
    (ProofFactory, {"link": "", "file_name": "a.pdf", "sha256": "0" * 64, "size": 1}),
    (ProofFactory, {"state": ProofState.ACCEPTED, "decided_by_user": None}),
    (ProofFactory, {"state": ProofState.ACCEPTED, "submitted_by_user": None}),
    (PostponementFactory, {"granted": True, **DECIDED}),
    (PostponementFactory, {"granted": False, **DECIDED, "answer": "可以按期"}),
    (RuleFactory, {"state": RuleState.DRAFT, "number": "", "in_force_on": None}),
    (InapplicableFactory, {"granted": True, **DECIDED}),
]


@pytest.mark.parametrize(
    ("make", "values"), ALLOWED, ids=lambda value: getattr(value, "__name__", str(value))
)
def test_rows_allowed(make, values: dict) -> None:
    assert make(**values).pk


def test_a_clause_is_answered_by_one_thing_at_a_time_and_never_by_itself() -> None:
    clause = ClauseFactory()
    answer = AnswerFactory(clause=clause)
    for values in (
        {"clause": clause, "reform": answer.reform},
        {"clause": clause, "local_clause": ClauseFactory()},
        {"clause": clause, "reform": None, "local_clause": clause},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            AnswerFactory(**values)
    assert AnswerFactory(clause=clause, reform=None, local_clause=ClauseFactory()).pk


@pytest.mark.parametrize("make", [PostponementFactory, InapplicableFactory])
def test_one_open_wish_at_a_time(make) -> None:
    first = make()
    same = {"milestone": first.milestone} if make is PostponementFactory else {"clause": first.clause}
    with pytest.raises(IntegrityError), transaction.atomic():
        make(**same)
    type(first).objects.update(granted=False, answer="不同意", **DECIDED)
    assert make(**same).pk


def test_a_merged_reform_is_not_merged_into_itself() -> None:
    reform = ReformFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Reform.objects.filter(pk=reform.pk).update(state=State.MERGED, merged_into=reform)


def test_numbers_stand_once_in_a_reform_and_titles_once_in_a_measure() -> None:
    rule, stone = RuleFactory(), MilestoneFactory()
    for make, values in (
        (RuleFactory, {"reform": rule.reform, "number": rule.number}),
        (MilestoneFactory, {"reform": stone.reform, "measure": stone.measure, "title": stone.title}),
        (MeasureFactory, {"reform": stone.reform, "title": stone.measure.title}),
        (ReformFactory, {"code": stone.reform.code}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            make(**values)
