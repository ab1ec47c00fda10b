"""Every page once right and once refused per role; what a page costs; what forms keep."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from minhu.people.states import Role
from minhu.reforms.models import Measure, Milestone, Postponement, Proof, Reform, Rule
from minhu.trail.models import Entry
from tests.factories.people import OrganisationFactory
from tests.factories.reforms import (
    PDF,
    MeasureFactory,
    MilestoneFactory,
    PostponementFactory,
    ProofFactory,
    ReformFactory,
    RuleFactory,
)
from tests.roles import check_roles

pytestmark = pytest.mark.usefixtures("rulebook", "media")
EVERY = tuple(Role)
OFFICE, LEAD, LEADER, SUPERVISOR, AUDITOR = Role


@pytest.fixture
def stone(db) -> Milestone:
    """An open milestone of a running reform, led by `lead`, accepted by `office`, supported by `helper`."""
    reform = ReformFactory(code="GG-1", lead=OrganisationFactory(code="lead"))
    reform.supports.add(OrganisationFactory(code="helper"))
    return MilestoneFactory(
        reform=reform, acceptor=OrganisationFactory(code="office"), due_on=date(2099, 6, 30)
    )


def address(name: str, *args: object) -> str:
    """An address of this room."""
    return reverse(f"reforms:{name}", args=args)


@pytest.mark.parametrize("name", ["ledger", "late"])
def test_reading_is_for_every_role(client_as, stone, name: str) -> None:
    check_roles(client_as, address(name), EVERY)


def test_the_page_of_a_reform_is_for_every_role(client_as, stone) -> None:
    check_roles(client_as, address("reform", "GG-1"), EVERY)


def test_the_office_alone_starts_edits_and_moves(client_as, stone) -> None:
    for url in (
        address("new"),
        address("edit", "GG-1"),
        address("move", "GG-1"),
        address("add_measure", "GG-1"),
        address("measure", stone.measure_id),
        address("add_milestone", stone.measure_id),
        address("milestone", stone.pk),
    ):
        check_roles(client_as, url, [OFFICE], organisation=stone.reform.lead)


def test_the_office_alone_removes(client_as, stone) -> None:
    for url in (address("remove_measure", stone.measure_id), address("remove_milestone", stone.pk)):
        check_roles(client_as, url, [OFFICE], method="post", organisation=stone.reform.lead)


@pytest.mark.parametrize("code", ["lead", "helper"])
def test_who_carries_a_reform_proves_postpones_and_writes_rules(client_as, stone, code: str) -> None:
    rule = RuleFactory(reform=stone.reform)
    unit = {"lead": stone.reform.lead, "helper": stone.reform.supports.get()}[code]
    urls = (address("prove", stone.pk), address("postpone", stone.pk), address("write_rule", "GG-1"))
    for url in (*urls, address("rule", rule.pk)):
        check_roles(client_as, url, [OFFICE, LEAD], organisation=unit)


def test_who_does_not_carry_a_reform_does_not(client_as, stone) -> None:
    rule = RuleFactory(reform=stone.reform)
    urls = (address("prove", stone.pk), address("postpone", stone.pk), address("write_rule", "GG-1"))
    for url in (*urls, address("rule", rule.pk)):
        check_roles(client_as, url, [OFFICE], organisation=stone.acceptor)


def test_proofs_are_decided_by_their_acceptor_the_office_and_supervisors(client_as, stone) -> None:
    proof = ProofFactory(milestone=stone)
    check_roles(
        client_as, address("proof", proof.pk), [OFFICE, SUPERVISOR, LEAD], organisation=stone.acceptor
    )
    check_roles(client_as, address("proof", proof.pk), [OFFICE, SUPERVISOR], organisation=stone.reform.lead)


def test_postponements_are_decided_by_office_and_leaders(client_as, stone) -> None:
    wish = PostponementFactory(milestone=stone)
    check_roles(client_as, address("postponement", wish.pk), [OFFICE, LEADER], organisation=stone.reform.lead)


def test_files_are_for_every_role(client_as, stone) -> None:
    client = client_as(LEAD, stone.reform.lead)
    hand_in(client, stone)
    url = address("proof_file", Proof.objects.get().pk)
    assert [read(client_as(role), url) for role in EVERY] == [PDF] * len(EVERY)
    assert client_as(None).get(url).status_code == 302


def read(client, url: str) -> bytes:
    """The content of a file over HTTP."""
    answer = client.get(url)
    content = b"".join(answer.streaming_content)
    shut(answer)
    return content


def shut(answer) -> None:
    """Close the file behind an answer, but not, as `close()` would, the connection to the database."""
    for close in answer._resource_closers:
        close()


def hand_in(client, stone: Milestone, name: str = "办法.pdf", content: bytes = PDF):
    """Hand in a file over the form."""
    data = {"title": "印发的办法", "file": SimpleUploadedFile(name, content), "link": ""}
    return client.post(address("prove", stone.pk), data)


def test_unknown_things_are_not_found(client_as, db) -> None:
    client = client_as(OFFICE)
    for name, key in (
        ("reform", "X"),
        ("edit", "X"),
        ("prove", 9),
        ("proof", 9),
        ("postponement", 9),
        ("rule", 9),
        ("measure", 9),
        ("milestone", 9),
        ("proof_file", 9),
    ):
        assert client.get(address(name, key)).status_code == 404, name


def test_a_file_that_is_lost_says_so(client_as, stone) -> None:
    proof = ProofFactory(milestone=stone, link="", file_name="a.pdf", sha256="0" * 64, size=9)
    assert client_as(LEAD).get(address("proof_file", proof.pk)).status_code == 404


def queries(client, url: str) -> int:
    """How many queries a page costs."""
    client.get(url)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def test_the_ledger_costs_the_same_however_long_it_is(client_as, stone) -> None:
    client = client_as(OFFICE)
    ProofFactory(milestone=stone)
    few = queries(client, address("ledger"))
    for number in range(60):
        ProofFactory(milestone=MilestoneFactory(due_on=date(2026, 1, 2) + timedelta(days=number)))
    assert (
        queries(client, address("ledger")),
        queries(client, address("ledger") + "?light=red&sort=progress"),
    ) == (few, few)
    assert few <= 12


def test_a_reform_costs_the_same_however_much_it_holds(client_as, stone) -> None:
    client = client_as(OFFICE)
    ProofFactory(milestone=stone)
    PostponementFactory(milestone=stone)
    RuleFactory(reform=stone.reform)
    few = queries(client, address("reform", "GG-1"))
    for _ in range(8):
        more = MilestoneFactory(reform=stone.reform)
        ProofFactory(milestone=more, state="returned")
        PostponementFactory(milestone=more)
        RuleFactory(reform=stone.reform, replaced_by=Rule.objects.first())
        stone.reform.supports.add(OrganisationFactory())
    assert queries(client, address("reform", "GG-1")) == few
    assert few <= 30


def test_the_late_page_costs_the_same_however_long_it_is(client_as, stone) -> None:
    client = client_as(OFFICE)
    MilestoneFactory(due_on=date(2026, 2, 1))
    few = queries(client, address("late"))
    for _ in range(10):
        ProofFactory(milestone__due_on=date(2026, 2, 1))
    assert queries(client, address("late")) == few


def text_of(answer) -> str:
    """The words of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_the_ledger_sums_up_what_the_filter_lets_through(client_as, stone) -> None:
    MilestoneFactory(due_on=date(2026, 2, 1), reform__domain="green")
    client = client_as(LEAD)
    assert "共 2 项改革： 1 项逾期" in text_of(client.get(address("ledger")))
    page = client.get(address("ledger") + "?domain=green&light=red")
    assert [row.reform.domain for row in page.context["rows"]] == ["green"]
    assert "共 1 项改革： 1 项逾期" in text_of(page)
    assert "没有符合条件的改革" in text_of(client.get(address("ledger") + "?text=没有这样的"))


