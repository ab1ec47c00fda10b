"""Looking for answers in steps, learning from decisions, memory; pace, last decisions, many together."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from minhu.mandates.models import Clause
from minhu.people.states import Role
from minhu.reforms.actions import Refusal
from minhu.reforms.actions import coverage_suggestions as searching
from minhu.reforms.actions.coverage_answers import (
    confirm_answer,
    confirm_answers,
    confirm_suggestion,
    refuse_answer,
    undo_answers,
)
from minhu.reforms.bridge import Decided, matcher_of
from minhu.reforms.models import Answer, Outlook, Search
from minhu.reforms.queries.coverage import coverage_of
from minhu.reforms.queries.coverage_decided import decided_clauses, remembered
from minhu.reforms.queries.coverage_decisions import deciders_of, last_go, mean_seconds, pace_of
from minhu.reforms.queries.coverage_limits import Learning, Thresholds, learning, thresholds
from minhu.reforms.states import AnswerState
from minhu.trail.models import Entry
from minhu.trail.states import Actor
from tests.factories.mandates import make_articles
from tests.factories.people import PostFactory
from tests.factories.reforms import NOW, TODAY, AnswerFactory, ReformFactory
from tests.factories.rulebook import LimitFactory, lay_rulebook
from tests.roles import check_roles

pytestmark = pytest.mark.django_db
BY = Actor(7, "office.chief", "office")
OTHER = Actor(8, "office.clerk", "office")
THINGS = [
    "港口集疏运",
    "企业综合服务",
    "要素市场化配置",
    "社区嵌入式养老",
    "渔港经济区建设",
    "政务服务一次办成",
]


@pytest.fixture(autouse=True)
def limits(db: None) -> None:
    """The rulebook these deeds ask for."""
    lay_rulebook()


@pytest.fixture
def clauses() -> list[Clause]:
    """An upstream document of six articles; a local one says each in other words."""
    make_articles([f"本区做好{thing}工作，落实到人。" for thing in THINGS], kind="local")
    return make_articles([f"深化{thing}改革，健全工作机制。" for thing in THINGS])


@pytest.fixture
def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps so short that each compares one clause."""
    monkeypatch.setattr(searching, "PAIRS_AT_ONCE", 1)
    monkeypatch.setattr(searching, "STEP_SECONDS", 0.0)


def url(name: str, *args: int) -> str:
    """An address of coverage."""
    return reverse(f"reforms:coverage_{name}", args=args)


def step(search: Search, seconds: float = 0.0) -> Search:
    """One short step."""
    return searching.step_search(by=BY, search=search, possible=0.2, at=NOW, seconds=seconds)


def answers() -> list[tuple]:
    """What was suggested, without keys and days."""
    return sorted(Answer.objects.values_list("clause", "reform", "local_clause", "score", "state"))


def test_a_run_in_steps_finds_what_a_run_at_once_finds(clauses, one_at_a_time) -> None:
    search = searching.start_search(by=BY, version=clauses[0].version, at=NOW)
    seen = []
    while search.is_running:
        search = step(search)
        seen.append(search.done)
        searching.forget(search)  # as if another process took the next step
    assert seen == [1, 2, 3, 4, 5, 6]
    assert (search.finished_at, search.percent, search.added) == (NOW, 100, Answer.objects.count())
    stepped = answers()
    Answer.objects.all().delete()
    searching.suggest_answers(by=BY, version=clauses[0].version, possible=0.2, at=NOW)
    assert answers() == stepped
    assert Outlook.objects.count() == 6


def test_a_run_goes_on_and_two_windows_do_nothing_twice(clauses, one_at_a_time) -> None:
    search = searching.start_search(by=BY, version=clauses[0].version, at=NOW)
    first = step(search)
    assert searching.start_search(by=OTHER, version=clauses[0].version, at=NOW) == first
    found = Answer.objects.count()
    stale = step(search)  # the second window still believes nothing was done
    assert (stale.done, Answer.objects.count()) == (1, found)


def test_a_run_is_stopped_and_what_it_found_stays(clauses, one_at_a_time) -> None:
    search = step(searching.start_search(by=BY, version=clauses[0].version, at=NOW))
    found = answers()
    search = searching.stop_search(by=BY, search=search, at=NOW)
    assert not search.is_running
    assert step(search).done == 1
    assert answers() == found
    assert [entry.deed for entry in Entry.objects.all()] == ["reforms.stop_search"]
    assert searching.start_search(by=BY, version=clauses[0].version, at=NOW) != search


def test_a_reform_that_went_during_a_run_is_left_out(clauses, one_at_a_time) -> None:
    reform = ReformFactory(name="社区嵌入式养老改革健全工作机制")
    search = step(searching.start_search(by=BY, version=clauses[0].version, at=NOW))
    Answer.objects.filter(reform=reform).delete()
    reform.delete()
    while search.is_running:
        search = step(search)
    assert search.done == 6


