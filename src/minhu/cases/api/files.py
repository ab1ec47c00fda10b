"""The same deeds with files: a form that carries values as JSON, and files for the fields that take one."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import File, Form, Path
from ninja.files import UploadedFile

from minhu.cases.api.asking import (
    ASSIGNS,
    VALUES,
    Code,
    FilesAsked,
    IdempotencyKey,
    IfMatch,
    OpeningFilesAsked,
    StepFilesAsked,
    key_of,
    read_json,
    seen_rev,
)
from minhu.cases.api.deeds import DoneShape, done, opened
from minhu.cases.api.mounted import operations
from minhu.cases.states import Ask, Done, Opening, Upload
from minhu.people.wire import Call, invalid

Files = list[UploadedFile]


@operations.post(
    "/cases/files", right="open_case", answer=DoneShape, words=_("Open a case with files"), status=201
)
def open_case_with_files(
    request: Call, response: HttpResponse, files: File[Files], body: Form[OpeningFilesAsked],
    idempotency_key: IdempotencyKey,
) -> Done:  # fmt: skip
    """The same as opening a case, where its kind asks for a file."""
    opening = Opening(body.kind, values_of(body, files), assigns_of(body), body.parent)
    return opened(request, response, opening, idempotency_key)


@operations.post(
    "/cases/{number}/steps/{step}/files", right="act_in_case", answer=DoneShape,
    words=_("Do a step of a case with files"),
)  # fmt: skip
def do_step_with_files(  # noqa: PLR0913 (what stands in the address, the headers and the form)
    request: Call, response: HttpResponse, number: Path[Code], step: Path[Code], files: File[Files],
    body: Form[StepFilesAsked], idempotency_key: IdempotencyKey, if_match: IfMatch = "",
) -> Done:  # fmt: skip
    """The same as doing a step, where it asks for a file."""
    rev = seen_rev(body.rev, if_match)
    key = key_of(request.token, idempotency_key)
    ask = Ask(number, step, key, values_of(body, files), assigns_of(body), body.place, body.attempt, rev)
    return done(request, response, ask)


def values_of(body: FilesAsked, files: Files) -> dict[str, Any]:
    """The values of a form, its files among them."""
    if len(files) != len(body.file_fields) or len(set(body.file_fields)) < len(files):
        raise invalid(_("must name one field for each file, each once"), where="body.file_fields")
    uploads = {
        code: Upload(file.name or "", file) for code, file in zip(body.file_fields, files, strict=True)
    }
    return {**read_json(body.values, VALUES, "body.values"), **uploads}


def assigns_of(body: FilesAsked) -> dict[str, list[str]]:
    """The organisations of a form."""
    found: dict[str, list[str]] = read_json(body.assigns, ASSIGNS, "body.assigns")
    return found