def test_an_address_that_makes_no_sense_filters_nothing(client_as, stone) -> None:
    page = client_as(LEAD).get(address("ledger") + "?domain=sport&light=pink&sort=price&page=99")
    assert [row.reform.code for row in page.context["rows"]] == ["GG-1"]


def test_sorting_heads_turn_round(client_as, stone) -> None:
    client = client_as(LEAD)
    heads = {
        str(one.words): one for one in client.get(address("ledger") + "?sort=name&page=2").context["columns"]
    }
    assert (heads["改革"].url, heads["改革"].sorted) == ("?sort=-name", "ascending")
    assert (heads["牵头"].url, heads["牵头"].sorted, heads["阶段"].url) == ("?sort=lead", "", "")


def test_an_empty_ledger_teaches_the_next_step(client_as, db) -> None:
    assert "清单还是空的" in text_of(client_as(OFFICE).get(address("ledger")))


FORM = {
    "code": "GG-9",
    "name": "企业综合服务中心",
    "domain": "economy",
    "category": "major",
    "origin": "clause",
}


def test_a_reform_is_started_over_the_form(client_as, db) -> None:
    client = client_as(OFFICE)
    answer = client.post(address("new"), FORM)
    assert answer.headers["Location"] == address("reform", "GG-9")
    assert Entry.objects.get().asked == 4
    assert Entry.objects.get().actor_post == client.post_held.code


