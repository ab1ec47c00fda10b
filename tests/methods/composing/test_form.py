"""Conditions, the lattice, merged fields, look-alikes, the form and its schema."""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minhu.methods.composing import (
    ALWAYS,
    NEVER,
    BadCondition,
    CircularForm,
    Constraint,
    Every,
    Field,
    FieldType,
    Is,
    Not,
    Problem,
    Question,
    SignedMerge,
    Some,
    check,
    compose,
    condition_of,
    form_of,
    worded,
)
from minhu.methods.composing.conditions import partial, truth
from minhu.methods.composing.lattice import FREE, meet, meet_all, quarrel
from tests.methods.composing.bundles import random_bundle
from tests.methods.composing.plain import bundle, item
from tests.methods.composing.traps import PAIRS, false_merges, trap_bundle

LEAVES = st.builds(Is, st.sampled_from("pq"), st.frozensets(st.sampled_from("xyz"), min_size=1))
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(Every, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Some, st.lists(inner, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)
OPTIONS = st.none() | st.frozensets(st.sampled_from("0123"), max_size=4)
BOUNDS = st.none() | st.integers(0, 3).map(Decimal)
CONSTRAINTS = st.builds(Constraint, OPTIONS, BOUNDS, BOUNDS)


def text(label: str, key: str = "applicant.e", **more: Any) -> Field:
    role, _, element = key.partition(".")
    return Field(role, element, more.pop("type", FieldType.TEXT), label, clause=f"{label}条", **more)


def asking(*groups: list[Field], **more: Any) -> Problem:
    return Problem(
        bundle(*(item(code, fields=tuple(g)) for code, g in zip("abcdef", groups, strict=False)), **more)
    )


@given(CONDITIONS, st.dictionaries(st.sampled_from("pq"), st.sampled_from("xyz")))
def test_partial_evaluation_keeps_the_truth(condition: Any, known: dict[str, str]) -> None:
    left = partial(condition, known)
    for p, q in product("xyz", repeat=2):
        answers = {"p": p, "q": q} | known
        assert truth(left, answers) == truth(condition, answers)
    assert truth(condition, known) is None or left in (ALWAYS, NEVER)


@given(CONDITIONS)
def test_words_are_read_again(condition: Any) -> None:
    again = condition_of(worded(partial(condition, {})))
    for p, q in product("xyz", repeat=2):
        assert truth(again, {"p": p, "q": q}) == truth(condition, {"p": p, "q": q})


def test_conditions_are_written_in_either_language() -> None:
    assert condition_of("类型 属于 餐馆，小吃店 且 非(面积 = 小)") == condition_of(
        "类型 in 餐馆, 小吃店 and 面积 != 小"
    )


@pytest.mark.parametrize("words", ["a =", "a = b c", "(a = b", "= b", "a in", "not", "a = b and"])
def test_an_unreadable_condition_says_where(words: str) -> None:
    with pytest.raises(BadCondition, match="wanted"):
        condition_of(words)


@given(CONSTRAINTS, CONSTRAINTS, CONSTRAINTS)
def test_constraints_meet_in_a_lattice(one: Constraint, two: Constraint, three: Constraint) -> None:
    assert meet(one, two) == meet(two, one)
    assert meet(one, meet(two, three)) == meet(meet(one, two), three)
    assert meet(one, one) == one == meet(one, FREE)
    for value in "0123":
        assert meet(one, two).admits(value) == (one.admits(value) and two.admits(value))


@given(st.lists(CONSTRAINTS, max_size=4))
def test_a_quarrel_is_empty_and_as_small_as_it_can_be(constraints: list[Constraint]) -> None:
    found = quarrel(constraints)
    assert bool(found) == meet_all(constraints).is_empty
    for index in found:
        assert not meet_all(constraints[other] for other in found if other != index).is_empty


def test_fields_merge_on_role_element_and_type() -> None:
    problem = asking(
        [text("姓名")], [text("申请人姓名")], [text("姓名", "agent.e")], [text("姓名", type=FieldType.WHOLE)]
    )
    solution = compose(problem)
    assert [len(field.askers) for field in solution.fields] == [2, 1, 1]
    assert [change.item for change in solution.proof.ledger.fields.removed] == ["b"]  # type: ignore[union-attr]
    assert check(problem, solution) == []


def test_a_trap_is_never_sprung() -> None:
    whole = trap_bundle()
    solution = compose(Problem(whole))
    assert sum(len(guide.fields) for guide in whole.guides) == 101
    assert false_merges(whole, len(solution.fields)) == 0
    assert [len(field.askers) for field in solution.fields].count(2) == 1
    suggested = {each.labels for each in solution.look_alikes}
    assert {("代理人姓名", "被代理人姓名"), ("施工许可证号", "施工许可证编号"), ("姓名", "姓名")} <= suggested
    assert PAIRS[1] not in suggested


def test_only_a_signature_merges_other_codes() -> None:
    groups = [text("住所", "firm.home")], [text("住所地址", "firm.seat")]
    signed = SignedMerge("firm.seat", "firm.home", "审批办", "2026-01-05")
    assert len(compose(asking(*groups)).fields) == 2
    solution = compose(asking(*groups, merges=(signed,)))
    assert [field.key for field in solution.fields] == ["firm.home"]
    assert check(asking(*groups, merges=(signed,)), solution) == []
    assert "joins what is not the same" in check(asking(*groups), solution)[0]


def test_a_conflict_names_both_departments_and_keeps_the_fields_apart() -> None:
    few, many = Constraint(greatest=Decimal(10)), Constraint(least=Decimal(20))
    whole = {"type": FieldType.WHOLE}
    problem = asking(
        [text("人数", constraint=few, **whole)],
        [text("人数", **whole)],
        [text("人数", constraint=many, **whole)],
    )
    solution = compose(problem)
    assert [[a.department for a in c.askers] for c in solution.conflicts] == [
        ["department a", "department c"]
    ]
    assert [field.key for field in solution.fields] == ["applicant.e@a", "applicant.e@b", "applicant.e@c"]
    assert not solution.is_publishable


def test_visibility_in_a_circle_is_refused() -> None:
    one = text("甲", "r.a", condition=Is("r.b", frozenset("x")))
    other = text("乙", "r.b", condition=Is("r.a", frozenset("x")))
    problem = asking([one, other])
    with pytest.raises(CircularForm, match=r"r\.a"):
        form_of(problem.bundle, compose(problem))


def test_a_field_is_asked_after_what_shows_it() -> None:
    shown = text("乙", "r.b", condition=Is("r.z", frozenset("x")))
    problem = asking([shown, text("丙", "r.z")])
    form = form_of(problem.bundle, compose(problem))
    assert [field.key for field in form.fields] == ["r.z", "r.b"]
    assert form.reads == {"a": ("r.z", "r.b")}


def test_a_question_that_is_not_asked_is_not_open() -> None:
    questions = (Question("p", "?", ("x", "y")), Question("q", "?", ("x", "y"), Is("p", frozenset("x"))))
    fields = [text("甲", condition=Is("q", frozenset("x")))]
    for answers, open_, shown in (({}, ["p", "q"], 1), ({"p": "x"}, ["q"], 1), ({"p": "y"}, [], 0)):
        problem = replace(asking(fields, questions=questions), answers=answers)
        solution = compose(problem)
        assert [question.code for question in solution.resolved.open_questions] == open_
        assert len(solution.fields) == shown
        assert check(problem, solution) == []


def holds(schema: Any, value: Any) -> bool:
    """A validator of the words our schemas use, written from the 2020-12 specification."""
    if isinstance(schema, bool):
        return schema
    tests = {
        "type": lambda kind: {"object": dict, "string": str, "integer": int, "number": int | float}[kind],
        "enum": lambda options: value in options,
        "not": lambda inner: not holds(inner, value),
        "allOf": lambda parts: all(holds(part, value) for part in parts),
        "anyOf": lambda parts: any(holds(part, value) for part in parts),
        "if": lambda inner: not holds(inner, value) or holds(schema["then"], value),
        "required": lambda keys: set(keys) <= value.keys(),
        "properties": lambda inner: all(holds(s, value[k]) for k, s in inner.items() if k in value),
        "additionalProperties": lambda allowed: allowed or value.keys() <= schema["properties"].keys(),
        "minimum": lambda least: value >= least,
        "maximum": lambda most: value <= most,
        "minLength": lambda least: len(value) >= least,
        "maxLength": lambda most: len(value) <= most,
        "pattern": lambda pattern: re.search(pattern, value) is not None,
    }
    passive = {"$schema", "title", "format", "then"}
    assert schema.keys() <= tests.keys() | passive
    found = ((word, tests[word](schema[word])) for word in schema if word not in passive)
    return all(isinstance(value, result) if word == "type" else result for word, result in found)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.data())
def test_the_schema_holds_of_right_answers_alone(seed: int, data: st.DataObject) -> None:
    whole = random_bundle(seed, 3, fields=4)
    form = form_of(whole, compose(Problem(whole)))
    answers: dict[str, Any] = {q.code: data.draw(st.sampled_from(q.options)) for q in form.questions}
    values = {FieldType.TEXT: "a", FieldType.WHOLE: 7, FieldType.CHOICE: "a"}
    for field in form.fields:
        if shown(field.condition, answers):
            answers[field.key] = values[field.type]
    assert holds(form.schema, answers)
    for field in form.fields:
        if shown(field.required, answers):
            assert not holds(form.schema, {k: v for k, v in answers.items() if k != field.key})
        if not shown(field.condition, answers):
            assert not holds(form.schema, answers | {field.key: values[field.type]})
        if field.type is FieldType.WHOLE and field.key in answers:
            assert not holds(form.schema, answers | {field.key: 100})
    assert not holds(form.schema, answers | {"stranger": "a"})


def shown(condition: Any, answers: Mapping[str, Any]) -> bool:
    return truth(condition, answers | {}) is True if answers else condition == ALWAYS
