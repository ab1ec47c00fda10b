"""Who works on a case: a post of the organisation on whose desk it lies."""

from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Path, Schema
from pydantic import Field

from minhu.cases import actions, rules
from minhu.cases.api.asking import Code
from minhu.cases.api.mounted import case_at, operations
from minhu.people.models import Holding
from minhu.people.wire import Body, Call, invalid


class PersonAsked(Body):
    """Who is to work on it."""

    post: Annotated[str, Field(max_length=60)] | None = Field(
        description=gettext_noop("Code of a post of the organisation on whose desk it lies; null: nobody.")
    )


class PersonShape(Schema):
    """Who works on it since."""

    number: str
    place: str
    post: str | None


@operations.post(
    "/cases/{number}/places/{place}/person", right="act_in_case", answer=PersonShape,
    words=_("Name who works on a case"), once=True,
)  # fmt: skip
def assign_person(
    request: Call, number: Path[Code], place: Path[Code], body: PersonAsked
) -> dict[str, object]:
    """Name the holder of a post, by the code of the post; only the office on whose desk it lies does so."""
    case = case_at(request.reader, number)
    user = None
    if body.post is not None:
        holding = Holding.objects.current().filter(post__code=body.post).order_by("pk").first()
        if holding is None:
            raise invalid(_("There is no such post, or nobody holds it."), where="body.post")
        user = holding.user_id
    actions.assign_person(
        by=rules.doer_of(request.reader), number=case.number, node=place, user_id=user, at=timezone.now()
    )
    return {"number": number, "place": place, "post": body.post}