def test_a_refused_form_keeps_what_was_typed(client_as, stone) -> None:
    answer = client_as(OFFICE).post(address("new"), {**FORM, "code": "GG-1", "goal": "一次办成"})
    assert answer.status_code == 200
    assert answer.context["form"].errors["code"] == ["清单里已有编号GG-1。"]
    assert "一次办成" in answer.content.decode()


def edit_data(client, url: str, **changes) -> dict:
    """What the browser would send back from the form as it stands, with changes."""
    form = client.get(url).context["form"]
    data = {name: form[name].value() for name in form.fields if name != "take"}
    return {
        name: value
        for name, value in data.items()
        if value is not None and value != [] and value is not False
    } | changes


def test_two_tabs_saving_the_same_reform_lose_nothing(client_as, stone) -> None:
    client, url = client_as(OFFICE), address("edit", "GG-1")
    first, second = edit_data(client, url, goal="甲"), edit_data(client, url, goal="乙", risk="丙")
    assert client.post(url, first).status_code == 302
    answer = client.post(url, second)
    assert [(row.field, now, typed) for row, now, typed in answer.context["form"].differences] == [
        ("goal", "甲", "乙"),
        ("risk", "—", "丙"),
    ]
    assert (answer.context["form"]["goal"].value(), answer.context["form"]["rev"].value()) == ("乙", "2")
    assert Reform.objects.get().goal == "甲"
    again = client.post(url, {**second, "rev": "2", "take": "goal"})
    assert again.status_code == 302
    assert (Reform.objects.get().goal, Reform.objects.get().risk) == ("甲", "丙")


def test_two_tabs_saving_the_same_milestone_and_rule(client_as, stone) -> None:
    client, rule = client_as(OFFICE), RuleFactory(reform=stone.reform)
    for url, field, values in (
        (address("milestone", stone.pk), "weight", (3, 7)),
        (address("rule", rule.pk), "function", ("甲", "乙")),
    ):
        first, second = (edit_data(client, url, **{field: value}) for value in values)
        assert client.post(url, first).status_code == 302
        (difference,) = client.post(url, second).context["form"].differences
        assert difference[1:] == (str(values[0]), str(values[1]))


def test_the_code_of_a_reform_cannot_be_typed_over(client_as, stone) -> None:
    url = address("edit", "GG-1")
    client = client_as(OFFICE)
    answer = client.post(url, edit_data(client, url, code="GG-2"))
    assert answer.context["form"].errors["code"] == ["改革编号不能改动，留痕以它为准。"]


def test_a_measure_and_its_milestone_are_added_and_removed(client_as, stone) -> None:
    client = client_as(OFFICE)
    client.post(address("add_measure", "GG-1"), {"title": "搭平台"})
    measure = Measure.objects.get(title="搭平台")
    data = {
        "title": "上线",
        "deliverable": "运行记录",
        "due_on": "2026-09-30",
        "acceptor": stone.acceptor_id,
        "weight": 5,
    }
    assert client.post(address("add_milestone", measure.pk), data).status_code == 302
    row = Milestone.objects.get(title="上线")
    answer = client.post(address("remove_measure", measure.pk), follow=True)
    assert "这项举措下还有节点" in text_of(answer)
    client.post(address("remove_milestone", row.pk))
    client.post(address("measure", measure.pk), {"title": "建平台"})
    assert Measure.objects.get(pk=measure.pk).title == "建平台"
    client.post(address("remove_measure", measure.pk))
    assert (Measure.objects.count(), Milestone.objects.count()) == (1, 1)


