"""A made-up district of many reforms, written straight into the tables, and what its pages ask for in SQL.

`python -m benchmarks._district fill N` and `… sql SESSION ROUNDS ADDRESSES` run in processes of their own,
so that settings read the environment of the bench; each prints one line of JSON.
"""

import json
import random
import sys
import time
from datetime import timedelta
from typing import Any

SEED = 20261125
MILESTONES = 6
BATCH = 2000


def main(command: str, *arguments: str) -> None:
    """Fill the tables, or ask what pages cost."""
    import django

    django.setup()
    done = fill_up(int(arguments[0])) if command == "fill" else sql_of(*arguments)
    print(json.dumps(done))


def fill_up(reforms: int) -> dict[str, object]:
    """Make the tables, load the demonstration for its rules, fill up to `reforms`, sign somebody in."""
    from django.conf import settings
    from django.core.management import call_command

    from minhu.reforms.models import Reform

    call_command("migrate", verbosity=0)
    call_command("load_pack", settings.MINHU_PACK, verbosity=0)
    have = Reform.objects.filter(code__startswith="B-").count()
    return {"session": sign_in(), **fill(have, reforms)}


def sql_of(session: str, rounds: str, addresses: str) -> dict[str, dict[str, float]]:
    """For each page its number of queries, and how long they take alone, the best of `rounds`, in ms."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    settings.ALLOWED_HOSTS = ["*"]
    client, costs = Client(), {}
    client.cookies["sessionid"] = session
    for page, url in json.loads(addresses).items():
        client.get(url)
        asked: list[tuple[str, Any]] = []

        def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            asked.append((sql, params))  # noqa: B023 (called within this turn of the loop)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(listen):
            assert client.get(url).status_code == 200, url
        costs[page] = {"queries": len(asked), "ms": min(timed(asked) for _round in range(int(rounds)))}
    return costs


def timed(asked: list[tuple[str, Any]]) -> float:
    """Milliseconds of running and fetching these statements one after the other."""
    from django.db import connection

    begun = time.perf_counter()
    with connection.cursor() as cursor:
        for sql, params in asked:
            cursor.execute(sql, params)
            if cursor.description:
                cursor.fetchall()
    return (time.perf_counter() - begun) * 1000


def fill(have: int, reforms: int) -> dict[str, object]:
    """Reforms number `have` to `reforms`, six milestones each; of those past one in twenty is late."""
    from django.db import connection
    from django.utils import timezone

    from minhu.people.models import Organisation
    from minhu.reforms.models import Measure, Milestone, Proof, Reform

    chance, now = random.Random(SEED + have), timezone.now()
    units = list(Organisation.objects.filter(kind="department"))
    rows = [a_reform(chance, number, units, now) for number in range(have, reforms)]
    Reform.objects.bulk_create(rows, BATCH)
    measures = Measure.objects.bulk_create(
        [Measure(reform=row, title=f"举措{n}", order=n) for row in rows for n in (1, 2)], BATCH
    )
    stones = [
        a_milestone(chance, measures[2 * i + place % 2], row, place, units, now)
        for i, row in enumerate(rows)
        for place in range(MILESTONES)
    ]
    Milestone.objects.bulk_create(stones, BATCH)
    Proof.objects.bulk_create(
        [a_proof(chance, stone, now) for stone in stones if is_proved(chance, stone, now)], BATCH
    )
    with connection.cursor() as cursor:
        # What a server does by itself some minutes after such a load.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return {
        "code": "B-00007",
        "lead": units[0].code,
        "reforms": Reform.objects.count(),
        "milestones": Milestone.objects.count(),
        "proofs": Proof.objects.count(),
    }


def a_reform(chance: random.Random, number: int, units: list[Any], now: Any) -> Any:
    """One reform of two years, most of them running."""
    from minhu.reforms.models import Reform
    from minhu.reforms.states import Category, Domain

    start = now.date() + timedelta(days=chance.randint(-800, 200))
    return Reform(
        code=f"B-{number:05}",
        name=f"第{number}项改革：{chance.choice(WORDS)}{chance.choice(WORDS)}",
        problem="企业办一件事要跑三个窗口，填四张表。",
        goal="一次办成，不重复填。",
        lead=chance.choice(units),
        domain=chance.choice(Domain.values),
        category=chance.choice(Category.values),
        starts_on=start,
        ends_on=start + timedelta(days=730),
        added_at=now,
        state=chance.choices(["running", "approved", "checked", "argued", "closed"], [80, 5, 5, 5, 5])[0],
    )


WORDS = [
    "综合服务",
    "数据共享",
    "土地整治",
    "老旧小区",
    "文化场馆",
    "营商环境",
    "绿色低碳",
    "基层减负",
    "医共体",
    "校园周边",
]


def a_milestone(
    chance: random.Random, measure: Any, reform: Any, place: int, units: list[Any], now: Any
) -> Any:
    """One of six milestones, four months apart; what is past has mostly been accepted."""
    from minhu.reforms.models import Milestone

    start = reform.starts_on + timedelta(days=120 * place)
    planned = start + timedelta(days=chance.randint(60, 118))
    due = planned + timedelta(days=chance.choice([0] * 19 + [45]))
    is_done = reform.state == "closed" or (due < now.date() and chance.random() < 0.95)
    return Milestone(
        measure=measure,
        reform=reform,
        title=f"节点{place}",
        starts_on=start,
        planned_on=planned,
        due_on=due,
        weight=chance.choice([10, 15, 20]),
        deliverable="印发的文本",
        acceptor=chance.choice(units),
        order=place,
        accepted_on=min(due, now.date()) if is_done else None,
        added_at=now,
    )


def is_proved(chance: random.Random, stone: Any, now: Any) -> bool:
    """Everything accepted has a proof, and so has a third of what is near or late."""
    return bool(stone.accepted_on) or (
        stone.due_on < now.date() + timedelta(days=10) and chance.random() < 0.35
    )


def a_proof(chance: random.Random, stone: Any, now: Any) -> Any:
    """A link; of those not accepted half have been returned."""
    from minhu.reforms.models import Proof

    state = "accepted" if stone.accepted_on else chance.choice(["waiting", "returned"])
    return Proof(
        milestone=stone,
        title="印发的文本",
        link="https://example.org/text",
        submitted_at=now,
        state=state,
        submitted_by_organisation="bench",
        decided_at=None if state == "waiting" else now,
        reason="缺附件" if state == "returned" else "",
    )


def sign_in() -> str:
    """The key of a session of an office account."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.utils import timezone

    from minhu.people.models import Holding, Post, User

    user = User.objects.filter(username="bench").first() or User.objects.create_user("bench")
    post = Post.objects.filter(role="office").first()
    Holding.objects.get_or_create(user=user, post=post, defaults={"since": timezone.now()})
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session.save()
    return str(session.session_key)


if __name__ == "__main__":
    main(*sys.argv[1:])
