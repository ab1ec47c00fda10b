"""Tables, papers, spacing, joint questions, effects, files: what else a step may do."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from minhu.cases.bridge.folding import verify_cases
from minhu.cases.bridge.papers import with_number, written
from minhu.cases.models import Case, Datum, Effect, Paper, PersonalDatum
from minhu.cases.states import MACHINE, CaseRefused, Upload, Why
from minhu.packs.kinds import (
    EffectSpec,
    FieldSpec,
    FieldType,
    InputSpec,
    OutputSpec,
    PaperSpec,
    PlaceSpec,
    RoleSpec,
    RowSpec,
    SpacingSpec,
    StepSpec,
    TableSpec,
)
from minhu.people.models import Organisation
from minhu.trail.models import Entry
from tests.factories.cases import NOW, REQUEST, KindFactory, changed, do, doer, lay_house, open_one, with_step

pytestmark = pytest.mark.django_db
OFFICE, HOST = doer("office", "office"), doer("host")
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture(autouse=True)
def house():
    lay_house()


# -- tables -----------------------------------------------------------------------------------------------
GRADES = TableSpec(
    code="grading",
    title="定级表",
    basis="分级办法",
    article="第三条",
    input=(InputSpec("amount", "number"),),
    output=(OutputSpec("level", "string"),),
    rule=(RowSpec((">= 1000",), ('"high"',)), RowSpec(("< 1000",), ('"low"',))),
)
GRADED = changed(with_step("dispatch", decides=("grading",)), code="graded", table=(GRADES,))


def test_a_table_decides_before_the_guard_and_says_by_which_row():
    KindFactory(made=with_step("dispatch", GRADED, guard='level = "high"'))
    number = open_one(OFFICE, "graded", {"title": "x", "amount": "5000"}).number
    do(OFFICE, number, "dispatch", assigns={"host": ["host"]})
    level = Datum.objects.get(key="level")
    assert (level.value, level.source) == ("high", "grading#1")
    payload = Entry.objects.order_by("-seq").first().payload
    assert payload["rulings"] == [{"table": "grading", "rules": [1], "values": {"level": "high"}}]
    low = open_one(OFFICE, "graded", {"title": "x", "amount": "5"}).number
    with pytest.raises(CaseRefused) as caught:
        do(OFFICE, low, "dispatch", assigns={"host": ["host"]})
    assert caught.value.why == Why.GUARD
    assert not Datum.objects.filter(case__number=low, key="level").exists()


def test_a_table_that_lacks_a_value_asks_for_it():
    KindFactory(made=GRADED)
    number = open_one(OFFICE, "graded", {"title": "x"}).number
    with pytest.raises(CaseRefused) as caught:
        do(OFFICE, number, "dispatch", assigns={"host": ["host"]})
    assert (caught.value.why, [fault.where for fault in caught.value.faults]) == (Why.VALUE, ["amount"])


def test_an_automatic_step_right_after_the_start_is_decided_too():
    KindFactory(made=with_step("arrive", changed(code="auto", table=(GRADES,)), decides=("grading",)))
    number = open_one(OFFICE, "auto", {"title": "x", "amount": "1"}).number
    assert Datum.objects.get(case__number=number, key="level").value == "low"
    assert open_one(OFFICE, "auto", {"title": "x"}).places == ("triage",)


# -- papers -----------------------------------------------------------------------------------------------
ORDER = PaperSpec(
    "order",
    "督办单",
    "order",
    "民呼督〔{year}〕{n}号",
    "host",
    ("{number}：请办理“{title}”，电话{phone}。", "{result}", "限期{due.handling}。"),
)
LETTER = PaperSpec(
    "letter", "答复书", "reply", "民呼复〔{year}〕{n:03}号", "author", ("您的电话{phone}，结果：{result}。",)
)
PAPERED = changed(
    with_step("answer", with_step("dispatch", paper="order"), paper="letter"),
    code="papered",
    paper=(ORDER, LETTER),
)


def test_papers_are_numbered_by_template_and_year_and_hold_nothing_personal():
    KindFactory(made=PAPERED)
    numbers = [open_one(OFFICE, "papered", {"title": "路灯", "phone": "138"}).number for _ in range(2)]
    done = [do(OFFICE, number, "dispatch", assigns={"host": ["host"]}) for number in numbers]
    assert [one.papers for one in done] == [("民呼督〔2026〕1号",), ("民呼督〔2026〕2号",)]
    order = Paper.objects.first()
    assert order.content["to"] == Organisation.objects.get(code="host").name != "host局"
    assert order.content["body"] == ["民呼督〔2026〕1号：请办理“路灯”，电话＊＊＊。", "限期2026年4月7日。"]
    assert do(HOST, numbers[0], "answer", {"result": "好"}).papers == ("民呼复〔2026〕001号",)
    letter = Paper.objects.last()
    assert (letter.content["body"], letter.content["personal"]) == (
        ["您的电话{phone}，结果：好。"],
        ["phone"],
    )
    personal = dict(PersonalDatum.objects.filter(case__number=numbers[0]).values_list("key", "value"))
    assert written(letter.content, personal) == ["您的电话138，结果：好。"]
    assert written(letter.content, {}) == ["您的电话＊＊＊，结果：好。"]


def test_a_refused_step_takes_no_number():
    KindFactory(made=with_step("dispatch", PAPERED, guard="urgent = true"))
    number = open_one(OFFICE, "papered", {"title": "x", "urgent": False}).number
    with pytest.raises(CaseRefused):
        do(OFFICE, number, "dispatch", assigns={"host": ["host"]})
    number = open_one(OFFICE, "papered", {"title": "x", "urgent": True}).number
    assert do(OFFICE, number, "dispatch", assigns={"host": ["host"]}).papers == ("民呼督〔2026〕1号",)


@pytest.mark.parametrize(
    ("template", "told"), [("{year}-{n}", "2026-7"), ("{n:03}", "007"), ("第{n}号", "第7号")]
)
def test_a_template_of_numbers(template, told):
    assert with_number(template, 2026, 7) == told


# -- spacing ----------------------------------------------------------------------------------------------
SPACED = changed(
    code="spaced",
    step=(
        *with_step("dispatch", spaced=("window", "most")).step,
        StepSpec("withdraw", ("triage",), ("done",), "撤回", "clerk"),
    ),
    spacing=(
        SpacingSpec("window", "同一事项不重复督办", ("title",), window="request.window"),
        SpacingSpec("most", "同一等级全年不过两件", ("level",), most="request.most"),
    ),
)


def dispatch(title: str, level: str = "low", at=NOW) -> str:
    number = open_one(OFFICE, "spaced", {"title": title, "level": level}, at=at).number
    do(OFFICE, number, "dispatch", assigns={"host": ["host"]}, at=at)
    return number


def withdraw(number: str) -> None:
    do(OFFICE, number, "withdraw")


def close(number: str) -> None:
    do(HOST, number, "answer", {"result": "好"})
    do(OFFICE, number, "close")


def test_no_case_alike_within_the_window():
    KindFactory(made=SPACED)
    first = dispatch("甲")
    with pytest.raises(CaseRefused, match=first) as caught:
        dispatch("甲", "high")
    assert caught.value.why == Why.SPACING
    close(first)
    again = NOW + timedelta(days=190)
    with pytest.raises(CaseRefused, match="spaced-2026-0002"):
        dispatch("甲", "high", at=again)
    withdraw("spaced-2026-0002")
    withdraw("spaced-2026-0003")
    with pytest.raises(CaseRefused, match=first):
        dispatch("甲", "high")
    withdraw("spaced-2026-0004")
    # What was withdrawn before it came so far does not count, and the window of the first is over.
    assert dispatch("甲", "high", at=again) == "spaced-2026-0005"


def test_not_more_alike_in_a_year_than_the_limit():
    KindFactory(made=SPACED)
    numbers = [dispatch(title) for title in "甲乙"]
    with pytest.raises(CaseRefused) as caught:
        dispatch("丙")
    assert caught.value.why == Why.SPACING
    assert all(number in caught.value.words for number in numbers)
    assert dispatch("丁", at=NOW.replace(year=2027))


# -- joint questions --------------------------------------------------------------------------------------
ASKING = changed(
    with_step("answer", guard="children_open = 0 and children_ended > 0"),
    code="asking",
    step=(
        *with_step("answer", guard="children_open = 0 and children_ended > 0").step,
        StepSpec("heard", (), (), on="child_answered", reads=("work",)),
        StepSpec(
            "all_in", ("work",), ("check",), on="auto", guard="children_open = 0 and children_ended > 1"
        ),
    ),
)


def test_a_parent_knows_how_many_children_are_open():
    KindFactory(made=ASKING)
    KindFactory()
    number = open_one(OFFICE, "asking").number
    do(OFFICE, number, "dispatch", assigns={"host": ["host"]})
    with pytest.raises(CaseRefused) as caught:
        do(HOST, number, "answer", {"result": "好"})
    assert caught.value.why == Why.GUARD
    children = [
        open_one(MACHINE, "request", {"title": "分答"}, {"host": [code]}, parent=number).number
        for code in ("host", "other")
    ]
    assert set(Case.objects.filter(number__in=children).values_list("opener__code", "parent__number")) == {
        ("office", number)
    }
    for child, by in zip(children, (HOST, doer("other")), strict=True):
        do(OFFICE, child, "dispatch", assigns={"host": [by.actor.organisation]})
        do(by, child, "answer", {"result": "好"})
        do(OFFICE, child, "close")
        told = do(MACHINE, number, "child_answered")
    assert told.places == ("check",)
    assert list(verify_cases()) == []


# -- effects ----------------------------------------------------------------------------------------------
def test_effects_wait_in_the_outbox_under_keys_of_their_own():
    spec = with_step(
        "dispatch",
        changed(code="telling"),
        effect=(EffectSpec("notice", to="host", text="{title}请您单位办理，{phone}"), EffectSpec("rating")),
    )
    KindFactory(made=spec)
    number = open_one(OFFICE, "telling", {"title": "路灯", "phone": "138"}).number
    do(OFFICE, number, "dispatch", assigns={"host": ["host"]})
    notice, rating = Effect.objects.order_by("key")
    assert (notice.key, rating.key) == (f"{number}/2.0", f"{number}/2.1")
    assert notice.args == {"to": "host", "text": "路灯请您单位办理，＊＊＊", "step": "dispatch"}
    assert (notice.state, notice.next_at, rating.kind) == ("waiting", NOW, "rating")


# -- fixed roles ------------------------------------------------------------------------------------------
def test_a_role_of_a_fixed_organisation_takes_part_from_the_beginning():
    roles = (*REQUEST.role, RoleSpec("guard", "值守", organisation="other"))
    places = tuple(
        PlaceSpec("check", "核实", role="guard") if p.code == "check" else p for p in REQUEST.place
    )
    KindFactory(made=changed(code="fixed", role=roles, place=places))
    number = open_one(OFFICE, "fixed").number
    assert Case.objects.get().parts.get(role="guard").organisation.code == "other"
    do(OFFICE, number, "dispatch", assigns={"host": ["host"]})
    do(HOST, number, "answer", {"result": "好"})
    assert Case.objects.get().steps.get(node="check").organisation.code == "other"


def test_a_kind_whose_fixed_organisation_does_not_stand_is_refused_by_name():
    KindFactory(
        made=changed(code="fixed", role=(*REQUEST.role, RoleSpec("guard", "值守", organisation="nobody")))
    )
    with pytest.raises(CaseRefused, match="nobody"):
        open_one(OFFICE, "fixed")


# -- files ------------------------------------------------------------------------------------------------
FILED = changed(
    with_step("answer", asks=("result", "photo?")),
    code="filed",
    field=(*REQUEST.field, FieldSpec("photo", "照片", FieldType.FILE)),
)


@pytest.fixture
def filed(settings, tmp_path) -> str:
    settings.MEDIA_ROOT = tmp_path
    KindFactory(made=FILED)
    number = open_one(OFFICE, "filed").number
    do(OFFICE, number, "dispatch", assigns={"host": ["host"]})
    return number


def test_a_file_is_kept_under_its_digest(filed, tmp_path):
    do(HOST, filed, "answer", {"result": "好", "photo": Upload("现场.pdf", ContentFile(PDF))})
    paper = Paper.objects.get()
    assert (paper.title, paper.code, paper.media_type, paper.size) == (
        "现场.pdf",
        "photo",
        "application/pdf",
        len(PDF),
    )
    assert (tmp_path / paper.file.name).read_bytes() == PDF
    assert Datum.objects.get(key="photo").value == paper.sha256
    assert Entry.objects.order_by("-seq").first().payload["files"] == {"photo": paper.sha256}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("空.pdf", b""),
        ("程序.exe", b"MZ"),
        ("改名.pdf", b"GIF89a"),
        ("大.txt", b"a" * (20 * 1024 * 1024 + 1)),
    ],
)
def test_a_bad_file_is_refused_by_its_name(filed, name, data):
    with pytest.raises(CaseRefused) as caught:
        do(HOST, filed, "answer", {"result": "好", "photo": Upload(name, ContentFile(data))})
    assert [fault.where for fault in caught.value.faults] == ["photo"]
    assert Paper.objects.count() == 0