def test_a_milestone_before_its_reform_is_refused_at_its_field(client_as, stone) -> None:
    data = {
        "title": "上线",
        "deliverable": "记录",
        "due_on": "2025-09-30",
        "acceptor": stone.acceptor_id,
        "weight": 5,
    }
    answer = client_as(OFFICE).post(address("add_milestone", stone.measure_id), data)
    assert answer.context["form"].errors["due_on"] == ["本项改革2026年1月1日开始，节点不能早于这一天到期。"]


def test_a_proof_goes_from_the_lead_to_its_acceptor(client_as, stone) -> None:
    lead, acceptor = client_as(LEAD, stone.reform.lead), client_as(LEAD, stone.acceptor)
    answer = hand_in(lead, stone)
    assert answer.headers["Location"] == f"{address('reform', 'GG-1')}#m{stone.pk}"
    proof = Proof.objects.get()
    assert read(acceptor, address("proof_file", proof.pk)) == PDF
    url = address("proof", proof.pk)
    assert acceptor.post(url, {"verdict": "no", "reason": ""}).context["form"].errors["reason"] == [
        "请写明缺什么，方便对方补齐。"
    ]
    assert acceptor.post(url, {"verdict": "yes", "reason": ""}).status_code == 302
    assert Milestone.objects.get().is_accepted


def test_files_a_browser_cannot_show_are_handed_over(client_as, stone) -> None:
    client = client_as(LEAD, stone.reform.lead)
    hand_in(client, stone, "表.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    answer = client.get(address("proof_file", Proof.objects.get().pk))
    shut(answer)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", b""), ("a.pdf", b"\x89PNG\r\n\x1a\n" + b"0" * 40), ("a.exe", b"MZ")]
)
def test_a_bad_upload_is_told_at_the_file(client_as, stone, name: str, content: bytes) -> None:
    answer = hand_in(client_as(LEAD, stone.reform.lead), stone, name, content)
    assert (answer.status_code, list(answer.context["form"].errors), Proof.objects.count()) == (
        200,
        ["file"],
        0,
    )
    assert answer.context["form"]["title"].value() == "印发的办法"


def test_the_submitter_is_not_offered_the_decision(client_as, stone) -> None:
    office = client_as(OFFICE)
    hand_in(office, stone)
    url = address("proof", Proof.objects.get().pk)
    assert "须由他人验收" in text_of(office.get(url))
    assert office.post(url, {"verdict": "yes"}).status_code == 200
    assert Proof.objects.get().state == "waiting"
    page = office.get(address("reform", "GG-1")).content.decode()
    assert f'href="{url}"' not in page
    assert f'href="{url}"' in client_as(SUPERVISOR).get(address("reform", "GG-1")).content.decode()


def test_a_postponement_goes_from_the_lead_to_the_leader(client_as, stone) -> None:
    lead, leader = client_as(LEAD, stone.reform.lead), client_as(LEADER)
    assert lead.post(address("postpone", stone.pk), {"to_on": "2099-08-01", "reason": ""}).status_code == 200
    assert (
        lead.post(address("postpone", stone.pk), {"to_on": "2099-08-01", "reason": "等接口"}).status_code
        == 302
    )
    wish = Postponement.objects.get()
    assert leader.post(address("postponement", wish.pk), {"verdict": "yes"}).status_code == 302
    assert (Milestone.objects.get().due_on, Entry.objects.order_by("-id")[0].actor_post) == (
        date(2099, 8, 1),
        leader.post_held.code,
    )


def test_the_office_cannot_decide_what_it_asked_for(client_as, stone) -> None:
    office = client_as(OFFICE)
    office.post(address("postpone", stone.pk), {"to_on": "2099-08-01", "reason": "等接口"})
    url = address("postponement", Postponement.objects.get().pk)
    assert "须由他人审批" in text_of(office.get(url))
    office.post(url, {"verdict": "yes"})
    assert Postponement.objects.get().granted is None


