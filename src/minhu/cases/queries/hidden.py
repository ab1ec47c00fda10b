"""What of the record of cases a reader may not see."""

from typing import Any

from django.db.models import QuerySet, Value
from django.db.models.functions import Concat

from minhu.cases import rules
from minhu.cases.models import Case
from minhu.people.rules import Reader


def hidden_books(reader: Reader) -> QuerySet[Case, Any]:
    """The books of confidential cases this reader may not see, as a column to be left out."""
    secret = Case.objects.order_by().filter(kind__is_confidential=True).exclude(rules.visible(reader))
    return secret.values(of=Concat(Value("case:"), "number"))
