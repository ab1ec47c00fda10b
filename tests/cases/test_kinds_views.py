"""Pages of kinds: once right and once refused per role; drawn, exported, looked at, tried, moved."""

import importlib
import pkgutil
import re
from dataclasses import replace

import pytest
from babel.messages.pofile import read_po
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from minhu.cases.actions.publishing import publish_kinds
from minhu.cases.bridge.compiling import Compiled
from minhu.cases.bridge.guard_words import cell_words, guard_words
from minhu.cases.bridge.pages.kind_page import step_rows, with_titles
from minhu.cases.bridge.pages.net_picture import net_picture
from minhu.cases.models import Case, Kind
from minhu.cases.offers import kind_links, power_links
from minhu.methods import flow
from minhu.packs import linting, open_pack
from minhu.packs.kinds import KINDS, InputSpec, OutputSpec, PlaceSpec, RowSpec, StepSpec, TableSpec
from minhu.people.states import Role
from minhu.trail.models import Entry
from minhu.trail.states import SYSTEM
from tests.cases.packs import PACKS, TINY, brought, town
from tests.factories.cases import NOW, REQUEST, PowerFactory, do, doer, open_one
from tests.factories.people import OrganisationFactory
from tests.factories.rulebook import LimitFactory, PackVersionFactory, lay_rulebook
from tests.roles import check_roles
from tests.words import PO, SOURCE

pytestmark = pytest.mark.django_db
OFFICE, LEAD, LEADER, SUPERVISOR, AUDITOR = Role
SIGNED_IN = tuple(Role)
CLERK, HOST = doer("office", "office"), doer("host")
TABLE = TableSpec(
    "level", "定级", "某条例", "第三条", "F",
    (InputSpec("level", allowed='"low", "high"', optional=True),), (OutputSpec("result"),),
    (RowSpec(('"high"',), ('"重大办理"',), "备注在此"), RowSpec(("-",), ('"一般办理"',))),
)  # fmt: skip
WITH_TABLE = replace(
    REQUEST, table=(TABLE,),
    step=tuple(replace(s, decides=("level",)) if s.code == "dispatch" else s for s in REQUEST.step),
)  # fmt: skip


def publish(spec=WITH_TABLE):
    publish_kinds(by=SYSTEM, specs=[spec], version=PackVersionFactory(), at=NOW)


@pytest.fixture
def house():
    lay_rulebook()
    LimitFactory(code="request.days", value=5, basis="某条例", article="第九条")
    for code in ("office", "host"):
        OrganisationFactory(code=code)
    publish()


def address(name: str, *args: object) -> str:
    return reverse(f"cases:{name}", args=args)


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(
    "url",
    [("kinds",), ("kind", "request"), ("kind_bpmn", "request"), ("kind_dmn", "request", "level")],
)
def test_kinds_are_read_by_every_role(client_as, url):
    check_roles(client_as, address(*url), SIGNED_IN)


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("url", [("kind_import",), ("kind_move", "request")])
def test_importing_and_moving_are_for_the_office(client_as, url):
    check_roles(client_as, address(*url), (OFFICE,))


@pytest.mark.usefixtures("house")
def test_trying_is_for_the_office(client_as):
    check_roles(client_as, address("kind_try", "request"), (OFFICE,), method="post")


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(
    "url", [("kind", "none"), ("kind_bpmn", "none"), ("kind_dmn", "request", "none"), ("kind_move", "none")]
)
def test_what_is_not_there_is_not_found(client_as, url):
    assert client_as(OFFICE).get(address(*url)).status_code == 404


@pytest.mark.usefixtures("house")
def test_the_page_says_steps_clocks_tables_and_versions(client_as):
    page = client_as(OFFICE).get(address("kind", "request")).content.decode()
    for words in (
        "派单",
        "某条例",
        "第九条",
        "重大办理",
        "备注在此",
        "办理时限",
        "补正材料",
        "第十条",
        "样例推演",
    ):
        assert words in page, words
    assert page.count('<g class="net-shape') == len(REQUEST.place) + len(REQUEST.step)


@pytest.mark.usefixtures("house")
def test_an_older_version_is_shown_as_what_it_is(client_as):
    old = Kind.objects.get().version
    publish(replace(REQUEST, title="诉求新版"))
    client = client_as(OFFICE)
    assert "诉求新版" in client.get(address("kind", "request")).content.decode()
    page = client.get(address("kind", "request"), {"version": old}).content.decode()
    assert "此版本已不是现行版本" in page
    assert f"/bpmn/?version={old}" in page


