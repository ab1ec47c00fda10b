"""What programs send of a case: codes, values by code, organisations by role, the key of a command."""

import json
import re
from collections.abc import Mapping
from typing import Annotated, Any

from django.utils.translation import gettext_noop
from ninja import Header
from pydantic import BeforeValidator, Field, TypeAdapter, ValidationError, WithJsonSchema
from pydantic_core import PydanticCustomError

from minhu.people.models import Token
from minhu.people.wire import Asked, Body, invalid
from minhu.people.wire.asking import LARGEST
from minhu.people.wire.keeping import HEADER, PATTERN, SAYS

CODE = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$"
LONGEST, MOST = 20_000, 100
BROKEN = re.compile("[\x00\ud800-\udfff]")
Code = Annotated[str, Field(pattern=CODE)]
Rev = Annotated[int, Field(ge=1, le=LARGEST)]
Count = Annotated[int, Field(ge=0, le=LARGEST)]


def sound(text: object, longest: int) -> bool:
    """Whether it is a text that every database keeps."""
    return isinstance(text, str) and len(text) <= longest and not BROKEN.search(text)


def is_plain(value: object) -> bool:
    """Whether it is a value as cases keep them: a text, a number, a truth, or nothing."""
    return value is None or isinstance(value, bool | int | float) or sound(value, LONGEST)


def checked_values(given: Any) -> Any:
    """Values by code. Raises what the validator tells."""
    if not isinstance(given, dict) or not all(re.fullmatch(CODE, key) for key in given):
        raise PydanticCustomError("dict_type", "must be an object")
    if not all(map(is_plain, given.values())):
        raise PydanticCustomError("plain", "holds something else than texts, numbers and truths")
    return given


def checked_assigns(given: Any) -> Any:
    """Codes of organisations by role. Raises what the validator tells."""
    if not isinstance(given, dict) or not all(re.fullmatch(CODE, key) for key in given):
        raise PydanticCustomError("dict_type", "must be an object")
    if not all(isinstance(codes, list) and len(codes) <= MOST for codes in given.values()):
        raise PydanticCustomError("list_type", "must be a list")
    if not all(sound(code, 60) for codes in given.values() for code in codes):
        raise PydanticCustomError("plain", "holds something else than codes")
    return given


PLAIN = {"anyOf": [{"type": "string", "maxLength": LONGEST}, {"type": "number"}, {"type": "boolean"},
                   {"type": "null"}]}  # fmt: skip
UNITS = {"type": "array", "items": {"type": "string", "maxLength": 60}, "maxItems": MOST}


def object_of(inner: Mapping[str, Any]) -> WithJsonSchema:
    """How an object with codes for names is described."""
    return WithJsonSchema(
        {"type": "object", "propertyNames": {"pattern": CODE}, "additionalProperties": dict(inner)}
    )


Values = Annotated[dict[str, Any], BeforeValidator(checked_values), object_of(PLAIN)]
Assigns = Annotated[dict[str, list[str]], BeforeValidator(checked_assigns), object_of(UNITS)]
VALUES, ASSIGNS = TypeAdapter(Values), TypeAdapter(Assigns)
SAYS_VALUES = gettext_noop("Values by the code of their field; days as 2026-03-31. See the kind.")
SAYS_ASSIGNS = gettext_noop("Codes of organisations by the role they get.")
SAYS_PLACE = gettext_noop("Where the step is done, if several places offer it.")
SAYS_ATTEMPT = gettext_noop("Which stay at the place was seen; 0: whichever it is now.")
SAYS_REV = gettext_noop("The revision that was seen; if what the step rests on changed since, 409.")
IdempotencyKey = Annotated[str, Header(alias=HEADER, pattern=PATTERN, description=SAYS)]
IfMatch = Annotated[
    str,
    Header(
        alias="If-Match", pattern=r'^("?[1-9][0-9]{0,8}"?)?$',
        description=gettext_noop("The revision that was seen, instead of “rev” in the body."),
    ),
]  # fmt: skip


class StepAsked(Body):
    """What a step is done with."""

    values: Values = Field({}, description=SAYS_VALUES)
    assigns: Assigns = Field({}, description=SAYS_ASSIGNS)
    place: Annotated[str, Field(max_length=60)] = Field("", description=SAYS_PLACE)
    attempt: Count = Field(0, description=SAYS_ATTEMPT)
    rev: Rev | None = Field(None, description=SAYS_REV)


class OpeningAsked(Body):
    """What a case is opened with."""

    kind: Code = Field(description=gettext_noop("Code of the kind."))
    values: Values = Field({}, description=SAYS_VALUES)
    assigns: Assigns = Field({}, description=SAYS_ASSIGNS)
    parent: Annotated[str, Field(max_length=80)] = Field(
        "", description=gettext_noop("Number of the case that this one serves, if any.")
    )


SAYS_JSON = gettext_noop("The same as an object in JSON, written as text.")
SAYS_FIELDS = gettext_noop("Codes of the fields the files are for, in the order of the files.")


class FilesAsked(Asked):
    """What comes with files: objects are written as JSON."""

    values: Annotated[str, Field(max_length=200_000)] = Field("{}", description=SAYS_JSON)
    assigns: Annotated[str, Field(max_length=20_000)] = Field("{}", description=SAYS_JSON)
    file_fields: Annotated[list[Code], Field(max_length=20)] = Field([], description=SAYS_FIELDS)


class StepFilesAsked(FilesAsked):
    """A step with files."""

    place: Annotated[str, Field(max_length=60)] = Field("", description=SAYS_PLACE)
    attempt: Count = Field(0, description=SAYS_ATTEMPT)
    rev: Rev | None = Field(None, description=SAYS_REV)


class OpeningFilesAsked(FilesAsked):
    """An opening with files."""

    kind: Code = Field(description=gettext_noop("Code of the kind."))
    parent: Annotated[str, Field(max_length=80)] = Field(
        "", description=gettext_noop("Number of the case that this one serves, if any.")
    )


def read_json(text: str, shape: TypeAdapter[Any], where: str) -> Any:
    """An object that a form carries as text. Raises what the program is told."""
    try:
        return shape.validate_python(json.loads(text))
    except (ValueError, RecursionError, ValidationError):
        raise invalid(gettext_noop("is no object as this operation describes it"), where=where) from None


def key_of(token: Token, key: str) -> str:
    """The key of a command: two tokens may take the same word."""
    return f"api:{token.pk}:{key}"


def seen_rev(rev: int | None, if_match: str) -> int | None:
    """The revision that was seen, said in the body or in the header. Raises where they differ."""
    said = int(if_match.strip('"')) if if_match else None
    if rev and said and rev != said:
        raise invalid(gettext_noop("says another revision than the body"), where="header.If-Match")
    return rev or said
