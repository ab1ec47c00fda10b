"""After sending: progress by department, the one correction, papers brought, taking back, the rating."""

from itertools import count

import pytest
from django.test import Client
from django.utils import timezone

from minhu.cases.actions import act
from minhu.cases.models import Rating
from minhu.cases.states import Ask, Doer
from minhu.cases.tasks import one_round
from minhu.services.models import ApplicationPaper, ApplicationValue
from minhu.services.states import ApplicationState, PaperState, PaperWay
from minhu.trail.models import Entry
from minhu.trail.states import Actor
from tests.factories.applying import Applicant, file, lay

pytestmark = pytest.mark.django_db
KEYS = count()


@pytest.fixture(autouse=True)
def _files(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def somebody() -> Applicant:
    """An applicant whose application was sent, its one shared paper uploaded, the layout put off."""
    lay()
    found = Applicant({"sign": "无"}).begin().fill()
    found.send()
    return found


def do(somebody: Applicant, on: str, by: str, **values: str) -> None:
    """A department does a step now."""
    doer = Doer(Actor(None, f"{by}-post", by), "lead")
    number = somebody.row.case.number
    act(by=doer, ask=Ask(number, on, f"k{next(KEYS)}", values), at=timezone.now())


def follow(somebody: Applicant, end: str = ""):
    """A page of following."""
    return somebody.client.get(f"/services/follow/{somebody.pk}/{end}")


def finish(somebody: Applicant) -> None:
    """All departments do all they have to do."""
    bring_layout(somebody)
    do(somebody, "do_food__accept", "weijian")
    do(somebody, "do_food__inspect", "weijian")
    do(somebody, "do_shop__accept", "shichang")
    do(somebody, "do_shop__decide", "shichang", opinion_shop__decide="准予登记")
    do(somebody, "do_food__decide", "weijian")
    do(somebody, "do_food__issue", "weijian")
    do(somebody, "complete", "shichang")


def bring_layout(somebody: Applicant) -> None:
    """The paper that was put off is brought."""
    want = next(one for one in somebody.walk.wants if one.material == "layout")
    url = f"/services/apply/canteen/papers/{want.code}/"
    assert somebody.client.post(url, {"do": "upload", "file": file()}).status_code == 302


def test_progress_stands_by_department_with_what_is_waited_for(somebody) -> None:
    page = follow(somebody)
    offices = {office.name: office for office in page.context["it"].offices}
    assert list(offices) == ["shichang局", "weijian局"]
    now = [stop.title for stop in offices["weijian局"].stops if stop.state == "now"]
    assert any("受理" in title for title in now)
    assert page.context["it"].due_on is not None
    do(somebody, "do_food__accept", "weijian")
    offices = {office.name: office for office in follow(somebody).context["it"].offices}
    assert any(stop.state == "done" for stop in offices["weijian局"].stops)


def test_nobody_sees_an_application_without_its_code(somebody) -> None:
    for end in ("", "correct/"):
        answer = Client().get(f"/services/follow/{somebody.pk}/{end}")
        assert answer["Location"] == "/services/follow/"
    assert (
        Client().post(f"/services/follow/{somebody.pk}/withdraw/", {"sure": "1"})["Location"]
        == "/services/follow/"
    )
    assert somebody.row.state == ApplicationState.SUBMITTED


def test_closing_it_here_needs_the_code_again(somebody) -> None:
    code = somebody.code()
    somebody.client.post(f"/services/follow/{somebody.pk}/close/")
    assert follow(somebody)["Location"] == "/services/follow/"
    somebody.client.post("/services/follow/", {"code": code})
    assert follow(somebody).status_code == 200


# -- the correction ---------------------------------------------------------------------------------------
def test_a_correction_is_answered_once_with_new_values_and_papers(somebody) -> None:
    do(somebody, "correct", "shichang", missing_papers="地址与租赁合同不符")
    page = follow(somebody, "correct/")
    assert page.context["standing"].notice == "地址与租赁合同不符"
    stop = next(one for one in somebody.walk.stops if one.kind == "form" and one.code.startswith("place"))
    somebody.says["place.address"] = "慈城二号"
    answer = somebody.client.post(somebody.url(stop), somebody.answers(stop))
    assert answer["Location"] == f"/services/follow/{somebody.pk}/correct/"
    want = next(one for one in somebody.walk.wants if one.material == "identity")
    somebody.client.post(
        f"/services/apply/canteen/papers/{want.code}/", {"do": "upload", "file": file(name="b.pdf")}
    )
    assert somebody.client.post(f"/services/follow/{somebody.pk}/correct/").status_code == 302
    assert ApplicationValue.objects.get(key="place.address").value == "慈城二号"
    states = ApplicationPaper.objects.filter(material="identity").values_list("name", "state")
    assert set(states) == {("scan.pdf", PaperState.REPLACED), ("b.pdf", PaperState.GIVEN)}
    assert follow(somebody, "correct/")["Location"] == f"/services/follow/{somebody.pk}/"
    assert Entry.objects.filter(book=somebody.row.book, deed="services.hand_in_corrections").count() == 1


def test_nothing_is_changed_unless_a_correction_is_asked_for(somebody) -> None:
    stop = next(one for one in somebody.walk.stops if one.kind == "form" and one.code.startswith("place"))
    somebody.says["place.address"] = "慈城二号"
    answer = somebody.client.post(somebody.url(stop), somebody.answers(stop))
    assert (answer.status_code, ApplicationValue.objects.get(key="place.address").value) == (200, "地址一")
    want = next(one for one in somebody.walk.wants if one.material == "identity")
    url = f"/services/apply/canteen/papers/{want.code}/"
    assert somebody.client.post(url, {"do": "upload", "file": file(name="b.pdf")}).status_code == 200
    assert ApplicationPaper.objects.get(material="identity").name == "scan.pdf"


def test_the_notice_can_be_taken_along_and_other_papers_cannot(somebody) -> None:
    do(somebody, "correct", "shichang", missing_papers="缺平面图")
    paper = somebody.row.case.papers.get(code="correction")
    answer = follow(somebody, f"result/{paper.pk}/")
    assert (answer.status_code, answer.content[:2]) == (200, b"PK")
    assert follow(somebody, f"result/{paper.pk + 999}/").status_code == 404


# -- papers brought later ---------------------------------------------------------------------------------
def test_a_paper_put_off_is_brought_and_the_case_goes_on(somebody) -> None:
    assert [want.material for want, _paper in follow(somebody).context["asked"]] == ["layout"]
    bring_layout(somebody)
    assert follow(somebody).context["asked"] == []
    paper = ApplicationPaper.objects.get(material="layout", state=PaperState.GIVEN)
    assert paper.way == PaperWay.UPLOAD
    steps = somebody.row.case.steps.filter(node__regex="^later_[0-9a-f]{8}$")
    assert list(steps.values_list("state", flat=True)) == ["left"]


def test_a_paper_brought_at_once_waits_for_nobody() -> None:
    lay()
    found = Applicant({"sign": "无"}).begin().fill("papers")
    bring_layout(found)
    found.fill().send()
    steps = found.row.case.steps.filter(node__regex="^later_[0-9a-f]{8}$")
    assert list(steps.values_list("state", flat=True)) == ["left"]


# -- taking it back ---------------------------------------------------------------------------------------
def test_it_is_taken_back_once_that_is_confirmed(somebody) -> None:
    url = f"/services/follow/{somebody.pk}/withdraw/"
    somebody.client.post(url)
    assert somebody.row.state == ApplicationState.SUBMITTED
    somebody.client.post(url, {"sure": "1"})
    assert (somebody.row.state, somebody.row.case.end) == (ApplicationState.WITHDRAWN, "withdrawn")
    somebody.client.post(url, {"sure": "1"})
    assert Entry.objects.filter(deed="services.withdraw_application").count() == 1
    assert follow(somebody).status_code == 200


# -- the rating -------------------------------------------------------------------------------------------
def test_a_finished_service_is_rated_once_and_may_be_rated_badly(somebody) -> None:
    url = f"/services/follow/{somebody.pk}/rate/"
    somebody.client.post(url, {"level": "1", "words": ""})
    assert Rating.objects.count() == 0
    finish(somebody)
    one_round(at=timezone.now())
    page = follow(somebody)
    assert page.context["it"].may_rate
    assert any(stop.result == "准予登记" for office in page.context["it"].offices for stop in office.stops)
    somebody.client.post(url, {"level": "9"})
    somebody.client.post(url, {"level": "1", "words": "等了太久"})
    somebody.client.post(url, {"level": "5", "words": ""})
    rating = Rating.objects.get()
    assert (rating.level, rating.words, rating.case) == (1, "等了太久", somebody.row.case)
    assert follow(somebody).context["it"].rated == rating
