"""For programs: documents, their wordings, clauses and duties."""

from django.utils.translation import gettext_lazy as _

from minhu.people.wire import Operations

operations = Operations(_("Documents and clauses"))
