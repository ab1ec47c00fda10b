"""Applying without log-in: from the first question to the receipt, each page right once and refused once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client, TestCase
from django.utils import timezone

from minhu.cases.models import Case, Datum
from minhu.packs.guides import ItemField
from minhu.people.states import Role
from minhu.rulebook.models import PackVersion
from minhu.services.actions import applying
from minhu.services.models import Application, ApplicationPaper, ApplicationValue, Consent
from minhu.services.states import APPLICANT, ApplicationRefused, ApplicationState
from minhu.trail.models import Entry
from tests.factories.applying import CANTEEN, FAMILY, KITCHEN, Applicant, lay, publish
from tests.factories.services import SHOP, SIGN

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_a_whole_application_becomes_a_case_and_a_receipt_with_a_code() -> None:
    lay()
    somebody = Applicant().begin().fill()
    code = somebody.send()
    row = somebody.row
    assert (row.state, row.case is not None, row.course is not None) == (
        ApplicationState.SUBMITTED,
        True,
        True,
    )
    assert len(code) == len("AB2C-AB2C-AB2C-AB2C")
    assert row.case.title == f"开办小餐饮 · {row.number}"
    # Nothing of the applicant goes into the case.
    assert set(Datum.objects.filter(case=row.case).values_list("key", flat=True)) <= {
        "title", "application", "sign", "seat"
    }  # fmt: skip


def test_the_way_goes_by_situation_form_papers_consent() -> None:
    lay()
    somebody = Applicant().begin()
    kinds = []
    while somebody.walk.next.kind != "check":
        kinds.append(somebody.step().kind)
    assert list(dict.fromkeys(kinds)) == ["situation", "form", "papers", "consent"]
    assert kinds.count("situation") == 2


def test_what_a_page_decides_is_asked_on_a_later_page_and_only_then() -> None:
    lay()
    with_kitchen = Applicant({"place.kitchen": "yes"}).begin().fill("papers")
    without = Applicant({"place.kitchen": "no"}).begin().fill("papers")
    asked = [
        {one.key for _page, blanks in each.walk.pages for one in blanks} for each in (with_kitchen, without)
    ]
    assert asked[0] - asked[1] == {"place.fume"}
    pages = {one.key: page.code for page in with_kitchen.walk.plan.pages for one in page.blanks}
    assert pages["place.fume"] != pages["place.kitchen"]


def keys_of(somebody: Applicant) -> set[str]:
    """The fields that are asked for."""
    return {one.key for _page, blanks in somebody.walk.pages for one in blanks}


def test_an_answer_that_is_hidden_again_is_not_sent() -> None:
    lay()
    somebody = Applicant({"place.kitchen": "yes"}).begin().fill("papers")
    assert ApplicationValue.objects.filter(key="place.fume").exists()
    pages = {one.key: page.code for page in somebody.walk.plan.pages for one in page.blanks}
    somebody.says["place.kitchen"] = "no"
    stop = next(one for one in somebody.walk.stops if one.code == pages["place.kitchen"])
    somebody.client.post(somebody.url(stop), somebody.answers(stop))
    somebody.fill().send()
    assert not ApplicationValue.objects.filter(key="place.fume").exists()


def test_a_missing_answer_is_named_and_what_was_typed_stays() -> None:
    lay()
    somebody = Applicant().begin().fill("form")
    stop = somebody.walk.next
    said = {**somebody.answers(stop), "f1": ""}
    answer = somebody.client.post(somebody.url(stop), said)
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["f1"])
    assert said["f0"] in answer.content.decode()
    assert not ApplicationValue.objects.exists()


def test_every_deed_is_recorded_without_a_single_value() -> None:
    lay()
    somebody = Applicant({"owner.name": "绝无仅有的名字"}).begin().fill()
    somebody.send()
    entries = Entry.objects.filter(book=somebody.row.book)
    assert {"services.start_application", "services.keep_page", "services.submit_application"} <= set(
        entries.values_list("deed", flat=True)
    )
    assert not [one.deed for one in Entry.objects.all() if "绝无仅有的名字" in str(one.payload)]
    assert sum(one.asked for one in entries) > 5


def test_the_same_browser_goes_on_and_another_needs_the_code() -> None:
    lay()
    somebody = Applicant().begin().fill("papers")
    code = somebody.client.session["services.codes"][str(somebody.pk)]
    assert somebody.client.get("/services/apply/canteen/on/").status_code == 302
    other = Client()
    assert other.get("/services/apply/canteen/check/")["Location"] == "/services/apply/canteen/"
    assert other.post("/services/follow/", {"code": "AAAA-AAAA-AAAA-AAAA"}).status_code == 200
    answer = other.post("/services/follow/", {"code": code.lower().replace("-", " ")})
    assert other.get(answer["Location"])["Location"] == "/services/apply/canteen/on/"
    assert other.get(other.get("/services/apply/canteen/on/")["Location"]).status_code == 200


def test_another_code_ends_the_one_before() -> None:
    lay()
    somebody = Applicant().begin()
    before = somebody.client.session["services.codes"][str(somebody.pk)]
    somebody.client.post("/services/apply/canteen/save/")
    after = somebody.client.session["services.codes"][str(somebody.pk)]
    assert before != after
    assert Client().post("/services/follow/", {"code": before}).status_code == 200
    assert Client().post("/services/follow/", {"code": after}).status_code == 302


def test_the_code_is_shown_until_it_was_noted_down() -> None:
    lay()
    somebody = Applicant().begin().fill()
    assert somebody.send() == somebody.code()
    somebody.client.post("/services/apply/canteen/noted/")
    answer = somebody.client.get("/services/apply/canteen/receipt/")
    assert answer["Location"] == f"/services/follow/{somebody.pk}/"
    assert somebody.client.get(answer["Location"]).status_code == 200


def test_sent_twice_is_sent_once() -> None:
    lay()
    somebody = Applicant().begin().fill()
    address, key = "/services/apply/canteen/check/", {"key": somebody.row.key}
    answers = [somebody.client.post(address, key)["Location"] for _click in range(2)]
    assert answers == ["/services/apply/canteen/receipt/"] * 2
    assert Case.objects.count() == 1
    with pytest.raises(ApplicationRefused):
        applying.submit(by=APPLICANT, pk=somebody.pk, key="another", at=timezone.now())


def test_an_unfinished_application_is_not_sent_and_says_what_is_missing() -> None:
    lay()
    somebody = Applicant().begin().fill("papers")
    answer = somebody.client.post("/services/apply/canteen/check/", {"key": somebody.row.key})
    assert answer.status_code == 422
    assert any("身份证件" in words for words in answer.context["faults"].values())
    assert Case.objects.count() == 0
    assert somebody.row.is_draft


def test_filling_in_from_another_bearer_is_offered_and_never_done_by_itself() -> None:
    items = (SHOP, KITCHEN, replace(SIGN, condition="", field=(ItemField("child", "phone"), *SIGN.field)))
    lay(CANTEEN, items)
    somebody = Applicant({"owner.phone": "13812345678"}).begin().fill("form")
    while somebody.walk.next.code != "child-1":
        somebody.step()
    plain = somebody.client.get("/services/apply/canteen/form/child-1/")
    assert ("13812345678" in plain.content.decode(), plain.context["likes"]) == (False, [("owner", "经营者")])
    assert (
        "13812345678"
        in somebody.client.get("/services/apply/canteen/form/child-1/?like=owner").content.decode()
    )


# -- versions ---------------------------------------------------------------------------------------------
def test_a_draft_reopened_after_a_new_version_keeps_everything_and_asks_only_what_is_new() -> None:
    lay()
    somebody = Applicant().begin().fill()
    kept = dict(ApplicationValue.objects.values_list("key", "value"))
    wider = replace(SHOP, version="2", field=(*SHOP.field, ItemField("owner", "children")))
    publish(PackVersion.objects.latest("pk"), CANTEEN, (wider, KITCHEN, SIGN))
    answer = somebody.client.get("/services/apply/canteen/check/")
    assert answer["Location"] == "/services/apply/canteen/changes/"
    page = somebody.client.get(answer["Location"])
    assert [(one.what, one.turn.value, one.title) for one in page.context["found"]] == [
        ("field", "new", "在校子女姓名")
    ]
    somebody.client.post("/services/apply/canteen/changes/")
    assert dict(ApplicationValue.objects.values_list("key", "value")) == kept
    rest = []
    while somebody.walk.next.kind != "check":
        rest.append(somebody.step())
    assert [one.kind for one in rest] == ["form"]
    somebody.send()
    assert somebody.row.version.number == 2


def test_a_version_that_changed_while_one_was_sending_is_told_and_nothing_is_sent() -> None:
    lay()
    somebody = Applicant().begin().fill()
    publish(
        PackVersion.objects.latest("pk"), CANTEEN, (replace(SHOP, version="2", summary="新"), KITCHEN, SIGN)
    )
    with pytest.raises(ApplicationRefused) as refused:
        applying.submit(by=APPLICANT, pk=somebody.pk, key=somebody.row.key, at=timezone.now())
    assert refused.value.page == "changes"
    assert Case.objects.count() == 0


# -- a child ----------------------------------------------------------------------------------------------
def test_a_childs_data_need_a_consent_of_their_own() -> None:
    lay(FAMILY)
    somebody = Applicant().begin().fill("child")
    answer = somebody.client.post("/services/apply/canteen/child/", {"c0": "on"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["relation"])
    somebody.fill().send()
    child = Consent.objects.get(is_for_child=True)
    assert (child.relation, child.assessment) == ("mother", "影响评估〔2026〕1号")
    assert child.keep_until > timezone.localdate() + timedelta(days=3 * 365 - 5)


def test_without_an_assessment_nobody_may_apply() -> None:
    lay(replace(FAMILY, assessment=""))
    client = Client()
    assert client.get("/services/apply/canteen/").context["is_ready"] is False
    client.post("/services/apply/canteen/")
    assert Application.objects.count() == 0


# -- keeping ----------------------------------------------------------------------------------------------
def test_a_draft_nobody_came_back_to_is_erased_and_its_code_says_so(settings, tmp_path) -> None:
    lay()
    somebody = Applicant().begin().fill("consent")
    code = somebody.client.session["services.codes"][str(somebody.pk)]
    assert list(tmp_path.rglob("applications/*/*")) != []
    late = somebody.row.keep_until + timedelta(minutes=1)
    with_commit(lambda: applying.expire_drafts(at=late))
    assert list(tmp_path.rglob("applications/*/*")) == []
    row = Application.objects.get(pk=somebody.pk)
    assert (row.state, row.values.count(), row.papers.count()) == (ApplicationState.EXPIRED, 0, 0)
    answer = Client().post("/services/follow/", {"code": code})
    assert (answer.status_code, answer.templates[0].name) == (410, "services/follow_over.html")


def with_commit(deed: Callable[[], object]) -> None:
    """Do something and what follows its commit."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        deed()


