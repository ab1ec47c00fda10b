"""For programs: what answers upstream clauses."""

from django.utils.translation import gettext_lazy as _

from minhu.people.wire import Operations

operations = Operations(_("Coverage"))