def test_a_reform_is_moved_over_the_form(client_as, stone) -> None:
    client, url = client_as(OFFICE), address("move", "GG-1")
    assert client.post(url, {"to": "paused", "reason": ""}).context["form"].errors["reason"] == [
        "转到“暂缓”还缺：理由。"
    ]
    assert client.post(url, {"to": "merged", "reason": "同一件事", "into": "GG-9"}).context["form"].errors[
        "into"
    ] == ["没有编号为GG-9的改革。"]
    assert list(client.post(url, {"to": "idea", "reason": "退回"}).context["form"].errors) == ["to"]
    assert client.post(url, {"to": "paused", "reason": "等文件"}).status_code == 302
    assert Reform.objects.get().state == "paused"


def test_a_rule_is_written_and_changed(client_as, stone) -> None:
    client = client_as(LEAD, stone.reform.lead)
    data = {
        "title": "管理办法",
        "number": "1号",
        "deed": "made",
        "state": "in_force",
        "in_force_on": "2026-03-01",
        "transition_days": 0,
    }
    unnumbered = client.post(address("write_rule", "GG-1"), {**data, "number": ""})
    assert unnumbered.context["form"].errors == {"number": ["已施行的制度须有文号。"]}
    assert client.post(address("write_rule", "GG-1"), data).status_code == 302
    url = address("rule", Rule.objects.get().pk)
    assert client.post(url, edit_data(client, url, function="规定职责")).status_code == 302
    assert Rule.objects.get().function == "规定职责"


def test_a_page_shows_only_what_its_reader_may_do(client_as, stone) -> None:
    PostponementFactory(milestone=stone)
    shown = {}
    for role, unit in ((OFFICE, None), (LEAD, stone.reform.lead), (LEADER, None), (AUDITOR, None)):
        page = client_as(role, unit).get(address("reform", "GG-1")).content.decode()
        urls = {
            "edit": address("edit", "GG-1"),
            "prove": address("prove", stone.pk),
            "rule": address("write_rule", "GG-1"),
            "decide": address("postponement", Postponement.objects.get().pk),
        }
        shown[str(role)] = {name for name, url in urls.items() if f'href="{url}"' in page}
    assert shown == {
        "office": {"edit", "prove", "rule", "decide"},
        "lead": {"prove", "rule"},
        "leader": {"decide"},
        "auditor": set(),
    }


def test_the_path_shows_when_a_stage_was_reached(client_as, stone) -> None:
    client = client_as(OFFICE)
    client.post(address("move", "GG-1"), {"to": "paused", "reason": "等文件"})
    path = client.get(address("reform", "GG-1")).context["it"].path
    assert [(step.state, step.is_now) for step in path] == [("idea", False), ("paused", True)]


def test_unchanged_since_the_last_proof_is_said_with_its_day(client_as, stone) -> None:
    client = client_as(LEAD)
    assert "还没有提交过证据" in text_of(client.get(address("reform", "GG-1")))
    ProofFactory(milestone=stone)
    assert "自2026年3月31日最近一次证据以来无变化" in text_of(client.get(address("reform", "GG-1")))


@pytest.mark.parametrize("measure", [True, False])
def test_a_reform_without_milestones_teaches_the_next_step(client_as, db, measure: bool) -> None:
    reform = ReformFactory(state="idea")
    if measure:
        MeasureFactory(reform=reform)
    words = text_of(client_as(OFFICE).get(reform.get_absolute_url()))
    assert ("没有节点的举措无从证明" in words, "还没有举措" in words) == (measure, not measure)


def test_the_second_tab_on_a_measure_sees_what_the_first_saved(client_as) -> None:
    measure = MeasureFactory(title="建中心")
    url, office = reverse("reforms:measure", args=[measure.pk]), client_as(Role.OFFICE)
    opened = office.get(url).context["form"]["seen"].value()
    assert office.post(url, {"title": "建好中心", "seen": opened}).status_code == 302
    page = office.post(url, {"title": "建强中心", "seen": opened})
    assert "现在的内容是：建好中心" in page.content.decode()
    form = page.context["form"]
    assert (form["title"].value(), form["seen"].value()) == ("建强中心", "建好中心")
    assert office.post(url, {"title": "建强中心", "seen": "建好中心"}).status_code == 302
    measure.refresh_from_db()
    assert measure.title == "建强中心"
