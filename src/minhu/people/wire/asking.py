"""What programs send: the request, and values that mean what the description says and a database can hold."""

import re
from datetime import date
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from ninja import Schema
from pydantic import ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from minhu.people.gate import Request
from minhu.people.models import Token

LARGEST = 2**53 - 1
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
FLAGS = {"true": True, "false": False}


class Call(Request):
    """A request as an operation gets it: from a token, for a reader who has the right."""

    token: Token


# No database holds the character U+0000 in a text; the description says so too.
Text = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]
# Every number of a row: whole, from 1, as large as JSON can carry exactly.
Key = Annotated[int, Field(ge=1, le=LARGEST)]


def kinds_of(annotation: Any) -> set[Any]:
    """The plain types an annotation allows: `int | None` gives int and NoneType."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return kinds_of(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return {kind for one in get_args(annotation) for kind in kinds_of(one)}
    return {annotation}


class Asked(Schema):
    """Filters or fields of a form: unknown names are refused, so that a slip of the pen is noticed.

    The validator is friendlier than the description: it takes 0 for 1970-01-01 and "on" for true. Here only
    what the description says is taken, or a program would learn ways that a later version must forget.
    """

    model_config = ConfigDict(extra="forbid")

    @field_validator("*", mode="before")
    @classmethod
    def as_described(cls, value: Any, info: ValidationInfo) -> Any:
        """Refuse days that are no days, and truths that are neither true nor false."""
        kinds = kinds_of(cls.model_fields[str(info.field_name)].annotation)
        if date in kinds and not isinstance(value, date | None) and not DAY.fullmatch(str(value)):
            raise PydanticCustomError("date_parsing", "must be a day")
        if bool in kinds and not isinstance(value, bool | None):
            if value not in FLAGS:
                raise PydanticCustomError("bool_parsing", "must be true or false")
            return FLAGS[value]
        return value

    @field_validator("*")
    @classmethod
    def without_nul(cls, value: Any) -> Any:
        """Refuse the one character that JSON allows and no database text may hold."""
        if isinstance(value, str) and "\x00" in value:
            raise PydanticCustomError("nul", "a text cannot hold the character U+0000")
        return value


class Body(Asked):
    """A body in JSON: numbers and truths come as such, not as texts."""

    @field_validator("*", mode="before")
    @classmethod
    def as_json(cls, value: Any, info: ValidationInfo) -> Any:
        """Refuse texts where JSON has a word of its own, and truths where a number is asked for."""
        kinds = kinds_of(cls.model_fields[str(info.field_name)].annotation)
        if bool in kinds and not isinstance(value, bool | None):
            raise PydanticCustomError("bool_type", "must be true or false")
        if int in kinds and str not in kinds and isinstance(value, str | bool):
            raise PydanticCustomError("int_type", "must be a whole number")
        return value
