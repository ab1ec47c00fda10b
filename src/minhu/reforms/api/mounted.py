"""The operations of this room, and what its refusals are called outside."""

from django.utils.translation import gettext_lazy as _

from minhu.people.wire import Operations, conflict, invalid, unset
from minhu.reforms.actions import Refusal, Stale
from minhu.rulebook.queries import Missing

# What a form calls otherwise than the API does.
FIELDS = {"answer": "reason"}
operations = Operations(
    _("Coverage"),
    refusals={
        Stale: lambda late: conflict(str(late)),
        Refusal: lambda no: invalid(
            str(no), where=f"body.{FIELDS.get(no.field, no.field)}" if no.field else ""
        ),
        Missing: lambda missing: unset(missing.code),
    },
)
