"""The process behind `applications`: a canteen, drafts ready to be sent, a real server, one line of JSON.

`python -m benchmarks._applications SENT DRAFTS CLICKS` on the empty database of MINHU_DATABASE_URL: so many
are sent one after the other by each of a few browsers, then so many drafts at once, each by so many clicks.
"""

import json
import multiprocessing
import os
import secrets
import sys
import threading
import time
from datetime import timedelta
from http.client import HTTPConnection
from urllib.parse import urlencode

import django

django.setup()

from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.test.utils import override_settings  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.pages import serving  # noqa: E402
from minhu.cases.actions import open_case  # noqa: E402
from minhu.cases.models import Case  # noqa: E402
from minhu.cases.states import MACHINE, Opening  # noqa: E402
from minhu.services.models import Application, ApplicationPaper, ApplicationValue, Consent  # noqa: E402
from minhu.services.states import ApplicationState  # noqa: E402
from tests.factories.applying import Applicant, lay  # noqa: E402

WORKERS, BROWSERS = 2, 4
ADDRESS = "/services/apply/canteen/check/"
Draft = tuple[int, str, str]
"""Its row, the key of its one submission, the session of the browser it is open in."""


def main(sent: int, drafts: int, clicks: int) -> dict[str, object]:
    """Applications a second, beside cases a second; then many at once with double clicks."""
    call_command("migrate", verbosity=0)
    lay()
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        first = Applicant({"sign": "无"}).begin().fill()
        whole = whole_way()
    ready = copies(first.row, sent + WORKERS + drafts)
    alone = engine_alone(sent)
    connections.close_all()
    with serving(dict(os.environ), WORKERS) as (port, _pid):
        for draft in ready[:WORKERS]:
            send(port, draft)
        seconds = at_work(port, ready[WORKERS : WORKERS + sent])
        answers = at_once(port, ready[WORKERS + sent :], clicks)
    found = {"db": connection.vendor, "per_s": round(sent / seconds, 1), "open_per_s": round(alone, 1)}
    return found | {"whole_way_s": round(whole, 2), **counted(ready, answers)}


def whole_way() -> float:
    """Seconds the software needs for all pages of one application, without a network."""
    began = time.perf_counter()
    Applicant({"sign": "无"}).begin().fill().send()
    return time.perf_counter() - began


def copies(row: Application, count: int) -> list[Draft]:
    """So many drafts like one, each open in a browser of its own."""
    found = []
    for _one in range(count):
        key = secrets.token_urlsafe(24)
        again = Application.objects.get(pk=row.pk)
        again.pk, again.key, again.code_digest = None, key, secrets.token_hex(32)
        again.started_at = again.changed_at = timezone.now()
        again.keep_until = timezone.now() + timedelta(days=30)
        again.save()
        for model in (ApplicationValue, ApplicationPaper, Consent):
            rows = list(model.objects.filter(application=row.pk))
            for one in rows:
                one.pk, one.application = None, again
            model.objects.bulk_create(rows)  # type: ignore[attr-defined]
        session = SessionStore()
        session["services.mine"], session["services.open"] = {"canteen": again.pk}, [again.pk]
        session["services.codes"] = {str(again.pk): "AAAA-AAAA-AAAA-AAAA"}
        session.create()
        found.append((again.pk, key, str(session.session_key)))
    return found


def engine_alone(count: int) -> float:
    """Cases of the same kind a second, opened by as many processes as the server has workers."""
    code = kind_code()
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    start = fork.Barrier(WORKERS + 1)
    clerks = [fork.Process(target=open_many, args=(code, count // WORKERS, start)) for _n in range(WORKERS)]
    for clerk in clerks:
        clerk.start()
    start.wait(60)
    began = time.perf_counter()
    for clerk in clerks:
        clerk.join()
    if any(clerk.exitcode for clerk in clerks):
        raise SystemExit("a clerk failed: see above")
    return count // WORKERS * WORKERS / (time.perf_counter() - began)


def kind_code() -> str:
    """The kind of case that the drafts become."""
    return str(Application.objects.exclude(course=None).latest("pk").course.kind.code)


def open_many(code: str, count: int, start: "threading.Barrier") -> None:
    """Open cases, one after the other, as soon as the others are there too."""
    values = {"title": "开办小餐饮", "application": "S"}
    open_case(by=MACHINE, opening=Opening(code, values), key=secrets.token_hex(16), at=timezone.now())
    start.wait(60)
    for _one in range(count):
        key = secrets.token_hex(16)
        open_case(by=MACHINE, opening=Opening(code, values), key=key, at=timezone.now())


def send(port: int, draft: Draft) -> int:
    """One click on the last button; the status of the answer."""
    _pk, key, session = draft
    token = secrets.token_hex(16)
    line = HTTPConnection("127.0.0.1", port, timeout=120)
    body = urlencode({"key": key, "csrfmiddlewaretoken": token})
    headers = {"Cookie": f"sessionid={session}; csrftoken={token}"}
    line.request("POST", ADDRESS, body, {**headers, "Content-Type": "application/x-www-form-urlencoded"})
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.status


def at_work(port: int, drafts: list[Draft]) -> float:
    """Seconds for all of these, sent by a few browsers at the same time."""
    parts = [drafts[number::BROWSERS] for number in range(BROWSERS)]
    failed: list[int] = []

    def browser(mine: list[Draft]) -> None:
        failed.extend(status for draft in mine if (status := send(port, draft)) != 302)

    users = [threading.Thread(target=browser, args=(part,)) for part in parts]
    began = time.perf_counter()
    for user in users:
        user.start()
    for user in users:
        user.join()
    if failed:
        raise SystemExit(f"the server answered {failed[0]}")
    return time.perf_counter() - began


def at_once(port: int, drafts: list[Draft], clicks: int) -> list[int]:
    """All of these sent at the same moment, each clicked several times; the status of every answer."""
    gate = threading.Barrier(len(drafts) * clicks)
    answers: list[int] = []

    def click(draft: Draft) -> None:
        gate.wait(60)
        answers.append(send(port, draft))

    users = [threading.Thread(target=click, args=(draft,)) for draft in drafts for _click in range(clicks)]
    for user in users:
        user.start()
    for user in users:
        user.join()
    return answers


def counted(drafts: list[Draft], answers: list[int]) -> dict[str, object]:
    """Applications with no case, and cases beyond one for each."""
    rows = Application.objects.filter(pk__in=[pk for pk, _key, _session in drafts])
    numbers = {f"S{row.started_at:%Y}-{row.pk:06}" for row in rows}
    told = list(Case.objects.filter(data__key="application").values_list("data__value", flat=True))
    became = [number for number in told if number in numbers]
    sent = rows.filter(state=ApplicationState.SUBMITTED, case__isnull=False).count()
    errors = sum(status != 302 for status in answers)
    found = {"drafts": len(drafts), "clicks": len(answers), "sent": sent}
    return found | {"doubled": len(became) - len(set(became)), "lost": len(drafts) - sent, "errors": errors}


if __name__ == "__main__":
    print(json.dumps(main(*map(int, sys.argv[1:4]))))
