"""How the description of the API says that a token is needed; the gate has asked for it long before."""

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from minhu.people.models import Token


class BearerToken(HttpBearer):
    """A token made under “My account”."""

    openapi_description = "A token made under “My account”."

    def __call__(self, request: HttpRequest) -> Token | None:
        """The token the gate has let in; without one nothing runs."""
        return getattr(request, "token", None)

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Never asked: see `people.wire.admitting`."""
        raise NotImplementedError