def test_answers_to_like_clauses_elsewhere_are_remembered_never_the_own(clauses) -> None:
    twin = make_articles([clauses[0].text])[0]
    reform = ReformFactory(name="海铁联运一单制", goal="", problem="")
    confirm_answer(by=BY, clause=twin, reform=reform, at=NOW)
    known = decided_clauses()
    assert remembered(clauses[0], known) == ("海铁联运一单制",)
    assert remembered(twin, known) == ()
    searching.suggest_answers(by=BY, version=clauses[0].version, possible=0.2, at=NOW)
    assert Outlook.objects.get(clause=clauses[0]).remembered == 1
    assert Answer.objects.get(clause=clauses[0], reform=reform).score > 0.4


def decisions(count: int) -> list[Decided]:
    """Clauses answered by the candidate of the same place; the one before was refused."""
    return [Decided(f"深化{THINGS[i % 6]}改革{i}", (), (i,), ((i - 1) % count,), i % 4) for i in range(count)]


def learned(count: int, rule: Learning):
    """What is learned from so many decisions."""
    candidates = [f"做好{THINGS[i % 6]}工作{i}" for i in range(count)]
    return matcher_of(["深化港口集疏运改革"], candidates, decided=decisions(count), rule=rule)


def test_sureness_is_learned_only_from_enough_decisions() -> None:
    few, enough = learned(11, Learning(least=12)), learned(12, Learning(least=12))
    assert (few.learned.judges.of_clause, enough.learned.judges.of_clause is None) == (None, False)
    (match, *_rest) = enough.match(0, 1, most=3, threshold=0.2).matches[0]
    assert match.is_learned
    assert match.score != match.alike
    (match, *_rest) = few.match(0, 1, most=3, threshold=0.2).matches[0]
    assert match.is_learned == (few.learned.judges.of_pair is not None)


def test_a_judge_that_is_too_far_off_is_not_shown() -> None:
    assert learned(24, Learning(least=12)).learned.off_by is not None
    strict = learned(24, Learning(least=12, most_off=0.0)).learned
    assert (strict.judges.of_clause, strict.judges.of_pair) == (None, None)
    assert Learning(most_off=0.1).trusts(None) is False


def test_the_rulebook_says_when_to_learn_and_what_is_sure() -> None:
    assert learning(TODAY) == Learning(None, 0.55, None)
    assert thresholds(TODAY) == Thresholds(0.25, 0.55, 5, 0.55)
    LimitFactory(code="match.least_decisions", value=40)
    LimitFactory(code="match.most_off", value="0.15")
    LimitFactory(code="match.confident", kind="learned", value="0.85")
    assert learning(TODAY) == Learning(40, 0.55, 0.15)
    assert [thresholds(TODAY).surely(known) for known in (False, True)] == [0.55, 0.85]


def suggested(clause: Clause, score: float = 0.9, **values: object) -> Answer:
    """A suggestion."""
    return AnswerFactory(clause=clause, state=AnswerState.SUGGESTED, score=score, **values)


def test_the_second_window_is_told_who_decided_meanwhile_under_the_lock(clauses) -> None:
    PostFactory(code=OTHER.post, title="综合岗")
    row = suggested(clauses[0])
    refuse_answer(by=OTHER, answer=row, at=NOW, seen="suggested")
    with pytest.raises(Refusal, match=r"综合岗, 2026-03-31"):
        confirm_suggestion(by=BY, answer=row, at=NOW, seen="suggested")
    assert Answer.objects.get().state == AnswerState.REFUSED


def test_a_suggestion_that_is_gone_is_said_to_be_gone(clauses) -> None:
    row = suggested(clauses[0])
    Answer.objects.all().delete()
    with pytest.raises(Refusal):
        confirm_suggestion(by=BY, answer=row, at=NOW)


def test_what_was_confirmed_together_is_taken_back_together_but_not_what_others_did_since(clauses) -> None:
    rows = [suggested(clause) for clause in clauses[:3]]
    assert confirm_answers(by=BY, answers=rows, at=NOW) == 3
    go = last_go(clauses[0].version, BY.user_id)
    assert go == rows
    refuse_answer(by=OTHER, answer=rows[1], at=NOW + timedelta(minutes=1))
    assert undo_answers(by=BY, answers=go, at=NOW + timedelta(minutes=2)) == 2
    assert [row.state for row in Answer.objects.order_by("pk")] == ["suggested", "refused", "suggested"]
    assert last_go(clauses[0].version, None) == []


