"""Eight programs at once with one key: one deed, one answer, whoever comes first (PostgreSQL)."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from minhu.mandates.models import Document
from minhu.people.models import ApiDeed
from minhu.people.states import Role
from minhu.trail.models import Entry
from tests.factories.api import V1, Program
from tests.factories.rulebook import lay_rulebook

AT_ONCE = 8
ORDER = {
    "number": "测试〔2026〕1号",
    "title": "关于改革的意见",
    "level": "city",
    "text": "第一条 办好这件事。",
}


@pytest.mark.django_db(transaction=True)
def test_one_key_at_once_is_one_deed() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("the SQLite of the tests lives in one connection")
    lay_rulebook()
    secret, start = Program(Role.OFFICE).secret, Barrier(AT_ONCE)

    def ask(_number: int) -> tuple[int, str]:
        start.wait()
        try:
            answer = Client().post(
                f"{V1}/documents", json.dumps(ORDER), content_type="application/json",
                headers={"authorization": f"Bearer {secret}", "idempotency-key": "one-key-for-all"},
            )  # fmt: skip
            return answer.status_code, answer.content.decode()
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = set(pool.map(ask, range(AT_ONCE)))
    assert len(answers) == 1, answers
    assert next(iter(answers))[0] == 201
    assert (Document.objects.count(), ApiDeed.objects.count()) == (1, 1)
    assert Entry.objects.filter(deed="mandates.load_document").count() == 1
