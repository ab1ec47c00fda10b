"""Ratings, erasures, recounted clocks, who works on a step, who sees which case."""

import hashlib
from datetime import date

import pytest

from minhu.cases import rules
from minhu.cases.actions import (
    assign_person,
    erase_expired,
    erase_personal,
    rate,
    recompute_clocks,
)
from minhu.cases.bridge.folding import verify_cases
from minhu.cases.models import Case, Clock, Datum, PersonalDatum, Rating, Timer
from minhu.cases.pack import load
from minhu.cases.states import CaseRefused, Why
from minhu.packs import open_pack
from minhu.packs.kinds import FieldSpec, FieldType, StepSpec, TimerSpec
from minhu.people.models import Organisation
from minhu.people.states import Role
from minhu.rulebook.models import Calendar
from minhu.trail import bridge
from minhu.trail.models import Entry
from minhu.trail.states import SYSTEM
from tests.factories.cases import NOW, REQUEST, KindFactory, changed, do, doer, lay_house, open_one
from tests.factories.people import UserFactory, make_reader
from tests.factories.rulebook import PackVersionFactory

pytestmark = pytest.mark.django_db
OFFICE, HOST = doer("office", "office"), doer("host")


@pytest.fixture(autouse=True)
def house():
    lay_house()
    KindFactory()


def at_work(kind: str = "request", **values) -> str:
    number = open_one(OFFICE, kind, {"title": "路灯不亮", **values}).number
    do(OFFICE, number, "dispatch", assigns={"host": ["host"]})
    return number


# -- ratings ----------------------------------------------------------------------------------------------
RATED = changed(
    code="rated",
    field=(*REQUEST.field, FieldSpec("rating_level", "满意度", FieldType.NUMBER)),
    step=(
        *REQUEST.step,
        StepSpec("again", ("check",), ("work",), on="rated_bad"),
        StepSpec("fine", ("check",), ("done",), on="rated_good"),
    ),
)


def asked(number: str, token: str = "token") -> Rating:
    digest = hashlib.sha256(token.encode()).hexdigest()
    return Rating.objects.create(case=Case.objects.get(number=number), token_digest=digest, asked_at=NOW)


def rated_case() -> str:
    KindFactory(made=RATED)
    number = at_work("rated")
    do(HOST, number, "answer", {"result": "好"})
    asked(number)
    return number


@pytest.mark.parametrize(
    ("level", "place", "end"), [(1, "work", ""), (2, "work", ""), (3, "done", "done"), (5, "done", "done")]
)
def test_a_bad_rating_sends_the_case_back_and_a_good_one_closes_it(level, place, end):
    number = rated_case()
    rating = rate(token="token", level=level, words="来晚了", at=NOW)
    case = Case.objects.get(number=number)
    assert (rating.level, rating.words, case.end) == (level, "来晚了", end)
    assert case.steps.order_by("-pk").first().node == place
    assert Datum.objects.get(case=case, key="rating_level").value == str(level)
    assert [entry.deed for entry in Entry.objects.filter(book=case.book).order_by("-seq")[:2]] == [
        "cases.act",
        "cases.rate",
    ]
    assert "来晚了" not in str(list(Entry.objects.values_list("payload", flat=True)))
    assert list(verify_cases()) == []


def test_a_rating_is_given_once():
    rated_case()
    rate(token="token", level=5, words="", at=NOW)
    with pytest.raises(CaseRefused) as caught:
        rate(token="token", level=1, words="", at=NOW)
    assert caught.value.why == Why.ENDED
    assert Rating.objects.get().level == 5


@pytest.mark.parametrize(
    ("token", "level", "words", "why"),
    [
        ("other", 5, "", Why.UNKNOWN),
        ("token", 6, "", Why.VALUE),
        ("token", 0, "", Why.VALUE),
        ("token", 3, "长" * 2001, Why.VALUE),
    ],
)
def test_a_bad_rating_form_is_refused(token, level, words, why):
    rated_case()
    with pytest.raises(CaseRefused) as caught:
        rate(token=token, level=level, words=words, at=NOW)
    assert caught.value.why == why
    assert Rating.objects.get().rated_at is None


def test_a_kind_that_waits_for_no_rating_only_keeps_it():
    number = at_work()
    asked(number)
    rate(token="token", level=1, words="", at=NOW)
    assert Case.objects.get().rev == 2


# -- personal values --------------------------------------------------------------------------------------
def test_erasing_leaves_no_value_and_no_salt_and_the_chain_holds():
    number = at_work(phone="13800000000")
    assert PersonalDatum.objects.get().keep_until == date(2027, 3, 31)
    assert erase_personal(by=OFFICE, number=number, keys=["phone"], ground="本人要求", at=NOW) == 1
    gone = PersonalDatum.objects.get()
    assert (gone.value, gone.salt, gone.erased_at) == ("", "", NOW)
    entry = Entry.objects.get(deed="cases.erase_personal")
    assert entry.payload == {"keys": ["phone"], "ground": "本人要求"}
    assert erase_personal(by=OFFICE, number=number, keys=["phone"], ground="又一次", at=NOW) == 0
    assert bridge.verify().faults == ()


@pytest.mark.parametrize(
    ("by", "keys", "ground", "why"),
    [
        (HOST, ["phone"], "本人要求", Why.RIGHT),
        (OFFICE, ["phone"], " ", Why.VALUE),
        (OFFICE, ["title"], "本人要求", Why.VALUE),
    ],
)
def test_erasing_needs_a_right_a_ground_and_something_personal(by, keys, ground, why):
    number = at_work(phone="138")
    with pytest.raises(CaseRefused) as caught:
        erase_personal(by=by, number=number, keys=keys, ground=ground, at=NOW)
    assert caught.value.why == why
    assert PersonalDatum.objects.get().value == "138"