def test_values_kept_long_enough_are_erased_and_the_record_says_which() -> None:
    lay()
    somebody = Applicant().begin().fill()
    somebody.send()
    applying.expire_drafts(at=timezone.now() + timedelta(days=400))
    personal = ApplicationValue.objects.get(key="owner.name")
    assert (personal.value, personal.erased_at is not None) == ("", True)
    entry = Entry.objects.filter(deed="services.erase_values").latest("pk")
    assert "owner.name" in entry.payload["keys"]
    assert personal.keep_until > timezone.localdate() + timedelta(days=300)


def test_erasing_needs_a_ground() -> None:
    lay()
    somebody = Applicant().begin().fill("papers")
    with pytest.raises(ApplicationRefused):
        applying.erase_application(by=APPLICANT, pk=somebody.pk, ground=" ", at=timezone.now())


def test_a_draft_thrown_away_leaves_nothing_but_that_it_was() -> None:
    lay()
    somebody = Applicant().begin().fill("consent")
    somebody.client.post("/services/apply/canteen/discard/")
    assert (ApplicationValue.objects.count(), ApplicationPaper.objects.count()) == (0, 0)
    assert Application.objects.get().state == ApplicationState.WITHDRAWN
    assert somebody.client.get("/services/apply/canteen/").context["draft"] is None


