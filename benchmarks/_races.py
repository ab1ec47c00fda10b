"""Three departments finish at once: `python -m benchmarks._races CASES UNLOCKED` on MINHU_DATABASE_URL.

A process of its own, so that settings read the environment of the bench; prints one line of JSON.
"""

import json
import multiprocessing
import sys
import time
from itertools import count
from typing import Any

UNITS = ("host", "other", "third")


def main(cases: str, unlocked: str) -> None:
    """Let three processes join so many cases; then so many without the lock, to see that they can be lost."""
    import django

    django.setup()
    lay()
    found = joins(int(cases))
    if int(unlocked):
        found["lost_without_lock"] = joins(int(unlocked), locked=False)["lost"]
        found["cases_without_lock"] = int(unlocked)
    print(json.dumps(found))


def lay() -> None:
    """Tables, rulebook, units, and the kind: a split into one task a unit, and their join."""
    from django.core.management import call_command

    from minhu.packs.kinds import EffectSpec, FieldSpec, KindSpec, PlaceSpec, RoleSpec, StepSpec
    from tests.factories.outbox import lay_house

    call_command("migrate", verbosity=0)
    tasks = tuple(PlaceSpec(f"task_{unit}", unit, role=unit) for unit in UNITS)
    waits = tuple(PlaceSpec(f"wait_{unit}", unit, "wait") for unit in UNITS)
    steps = tuple(StepSpec(f"do_{unit}", (f"task_{unit}",), (f"wait_{unit}",), unit, unit) for unit in UNITS)
    told = (EffectSpec("notice", to="host", text="{title}"),)
    joint = KindSpec(
        code="race", title="三方合办", summary="三方同时办结", headline="title", basis="bench",
        asks=("title",), field=(FieldSpec("title", "标题"),),
        role=tuple(RoleSpec(unit, unit, posts=("lead",), organisation=unit) for unit in UNITS),
        place=(PlaceSpec("start", "", "start"), *tasks, *waits, PlaceSpec("end", "完", "end")),
        step=(
            StepSpec("split", ("start",), tuple(place.code for place in tasks), on="auto"),
            *steps,
            StepSpec("join", tuple(place.code for place in waits), ("end",), on="auto", effect=told),
        ),
    )  # fmt: skip
    lay_house(joint, units=("office", *UNITS))


NAMES = count()


def joins(cases: int, *, locked: bool = True) -> dict[str, Any]:
    """Open cases, let three processes finish them, each case at the same moment; count what became of it."""
    from django.db import connection, connections

    from tests.factories.cases import doer, open_one

    office = doer("office", "office")
    numbers = [open_one(office, "race", {"title": f"r{next(NAMES)}"}).number for _n in range(cases)]
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    start = fork.Barrier(len(UNITS))
    clerks = [fork.Process(target=finish, args=(unit, numbers, start, locked)) for unit in UNITS]
    began = time.monotonic()
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()
    seconds = time.monotonic() - began
    if any(clerk.exitcode for clerk in clerks):
        raise SystemExit("a clerk failed: see above")
    return {"db": connection.vendor, "cases": cases, "seconds": round(seconds, 1), **counted(numbers)}


def finish(unit: str, numbers: list[str], start: Any, locked: bool) -> None:
    """One department, case after case, never before the others are there."""
    from django.db import connection

    from minhu.cases.queries import loading
    from minhu.cases.store import applying
    from tests.factories.cases import do, doer

    if not locked:
        applying.lock_and_look = lambda asked, keys: loading._states("number", asked, "", keys)
    by = doer(unit)
    try:
        for number in numbers:
            start.wait(60)
            do(by, number, f"do_{unit}", key=f"{number}:{unit}")
    except BaseException:
        start.abort()
        raise
    finally:
        connection.close()


def counted(numbers: list[str]) -> dict[str, Any]:
    """Lost: cases that did not end. Doubled: joins, entries or effects beyond one of each."""
    from collections import Counter

    from minhu.cases.bridge.folding import verify_cases
    from minhu.cases.models import Case, Effect
    from minhu.trail.models import Entry

    ended = set(Case.objects.filter(number__in=numbers, status="ended").values_list("number", flat=True))
    fired: Counter[str] = Counter()
    deeds: Counter[str] = Counter()
    books = {f"case:{number}" for number in numbers}
    told = Entry.objects.filter(deed__startswith="cases.").values_list("book", "payload")
    for book, payload in told.iterator():
        if book in books:
            deeds[book] += 1
            fired[book] += sum(what == "fired" and code == "join" for what, code, _n in payload["events"])
    effects = Counter(Effect.objects.values_list("case__number", flat=True).iterator())
    doubled = sum(fired[f"case:{n}"] > 1 or deeds[f"case:{n}"] > 4 or effects[n] > 1 for n in numbers)
    lost = sum(n not in ended or fired[f"case:{n}"] < 1 or effects[n] < 1 for n in numbers)
    faults = sum(1 for _words in verify_cases(numbers[:200]))
    return {"lost": lost, "doubled": doubled, "faults": faults}


if __name__ == "__main__":
    main(*sys.argv[1:])
