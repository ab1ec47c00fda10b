"""Small cuts: counted, proposed, taken into a reform, starting one, or not; and groups linked to reforms."""

import pytest
from django.db import IntegrityError, transaction

from minhu.people.models import Organisation
from minhu.people.states import Role
from minhu.reforms.actions import ReformDraft, Refusal
from minhu.reforms.models import Reform, Tie
from minhu.site.trace.rebuild import rebuild
from minhu.trail.models import Edge, ref
from minhu.voices.actions.candidates import (
    CutDraft,
    link_candidate,
    propose_small_cut,
    refuse_candidate,
    start_from_candidate,
)
from minhu.voices.actions.hot import make_hot_list
from minhu.voices.actions.links import TAKEN_UP, confirm_link, refuse_link, suggest_links
from minhu.voices.models import Candidate, HotIssue, ReformLink, Reply
from minhu.voices.queries.candidates import asking, weight_of
from minhu.voices.queries.links import outcomes_of, said_about
from minhu.voices.states.hearing import VoiceRefused
from tests.factories.groups import NOW, OFFICE, a_group, answered, assigned, lay_voices
from tests.factories.reforms import ReformFactory
from tests.roles import check_roles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house() -> None:
    lay_voices()


def proposed(groups=(), **more) -> Candidate:
    """A small cut from groups."""
    draft = CutDraft(**({"title": "楼道充电", "problem": "无处充电", "severity": 2, "groups": groups} | more))
    return propose_small_cut(by=OFFICE, draft=draft, at=NOW)


# -- weighing and proposing -------------------------------------------------------------------------------
def test_a_small_cut_weighs_how_often_how_hard_and_how_many_departments() -> None:
    one, other = a_group(3), a_group(2)
    assigned(one)
    assigned(other, office="jiaotong")
    for group in (one, other):
        group.refresh_from_db()
    row = proposed([one, other])
    assert (row.frequency, row.severity, row.departments.count(), row.score) == (5, 2, 2, 20)
    assert [len(words) for words in row.evidence] == [3] * 5
    assert [number for number, _day, _words in row.evidence[:3]] != []


def test_bad_ratings_and_reopened_cases_propose_that_it_hits_harder() -> None:
    group = a_group(2)
    answered(assigned(group))
    assert weight_of([group]).severity == 1
    Reply.objects.filter(pk=Reply.objects.first().pk).update(level=1, rated_at=NOW)
    assert (weight_of([group]).severity, weight_of([group]).why) == (2, ("bad",))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": " "}, "title"),
        ({"problem": ""}, "problem"),
        ({"severity": 9}, "severity"),
        ({"groups": []}, "groups"),
    ],
)
def test_a_small_cut_says_what_it_lacks(more, field) -> None:
    with pytest.raises(VoiceRefused) as refused:
        proposed(**({"groups": [a_group()]} | more))
    assert refused.value.field == field
    assert Candidate.objects.count() == 0


def test_large_groups_without_a_small_cut_ask_for_one() -> None:
    large, taken = a_group(3, "大"), a_group(4, "已提")
    a_group(2, "小")
    proposed([taken])
    assert asking(NOW.date()) == [large]


# -- deciding ---------------------------------------------------------------------------------------------
def test_taken_into_a_reform_the_reform_shows_its_voices() -> None:
    group = a_group(3)
    row = assigned(group)
    reform = ReformFactory()
    cut = link_candidate(by=OFFICE, candidate=proposed([group]), reform=reform, at=NOW)
    assert (cut.state, cut.reform) == ("linked", reform)
    assert [one.link.group for one in said_about(reform)] == [group]
    assert Tie.objects.get().case == row.case
    assert Edge.objects.filter(src=ref(group), dst=ref(reform), kind=TAKEN_UP, until=None).count() == 1


def test_a_reform_starts_from_a_small_cut_with_its_origin() -> None:
    group = a_group(2)
    assigned(group)
    draft = ReformDraft(code="GG-X-1", name="充电进楼改革", domain="economy", origin="voices")
    cut = start_from_candidate(by=OFFICE, candidate=proposed([group]), draft=draft, at=NOW)
    reform = Reform.objects.get()
    assert (cut.state, cut.reform, reform.origin) == ("started", reform, "voices")
    assert [(tie.kind, tie.case_id) for tie in Tie.objects.all()] == [("origin", group.cases.get().case_id)]
    assert ReformLink.objects.get().kind == "origin"


