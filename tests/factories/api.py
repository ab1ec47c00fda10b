"""Programs for tests: a client that carries a token of a post of some role."""

import itertools
import json
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from minhu.people.actions import TokenDraft, make_token
from minhu.people.models import Organisation, Token
from minhu.people.queries import reader_of
from minhu.people.rules import Reader
from minhu.people.states import Role, Scope
from tests.factories.people import UserFactory

V1 = "/api/v1"
KEYS = itertools.count(1)


def make_a_token(reader: Reader, scope: Scope = Scope.WRITE, days: int = 30) -> tuple[Token, str]:
    """A token of a reader's post, and its secret."""
    now = timezone.now()
    draft = TokenDraft("导出程序", scope, timezone.localdate(now) + timedelta(days=days))
    return make_token(by=reader.actor, draft=draft, most_days=365, at=now)


class Program(Client):
    """A program of a post: asks below /api/v1 in English, with its `token` of its `reader`."""

    def __init__(
        self, role: Role | None = Role.OFFICE, organisation: Organisation | None = None,
        scope: Scope = Scope.WRITE, language: str = "en",
    ) -> None:  # fmt: skip
        headers = {"accept-language": language}
        if role is not None:
            self.reader = reader_of(UserFactory(role=role, organisation=organisation))
            self.token, self.secret = make_a_token(self.reader, scope)
            headers["authorization"] = f"Bearer {self.secret}"
        super().__init__(headers=headers)

    def read(self, path: str, **query: Any) -> Any:
        """The answer of a GET, which must succeed."""
        answer = self.get(V1 + path, query)
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()

    def do(self, path: str, body: Any = None, *, key: str | None = "", status: int = 200) -> Any:
        """The answer of a POST with JSON, under a key of its own unless one is given; None sends no key."""
        headers = {} if key is None else {"idempotency-key": key or f"key-{next(KEYS):08}"}
        answer = self.post(
            V1 + path, json.dumps(body or {}), content_type="application/json", headers=headers
        )
        assert answer.status_code == status, answer.content.decode()
        return answer.json()

    def refused(self, path: str, body: Any = None, *, status: int, key: str | None = "") -> dict[str, str]:
        """The error of a POST."""
        error: dict[str, str] = self.do(path, body, key=key, status=status)["error"]
        return error
