"""The one-things of Jiangbei: sound, compiled with a proof in every situation, lawful, of a real size."""

import tomllib
from collections import defaultdict
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from minhu.cases.pack.knowing import known_of
from minhu.methods import composing
from minhu.methods.composing import Problem, Solution, StepKind, Waiver, Way
from minhu.packs import open_pack
from minhu.packs.guides import Definition, situations
from minhu.packs.guides.linting import catalogue_of, lint
from tests.packs.guides import PACKS, defined

FOLDER = PACKS / "jiangbei"
PACK = open_pack(FOLDER)
CATALOGUE = catalogue_of(PACK)
THINGS = {one.item.code: defined(CATALOGUE, one.item.code) for one in CATALOGUE.things}
REAL = [code for code, whole in THINGS.items() if not whole.thing.reconstructed]
LIMITS = {
    row["code"]: row["value"]
    for row in tomllib.loads((FOLDER / "limits.toml").read_text(encoding="utf-8"))["limit"]
    if row["code"].startswith("licence.")
}
PERMITS = composing.PermitLimits(
    "行政许可",
    composing.Limit(LIMITS["licence.single_days"], LIMITS["licence.single_extend_days"]),
    composing.Limit(LIMITS["licence.joint_days"], LIMITS["licence.joint_extend_days"]),
    composing.Limit(LIMITS["licence.complete_days"]),
    composing.Limit(LIMITS["licence.deliver_days"]),
    frozenset({StepKind.INSPECT, StepKind.EXPERT, StepKind.HEARING}),
)
CHECKED = (
    "行政许可法", "市场主体登记管理条例", "城乡规划法第四", "母婴保健法第二", "户口登记条例第七",
    "税收征收管理法第十六", "企业投资项目核准和备案管理条例第十三",
)  # fmt: skip
"""Clauses that steps may claim as law: everything else is assumed until somebody has read the source."""


def solved(whole: Definition) -> list[tuple[Problem, Solution]]:
    """Every situation with its solution."""
    problems = [Problem(whole.bundle, answers) for answers in situations(whole.bundle.questions)]
    return [(problem, composing.compose(problem)) for problem in problems]


@pytest.fixture(scope="module")
def all_solved() -> dict[str, list[tuple[Problem, Solution]]]:
    """Every one-thing in every situation."""
    return {code: solved(whole) for code, whole in THINGS.items()}


def test_nothing_can_be_said_against_them_but_short_promises() -> None:
    found = lint(CATALOGUE, known_of(PACK))
    assert [str(one) for one in found if not one.is_warning] == []
    asked = [(one.position.file, dict(one.said)["item"], dict(one.said)["own"]) for one in found]
    assert asked == [
        ("things/birth.toml", "出生登记（落户）", "10"),
        ("things/birth.toml", "社会保障卡申领（新生儿）", "30"),
        ("things/birth.toml", "生育医疗费用和生育津贴支付", "21"),
        ("things/restaurant.toml", "食品经营许可（餐饮服务）新办", "30"),
        ("things/restaurant.toml", "公众聚集场所投入使用、营业前消防安全检查", "25"),
        ("things/restaurant.toml", "店招店牌设置核准", "15"),
        ("things/restaurant.toml", "污水排入排水管网许可", "20"),
        ("things/set-up.toml", "社会保险登记", "4"),
    ]


def test_there_are_five_and_one_rebuilt() -> None:
    assert REAL == ["newborn", "build-up", "exit", "restaurant", "set-up"]
    assert [code for code in THINGS if code not in REAL] == ["rebuilt-restaurant"]


@pytest.mark.parametrize("code", THINGS)
def test_every_situation_has_a_proof_that_the_checker_passes(code: str, all_solved) -> None:
    found = all_solved[code]
    assert [problem.answers for problem, one in found if not one.is_publishable] == []
    assert [fault for problem, one in found for fault in composing.check(problem, one)] == []


@pytest.mark.parametrize("code", REAL)
def test_each_is_of_a_real_size(code: str, all_solved) -> None:
    whole, found = THINGS[code], [one for _, one in all_solved[code]]
    assert 4 <= len(whole.items) <= 8
    assert 20 <= max(len(one.fields) for one in found) <= 45
    assert 10 <= len(whole.materials) <= 30
    assert 2 <= len(whole.thing.question) <= 4
    assert len(found) >= 8
    assert len({item.department for item in whole.items}) >= 4
    assert all(one.proof and one.proof.ledger.fields.after < one.proof.ledger.fields.before for one in found)


