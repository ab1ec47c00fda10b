"""A case as its page shows it: the way, clocks, what may be done and why not, values, papers, the record."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest

from minhu.cases.actions.reading import open_personal
from minhu.cases.bridge.compiling import compiled
from minhu.cases.bridge.pages.case_page import case_view
from minhu.cases.bridge.pages.picture import picture_of, way_of
from minhu.cases.models import Case, Kind, Paper
from minhu.cases.queries.kinds import kinds_to_open
from minhu.cases.queries.lights import Day
from minhu.packs.kinds import EffectSpec, PaperSpec, PlaceSpec, StepSpec
from minhu.people.models import Organisation, Post
from minhu.people.states import Role
from tests.factories.cases import NOW, REQUEST, KindFactory, changed, do, doer, open_one, with_step
from tests.factories.people import OrganisationFactory, PostFactory
from tests.factories.rulebook import LimitFactory, lay_rulebook

pytestmark = pytest.mark.django_db
DAY = Day(date(2026, 3, 31), date(2026, 4, 7))
CLERK, HOST, LEADER = doer("office", "office"), doer("host"), doer("other", "leader")
LETTER = PaperSpec("letter", "答复书", "reply", "江复〔{year}〕{n}号", "host", ("关于{title}：{result}",))


@pytest.fixture(autouse=True)
def house():
    lay_rulebook()
    LimitFactory(code="request.days", value=5)
    LimitFactory(code="personal.keep_months", value=12, unit="month")
    for code in ("office", "host", "other"):
        OrganisationFactory(code=code, short=code)
    KindFactory(made=with_step("answer", changed(paper=(LETTER,)), paper="letter"))


def dispatched(**values) -> str:
    """A case on the desk of `host`."""
    number = open_one(CLERK, values={"title": "路灯不亮"} | values).number
    do(CLERK, number, "dispatch", assigns={"host": ["host"]})
    return number


def view(number: str, by=HOST, day: Day = DAY, at=NOW):
    """The page of a case for somebody."""
    return case_view(Case.objects.select_related("kind", "opener").get(number=number), by, day, at)


def test_the_way_shows_where_it_was_is_and_goes():
    way = view(dispatched()).way
    assert [(mark.title, mark.state) for mark in way] == [
        ("登记", "done"), ("受理", "done"), ("办理", "now"), ("核实", "ahead"), ("办结", "ahead"),
    ]  # fmt: skip


def test_a_way_back_is_counted_and_an_end_ends_it():
    number = dispatched()
    for _ in range(2):
        do(HOST, number, "answer", {"result": "好了"})
        do(CLERK, number, "redo") if _ == 0 else do(CLERK, number, "close")
    it = view(number)
    assert [(mark.title, mark.state, mark.times) for mark in it.way] == [
        ("登记", "done", 1), ("受理", "done", 1), ("办理", "done", 2), ("核实", "done", 2),
        ("办结", "now", 1),
    ]  # fmt: skip
    assert (it.end, it.may, it.rest, it.light.tone) == ("办结", (), (), "done")


def test_the_drawing_holds_every_place_and_marks_ways_back():
    kind = compiled(Kind.objects.get())
    picture = picture_of(kind, done=("start",), now=("work",))
    assert {box.title: box.state for box in picture.boxes} == {
        "登记": "done", "受理": "ahead", "办理": "now", "补正": "ahead", "核实": "ahead", "办结": "ahead",
    }  # fmt: skip
    assert sorted(line.title for line in picture.lines if line.is_back) == ["补正完成", "退回重办"]
    assert all(box.left > 0 and box.left + 136 < picture.width for box in picture.boxes)
    assert all(box.top > 0 and box.top + 40 < picture.height for box in picture.boxes)
    assert way_of(kind, [], ["start"])[0].state == "now"


def test_what_may_be_done_and_what_not_by_whom():
    number = dispatched()
    host, clerk = view(number), view(number, CLERK)
    assert [deed.title for deed in host.may] == ["要求补正", "办结申请"]
    assert [(deed.title, deed.why) for deed in clerk.rest] == [
        ("要求补正", "由承办单位（host）办理"), ("办结申请", "由承办单位（host）办理"),
    ]  # fmt: skip
    assert clerk.may == ()


def test_who_answered_is_told_that_others_close():
    both = doer("host", "office")
    number = dispatched()
    do(HOST, number, "answer", {"result": "好了"})
    told = {deed.step.code: deed.why for deed in view(number, both).rest}
    assert "办结申请" in told["close"]


def test_a_clock_tells_limit_basis_and_what_held_it():
    number = dispatched()
    do(HOST, number, "ask_more", {"notice_no": "补〔2026〕1号"}, at=NOW + timedelta(days=1))
    do(HOST, number, "mended", at=NOW + timedelta(days=3))
    later = Day(date(2026, 4, 3), date(2026, 4, 10))
    clock = view(number, day=later, at=NOW + timedelta(days=3)).clocks[0]
    assert (clock.title, clock.limit, clock.spent, clock.left) == (
        "办理时限", "5 个工作日", "1 个工作日", "4 个工作日",
    )  # fmt: skip
    hold = clock.holds[0]
    assert (hold.title, hold.clause, hold.document) == ("补正材料", "第十条", "补〔2026〕1号")
    assert (str(hold.since), str(hold.until)) == ("2026-04-01", "2026-04-03")
    assert clock.is_assumed == (clock.row.strength == "assumed")


def test_an_overdue_clock_is_red_on_page_and_clock():
    late = Day(date(2026, 4, 20), date(2026, 4, 27))
    it = view(dispatched(), day=late, at=NOW + timedelta(days=20))
    assert (it.light.tone, it.clocks[0].light.tone, it.clocks[0].share) == ("red", "red", 100)


def test_a_year_without_a_calendar_is_shown_as_provisional():
    far = NOW.replace(year=2031)
    number = open_one(CLERK, at=far).number
    do(CLERK, number, "dispatch", assigns={"host": ["host"]}, at=far)
    assert view(number, at=far, day=Day(far.date(), far.date())).clocks[0].is_provisional
    assert not view(dispatched()).clocks[0].is_provisional


def test_values_stand_under_the_deed_that_said_them():
    PostFactory(
        code="office.office",
        title="受理岗",
        organisation=Post._meta.get_field("organisation").related_model.objects.get(code="office"),
    )
    number = dispatched(amount="12.50", urgent=True, level="high")
    do(HOST, number, "answer", {"result": "第一行\n第二行"})
    groups = view(number).groups
    assert [group.who for group in groups] == ["office（受理岗）", "host（host.lead）"]
    assert [(one.title, one.words) for one in groups[0].values] == [
        ("标题", "路灯不亮"), ("金额", "12.5"), ("等级", "重大"), ("是否紧急", "是"),
    ]  # fmt: skip
    assert [one.is_long for one in groups[1].values] == [True]


def test_the_record_tells_deeds_in_words_without_what_is_personal():
    number = dispatched(phone="13800000000")
    do(HOST, number, "answer", {"result": "好了"})
    told = view(number).told
    assert [one.title for one in told] == ["办结申请", "派单", "发起事项"]
    assert dict(told[1].lines) == {"承办单位": "host", "办理时限": "开始计时，2026年4月7日到期"}
    assert dict(told[0].lines)["文书"] == "江复〔2026〕1号"
    assert dict(told[2].lines)["电话"] == "已提供；属个人信息，不入记录"
    assert (told[1].led_to, told[0].asked) == ("办理", 1)
    assert "13800000000" not in str(told)


def test_personal_values_are_given_out_only_with_a_record():
    number = dispatched(phone="13800000000")
    case = Case.objects.get()
    assert [one.words for one in view(number).personal] == [""]
    assert open_personal(by=HOST, case=case, at=NOW) == {"phone": "13800000000"}
    case.personal.update(value="", salt="", erased_at=NOW)
    assert open_personal(by=HOST, case=case, at=NOW) == {}
    assert next(one.title for one in view(number).told) == "查看事项中的个人信息"


def test_a_paper_is_read_on_the_page_and_taken_along(client_as):
    number = dispatched()
    do(HOST, number, "answer", {"result": "已修好"})
    paper = Paper.objects.get()
    client = client_as(Role.LEAD, Case.objects.get().parts.get(role="host").organisation)
    page = client.get(f"/cases/{number}/papers/{paper.pk}/").content.decode()
    assert "关于路灯不亮：已修好" in page
    assert "江复〔2026〕1号" in page
    word = client.get(f"/cases/{number}/papers/{paper.pk}/file/")
    with ZipFile(BytesIO(b"".join(word.streaming_content))) as parts:
        assert "已修好" in parts.read("word/document.xml").decode()
    assert client.get(f"/cases/{number}/papers/{paper.pk + 1}/").status_code == 404
    assert client_as(Role.LEAD).get(f"/cases/{number}/papers/{paper.pk}/").status_code == 404


def test_stays_tell_how_long_a_case_lay_where():
    number = dispatched()
    do(HOST, number, "answer", {"result": "好了"}, at=NOW + timedelta(days=2))
    stays = view(number, at=NOW + timedelta(days=2)).stays
    assert [(stay.organisation, stay.place, stay.days) for stay in stays] == [("host", "办理", 2)]


def test_children_and_parent_are_shown():
    number = dispatched()
    child = open_one(CLERK, parent=number).number
    assert [one.number for one in view(number).sheet.children] == [child]
    assert view(number).children_open == 1
    assert view(child).case.parent.number == number


def test_the_kinds_of_these_tests_are_whole():
    assert REQUEST.code == Kind.objects.get().code


def test_cases_around_it_are_named_only_to_those_who_may_see_them(client_as):
    KindFactory(made=changed(code="hidden", confidential=True))
    asking = open_one(doer("office", "office"))
    secret = open_one(doer("other", "lead"), "hidden", {"title": "不公开的事"}, parent=asking.number)
    plain = open_one(doer("other", "lead"), values={"title": "公开的事"}, parent=asking.number)
    page = client_as(Role.OFFICE, Organisation.objects.get(code="office")).get(f"/cases/{asking.number}/")
    shown = page.content.decode()
    assert plain.number in shown
    assert secret.number not in shown
    assert "不公开的事" not in shown
    office = client_as(Role.OFFICE, Organisation.objects.get(code="office"))
    kinds = office.get("/cases/kinds/").context["kinds"]
    assert {one.current.code: one.open for one in kinds} == {"hidden": 0, "request": 2}


def test_a_step_whose_place_is_under_way_is_said_to_be_so():
    twice = changed(
        code="twice",
        place=(*REQUEST.place, PlaceSpec("aside", "停产中", "wait", role="host")),
        step=(
            *REQUEST.step[:-1],
            replace(REQUEST.step[-1], clears=("aside",)),
            StepSpec("stop", (), ("aside",), "责令停产", "host", reads=("work",), asks=("result",),
                     guard='result = "要停"'),
        ),
    )  # fmt: skip
    KindFactory(made=twice)
    number = open_one(CLERK, "twice").number
    do(CLERK, number, "dispatch", assigns={"host": ["host"]})
    assert "责令停产" in [deed.title for deed in view(number).may]
    do(HOST, number, "stop", {"result": "要停"})
    assert [deed.why for deed in view(number).rest if deed.title == "责令停产"] == ["正在进行中"]


def test_a_kind_that_another_kind_opens_is_not_offered_by_itself():
    KindFactory(made=changed(code="answer_to_it"))
    assert {one.code for one in kinds_to_open(CLERK)} == {"request", "answer_to_it"}
    asks = EffectSpec("open", of="answer_to_it", each="host", gets="host")
    KindFactory(made=with_step("dispatch", changed(code="asks_others"), effect=(asks,)))
    assert {one.code for one in kinds_to_open(CLERK)} == {"request", "asks_others"}
