"""Who sees the cases that were opened from another one."""

import pytest

from minhu.cases import rules
from minhu.cases.models import Case, Kind
from minhu.people.models import Organisation
from minhu.people.states import Role
from tests.factories.cases import KindFactory, do, doer, lay_house, open_one
from tests.factories.people import make_reader

pytestmark = pytest.mark.django_db
CLERK = doer("office", "office")


def sees(code: str, case: Case) -> bool:
    """Whether a lead officer of a unit sees a case."""
    return rules.may_see(make_reader(Role.LEAD, Organisation.objects.get(code=code)), case)


def test_whoever_has_a_case_on_the_desk_reads_what_was_opened_from_it_unless_confidential():
    lay_house()
    KindFactory()
    number = open_one(CLERK).number
    do(CLERK, number, "dispatch", assigns={"host": ["host"]})
    child = Case.objects.get(number=open_one(CLERK, parent=number).number)
    assert sees("host", child)
    assert not sees("other", child)
    Kind.objects.update(is_confidential=True)
    assert not sees("host", child)
