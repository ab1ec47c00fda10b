"""The kinds of case of Jiangbei: what they rest on, who is kept apart from whom, and all their traces."""

import csv
import tomllib
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from minhu.cases import rules
from minhu.cases.actions import act, open_case
from minhu.cases.actions.publishing import load_powers, publish_kinds
from minhu.cases.models import Case, Effect, Kind, Paper, Power
from minhu.cases.pack import trials
from minhu.cases.pack.comparing import tone_of
from minhu.cases.pack.knowing import known_of, linted
from minhu.cases.pack.playing import doer
from minhu.cases.pack.showing import load as load_cases
from minhu.cases.queries.readings import HOME
from minhu.cases.states import Ask, CaseRefused, EffectState, Opening, Why
from minhu.packs import open_pack
from minhu.packs.kinds import CASES, KINDS, POWERS, FieldType, KindSpec
from minhu.people import pack as people
from minhu.people.models import Organisation
from minhu.people.states import Role
from minhu.rulebook import pack as rulebook
from minhu.rulebook.actions import record_pack_version
from minhu.trail.states import SYSTEM
from tests.factories.people import UserFactory, reader_of

FOLDER = Path(__file__).resolve().parents[2] / "packs" / "jiangbei"
TODAY = datetime(2026, 11, 25, 10, tzinfo=HOME)
PACK = open_pack(FOLDER)
ROWS = PACK.read(KINDS)
SPECS: dict[str, KindSpec] = {row.item.code: row.item for row in ROWS}
SIX = ("voice", "hazard", "supervision", "joint", "tolerance", "enterprise")
LIMITS = tomllib.loads((FOLDER / "limits.toml").read_text(encoding="utf-8"))["limit"]