def test_what_was_kept_long_enough_is_erased():
    at_work(phone="138")
    assert erase_expired(at=NOW.replace(year=2027)) == 0
    assert erase_expired(at=NOW.replace(year=2027, month=4, day=1)) == 1
    assert PersonalDatum.objects.get().value == ""


# -- clocks counted anew ----------------------------------------------------------------------------------
TIMED = changed(
    code="timed",
    step=(*REQUEST.step, StepSpec("late", ("work",), ("check",), on="waited")),
    timer=(TimerSpec("waited", "work", "request.days"),),
)


def test_a_calendar_published_later_moves_last_days_once():
    KindFactory(made=TIMED)
    number = at_work("timed")
    assert (str(Case.objects.get().due_on), Timer.objects.get().due_at.isoformat()) == (
        "2026-04-07",
        "2026-04-07T16:00:00+00:00",
    )
    Calendar.objects.filter(year=2026).update(
        days=[["2026-04-06", "holiday", "清明"]], pack_version=PackVersionFactory()
    )
    done = recompute_clocks(by=SYSTEM, at=NOW)
    assert (done.cases, done.clocks, done.timers) == (1, 1, 1)
    case, clock, timer = Case.objects.get(), Clock.objects.get(), Timer.objects.get()
    assert (str(case.due_on), str(clock.due_on)) == ("2026-04-08", "2026-04-08")
    assert timer.due_at.isoformat() == "2026-04-08T16:00:00+00:00"
    entry = Entry.objects.get(deed="cases.recompute_clocks")
    assert entry.book == f"case:{number}"
    assert entry.payload["changed"][0] == {
        "clock": "handling",
        "attempt": 1,
        "before": "2026-04-07",
        "after": "2026-04-08",
    }
    assert recompute_clocks(by=SYSTEM, at=NOW).cases == 0
    assert list(verify_cases()) == []


def test_a_clock_that_stopped_keeps_its_day():
    number = at_work()
    do(HOST, number, "answer", {"result": "好"})
    Calendar.objects.filter(year=2026).update(
        days=[["2026-04-06", "holiday", "清明"]], pack_version=PackVersionFactory()
    )
    assert recompute_clocks(by=SYSTEM, at=NOW).cases == 0


# -- who works on it --------------------------------------------------------------------------------------
def test_the_desk_names_one_of_its_own_people():
    number = at_work()
    mine = UserFactory(role=Role.LEAD, organisation=Organisation.objects.get(code="host"))
    stranger = UserFactory(role=Role.LEAD, organisation=Organisation.objects.get(code="other"))
    said = {"number": number, "node": "work", "at": NOW}
    assert assign_person(by=HOST, user_id=mine.pk, **said).assignee == mine
    for by, user, why in ((HOST, stranger.pk, Why.VALUE), (OFFICE, mine.pk, Why.RIGHT)):
        with pytest.raises(CaseRefused) as caught:
            assign_person(by=by, user_id=user, **said)
        assert caught.value.why == why
    assert assign_person(by=HOST, user_id=None, **said).assignee is None
    assert Entry.objects.filter(deed="cases.assign_person").count() == 2
    with pytest.raises(CaseRefused):
        assign_person(by=HOST, user_id=None, number=number, node="check", at=NOW)


# -- who sees it ------------------------------------------------------------------------------------------
SEES = [
    (Role.OFFICE, "third", True, False),
    (Role.LEADER, "third", True, False),
    (Role.SUPERVISOR, "third", True, True),
    (Role.AUDITOR, "third", True, False),
    (Role.LEAD, "other", False, False),
    (Role.LEAD, "host", True, True),
    (Role.LEAD, "office", True, True),
]


@pytest.mark.parametrize(("role", "unit", "plain", "secret"), SEES)
def test_parties_see_their_cases_and_readers_what_is_not_confidential(role, unit, plain, secret):
    KindFactory(made=changed(code="secret", confidential=True, readers=("supervisor",)))
    numbers = [at_work(kind) for kind in ("request", "secret")]
    where = Organisation.objects.filter(code=unit).first()
    looker = make_reader(role, where)
    cases = [Case.objects.get(number=number) for number in numbers]
    assert [rules.may_see(looker, case) for case in cases] == [plain, secret]
    assert Case.objects.filter(rules.visible(looker)).distinct().count() == plain + secret


def test_a_doer_is_the_reader_at_work():
    looker = make_reader(Role.LEAD)
    assert rules.doer_of(looker).actor.organisation == looker.organisation
    assert rules.doer_of(looker).role == "lead"


def test_loading_a_pack_counts_clocks_anew(tmp_path):
    at_work()
    Calendar.objects.filter(year=2026).update(
        days=[["2026-04-06", "holiday", "清明"]], pack_version=PackVersionFactory()
    )
    (tmp_path / "pack.toml").write_text(
        '[pack]\ncode = "town"\nname = "Town"\nlanguage = "zh-hans"\nversion = "2"\nsummary = "x"\n'
        "edition_on = 2026-01-01\n"
    )
    load(open_pack(tmp_path), by=SYSTEM, at=NOW)
    assert str(Case.objects.get().due_on) == "2026-04-08"