@pytest.mark.parametrize("code", REAL)
def test_no_question_is_asked_for_nothing(code: str, all_solved) -> None:
    by_answers = {tuple(sorted(p.answers.items())): one for p, one in all_solved[code]}
    for question in THINGS[code].thing.question:
        groups = defaultdict(dict)
        for answers, one in by_answers.items():
            given = dict(answers)
            answer = given.pop(question.code, None)
            if answer is not None:
                groups[tuple(sorted(given.items()))][answer] = (
                    one.fields,
                    one.proof and one.proof.plan.choices,
                )
        for options in groups.values():
            assert [pair for pair in pairwise(sorted(options)) if options[pair[0]] == options[pair[1]]] == []


@pytest.mark.parametrize("code", ["newborn", "restaurant"])
def test_four_departments_act_on_one_day_in_every_situation(code: str, all_solved) -> None:
    for problem, one in all_solved[code]:
        owners = {guide.item: guide.department for guide in one.resolved.guides}
        assert one.proof is not None
        first = {owners[label.step.item] for label in one.proof.plan.labels if label.start == 0}
        assert len(first) >= 4, problem.answers


def test_a_restaurant_is_looked_at_once(all_solved) -> None:
    wanted = {"licence": "已有营业执照", "scale": "大中型餐饮店", "public": "是并选一般检查"}
    one = next(one for problem, one in all_solved["restaurant"] if problem.answers == wanted)
    assert one.proof is not None
    assert [len(visit.steps) for visit in one.proof.plan.visits] == [3]
    assert (one.proof.ledger.visits.before, one.proof.ledger.visits.after) == (3, 1)


def test_who_has_no_licence_yet_waits_for_it(all_solved) -> None:
    for problem, one in all_solved["restaurant"]:
        assert one.proof is not None
        ways = {
            (paper.paper.material, paper.way)
            for choice in one.proof.plan.choices
            for paper in choice.papers
            if paper.paper.material in {"business_licence", "licence_held"}
        }
        joins = problem.answers["licence"] == "一并办理设立登记"
        assert ways == {("business_licence", Way.OUTPUT) if joins else ("licence_held", Way.SHARE)}


def test_every_way_of_meeting_a_requirement_is_used(all_solved) -> None:
    choices = [c for found in all_solved.values() for _, one in found for c in one.proof.plan.choices]
    assert {paper.way for choice in choices for paper in choice.papers} == set(Way)
    assert any(choice.committed for choice in choices)
    lags = {material.share_lag_days for whole in THINGS.values() for material in whole.materials}
    assert {0, 1} <= lags
    waivers = {need.waiver for whole in THINGS.values() for item in whole.items for need in item.requirement}
    assert waivers == set(Waiver)
    assert any(len(need.sets) > 1 and max(map(len, need.sets)) > 1
               for whole in THINGS.values() for item in whole.items for need in item.requirement)  # fmt: skip


# -- look-alikes: never one field without a signature ------------------------------------------------------
@pytest.mark.parametrize(
    ("code", "one", "other"),
    [
        ("restaurant", "applicant.name", "legal_rep.name"),
        ("restaurant", "enterprise.domicile", "premises.address"),
        ("restaurant", "safety_officer.phone", "fire_officer.phone"),
        ("newborn", "newborn.birth_date", "mother.delivered_on"),
        ("newborn", "mother.household_address", "father.household_address"),
        ("build-up", "enterprise.industry", "project.industry"),
        ("exit", "liquidator.name", "legal_rep.name"),
    ],
)
def test_look_alikes_stay_two_fields(code: str, one: str, other: str, all_solved) -> None:
    seen = False
    for _, solution in all_solved[code]:
        groups = [{asker.key for asker in field.askers} for field in solution.fields]
        assert not any({one, other} <= group for group in groups)
        seen = seen or {one, other} <= set().union(*groups)
    assert seen


def test_look_alikes_are_suggested_to_whoever_signs(all_solved) -> None:
    pairs = {
        frozenset({look.one, look.other}) for _, one in all_solved["newborn"] for look in one.look_alikes
    }
    assert frozenset({"mother.home_address", "newborn.home_address"}) in pairs
    assert frozenset({"mother.hospital", "newborn.hospital"}) not in pairs


@pytest.mark.parametrize(
    ("code", "key", "same_as"),
    [
        ("restaurant", "sign.address", "premises.address"),
        ("newborn", "mother.hospital", "newborn.hospital"),
    ],
)
def test_what_was_signed_is_one_field_with_both_askers(code: str, key: str, same_as: str, all_solved) -> None:
    groups = [{a.key for a in field.askers} for _, one in all_solved[code] for field in one.fields]
    mine = [group for group in groups if key in group]
    assert mine != []
    assert [group for group in mine if same_as not in group] == []


