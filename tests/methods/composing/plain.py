"""Small bundles written out, and every way to put a solution off by one."""

from collections.abc import Iterator
from dataclasses import replace

from minhu.methods.composing import (
    Bundle,
    Count,
    Days,
    Guide,
    Label,
    Material,
    Output,
    Proof,
    Requirement,
    Solution,
    Step,
    StepKind,
)

STEPS = (
    Step("accept", StepKind.ACCEPT, "window", Days(1), clause="§1"),
    Step("decide", StepKind.DECIDE, "office", Days(4), ("accept",), clause="§2"),
)


def item(code: str, *requirements: Requirement, days: int = 4, issues: str = "", **more) -> Guide:
    """An item of two steps that may bring forth a material."""
    steps = (STEPS[0], replace(STEPS[1], days=Days(days), clause=f"{code} §2"))
    outputs = (Output(issues, "decide"),) if issues else ()
    return Guide(code, f"item {code}", f"department {code}", (f"law {code}",), requirements=requirements,
                 **({"steps": steps, "outputs": outputs} | more))  # fmt: skip


def asks(*sets: str, id: str = "r", step: str = "accept", **more) -> Requirement:
    """A requirement; each set is its materials, blank between."""
    return Requirement(
        id, step, tuple(tuple(each.split()) for each in sets), clause=f"asks {sets[0]}", **more
    )


def bundle(*guides: Guide, held: str = "", shared: dict[str, int] | None = None, **more) -> Bundle:
    """A bundle: the applicant can bring what is `held`, `shared` comes after so many days, no more."""
    codes = {code for g in guides for r in g.requirements for each in r.sets for code in each}
    codes |= {output.material for guide in guides for output in guide.outputs}
    shared = shared or {}
    materials = tuple(Material(c, c.upper(), c in held.split(), shared.get(c)) for c in sorted(codes))
    return Bundle("b", "one thing", guides, materials=materials, **more)


def off_by_one(solution: Solution) -> Iterator[Solution]:
    """Every number of a proof, one too many and one too few."""
    proof = solution.proof
    assert proof is not None
    for by in (-1, 1):
        for changed in (*moved_labels(proof, by), *moved_numbers(proof, by), *moved_ledger(proof, by)):
            yield replace(solution, proof=changed)


def moved_labels(proof: Proof, by: int) -> Iterator[Proof]:
    """Starts, ends and days of visits."""
    for edge in ("start", "end"):
        for index, label in enumerate(proof.earliest):
            yield replace(proof, earliest=put(proof.earliest, index, shifted(label, edge, by)))
        for index, label in enumerate(proof.plan.labels):
            labels = put(proof.plan.labels, index, shifted(label, edge, by))
            yield replace(proof, plan=replace(proof.plan, labels=labels))
    for index, visit in enumerate(proof.plan.visits):
        visits = put(proof.plan.visits, index, replace(visit, day=visit.day + by))
        yield replace(proof, plan=replace(proof.plan, visits=visits))


def moved_numbers(proof: Proof, by: int) -> Iterator[Proof]:
    """Makespan, papers, visits, promises."""
    for name in ("makespan", "papers", "visits", "promises"):
        yield replace(proof, **{name: getattr(proof, name) + by})


def moved_ledger(proof: Proof, by: int) -> Iterator[Proof]:
    """Counts and baselines."""
    ledger = proof.ledger
    for name in ("fields", "papers", "visits", "steps"):
        count: Count = getattr(ledger, name)
        for side in ("before", "after"):
            moved = replace(count, **{side: getattr(count, side) + by})
            yield replace(proof, ledger=replace(ledger, **{name: moved}))
    for name in ("serial_days", "unbundled_days", "days"):
        if getattr(ledger, name) is not None:
            yield replace(proof, ledger=replace(ledger, **{name: getattr(ledger, name) + by}))


def shifted(label: Label, edge: str, by: int) -> Label:
    """A label with one edge moved."""
    return replace(label, **{edge: getattr(label, edge) + by})


def put(items: tuple, index: int, thing) -> tuple:
    """A tuple with one thing replaced."""
    return (*items[:index], thing, *items[index + 1 :])