@pytest.mark.usefixtures("house")
def test_files_are_those_of_the_method(client_as):
    client = client_as(LEAD)
    bpmn = client.get(address("kind_bpmn", "request"))
    assert bpmn["Content-Disposition"] == 'attachment; filename="request.bpmn"'
    net = Compiled(WITH_TABLE).net
    assert flow.read_bpmn(bpmn.content.decode()) == net
    dmn = client.get(address("kind_dmn", "request", "level"))
    assert dmn["Content-Disposition"] == 'attachment; filename="request.level.dmn"'
    assert "第三条" in dmn.content.decode()


def sent(client, text: str | bytes, name: str = "a.bpmn"):
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(address("kind_import"), {"file": SimpleUploadedFile(name, data)})


@pytest.mark.usefixtures("house")
def test_a_file_becomes_what_can_be_pasted(client_as):
    client = client_as(OFFICE)
    text = flow.write_bpmn(Compiled(REQUEST).net)
    answer = sent(client, text)
    assert answer.status_code == 200
    assert "[[kind.place]]\ncode = &quot;triage&quot;\ntitle = &quot;受理&quot;" in answer.content.decode()
    dmn = client.get(address("kind_dmn", "request", "level")).content
    page = sent(client, dmn, "a.dmn").content.decode()
    assert "[[kind.table]]\ncode = &quot;level&quot;" in page
    assert not Entry.objects.filter(deed="cases.publish_kind").exclude(actor_post="system").exists()


@pytest.mark.usefixtures("house")
def test_what_is_outside_the_subset_is_named_and_refused(client_as):
    text = flow.write_bpmn(Compiled(REQUEST).net)
    more = '<bpmn:subProcess id="inner"/><bpmn:scriptTask id="script"/></bpmn:process>'
    answer = sent(client_as(OFFICE), text.replace("</bpmn:process>", more))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "subProcess inner is not in the subset" in page
    assert "scriptTask script is not in the subset" in page


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xff\xfe<", "不是UTF-8"),
        (b"<html/>", "no BPMN 2.0 file"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>", "a document type or entities are not accepted"),
        (b" " * 2_000_001, "超过2 MB"),
        (b"", "空"),
    ],
)
def test_files_that_are_none_are_refused_in_words(client_as, data, words):
    answer = sent(client_as(OFFICE), data)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_traces_are_played_again_as_things_stand(client_as):
    brought(TINY)
    client = client_as(OFFICE)
    page = client.post(address("kind_try", "lamp")).content.decode()
    assert '<span class="tag green">通过</span> Mended at the second try' in page
    LimitFactory(code="lamp.days", value=9, effective_on="2026-01-01")
    page = client.post(address("kind_try", "lamp")).content.decode()
    assert '<span class="tag red">与预期不符</span>' in page
    assert "expected 2026-07-06, got 2026-07-10" in page
    assert Case.objects.count() == 0


def test_what_to_look_at_again_is_said_in_chinese(client_as, tmp_path):
    brought(town(tmp_path, kinds_toml=('stops = ["good"]', 'stops = ["good"], pauses = []')))
    with translation.override("zh-hans"):
        kind = Kind.objects.get(code="lamp")
        kind.traces = []
        kind.save(update_fields=["traces"])
        page = client_as(OFFICE).get(address("kind", "lamp")).content.decode()
    assert "该类别没有样例推演：请补写[[kind.trace]]及预期结果" in page


@pytest.mark.usefixtures("house")
def test_cases_are_moved_after_a_dry_run(client_as):
    opened = open_one(CLERK)
    do(CLERK, opened.number, "dispatch", assigns={"host": ["host"]})
    places = tuple(replace(one, code="handle") if one.code == "work" else one for one in REQUEST.place)
    put = {"work": "handle"}
    steps = tuple(
        replace(s, takes=tuple(put.get(c, c) for c in s.takes), puts=tuple(put.get(c, c) for c in s.puts))
        for s in REQUEST.step
    )
    clocks = (replace(REQUEST.clock[0], starts=("handle",)),)
    publish(replace(REQUEST, place=places, step=steps, clock=clocks))
    client = client_as(OFFICE)
    page = client.get(address("kind_move", "request")).content.decode()
    assert "没有环节“办理”（work）" in page
    assert "转版1件" not in page
    tried = client.post(address("kind_move", "request"), {"place-work": "handle", "try": "1"})
    assert "转版1件" in tried.content.decode()
    assert Case.objects.get().kind.is_current is False
    done = client.post(address("kind_move", "request"), {"place-work": "handle", "move": "1"})
    assert (done.status_code, done.url) == (302, address("kind", "request"))
    assert Case.objects.get().kind.is_current is True
    assert "没有需要转版的事项" in client.get(address("kind_move", "request")).content.decode()