# -- law --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("code", REAL)
def test_permits_keep_the_limits_of_the_law(code: str, all_solved) -> None:
    found = [
        (problem.answers, finding.where, finding.what, finding.days)
        for problem, one in all_solved[code]
        for finding in composing.findings(problem.bundle, one, PERMITS, joint=True)
    ]
    assert found == []


def test_nothing_unverified_is_called_law() -> None:
    items = [item for whole in THINGS.values() for item in whole.items]
    assert [item.code for item in items if not item.illustrative] == []
    steps = [(item.code, step) for item in items for step in item.step]
    said = [(code, step.id) for code, step in steps if "待核" in step.clause or "示例" in step.clause]
    claimed = [(code, step.id) for code, step in steps if step.strength != "assumed"]
    assert [one for one in claimed if one in said] == []
    loose = [(code, step.clause) for code, step in steps if step.strength != "assumed"]
    assert [one for one in loose if not any(word in one[1] for word in CHECKED)] == []


def test_every_basis_names_its_article_or_that_it_was_not_looked_up() -> None:
    bases = [one for whole in THINGS.values() for item in whole.items for one in item.basis]
    assert [one for one in bases if not one.article] == []
    waivers = [
        need
        for whole in THINGS.values()
        for item in whole.items
        for need in item.requirement
        if need.waiver is not Waiver.NONE
    ]
    assert [need.id for need in waivers if "待核" not in need.clause] == []
    assert {need.verify for need in waivers if need.waiver is Waiver.COMMIT} == {"commitment.verify_days"}


def test_a_childs_values_have_a_consent_and_a_shorter_keep_of_their_own() -> None:
    whole = THINGS["newborn"]
    kinds = {one.code: one.kind for one in whole.bearers}
    only = {field.element for item in whole.items for field in item.field if kinds[field.role] == "child"} - {
        field.element for item in whole.items for field in item.field if kinds[field.role] != "child"
    }
    keeps = {one.code: one.keep for one in whole.elements if one.personal and one.code in only}
    assert len(keeps) >= 9
    assert set(keeps.values()) == {"privacy.child_keep_months"}
    assert whole.thing.child_data
    assert [one.code for one in whole.thing.consent if one.child] == ["child"]
    assert [code for code in REAL if THINGS[code].thing.child_data] == ["newborn"]


def test_everything_in_the_dictionaries_is_used() -> None:
    used = {field.element for whole in THINGS.values() for item in whole.items for field in item.field}
    assert {one.item.code for one in CATALOGUE.elements} - used == set()
    wanted = {one.code for whole in THINGS.values() for one in whole.materials}
    assert {one.item.code for one in CATALOGUE.materials} - wanted == set()
    joined = {code for whole in THINGS.values() for code in whole.thing.items}
    assert {one.item.code for one in CATALOGUE.items} - joined == set()


# -- 重构: the counting rules against published counts ------------------------------------------------------
def test_the_rebuilt_bundle_counts_as_published(all_solved) -> None:
    [(_, one)] = all_solved["rebuilt-restaurant"]
    assert one.proof is not None
    ledger = one.proof.ledger
    counted = {
        "steps": (ledger.steps.before, ledger.steps.after),
        "materials": (ledger.papers.before, ledger.papers.after),
        "days": (ledger.serial_days, ledger.days),
        "fields": (ledger.fields.before, ledger.fields.after),
    }
    published = {row.what: (row.before, row.after) for row in THINGS["rebuilt-restaurant"].thing.count}
    assert counted == published
    less = {what: composing.reduction(*pair) for what, pair in counted.items()}
    assert less == {
        "steps": Decimal("88.24"),
        "materials": Decimal("51.43"),
        "days": Decimal("72.92"),
        "fields": Decimal("42.00"),
    }


def test_what_is_rebuilt_says_so_everywhere() -> None:
    whole = THINGS["rebuilt-restaurant"]
    assert whole.thing.reconstructed
    names = [whole.thing.name, *(i.name for i in whole.items), *(m.name for m in whole.materials)]
    names += [one.title for one in whole.elements]
    assert [name for name in names if "重构" not in name] == []
    assert {item.kind for item in whole.items} == {"重构"}
    for file in (Path("elements"), Path("materials"), Path("items"), Path("things")):
        assert (FOLDER / file / "rebuilt.toml").read_text(encoding="utf-8").startswith("# 重构")