@pytest.fixture(scope="module")
def laid(django_db_setup, django_db_blocker):
    """People, limits, kinds and powers of the pack, for all tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        people.load(PACK, by=SYSTEM, at=TODAY)
        rulebook.load(PACK, by=SYSTEM, at=TODAY)
        version = record_pack_version(by=SYSTEM, pack=PACK, at=TODAY)
        publish_kinds(by=SYSTEM, specs=[row.item for row in ROWS], version=version, at=TODAY)
        powers = [row.item for row in PACK.read(POWERS)]
        load_powers(by=SYSTEM, drafts=powers, version=version, at=TODAY)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def place(laid, db):
    """One test on what was laid."""


# -- as files ---------------------------------------------------------------------------------------------
def test_nothing_can_be_said_against_any_kind():
    assert [str(remark) for remark in linted(ROWS, known_of(PACK))] == []
    assert set(SPECS) == {*SIX, "joint_answer", "petition_review"}


def test_every_kind_is_tried_by_five_traces_over_refusals_and_days():
    assert {code: len(spec.trace) >= 5 for code, spec in SPECS.items()} == dict.fromkeys(SPECS, True)
    refused = {code: {deed.refused for t in spec.trace for deed in t.do} for code, spec in SPECS.items()}
    assert [code for code in SPECS if "right" not in refused[code]] == []
    assert {"power", "guard", "value"} <= refused["voice"]
    assert {"late", "apart", "power", "guard"} <= refused["hazard"]
    assert {"apart", "guard", "value"} <= refused["supervision"]
    timed = {code for code, spec in SPECS.items() if any(d.do == "timer" for t in spec.trace for d in t.do)}
    assert timed == {code for code, spec in SPECS.items() if spec.timer}


def test_a_kind_claims_as_law_only_limits_that_are():
    used = {
        code
        for spec in SPECS.values()
        for code in (*(c.limit for c in spec.clock), *(t.limit for t in spec.timer))
    }
    here = [row for row in LIMITS if row["code"] in used and not row.get("place")]
    firm = {row["code"] for row in here if row["strength"] in {"law", "regulation"}}
    assert firm == {
        "petition.object_days", "petition.register_days", "petition.review_days",
        "supervision.review_request_days", "supervision.review_days", "voice.answer",
    }  # fmt: skip
    law = {row["kind"] for row in LIMITS if row["code"] == "voice.answer" and row["strength"] != "assumed"}
    assert law == {"petition", "deputy", "deputy_hard"}


def test_the_same_number_of_days_stands_under_both_names():
    values = {(row["code"], row.get("kind", "")): (row["value"], row["unit"]) for row in LIMITS}
    twins = {
        "petition": "petition.close_days", "suggestion": "suggestion.reply_days",
        "deputy": "deputy.reply_months", "deputy_hard": "deputy.reply_complex_months",
        "deputy_redo": "deputy.redo_months", "hotline": "hotline.close_days",
    }  # fmt: skip
    assert {kind for kind, code in twins.items() if values["voice.answer", kind] != values[code, ""]} == set()
    assert values["joint.answer_time", ""] == values["deputy.joint_months", ""]


def test_a_matter_of_a_form_stands_in_the_list_of_powers_under_the_same_title():
    with (FOLDER / "powers.csv").open(encoding="utf-8") as file:
        titles = {row["matter"]: row["title"] for row in csv.DictReader(file)}
    told = {
        choice.value: choice.title
        for spec in SPECS.values() if spec.matter
        for field in spec.field if field.code == spec.matter
        for choice in field.choices
    }  # fmt: skip
    assert {code: titles.get(code) for code in told} == told
    assert len(titles) == 34


def test_whoever_mends_never_accepts():
    hazard = SPECS["hazard"]
    accepting = [s for s in hazard.step if s.code.startswith(("pass_", "fail_", "close_out", "look_good"))]
    assert len(accepting) == 8
    assert [s.code for s in accepting if "self_check" not in s.apart or s.apart_by != "organisation"] == []
    assert all(step.apart_by == "post" for step in SPECS["supervision"].step if step.code == "decide_review")


def test_nothing_holds_the_clock_of_a_citizen():
    assert {code for code, spec in SPECS.items() if spec.pause} == {"petition_review"}
    assert all("第三十六条" in pause.clause for pause in SPECS["petition_review"].pause)


def test_software_gives_no_verdict_on_tolerance():
    spec = SPECS["tolerance"]
    assert spec.table == ()
    assert spec.confidential
    assert spec.readers == ()
    fields = {field.code: field for field in spec.field}
    assert [
        code for code, one in fields.items() if code.startswith("evidence_") and "效力待核" not in one.title
    ] == []
    assert {"verdict", "verdict_reason"} <= set(next(s for s in spec.step if s.code == "decide").needed)


def test_whatever_names_a_person_is_apart_and_ends():
    personal = [field for spec in SPECS.values() for field in spec.field if field.personal]
    assert {field.keep for field in personal} == {"privacy.contact_keep_months"}
    words = {field.title for spec in SPECS.values() for field in spec.field if not field.personal}
    assert words & {"姓名", "联系电话", "电子邮箱", "称呼", "联系人"} == set()


def test_no_two_papers_share_a_number():
    numbers = Counter(paper.number for spec in SPECS.values() for paper in spec.paper)
    assert [number for number, count in numbers.items() if count > 1 or not number] == []


def test_fields_that_reforms_fill_are_there():
    supervision = {field.code for field in SPECS["supervision"].field}
    assert {"reform", "milestone", "milestone_due", "subject", "requirement"} <= supervision
    evidence = {f"evidence_{one}" for one in ("direction", "lawful", "procedure", "diligence", "remedy")}
    assert evidence <= {field.code for field in SPECS["tolerance"].field}
    assert SPECS["enterprise"].field[-4].type is FieldType.FLAG


# -- played -----------------------------------------------------------------------------------------------
def test_every_trace_comes_out_as_it_says(place):
    verdicts = trials(PACK, at=TODAY)
    assert [str(problem) for verdict in verdicts for problem in verdict.problems] == []
    assert len(verdicts) == sum(len(spec.trace) for spec in SPECS.values())
    assert Case.objects.count() == 0


ORDER = {
    "subject": "节点逾期", "category": "daily", "source": "light", "mandate": "示例〔1〕号",
    "mandate_post": "区委分管改革领导岗", "mandate_on": "2026-11-01", "requirement": "说明原因。",
}  # fmt: skip


def ordered(body: str, topic: str, key: str, at: datetime = TODAY) -> str:
    """An order proposed and approved; its number."""
    opening = Opening("supervision", ORDER | {"topic": topic}, {"body": [body]})
    number = open_case(by=doer("ducha"), opening=opening, key=key, at=at).number
    act(by=doer("quwei-fenguan"), ask=Ask(number, "approve", f"{key}-approve"), at=at)
    return number


def test_the_same_body_is_not_supervised_twice_on_the_same_matter(place):
    first = ordered("jingxin", "reform", "a")
    with pytest.raises(CaseRefused) as refused:
        ordered("jingxin", "reform", "b")
    assert refused.value.why is Why.SPACING
    assert first in refused.value.words
    ordered("jingxin", "safety", "c")
    ordered("zigui", "reform", "d")


def test_the_fifth_order_of_a_year_to_a_body_is_refused(place):
    topics = ["reform", "livelihood", "safety", "environment"]
    for number, topic in enumerate(topics):
        ordered("jingxin", topic, str(number))
    with pytest.raises(CaseRefused) as refused:
        ordered("jingxin", "land", "fifth")
    assert refused.value.why is Why.SPACING
    ordered("jingxin", "business", "next-year", TODAY + timedelta(days=200))


def test_an_order_names_the_instruction_its_post_and_day_and_the_office_in_full(place):
    number = ordered("jingxin", "reform", "order")
    plan = {"plan_scope": "节点", "plan_way": "online", "plan_burden": "不另报材料"}
    for step, values in (("file_plan", plan), ("issue", {})):
        act(by=doer("ducha"), ask=Ask(number, step, f"order-{step}", values=values), at=TODAY)
    order = Paper.objects.get(case__number=number)
    assert (order.number, order.content["to"]) == ("甬北督〔2026〕1号", "区经济和信息化局")
    assert order.content["body"][0] == (
        "根据2026年11月1日区委分管改革领导岗的指令（示例〔1〕号），现将“节点逾期”交你单位办理。"
    )
    assert "请于2026年12月10日前" in order.content["body"][2]


@pytest.mark.parametrize(
    ("kind", "post"),
    [
        ("supervision", "gaige-zonghe"),
        ("tolerance", "jiwei-jingban"),
        ("voice", "audit"),
        ("hazard", "jingxin-jingban"),
    ],
)
def test_only_bodies_with_the_mandate_open(place, kind, post):
    with pytest.raises(CaseRefused) as refused:
        open_case(by=doer(post), opening=Opening(kind, {}), key="x", at=TODAY)
    assert refused.value.why is Why.RIGHT


def test_a_tolerance_file_is_seen_by_its_parties_alone(place):
    spec = SPECS["tolerance"]
    values = {name: "示例" for name in spec.asks if not name.endswith("?")}
    opening = Opening("tolerance", values)
    number = open_case(by=doer("zhifa-jingban"), opening=opening, key="t", at=TODAY).number
    case = Case.objects.get(number=number)

    def sees(role: Role, code: str) -> bool:
        user = UserFactory(role=role, organisation=Organisation.objects.get(code=code))
        return rules.may_see(reader_of(user), case)

    parties = ["zhifa", "jiwei", "zuzhibu"]
    assert [sees(Role.LEAD, code) for code in parties] == [True] * 3
    assert sees(Role.OFFICE, "gaigeban")
    assert sees(Role.LEADER, "jiangbei")
    others = [(Role.LEAD, "jingxin"), (Role.SUPERVISOR, "duchashi"), (Role.AUDITOR, "shenji")]
    assert [sees(role, code) for role, code in others] == [False] * 3


@pytest.mark.parametrize("today", [TODAY, datetime(2026, 10, 6, 10, tzinfo=HOME)], ids=["weekday", "holiday"])
def test_illustrative_cases_stand_in_all_stages_whenever_they_are_loaded(place, settings, tmp_path, today):
    settings.MEDIA_ROOT = tmp_path
    counts = load_cases(PACK, known_of(PACK), at=today)
    assert (counts.created, len(PACK.read(CASES))) == (34, 34)
    cases = list(Case.objects.select_related("kind"))
    assert {case.illustrative for case in cases} == {True}
    tones = Counter(tone_of(clock, case.kind, today.date()) for case in cases for clock in case.clocks.all())
    assert min(tones["red"], tones["blue"], tones["off"], tones["done"]) >= 3
    assert sum(case.is_held for case in cases) == 1
    assert {case.kind.code for case in cases} == set(SPECS)
    assert Effect.objects.exclude(state=EffectState.DONE).count() == 0
    assert load_cases(PACK, known_of(PACK), at=today).unchanged == 34


def test_powers_are_loaded_as_assumed_and_illustrative(place):
    assert set(Power.objects.values_list("strength", flat=True)) == {"assumed"}
    assert Power.objects.exclude(note__contains="示例").count() == 0
    assert Kind.objects.filter(is_current=True).count() == len(SPECS)
    assert Power.objects.in_force(date(2026, 11, 25)).count() == Power.objects.count() > 80