# --- words and picture -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("guard", "words"),
    [
        ('level = "high" and amount >= 10', "等级 = 重大 且 金额 ≥ 10"),
        ('not level in ["low", "high"]', "不满足（等级为一般、重大之一）"),
        ("urgent = true or amount is missing", "是否紧急 = 是 或 金额未填写"),
        (
            "(urgent = false or amount > 1) and attempts.work != 2",
            "(是否紧急 = 否 或 金额 > 1) 且 进入“办理”的次数 ≠ 2",
        ),
        ("children_open = 0 and opened_by = helper", "由其派生、尚在办理的事项数 = 0 且 发起单位 = 协办单位"),
    ],
)  # fmt: skip
def test_conditions_are_said_in_words(guard, words):
    with translation.override("zh-hans"):
        assert guard_words(Compiled(REQUEST), flow.guard(guard)) == words


def test_cells_are_said_in_words():
    kind = Compiled(REQUEST)
    with translation.override("zh-hans"):
        assert [cell_words(kind, "level", cell) for cell in ("-", '"high"', 'not("low")')] == [
            "—", "重大", "not(一般)"
        ]  # fmt: skip
        assert cell_words(kind, "urgent", "true") == "是"
        assert (
            with_titles(kind, "{title}，{due.handling}前交{host}{case}")
            == "〔标题〕，〔办理时限〕前交〔承办单位〕〔事项编号〕"
        )


def test_every_step_of_jiangbei_is_told_and_drawn_without_overlap():
    for one in open_pack(PACKS / "jiangbei").read(KINDS):
        kind = Compiled(one.item)
        assert [row.code for row in step_rows(kind, NOW.date())] == [step.code for step in one.item.step]
        picture = net_picture(kind)
        boxes = sorted(picture.shapes, key=lambda box: (box.top, box.left))
        assert len(boxes) == len(one.item.place) + len(one.item.step)
        for a in boxes:
            assert a.left >= 0
            assert a.left + a.wide <= picture.width
            for b in boxes:
                apart = a is b or a.left + a.wide <= b.left or b.left + b.wide <= a.left
                assert apart or a.bottom <= b.top or b.bottom <= a.top, (one.item.code, a.code, b.code)


def test_lines_lead_down_or_back_and_dots_stand_for_unnamed_steps():
    spec = replace(
        REQUEST,
        place=(*REQUEST.place, PlaceSpec("memo", "备忘", "milestone")),
        step=(*REQUEST.step, StepSpec("note", ("check",), ("check", "memo"), "备忘", "clerk")),
    )
    picture = net_picture(Compiled(spec))
    looks = {shape.code: shape.look for shape in picture.shapes}
    assert (looks["arrive"], looks["done"], looks["close"]) == ("dot", "end", "step")
    assert {line.is_back for line in picture.strokes} == {True, False}
    arcs = sum(len(s.takes) + len(s.puts) for s in spec.step)
    assert len(picture.strokes) == arcs
    assert all(re.fullmatch(r"M[-\d.LCVHqe ]+", line.d) for line in picture.strokes)


def test_every_word_of_the_linter_has_chinese():
    with (SOURCE / "cases" / PO).open("rb") as file:
        known = {message.id: message.string for message in read_po(file)}
    words = set(flow.WORDS.values())
    for one in pkgutil.iter_modules(linting.__path__):
        module = importlib.import_module(f"minhu.packs.linting.{one.name}")
        words |= {v for k, v in vars(module).items() if k.isupper() and isinstance(v, str) and " " in v}
    assert len(words) > 90
    assert sorted(one for one in words if not known.get(one)) == []
    holes = re.compile(r"\{\w+\}")
    assert [w for w in words if sorted(holes.findall(w)) != sorted(holes.findall(str(known[w])))] == []


@pytest.mark.usefixtures("house")
def test_the_record_names_kinds_and_powers_and_leads_to_them():
    old = Kind.objects.get()
    publish(replace(REQUEST, title="诉求新版"))
    power, new = PowerFactory(), Kind.objects.get(is_current=True)
    url = address("kind", "request")
    assert kind_links([str(old.pk), str(new.pk)]) == {
        str(old.pk): (f"诉求 {old.version}", f"{url}?version={old.version}"),
        str(new.pk): (f"诉求新版 {new.version}", url),
    }
    assert power_links([str(power.pk)]) == {str(power.pk): (str(power), address("powers"))}