# -- somebody helps ---------------------------------------------------------------------------------------
def test_a_post_applies_on_somebodys_behalf_and_the_applicant_agrees(client_as) -> None:
    lay()
    helper = Applicant(client=client_as(Role.LEAD)).begin(helps="1").fill()
    assert any(one.what == "helper" for one in Consent.objects.all())
    helper.send()
    row = helper.row
    assert (row.helper is not None, row.helper_post != "") == (True, True)
    sent = Entry.objects.get(book=row.book, deed="services.submit_application")
    assert (sent.actor_post, sent.payload["helper"]) == (row.helper_post, row.helper.code)


def test_nobody_without_a_post_applies_for_others(client_as) -> None:
    lay()
    for client in (Client(), client_as(Role.AUDITOR)):
        Applicant(client=client).begin(helps="1")
    assert list(Application.objects.values_list("helper", flat=True)) == [None, None]


def test_what_is_not_offered_cannot_be_applied_for() -> None:
    version = lay()
    assert Client().get("/services/apply/nothing/").status_code == 404
    type(version).objects.filter(pk=version.pk).update(state="withdrawn")
    page = Client().get("/services/apply/canteen/")
    assert (page.status_code, page.context["version"]) == (200, None)
    Client().post("/services/apply/canteen/")
    assert Application.objects.count() == 0


def test_what_the_applicant_agreed_to_holds_in_either_language(client_as) -> None:
    lay()
    helper = Applicant(client=client_as(Role.LEAD)).begin(helps="1").fill()
    helper.client.cookies["django_language"] = "en"
    helper.send()
    assert helper.row.state == ApplicationState.SUBMITTED