def test_the_last_decisions_are_taken_back_one_after_another(client_as, clauses) -> None:
    client = client_as(Role.OFFICE, headers={"accept-language": "en"})
    rows = [suggested(clause) for clause in clauses[:2]]
    for row in rows:
        client.post(url("confirm", row.pk))
    for left in (["confirmed", "suggested"], ["suggested", "suggested"]):
        answer = client.post(url("undo_last", clauses[0].version_id))
        assert answer.status_code == 302
        assert [row.state for row in Answer.objects.order_by("pk")] == left
    page = client.post(url("undo_last", clauses[0].version_id), follow=True).content.decode()
    assert "There is nothing of yours to take back." in page
    assert Entry.objects.filter(deed="reforms.undo_answer").count() == 2


def test_pace_counts_clauses_and_leaves_pauses_out(clauses) -> None:
    rows = [suggested(clause) for clause in clauses]
    for n, row in enumerate(rows[:4]):
        confirm_suggestion(by=BY, answer=row, at=NOW + timedelta(seconds=6 * n + (600 if n == 3 else 0)))
    version = clauses[0].version
    pace = pace_of(coverage_of(version, possible=0.2), version, BY.user_id)
    assert (pace.done, pace.total, pace.seconds) == (4, 6, 6.0)
    assert mean_seconds([NOW]) is None


def test_who_decided_is_listed_by_post(client_as, clauses) -> None:
    PostFactory(code=OTHER.post, title="综合岗")
    confirm_suggestion(by=OTHER, answer=suggested(clauses[0]), at=NOW)
    refuse_answer(by=BY, answer=suggested(clauses[1]), at=NOW)
    assert (OTHER.post, "综合岗", 1) in deciders_of(clauses[0].version)
    client = client_as(Role.AUDITOR, headers={"accept-language": "en"})
    page = client.get(url("decisions", clauses[0].version_id), {"post": OTHER.post}).content.decode()
    assert (page.count(">confirmed<"), page.count(">refused<")) == (1, 0)


def boxes(page: HttpResponse) -> int:
    """How many answers can be ticked."""
    return page.content.decode().count('type="checkbox" name="answer"')


def test_only_what_was_looked_at_is_confirmed_together(client_as, clauses) -> None:
    client: Client = client_as(Role.OFFICE, headers={"accept-language": "en"})
    rows = [suggested(clause, score) for clause, score in zip(clauses, (0.9, 0.8, 0.3), strict=False)]
    where = url("sure", clauses[0].version_id)
    assert boxes(client.get(where)) == 2
    assert boxes(client.get(where, {"from": "0.2"})) == 3
    assert boxes(client.get(where, {"from": "nonsense"})) == 2
    answer = client.post(
        url("confirm_sure", clauses[0].version_id), {"answer": ["", rows[1].pk]}, follow=True
    )
    assert [row.state for row in Answer.objects.order_by("pk")] == ["suggested", "confirmed", "suggested"]
    at = answer.context["at"].isoformat()
    client.post(url("undo_together", clauses[0].version_id), {"at": at})
    assert Answer.objects.exclude(state=AnswerState.SUGGESTED).count() == 0
    client.post(url("undo_together", clauses[0].version_id), {"at": "yesterday"})


def test_a_long_run_shows_its_progress_and_ends_at_the_review(client_as, clauses, one_at_a_time) -> None:
    client = client_as(Role.OFFICE, headers={"accept-language": "en"})
    version = clauses[0].version_id
    assert client.post(url("suggest", version)).headers["Location"] == url("search", version)
    assert "1 of 6" in client.get(url("search", version)).content.decode()
    fragment = client.post(url("step", version), headers={"hx-request": "true"})
    assert "2 of 6" in fragment.content.decode()
    assert client.post(url("step", version)).headers["Location"] == url("search", version)
    for _ in range(2):
        client.post(url("step", version), headers={"hx-request": "true"})
    last = client.post(url("step", version), headers={"hx-request": "true"})
    assert last.headers["HX-Redirect"].startswith(url("review", version))
    assert Search.objects.get().finished_at is not None


def test_stopping_leads_back_to_the_review(client_as, clauses, one_at_a_time) -> None:
    client = client_as(Role.OFFICE)
    client.post(url("suggest", clauses[0].version_id))
    answer = client.post(url("stop", clauses[0].version_id))
    assert answer.headers["Location"].startswith(url("review", clauses[0].version_id))
    assert Search.objects.get().stopped_at is not None


@pytest.mark.parametrize("name", ["step", "stop", "undo_last", "undo_together"])
def test_only_the_office_runs_and_takes_back(client_as, clauses, name: str) -> None:
    Search.objects.create(version=clauses[0].version, started_at=NOW, clauses=6)
    check_roles(client_as, url(name, clauses[0].version_id), [Role.OFFICE], method="post")


def test_who_may_look(client_as, clauses) -> None:
    for name, roles in (("search", list(Role)), ("decisions", list(Role)), ("sure", [Role.OFFICE])):
        check_roles(client_as, url(name, clauses[0].version_id), roles)


def test_a_run_that_never_began_cannot_go_on(client_as, clauses) -> None:
    assert client_as(Role.OFFICE).post(url("step", clauses[0].version_id)).status_code == 404
