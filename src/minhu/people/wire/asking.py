"""What programs send: the request, and values that a database can hold."""

from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field, field_validator
from pydantic_core import PydanticCustomError

from minhu.people.gate import Request
from minhu.people.models import Token

LARGEST = 2**53 - 1


class Call(Request):
    """A request as an operation gets it: from a token, for a reader who has the right."""

    token: Token
    keyed_body: str


Text = Annotated[str, Field(max_length=2000)]
# Every number of a row: whole, from 1, as large as JSON can carry exactly.
Key = Annotated[int, Field(ge=1, le=LARGEST)]


class Asked(Schema):
    """A body or a set of filters: unknown names are refused, so that a slip of the pen is noticed."""

    model_config = ConfigDict(extra="forbid")

    @field_validator("*")
    @classmethod
    def without_nul(cls, value: Any) -> Any:
        """Refuse the one character that JSON allows and no database text may hold."""
        if isinstance(value, str) and "\x00" in value:
            raise PydanticCustomError("nul", "a text cannot hold the character U+0000")
        return value

    def said(self) -> dict[str, Any]:
        """What was said, empty values left out."""
        return {name: value for name, value in self.model_dump().items() if value not in (None, "")}