def test_a_code_that_is_taken_starts_nothing() -> None:
    reform = ReformFactory()
    cut = proposed([a_group()])
    draft = ReformDraft(code=reform.code, name="另一项", domain="economy")
    with pytest.raises(Refusal):
        start_from_candidate(by=OFFICE, candidate=cut, draft=draft, at=NOW)
    cut.refresh_from_db()
    assert (cut.state, ReformLink.objects.count()) == ("proposed", 0)


def test_not_taken_up_needs_a_reason_and_is_decided_once() -> None:
    cut = proposed([a_group()])
    with pytest.raises(VoiceRefused):
        refuse_candidate(by=OFFICE, candidate=cut, reason=" ", at=NOW)
    assert refuse_candidate(by=OFFICE, candidate=cut, reason="已有安排", at=NOW).state == "refused"
    with pytest.raises(VoiceRefused):
        link_candidate(by=OFFICE, candidate=cut, reform=ReformFactory(), at=NOW)


def test_the_database_refuses_half_a_decision() -> None:
    cut = proposed([a_group()])
    with pytest.raises(IntegrityError), transaction.atomic():
        Candidate.objects.filter(pk=cut.pk).update(state="linked")


# -- links ------------------------------------------------------------------------------------------------
def test_reforms_that_say_the_like_are_suggested_and_decisions_stay() -> None:
    group = a_group(1, "老旧小区加装电梯审批要跑多个部门，材料重复提交")
    near = ReformFactory(name="老旧小区加装电梯联合审批", problem="加装电梯审批跑多个部门，材料重复提交")
    ReformFactory(name="粮食安全责任制考核", problem="耕地保护")
    (link,) = suggest_links(group=group, at=NOW)
    assert (link.reform, link.state, link.score > 0.2) == (near, "suggested", True)
    refuse_link(by=OFFICE, group=group, reform=near, at=NOW)
    assert suggest_links(group=group, at=NOW) == []


def test_a_link_confirmed_and_taken_back_opens_and_closes_its_edge() -> None:
    group, reform = a_group(), ReformFactory()
    confirm_link(by=OFFICE, group=group, reform=reform, at=NOW)
    refuse_link(by=OFFICE, group=group, reform=reform, at=NOW)
    assert Edge.objects.filter(kind=TAKEN_UP, until=None).count() == 0
    assert ReformLink.objects.get().state == "refused"


def test_a_reform_that_ended_takes_nothing_up() -> None:
    reform = ReformFactory(state="stopped")
    with pytest.raises(VoiceRefused):
        confirm_link(by=OFFICE, group=a_group(), reform=reform, at=NOW)


def test_the_author_is_told_what_became_of_it() -> None:
    group, reform = a_group(), ReformFactory()
    voice = group.memberships.get().voice
    assert outcomes_of(voice) == []
    confirm_link(by=OFFICE, group=group, reform=reform, at=NOW)
    (outcome,) = outcomes_of(voice)
    assert (outcome.reform, outcome.all, outcome.next) == (reform, 0, None)


def test_rebuilding_the_edges_changes_nothing() -> None:
    group = a_group(3)
    assigned(group)
    reform = ReformFactory()
    link_candidate(by=OFFICE, candidate=proposed([group]), reform=reform, at=NOW)
    done = rebuild(at=NOW, try_only=True)
    assert ([arc.kind for arc in done.opened], [arc.kind for arc in done.closed], done.redated) == (
        [],
        [],
        (),
    )


# -- pages ------------------------------------------------------------------------------------------------
def test_the_list_and_a_small_cut_are_for_every_role(client_as) -> None:
    a_group(4, "大")
    cut = proposed([a_group(2)])
    for url in ("/voices/small-cuts/", "/voices/small-cuts/?state=all", "/voices/small-cuts/?state=x",
                f"/voices/small-cuts/{cut.pk}/"):  # fmt: skip
        check_roles(client_as, url, set(Role))
    assert client_as(Role.OFFICE).get("/voices/small-cuts/999/").status_code == 404


