"""Effects: what a step asks the worker to do is done once, told to the right posts, and never lost."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction

from minhu.cases.actions import effects
from minhu.cases.actions.effects import close_effect, hand_over_link, retry_effect
from minhu.cases.models import Case, Effect, Rating
from minhu.cases.queries import outbox
from minhu.cases.tasks import Round, one_round
from minhu.packs.kinds import EffectSpec, FieldSpec
from minhu.people.models import Notice
from minhu.trail.models import Entry
from tests.factories.cases import NOW, REQUEST, changed, do, doer, open_one, with_step
from tests.factories.outbox import ANSWER, JOINT, NOTICED, RATED, lay_house
from tests.factories.people import OrganisationFactory, PostFactory

pytestmark = pytest.mark.django_db
OFFICE, HOST = doer("office", "office"), doer("host")
WAITS = [30, 60, 120, 240, 480, 960, 1920]


def dispatched(values=None) -> str:
    """The number of a request given to its host."""
    number = open_one(OFFICE, values=values).number
    do(OFFICE, number, "dispatch", assigns={"host": ["host"]})
    return number


def closed(values=None) -> str:
    """The number of a request that is done."""
    number = dispatched(values)
    do(HOST, number, "answer", {"result": "已修好"})
    do(OFFICE, number, "close")
    return number


def joint() -> str:
    """The number of a question sent to two departments."""
    number = open_one(OFFICE, "joint", {"title": "停车难"}, {"hosts": ["host", "other"]}).number
    do(OFFICE, number, "send")
    return number


def states() -> dict[str, str]:
    """Effects by kind."""
    return dict(Effect.objects.values_list("kind", "state"))


# -- notice -----------------------------------------------------------------------------------------------
def test_a_notice_goes_to_every_post_of_the_role_and_to_no_other():
    lay_house(NOTICED)
    unit = PostFactory(code="host.second", role="lead", organisation_id=host_id()).organisation
    PostFactory(code="host.leader", role="leader", organisation=unit)
    number = dispatched()
    assert one_round(at=NOW) == Round(done=1)
    told = Notice.objects.order_by("post__code")
    assert [notice.post.code for notice in told] == ["host.lead", "host.second"]
    assert {notice.text for notice in told} == {f"有新任务：路灯不亮（{number}）"}
    assert {notice.url for notice in told} == {Case.objects.get().get_absolute_url()}
    effect = Effect.objects.get()
    assert (effect.state, effect.result, effect.done_at) == (
        "done",
        {"posts": ["host.lead", "host.second"]},
        NOW,
    )
    assert one_round(at=NOW) == Round()
    assert Notice.objects.count() == 2


def host_id() -> int:
    """The row of the host."""
    return OrganisationFactory._meta.model.objects.get(code="host").pk


def test_a_role_that_nobody_is_assigned_to_is_all_its_posts():
    lay_house(with_step("dispatch", effect=(EffectSpec("notice", to="clerk"),)))
    PostFactory(code="other.office", role="office")
    dispatched()
    one_round(at=NOW)
    assert sorted(Notice.objects.values_list("post__code", flat=True)) == ["office.office", "other.office"]


def test_whoever_opened_a_case_is_told_as_its_opener():
    lay_house(with_step("dispatch", effect=(EffectSpec("notice", to="opener"),)))
    dispatched()
    one_round(at=NOW)
    assert [notice.post.code for notice in Notice.objects.all()] == ["office.office"]
    assert Notice.objects.get().text == f"路灯不亮（{Case.objects.get().number}）"


def test_closed_units_are_told_nothing():
    lay_house(NOTICED)
    dispatched()
    OrganisationFactory._meta.model.objects.filter(code="host").update(closed_on=NOW.date())
    one_round(at=NOW)
    assert Notice.objects.count() == 0
    assert states() == {"notice": "done"}


# -- open and signal --------------------------------------------------------------------------------------
def test_departments_get_a_case_each_and_the_last_answer_joins_them():
    lay_house(JOINT, ANSWER)
    number = joint()
    assert one_round(at=NOW).done == 1
    children = list(Case.objects.filter(parent__number=number).order_by("number"))
    assert [child.title for child in children] == ["停车难", "停车难"]
    assert [child.parts.get(role="host").organisation.code for child in children] == ["host", "other"]
    do(HOST, children[0].number, "reply", {"reply": "一"})
    assert one_round(at=NOW) == Round(done=1)
    assert open_places(number) == ["waiting"]
    do(doer("other"), children[1].number, "reply", {"reply": "二"})
    assert one_round(at=NOW) == Round(done=1)
    assert open_places(number) == ["joined"]


def open_places(number: str) -> list[str]:
    """Where a case is."""
    return list(Case.objects.get(number=number).steps.filter(state="open").values_list("node", flat=True))


def test_two_answers_at_once_both_count():
    lay_house(JOINT, ANSWER)
    number = joint()
    one_round(at=NOW)
    for child, who in zip(
        Case.objects.filter(kind__code="answer").order_by("number"), ("host", "other"), strict=True
    ):
        do(doer(who), child.number, "reply", {"reply": "好"})
    # The first signal finds no child open and joins; the second finds the case gone on.
    assert one_round(at=NOW) == Round(done=1, given_up=1)
    assert open_places(number) == ["joined"]


def test_a_refused_signal_is_given_up_at_once_in_words_and_stops_no_other():
    lay_house(JOINT, ANSWER, NOTICED)
    number = joint()
    one_round(at=NOW)
    for child, who in zip(
        Case.objects.filter(kind__code="answer").order_by("number"), ("host", "other"), strict=True
    ):
        do(doer(who), child.number, "reply", {"reply": "好"})
    dispatched()
    assert one_round(at=NOW) == Round(done=2, given_up=1)
    dead = Effect.objects.get(state="dead")
    assert (dead.kind, dead.attempts) == ("signal", 1)
    assert "合卷" in dead.error
    assert Case.objects.get(number=number).rev == 3


def test_children_are_opened_all_or_none(monkeypatch):
    lay_house(JOINT, ANSWER)
    joint()
    real, asked = effects.open_case, []

    def second_fails(**said):
        asked.append(said["key"])
        if len(asked) == 2:
            raise RuntimeError("disk full")
        return real(**said)

    monkeypatch.setattr(effects, "open_case", second_fails)
    assert one_round(at=NOW) == Round(put_off=1)
    assert Case.objects.filter(kind__code="answer").count() == 0
    assert Effect.objects.get().error == "RuntimeError: disk full"
    assert one_round(at=NOW) == Round()
    assert one_round(at=NOW + timedelta(seconds=30)).done == 1
    assert Case.objects.filter(kind__code="answer").count() == 2


def test_a_personal_value_is_not_copied_into_an_open_field():
    phone = FieldSpec("phone", "电话")
    child = changed(ANSWER, field=(*ANSWER.field, phone), asks=("title", "phone?"))
    opens = EffectSpec("open", of="answer", each="host", gets="host", copies=("title", "phone"))
    lay_house(with_step("dispatch", effect=(opens,)), child)
    dispatched({"title": "路灯不亮", "phone": "13800000000"})
    assert one_round(at=NOW) == Round(given_up=1)
    assert Case.objects.filter(kind__code="answer").count() == 0
    assert "phone" in Effect.objects.get().error


def test_a_personal_value_goes_along_into_a_personal_field():
    phone = next(field for field in REQUEST.field if field.code == "phone")
    child = changed(ANSWER, field=(*ANSWER.field, phone), asks=("title", "phone?"))
    opens = EffectSpec("open", of="answer", each="host", gets="host", copies=("title", "phone"))
    lay_house(with_step("dispatch", effect=(opens,)), child)
    dispatched({"title": "路灯不亮", "phone": "13800000000"})
    assert one_round(at=NOW) == Round(done=1)
    opened = Case.objects.get(kind__code="answer")
    assert opened.personal.get().value == "13800000000"
    assert "13800000000" not in str(list(Entry.objects.values_list("payload", flat=True)))
    assert "13800000000" not in str(Effect.objects.get().result)


# -- rating -----------------------------------------------------------------------------------------------
def test_without_an_address_the_link_is_kept_until_somebody_hands_it_over_once():
    lay_house(RATED)
    number = closed()
    assert one_round(at=NOW) == Round(done=1)
    effect, rating = Effect.objects.get(), Rating.objects.get()
    token = hand_over_link(by=OFFICE, effect=effect, at=NOW)
    assert len(token) >= 32
    assert hand_over_link(by=OFFICE, effect=effect, at=NOW) == ""
    assert token not in str(Effect.objects.values_list("result", flat=True))
    assert rating.token_digest == effects.hashlib.sha256(token.encode()).hexdigest()
    told = Entry.objects.filter(deed="cases.hand_over_link")
    assert [(entry.book, token in str(entry.payload)) for entry in told] == [(f"case:{number}", False)]


def test_with_an_address_the_link_is_mailed_and_forgotten(settings):
    settings.MINHU_ADDRESS = "https://reform.example"
    lay_house(RATED)
    number = closed({"title": "路灯不亮", "phone": "author@example.org"})
    assert one_round(at=NOW) == Round(done=1)
    [letter] = mail.outbox
    assert letter.to == ["author@example.org"]
    assert letter.message()["Message-ID"].startswith(f"<{number}.")
    [token] = re.findall(r"https://reform\.example/\S*?([\w-]{32})/?\s", letter.body)
    assert Rating.objects.get().token_digest == effects.hashlib.sha256(token.encode()).hexdigest()
    assert "token" not in Effect.objects.get().result
    assert "路灯" not in letter.body + letter.subject


# -- failing, giving up, by hand --------------------------------------------------------------------------
@pytest.fixture
def broken_mail(monkeypatch):
    """A mail server that answers nobody, until `.clear()`."""
    reasons = ["Connection refused"]
    real = effects.EmailMessage.send

    def send(self, *args, **kwargs):
        if reasons:
            raise ConnectionRefusedError(111, reasons[0])
        return real(self, *args, **kwargs)

    monkeypatch.setattr(effects.EmailMessage, "send", send)
    return reasons


def test_a_letter_is_tried_with_longer_and_longer_waits_then_given_up(broken_mail):
    lay_house(RATED)
    closed({"title": "路灯不亮", "phone": "author@example.org"})
    at, waits = NOW, []
    while (effect := Effect.objects.get()).state == "waiting":
        assert one_round(at=at).count == 1
        effect.refresh_from_db()
        waits.append(round((effect.next_at - at).total_seconds()))
        assert one_round(at=effect.next_at - timedelta(seconds=1)) == Round() or effect.state == "dead"
        at = effect.next_at
    assert (waits[:-1], effect.attempts, effect.state) == (WAITS, 8, "dead")
    assert effect.error == "ConnectionRefusedError: [Errno 111] Connection refused"
    assert Rating.objects.count() == 1


def test_a_letter_given_up_goes_out_when_it_is_retried_by_hand(broken_mail):
    lay_house(RATED)
    number = closed({"title": "路灯不亮", "phone": "author@example.org"})
    one_round(at=NOW)
    Effect.objects.update(state="dead")
    broken_mail.clear()
    assert one_round(at=NOW + timedelta(days=1)) == Round()
    retry_effect(by=OFFICE, effect=Effect.objects.get(), at=NOW)
    assert one_round(at=NOW) == Round(done=1)
    assert len(mail.outbox) == 1
    entry = Entry.objects.get(deed="cases.retry_effect")
    assert (entry.book, entry.payload["what"], entry.actor_post) == (
        f"case:{number}",
        "rating",
        "office.office",
    )
    retry_effect(by=OFFICE, effect=Effect.objects.get(), at=NOW)
    assert Entry.objects.filter(deed="cases.retry_effect").count() == 1
    assert one_round(at=NOW) == Round()


def test_an_effect_given_up_is_closed_with_a_reason():
    lay_house(JOINT, ANSWER)
    joint()
    one_round(at=NOW)
    for child, who in zip(
        Case.objects.filter(kind__code="answer").order_by("number"), ("host", "other"), strict=True
    ):
        do(doer(who), child.number, "reply", {"reply": "好"})
    one_round(at=NOW)
    close_effect(by=OFFICE, effect=Effect.objects.get(state="dead"), reason=" 已合卷 ", at=NOW)
    assert Effect.objects.filter(state="dead").count() == 0
    entry = Entry.objects.get(deed="cases.close_effect")
    assert (entry.payload["reason"], entry.asked) == ("已合卷", 1)


def test_an_effect_nobody_knows_is_given_up_and_stops_no_other():
    lay_house(NOTICED)
    dispatched()
    Effect.objects.update(kind="fax")
    dispatched()
    assert one_round(at=NOW) == Round(done=1, put_off=1)
    assert Effect.objects.get(kind="fax").error == "KeyError: 'fax'"


def test_an_effect_in_the_hand_of_another_worker_is_passed_over():
    """What one transaction holds, another does not even see (PostgreSQL); SQLite has one writer."""
    lay_house(NOTICED)
    dispatched()
    with transaction.atomic():
        assert outbox.next_effect(NOW).kind == "notice"
    assert outbox.next_effect(NOW - timedelta(seconds=1)) is None


def test_the_round_stops_after_the_piece_in_hand():
    lay_house(NOTICED)
    for _n in range(3):
        dispatched()
    answers = iter([True, True, False])
    assert one_round(at=NOW, goes_on=lambda: next(answers)) == Round(done=2)
    assert Notice.objects.count() == 2
