"""Bad guides, deadlocks, explanations, the ledger, legality, questions, what is emitted, published guides."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minhu.methods.composing import (
    BadBundle,
    Constraint,
    Days,
    Declared,
    Field,
    FieldType,
    Is,
    Limit,
    Matter,
    NodeKind,
    PermitLimits,
    Printed,
    Problem,
    Ref,
    Requirement,
    SignedMerge,
    Step,
    StepKind,
    Verdict,
    Waiver,
    bases,
    check,
    compose,
    critical_path,
    differences,
    draft,
    findings,
    guide_of,
    guide_queries,
    matters_of,
    net_of,
    queries,
    reduction,
    savings,
    witnesses,
)
from tests.methods.composing import models
from tests.methods.composing.bundles import random_bundle
from tests.methods.composing.plain import STEPS, asks, bundle, item

LIMITS = PermitLimits(
    "行政许可", Limit(20, 10, "§42"), Limit(45, 15, "§42-2"), Limit(5, clause="§32"), Limit(10, clause="§44"),
    frozenset({StepKind.HEARING, StepKind.INSPECT, StepKind.EXPERT}), "§45",
)  # fmt: skip
WORKED = item("a", asks("id", id="r1"), issues="licence")


WEEKLY = replace(STEPS[0], days=Days(1, unit="week"))
LATER = asks("id", step="decide", waiver=Waiver.DEFER, deferred_to="accept")
NO_SORT = Field("r", "e", FieldType.CHOICE, "种类", Constraint(frozenset()))
BROKEN = Field("r", "e", FieldType.TEXT, "号", Constraint(patterns=frozenset({"("})))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"legal_basis": (" ",)}, "no legal basis"),
        ({"steps": (WEEKLY, STEPS[1])}, "unknown unit 'week'"),
        ({"steps": (replace(STEPS[0], days=Days(1, 2)), STEPS[1])}, "promises 2"),
        ({"steps": (replace(STEPS[0], needs=("decide",)), STEPS[1])}, "wait for each other"),
        ({"requirements": (asks("id"), asks("id"))}, "requirement 'r' stands twice"),
        ({"requirements": (Requirement("r", "accept", ()),)}, "nobody can meet it"),
        ({"requirements": (asks("id", step="acept"),)}, "did you mean 'accept'"),
        ({"requirements": (LATER,)}, "does not follow"),
        ({"requirements": (asks("id", deferred_to="decide"),)}, "not deferrable"),
        ({"condition": Is("sort", frozenset("x"))}, "depends on unknown 'sort'"),
        ({"fields": (NO_SORT,)}, "nothing to enter"),
        ({"fields": (BROKEN,)}, "cannot be read"),
    ],
)
def test_a_bad_guide_is_refused_by_name(change: dict[str, Any], words: str) -> None:
    guide = replace(WORKED, **change)
    with pytest.raises(BadBundle, match=words) as refused:
        compose(Problem(bundle(guide, held="id")))
    assert [str(fault).startswith("a") for fault in refused.value.faults] == [True]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"guides": ()}, "holds no guide"),
        ({"guides": (WORKED, WORKED)}, "guide 'a' stands twice"),
        ({"materials": ()}, "unknown material 'id'"),
        ({"alike": 2.0}, "between 0 and 1"),
        ({"merges": (SignedMerge("r.a", "r.b", " ", ""),)}, "nobody signed"),
    ],
)
def test_a_bad_bundle_is_refused(change: dict[str, Any], words: str) -> None:
    with pytest.raises(BadBundle, match=words):
        compose(Problem(replace(bundle(WORKED, held="id"), **change)))


def test_an_answer_must_be_an_option() -> None:
    whole = random_bundle(1, 2)
    with pytest.raises(BadBundle, match=r"'castle' is no option.*one of shop"):
        compose(Problem(whole, {"kind": "castle"}))
    with pytest.raises(BadBundle, match="no such question"):
        compose(Problem(whole, {"knd": "shop"}))


def test_what_nobody_brings_shares_or_issues_is_unmet() -> None:
    problem = Problem(bundle(item("a", asks("stamp", "id seal")), held="id"))
    solution = compose(problem)
    assert [(str(u.ref), u.materials) for u in solution.unmet] == [("a/r", ("seal", "stamp"))]
    assert solution.proof is None
    assert check(problem, solution) == []
    with pytest.raises(ValueError, match="no plan: a/r"):
        net_of(problem.bundle, solution)


def test_mutual_requirements_are_a_deadlock_by_its_smallest_cycle() -> None:
    ring = [item(code, asks(f"out{need}"), issues=f"out{code}") for code, need in ("ab", "bc", "ca")]
    longer = [item(code, asks(f"out{need}"), issues=f"out{code}") for code, need in ("de", "ed")]
    bridge = item("f", asks("outa outd"))
    problem = Problem(bundle(*ring, *longer, bridge, item("g", issues="x")))
    solution = compose(problem)
    cycles = [[str(w.by) for w in deadlock.waits if w.by] for deadlock in solution.deadlocks]
    assert [sorted(each) for each in cycles] == [["a/r", "b/r", "c/r"], ["d/r", "e/r"]]
    assert all(
        a.other == b.step
        for d in solution.deadlocks
        for a, b in zip(d.waits, d.waits[1:] + d.waits[:1], strict=True)
    )
    assert check(problem, solution) == []


def test_the_checker_sees_a_false_excuse() -> None:
    problem = Problem(bundle(item("a", asks("outb"), issues="outa"), item("b", asks("outa"), issues="outb")))
    solution = compose(problem)
    deadlock = solution.deadlocks[0]
    assert check(problem, replace(solution, deadlocks=())) == ["a plan is missing"]
    cut = replace(solution, deadlocks=(replace(deadlock, waits=deadlock.waits[1:]),))
    assert check(problem, cut)[0].startswith("no deadlock")
    waits = tuple(replace(wait, material="x") if wait.by else wait for wait in deadlock.waits)
    wrong = check(problem, replace(solution, deadlocks=(replace(deadlock, waits=waits),)))
    assert sorted(wrong) == ["a/decide does not bring forth x", "b/decide does not bring forth x"]


def test_another_way_out_is_no_deadlock() -> None:
    one, other = item("a", asks("outb", "id"), issues="outa"), item("b", asks("outa"), issues="outb")
    solution = compose(Problem(bundle(one, other, held="id")))
    assert solution.deadlocks == ()
    assert solution.label(Ref("b", "decide")).end == 10


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_the_smallest_cycle_is_that_of_all_walks(seed: int) -> None:
    problem = Problem(random_bundle(seed, 6, knotted=0.3, knots=2))
    solution = compose(problem)
    assert check(problem, solution) == []
    for deadlock in solution.deadlocks:
        assert len(deadlock.waits) == models.girth(problem, {tuple(ref) for ref in deadlock.knot})


def test_the_critical_path_names_the_clauses() -> None:
    guides = item("a", issues="licence", days=6), item("b", asks("licence")), item("c", days=9)
    problem = Problem(bundle(*guides))
    solution = compose(problem)
    path = critical_path(solution)
    assert [str(link.step) for link in path] == ["a/accept", "a/decide", "b/accept", "b/decide"]
    assert [link.by_clause for link in path] == ["", "", "asks licence", ""]
    assert witnesses(solution) == {"a": None, "b": Ref("b", "r"), "c": None}
    saved = {each.clause: (each.days, each.first_day, each.most) for each in savings(problem, solution)}
    # §1 stands behind all three acceptances: twice on the path; item c then holds the floor at 9.
    assert saved == {"§1": (3, 2, 2), "a §2": (6, 1, 2), "b §2": (4, 1, 2)}


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_savings_are_those_of_a_changed_rule(seed: int) -> None:
    problem = Problem(random_bundle(seed, 4, knotted=0))
    solution = compose(problem)
    assert solution.proof is not None
    for each in savings(problem, solution)[:3]:
        guides = tuple(
            replace(
                g, steps=tuple(replace(s, days=Days(0)) if s.clause == each.clause else s for s in g.steps)
            )
            for g in problem.bundle.guides
        )
        changed = compose(replace(problem, bundle=replace(problem.bundle, guides=guides)))
        assert changed.proof is not None
        assert solution.proof.makespan - changed.proof.makespan == each.most


def test_the_ledger_tells_both_baselines() -> None:
    guides = (
        item("a", asks("id"), issues="licence"),
        item("b", asks("licence"), asks("id", id="r2")),
        item("c"),
    )
    solution = compose(Problem(bundle(*guides, held="id")))
    told = {each.name: (each.before, each.after, each.percent) for each in differences(solution)}
    assert told["days, one after another"] == (15, 10, Decimal("33.33"))
    assert told["days, unbundled"] == (10, 10, Decimal("0.00"))
    assert told["papers"] == (3, 1, Decimal("66.67"))
    assert told["steps"] == (6, 4, Decimal("33.33"))


@pytest.mark.parametrize(
    ("before", "after", "percent"),
    [
        (17, 2, "88.24"),
        (35, 17, "51.43"),
        (48, 13, "72.92"),
        (100, 58, "42.00"),
        (6, 1, "83.33"),
        (14, 7, "50.00"),
    ],
)
def test_published_pairs(before: int, after: int, percent: str) -> None:
    """重构: arithmetic of published counts (Sichuan restaurant, Guangyuan and Shanwei), no evidence."""
    assert reduction(before, after) == Decimal(percent)
    assert before in bases(after, percent)


def test_a_rounded_percentage_without_a_base() -> None:
    assert bases(18, "63.1") == ()
    assert bases(1, "83.33") == (6,)
    assert bases(7, "50") == (14,)
    with pytest.raises(ValueError, match="something to reduce"):
        reduction(0, 0)


@given(st.integers(1, 400), st.data(), st.integers(0, 3))
def test_every_base_is_found(before: int, data: st.DataObject, places: int) -> None:
    after = data.draw(st.integers(0, before))
    assert before in bases(after, str(reduction(before, after, places)))


@pytest.mark.parametrize(
    ("days", "verdicts"),
    [(20, []), (21, [Verdict.NEEDS_EXTENSION]), (30, [Verdict.NEEDS_EXTENSION]), (31, [Verdict.BREACH])],
)
def test_a_permit_has_its_limit(days: int, verdicts: list[Verdict]) -> None:
    permit = bundle(item("a", days=days, kind="行政许可"), item("b", days=99, kind="行政确认"))
    assert [f.verdict for f in findings(permit, compose(Problem(permit)), LIMITS, joint=True)] == verdicts


def test_days_of_an_inspection_do_not_count_and_of_a_review_do() -> None:
    long = Step("look", StepKind.INSPECT, "w", Days(40), ("accept",), counted=False)
    steps = (STEPS[0], long, replace(STEPS[1], needs=("look",)))
    whole = bundle(item("a", steps=steps, kind="行政许可"))
    assert findings(whole, compose(Problem(whole)), LIMITS, joint=False) == []
    unlawful = bundle(
        item("a", steps=(STEPS[0], replace(long, kind=StepKind.REVIEW), STEPS[1]), kind="行政许可")
    )
    found = findings(unlawful, compose(Problem(unlawful)), LIMITS, joint=False)
    assert [(f.where, f.clause) for f in found] == [("a/look", "§45")]


def test_joint_handling_accepting_and_delivering_have_theirs() -> None:
    needs = {"a": (), "b": (asks("outa"),), "c": (asks("outb"),)}
    chain = [item(i, *n, issues=f"out{i}", days=20, kind="行政许可") for i, n in needs.items()]
    whole = bundle(*chain)
    found = findings(whole, compose(Problem(whole)), LIMITS, joint=True)
    assert [(f.where, f.days, f.allowed, f.verdict) for f in found] == [
        ("joint handling", 62, 60, Verdict.BREACH)
    ]
    slow = (replace(STEPS[0], days=Days(6)), Step("send", StepKind.ISSUE, "w", Days(11), ("accept",)))
    late = bundle(item("a", steps=slow, kind="行政许可"))
    found = findings(late, compose(Problem(late)), LIMITS, joint=True)
    assert [f.clause for f in found] == ["§32", "§44"]


def test_questions_that_numbers_raise() -> None:
    matters = [Matter("出生登记", 10), Matter("社保卡", 30)]
    asked = queries(Declared(5, 72), matters, [Printed("材料", 18, "63.1"), Printed("跑动", 1, "83.33")])
    assert [query.code for query in asked] == ["promise_shorter", "before_not_sum", "no_base"]
    assert "30" in asked[0].words
    assert queries(Declared(30, 40), matters) == []


def test_a_guide_must_know_its_own_visits() -> None:
    guides = replace(WORKED, visits=2), replace(WORKED, item="b", visits=0), item("c", steps=())
    assert [(query.code, query.where) for query in guide_queries(guides)] == [
        ("visits_differ", "a"),
        ("no_steps", "c"),
    ]
    assert [matter.limit_days for matter in matters_of(bundle(*guides))] == [5, 5, 0]


def test_the_net_runs_from_start_to_end_in_the_planned_days() -> None:
    guides = item("a", asks("id"), issues="licence"), item("b", asks("licence map"))
    problem = Problem(bundle(*guides, held="id", shared={"map": 3}))
    solution = compose(problem)
    net = net_of(problem.bundle, solution)
    assert {node.kind for node in net.nodes} == {NodeKind.START, NodeKind.STEP, NodeKind.SHARE, NodeKind.END}
    assert run(net) == solution.proof.makespan  # type: ignore[union-attr]
    assert [(timer.node, timer.count) for timer in net.timers][:2] == [("a/accept", 1), ("a/decide", 4)]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_every_net_runs(seed: int) -> None:
    problem = Problem(random_bundle(seed, 4, knotted=0, visits=0))
    solution = compose(problem)
    assert run(net_of(problem.bundle, solution)) == solution.proof.makespan  # type: ignore[union-attr]


def run(net: Any) -> int:
    """Days until the end node, every node waiting for all arcs into it; later checks beside."""
    days = {node.id: node.days for node in net.nodes}
    ends: dict[str, int] = {}
    while len(ends) < len(days):
        fresh = {
            node: days[node] + max([0, *(ends[here] for here, there in net.arcs if there == node)])
            for node in days
            if node not in ends and all(here in ends for here, there in net.arcs if there == node)
        }
        assert fresh
        ends |= fresh
    return ends["end"]


def test_the_guide_lists_each_paper_with_its_clauses() -> None:
    guides = replace(item("a", asks("id")), fee_yuan=10), item("b", asks("id"))
    problem = Problem(bundle(*guides, held="id"))
    guide = guide_of(problem.bundle, compose(problem))
    assert (guide.days, guide.visits, guide.fee_yuan) == (5, 0, 10)
    assert [line.serves for line in guide.checklist] == [
        ((Ref("a", "r"), "asks id"), (Ref("b", "r"), "asks id"))
    ]
    assert guide.legal_basis == ("law a", "law b")


def test_the_published_guides_go_as_far_as_they_go(shared: Path) -> None:
    records = json.loads((shared / "data" / "one_thing" / "guides.json").read_text(encoding="utf-8"))
    drafts = [draft(record) for record in records]
    assert [len(each.bundle.guides) for each in drafts] == [8, 7, 22]
    for each, days in zip(drafts, (30, 10, 11), strict=True):
        problem = Problem(each.bundle)
        solution = compose(problem)
        assert check(problem, solution) == []
        assert solution.proof is not None
        assert solution.proof.makespan == days
        assert [query.code for query in each.queries] == ["promise_shorter", "before_not_sum"]
    assert [compose(Problem(each.bundle)).proof.ledger.serial_days for each in drafts] == [82, 33, 69]  # type: ignore[union-attr]
    assert "no lead department is named" in drafts[2].open_points
    assert "when is it asked for: 个人照片" in drafts[0].open_points


def test_a_published_guide_without_matters_is_refused() -> None:
    with pytest.raises(ValueError, match="出生: no theme_code, linked"):
        draft({"theme": "出生", "materials": [{"name": "x", "submit_mode": 4, "necessity": 1}]})
