"""Random bundles from a seed, for tests and benchmarks."""

from dataclasses import replace
from decimal import Decimal
from random import Random

from minhu.methods.composing import (
    Bundle,
    Constraint,
    Days,
    Field,
    FieldType,
    Form,
    Guide,
    Is,
    Material,
    Output,
    Question,
    Requirement,
    Step,
    StepKind,
    Waiver,
)
from minhu.methods.composing.conditions import ALWAYS, Condition, Not

ORDER = (StepKind.ACCEPT, StepKind.REVIEW, StepKind.INSPECT, StepKind.DECIDE, StepKind.ISSUE)
ROLES = ("applicant", "agent", "place")
OPTIONS = ("shop", "stall", "plant")
GENERATOR = "tests.methods.composing.bundles.random_bundle"


def random_bundle(
    seed: int, items: int, *, fields: int = 0, knotted: float = 0.08, visits: float = 0.35, knots: int = 0
) -> Bundle:
    """A bundle of so many items; `knotted`: how many look forwards; `knots`: rings planted."""
    rng = Random(seed)
    pool = [material(rng, f"m{number}") for number in range(2 * items)]
    codes = [each.code for each in pool]
    guides = tuple(guide(rng, (number, items), codes, (fields, knotted, visits)) for number in range(items))
    for _ in range(knots):
        guides = knotted_together(rng, guides)
    # Whoever does not need the item already holds what it issues.
    outputs = [
        Material(f"out{number}", f"output {number}", each.condition != ALWAYS or rng.random() < 0.25)
        for number, each in enumerate(guides)
    ]
    questions = (
        Question("kind", "What is opened?", OPTIONS),
        Question("large", "Is it large?", ("yes", "no")),
    )
    return Bundle(f"b{seed}", f"bundle {seed}", guides, questions, (*pool, *outputs))


def knotted_together(rng: Random, guides: tuple[Guide, ...]) -> tuple[Guide, ...]:
    """Two to four items, each of which asks for the output of the next."""
    ring = rng.sample(range(len(guides)), rng.randint(2, min(4, len(guides))))
    found = list(guides)
    for here, there in zip(ring, ring[1:] + ring[:1], strict=True):
        each = found[here]
        need = Requirement(f"knot{there}-{len(each.requirements)}", each.steps[0].id, ((f"out{there}",),))
        found[here] = replace(each, requirements=(*each.requirements, need))
    return tuple(found)


def material(rng: Random, code: str) -> Material:
    """Something the applicant may bring, or that is shared after a while."""
    lag = rng.randint(0, 6) if rng.random() < 0.35 else None
    brought = lag is None or rng.random() < 0.7
    forms = frozenset((Form.COPY, Form.DATA) if brought else Form)
    return Material(code, f"material {code}", brought, lag, forms, f"share {code}")


def guide(rng: Random, place: tuple[int, int], pool: list[str], dials: tuple[int, float, float]) -> Guide:
    """One item: a few steps in order, with requirements on the pool and on others' outputs."""
    number, items = place
    fields, knotted, visits = dials
    kinds = [ORDER[0], *(kind for kind in ORDER[1:-2] if rng.random() < 0.6), *ORDER[-2:]]
    steps: list[Step] = []
    for index, kind in enumerate(kinds):
        needs = (steps[0].id,) if index == 2 and len(kinds) == 5 else tuple(step.id for step in steps[-1:])
        if index == 3 and len(kinds) == 5:
            needs = (steps[1].id, steps[2].id)
        days = Days(rng.choice((0, 1, 1, 2, 3, 5, 8)))
        visit = rng.random() < visits
        shares = rng.random() < 0.75
        window = rng.choice(("hall", "hall", "office"))
        steps.append(Step(kind.value, kind, f"d{number}", days, needs, visit=visit, may_share_visit=shares,
                          window=window, clause=f"d{number} §{index}"))  # fmt: skip
    return Guide(
        f"i{number}", f"item {number}", f"d{number}", (f"law {number}",), "行政许可",
        condition=condition(rng, 0.1),
        steps=tuple(steps),
        requirements=tuple(
            requirement(rng, (number, items), at, pool, (steps, knotted)) for at in range(rng.randint(1, 4))
        ),
        outputs=(Output(f"out{number}", rng.choice((steps[-2].id, steps[-1].id)), clause=f"d{number} out"),),
        fields=tuple(field(rng, number, code) for code in rng.sample(range(3 * fields), fields)),
        fee_yuan=rng.choice((0, 0, 10)),
    )  # fmt: skip


def requirement(
    rng: Random, place: tuple[int, int], index: int, pool: list[str], steps: tuple[list[Step], float]
) -> Requirement:
    """Up to three evidence sets of up to three materials."""
    number, items = place
    ordered, knotted = steps
    others = [f"out{other}" for other in range(number)]
    if rng.random() < knotted:
        others += [f"out{other}" for other in range(number + 1, items)]
    at = rng.randrange(max(1, len(ordered) - 1))
    sets = tuple(
        tuple(dict.fromkeys(
            rng.choice(others) if others and rng.random() < 0.4 else rng.choice(pool)
            for _ in range(rng.choice((1, 1, 2, 3)))
        ))
        for _ in range(rng.choice((1, 1, 2, 3)))
    )  # fmt: skip
    waiver = rng.choice((Waiver.NONE,) * 6 + (Waiver.COMMIT, Waiver.DEFER))
    return Requirement(
        f"r{index}", ordered[at].id, sets, rng.choice((Form.COPY, Form.COPY, Form.ORIGINAL)),
        waiver=waiver, deferred_to=ordered[-1].id if waiver is Waiver.DEFER else "",
        condition=condition(rng, 0.15), clause=f"d{number} req {index}",
    )  # fmt: skip


def condition(rng: Random, share: float) -> Condition:
    """Mostly none."""
    if rng.random() >= share:
        return ALWAYS
    asked = Is("kind", frozenset(rng.sample(OPTIONS, 2)))
    return rng.choice((asked, Not(asked), Is("large", frozenset({"yes"}))))


def field(rng: Random, number: int, code: int) -> Field:
    """A field whose type follows from its code, so that items agree on it."""
    role, element = ROLES[code % 3], f"e{code // 3}"
    type_ = (FieldType.TEXT, FieldType.WHOLE, FieldType.CHOICE)[code // 3 % 3]
    constraint = {
        FieldType.TEXT: Constraint(longest=rng.randint(20, 60)),
        FieldType.WHOLE: Constraint(least=Decimal(rng.randint(0, 3)), greatest=Decimal(rng.randint(50, 99))),
        FieldType.CHOICE: Constraint(options=frozenset({"a", "b", *rng.sample("cdef", 2)})),
    }[type_]
    label = f"{role} {element} {'name' if code % 2 else 'number'}"
    return Field(
        role, element, type_, label, constraint, condition(rng, 0.1), rng.random() < 0.2, f"d{number} f{code}"
    )