def test_a_small_cut_is_proposed_on_its_page(client_as) -> None:
    group = a_group(3, "路灯不亮")
    url = f"/voices/small-cuts/new/?g={group.pk}"
    check_roles(client_as, url, {Role.OFFICE, Role.LEADER, Role.LEAD})
    client = client_as(Role.LEADER)
    said = {"g": group.pk, "title": "路灯", "problem": "不亮", "severity": 3, "cut": ""}
    wrong = client.post("/voices/small-cuts/new/", said | {"title": ""})
    assert ("title" in wrong.context["form"].errors, wrong.context["form"]["problem"].value()) == (
        True,
        "不亮",
    )
    answer = client.post("/voices/small-cuts/new/", said)
    cut = Candidate.objects.get()
    assert (answer["Location"], cut.score) == (cut.get_absolute_url(), 9)
    assert client.get("/voices/small-cuts/new/").status_code == 302


def test_a_small_cut_is_proposed_from_the_hot_list(client_as) -> None:
    a_group(6, "电动车楼道充电")
    make_hot_list(at=NOW)
    hot = HotIssue.objects.get()
    client = client_as(Role.OFFICE)
    page = client.get(f"/voices/small-cuts/new/?hot={hot.pk}")
    assert page.context["weight"].frequency == 6
    said = {"hot": hot.pk, "g": [], "title": "充电", "problem": "楼道充电", "severity": 3}
    client.post("/voices/small-cuts/new/", said)
    assert Candidate.objects.get().hot == hot


def test_the_reform_office_alone_decides_on_the_page(client_as) -> None:
    cut, reform = proposed([a_group()]), ReformFactory()
    url = f"/voices/small-cuts/{cut.pk}/"
    check_roles(client_as, f"{url}link/", {Role.OFFICE}, method="post", data={"reform": reform.pk})
    other = proposed([a_group()])
    url = f"/voices/small-cuts/{other.pk}/"
    client = client_as(Role.OFFICE)
    wrong = client.post(
        f"{url}start/", {"code": reform.code, "name": "x", "domain": "economy", "category": "micro"}
    )
    assert (wrong.status_code, "code" in wrong.context["forms"]["start"].errors) == (422, True)
    assert client.post(f"{url}refuse/", {"reason": ""}).status_code == 422
    assert client.post(f"{url}refuse/", {"reason": "已有安排"}).status_code == 302
    other.refresh_from_db()
    assert other.state == "refused"
    assert client_as(Role.LEAD).post(f"{url}start/", {}).status_code == 403


def test_a_reform_is_started_on_the_page(client_as) -> None:
    cut = proposed([a_group(3)])
    said = {"code": "GG-X-9", "name": "充电改革", "domain": "economy", "category": "micro", "goal": ""}
    answer = client_as(Role.OFFICE).post(f"/voices/small-cuts/{cut.pk}/start/", said)
    reform = Reform.objects.get()
    assert (answer["Location"], reform.origin_note) == (
        reform.get_absolute_url(),
        "由 3 件诉求提出的小切口：楼道充电",
    )


def test_links_are_decided_on_the_page_of_the_group(client_as) -> None:
    group, reform = a_group(3, "加装电梯审批"), ReformFactory(name="加装电梯审批")
    url = f"/voices/groups/{group.pk}/reforms/"
    check_roles(client_as, url, {Role.OFFICE}, method="post")
    check_roles(client_as, f"{url}confirm/", {Role.OFFICE}, method="post", data={"reform": reform.code})
    shown = client_as(Role.LEAD, Organisation.objects.get(code="jiaotong")).get(reform.get_absolute_url())
    assert "加装电梯审批" in shown.content.decode()
    assert group.get_absolute_url() in shown.content.decode()
    check_roles(client_as, f"{url}refuse/", {Role.OFFICE}, method="post", data={"reform": reform.code})
    assert client_as(Role.OFFICE).post(f"{url}confirm/", {"reform": "none"}).status_code == 404
