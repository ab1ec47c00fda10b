"""Decisions per second, beside zen-engine where it is installed (development only), on the same table."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from random import Random
from time import process_time

from benchmarks.figure import Figure
from minhu.methods.ruling import Basis, Hit, Input, Output, Rule, Table, Type, compiled

SEED = 20260101
CHANNELS = ("letter", "hotline", "deputy", "suggestion", "enterprise")
KINDS = ("complaint", "advice", "request", "report")


def run(quick: bool) -> Iterator[Figure]:
    """ruling.per_s on a table of so many rules, first hit: channel × kind × amount -> days, unit."""
    for steps in (1, 5):
        yield per_second(steps, 2_000 if quick else 20_000)


def per_second(steps: int, count: int) -> Figure:
    """One table, random questions."""
    rules = rows(steps)
    table = Table(
        "limit",
        (Input("channel", Type.STRING), Input("kind", Type.STRING), Input("amount", Type.NUMBER)),
        (Output("days", Type.NUMBER), Output("unit", Type.STRING)),
        tuple(Rule(when, then) for when, then in rules),
        Basis("benchmark"),
        Hit.FIRST,
    )
    asked = questions(count)
    ours = compiled(table)
    seconds = best(lambda: [ours.decide(question) for question in asked])
    theirs = zen(rules, asked, [ours.decide(question).rows[0]["days"] for question in asked])
    per_s = count / seconds
    ratio = round(per_s / theirs, 2) if theirs else None
    extra: dict[str, object] = {"n": count, "rules": len(rules), "seed": SEED}
    peer = "zen-engine" if theirs else None
    return Figure("ruling.per_s", round(per_s), "1/s", peer, theirs and round(theirs), ratio, extra)


def rows(steps: int) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Rules: every channel and kind, amounts cut into so many steps."""
    found = []
    for number, channel in enumerate(CHANNELS):
        for kind in KINDS:
            for step in range(steps):
                test = f">= {step * 1000}" if step == steps - 1 else f"[{step * 1000}..{step * 1000 + 1000})"
                days = str(5 + number * 10 + step)
                found.append(((f'"{channel}"', f'"{kind}"', test), (days, '"working_day"')))
    return found


def questions(count: int) -> list[dict[str, object]]:
    """Random cases."""
    random = Random(SEED)
    return [
        {"channel": random.choice(CHANNELS), "kind": random.choice(KINDS), "amount": random.randrange(8000)}
        for _ in range(count)
    ]


def zen(
    rules: list[tuple[tuple[str, ...], tuple[str, ...]]],
    asked: list[dict[str, object]],
    expected: list[Decimal | str | bool | date | None],
) -> float | None:
    """The same by zen-engine, in decisions per second; None if it is not installed."""
    try:
        import zen
    except ImportError:
        return None
    from json import dumps

    inputs = [
        {"id": name, "name": name, "type": "expression", "field": name}
        for name in ("channel", "kind", "amount")
    ]
    outputs = [{"id": name, "name": name, "type": "expression", "field": name} for name in ("days", "unit")]
    names = [column["id"] for column in (*inputs, *outputs)]
    body = [{"_id": str(n)} | dict(zip(names, (*w, *t), strict=True)) for n, (w, t) in enumerate(rules)]
    content = {"hitPolicy": "first", "inputs": inputs, "outputs": outputs, "rules": body}
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {"id": "table", "type": "decisionTableNode", "name": "table", "content": content},
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    edges = [
        {"id": "1", "sourceId": "in", "targetId": "table", "type": "edge"},
        {"id": "2", "sourceId": "table", "targetId": "out", "type": "edge"},
    ]
    decision = zen.ZenEngine().create_decision(dumps({"nodes": nodes, "edges": edges}))
    said = [decision.evaluate(question)["result"]["days"] for question in asked]
    if said != [int(str(days)) for days in expected]:
        raise AssertionError("zen-engine decides otherwise: the tables are not the same")
    return len(asked) / best(lambda: [decision.evaluate(question) for question in asked])


def best(deed: Callable[[], object], times: int = 3) -> float:
    """The shortest of some runs, in seconds of CPU."""
    found = []
    for _ in range(times):
        start = process_time()
        deed()
        found.append(process_time() - start)
    return min(found)
