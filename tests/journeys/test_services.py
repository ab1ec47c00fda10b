"""A resident applies on a phone, an owner at a desk; departments act in parallel; the rating lands."""

from collections.abc import Sequence

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from minhu.cases.models import Case, Rating
from minhu.cases.queries.readings import day_of
from minhu.methods import composing
from minhu.rulebook.queries import calendar
from minhu.services.bridge.definitions import whole_of
from minhu.services.models import ApplicationPaper
from minhu.services.states import PaperState
from minhu.trail.models import Entry
from tests.journeys import browser as chromium
from tests.journeys.applying import Resident
from tests.journeys.casework import Casework, casework
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.journey
RESTAURANT = ("shichang", "zhifa", "zhujian", "huanjing")


def act_all(house: Casework, number: str, desks: Sequence[str]) -> list[str]:
    """Every department does what lies on its desk, turn by turn, until nothing is left; who did how much."""
    did: list[str] = []
    for _round in range(40):
        before = len(did)
        for desk in desks:
            page = house.case(desk, number)
            ways = page.locator("#deeds a.btn[href*='/do/']").evaluate_all("all => all.map(one => one.href)")
            steps = [way.rstrip("/").rpartition("/")[2] for way in ways]
            for step in [one for one in steps if one.startswith("do_") or one == "complete"][:1]:
                house.do(desk, number, step)
                did.append(desk)
        if len(did) == before:
            return did
    raise AssertionError(f"never done: {did}")


def proved(resident: Resident) -> None:
    """The plan the case runs on is the compiled one, and the independent checker has nothing to say of it."""
    row = resident.row
    solved = whole_of(row.version).solve({code: one for code, one in row.answers.items() if one})
    assert list(composing.check(solved.problem, solved.solution)) == []
    assert row.course.promised_days == solved.solution.proof.makespan


def due(resident: Resident) -> None:
    """The clock of the whole runs out on the promised working day."""
    on = day_of(timezone.now())
    row = resident.row
    assert row.case.due_on == calendar(on=on).add(on, row.course.promised_days).on


def test_a_newborn_on_a_phone_is_registered_by_four_departments_at_once(visit: Visit) -> None:
    with casework(visit) as house:
        mother = Resident(visit, visit.open(size=chromium.PHONE), "newborn")
        mother.begin()
        mother.fill()
        assert list(dict.fromkeys(mother.met)) == ["situation", "form", "papers", "child", "consent"]
        code = mother.send()
        assert mother.faults == []
        proved(mother)
        due(mother)
        house.work()
        number = mother.row.case.number
        child = mother.row.consents.get(is_for_child=True)
        assert (child.relation, child.assessment != "") == ("mother", True)

        # Four departments have it on their desks at the same time, each with its own part alone.
        desks = ["weijian", "gongan", "yibao", "renshe"]
        for desk in desks:
            expect(house.desk(desk, mother.row.number).first).to_be_visible()
        page = house.case("renshe", number)
        expect(page.locator("#panel-casescase-10")).to_contain_text("＊＊＊＊＊＊")
        assert "王小明" not in page.inner_text("main")

        # What she put off is brought by the code, on another device.
        later = Resident(visit, visit.open(size=chromium.PHONE), "newborn")
        later.come_back(code)
        for _paper in range(later.page.locator(".card.alarm a.btn").count()):
            later.page.locator(".card.alarm a.btn").first.click()
            later.upload()
        assert not ApplicationPaper.objects.filter(application=mother.row, state=PaperState.WAITING).exists()

        did = take_in(house, number, desks)
        did += act_all(house, number, desks)
        assert set(did) == set(desks)
        case = Case.objects.get(number=number)
        assert case.end == "closed"

        later.page.goto(f"{visit.url}/services/follow/{mother.row.pk}/")
        later.look()
        later.page.locator("input[name=level][value='1']").check()
        later.page.fill("textarea[name=words]", "产后多等了两天")
        later.page.locator("form.rate button").click()
        expect(later.page.locator(".note.green")).to_be_visible()
        assert Rating.objects.get(case=case).level == 1
        assert later.faults == []
        assert not [
            one.deed for one in Entry.objects.filter(book=mother.row.book) if "王小明" in str(one.payload)
        ]


def take_in(house: Casework, number: str, desks: Sequence[str]) -> list[str]:
    """What departments look up themselves, because nothing shares it here."""
    did = []
    for desk in desks:
        page = house.case(desk, number)
        ways = page.locator("#deeds a.btn[href*='/do/got_']").evaluate_all("all => all.map(one => one.href)")
        for way in ways:
            house.do(desk, number, way.rstrip("/").rpartition("/")[2])
            did.append(desk)
    return did


def corrected(house: Casework, there: Resident) -> None:
    """The one correction: asked for with words, answered with another address, and the clock is held."""
    number = there.row.case.number
    for desk in RESTAURANT:
        expect(house.desk(desk, there.row.number).first).to_be_visible()
    house.do("shichang", number, "correct", missing_papers="场所地址与租赁合同不一致。")
    assert Case.objects.get(number=number).is_held
    there.page.reload()
    there.page.locator(".card.alarm a.main-act").click()
    expect(there.page.locator("main .note")).to_contain_text("租赁合同不一致")
    there.page.locator("section:has(h2:text-is('经营场所')) a").first.click()
    there.page.get_by_label("经营场所", exact=True).fill("宁波市江北区慈城镇人民路2号")
    there.press()
    there.press()
    assert not Case.objects.get(number=number).is_held
    assert there.row.values.filter(value="宁波市江北区慈城镇人民路2号").count() == 1


def test_a_restaurant_is_begun_here_and_sent_there_and_corrected_once(visit: Visit) -> None:
    with casework(visit) as house:
        owner = Resident(visit, visit.open(), "restaurant")
        owner.begin()
        owner.fill("papers", licence="已有营业执照")
        owner.page.goto(f"{visit.url}/services/apply/restaurant/save/")
        owner.look()
        code = owner.page.locator(".code").inner_text()

        # On another device everything is there, and it goes on where it was left.
        there = Resident(visit, visit.open(size=chromium.PHONE), "restaurant")
        there.come_back(code)
        assert there.kind == "papers"
        there.fill()
        expect(there.page.locator("main")).to_contain_text("王小明")
        there.press()
        there.look()
        expect(there.page).to_have_url(f"{visit.url}/services/follow/{owner.row.pk}/")
        proved(there)
        due(there)
        house.work()
        number = owner.row.case.number

        corrected(house, there)

        # What was put off stands there until it is brought; then all four finish, and it is rated.
        there.page.locator(".card.alarm a.btn").first.click()
        there.upload()
        did = take_in(house, number, RESTAURANT) + act_all(house, number, RESTAURANT)
        assert set(did) == set(RESTAURANT)
        there.page.reload()
        there.page.locator("input[name=level][value='5']").check()
        there.page.locator("form.rate button").click()
        expect(there.page.locator(".note.green")).to_be_visible()
        assert Rating.objects.get(case__number=number).level == 5
        assert (owner.faults, there.faults) == ([], [])


def test_an_officer_helps_somebody_at_the_counter(visit: Visit) -> None:
    page = visit.slip_in("shichang")
    helper = Resident(visit, page, "set-up")
    page.goto(f"{visit.url}/services/apply/set-up/")
    page.locator("input[name=helps]").check()
    helper.press()
    helper.fill()
    helper.send()
    row = helper.row
    assert (row.helper.code, row.consents.filter(what="helper").count()) == ("shichang", 1)
    assert helper.faults == []
