"""What people show on pages that do not know them, only to those who may see it."""

from datetime import date

import pytest

from minhu.people import offers
from minhu.people.models import Holding
from minhu.people.states import Role
from minhu.trail.models import ref
from minhu.ui.offers import deeds, thing_link
from tests.factories.people import ComplaintFactory, NoticeFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_the_office_owes_answers_and_nobody_else(reader) -> None:
    complaint = ComplaintFactory(text="导出打不开")
    owed = {role: list(offers.complaints_to_answer(reader(role), date(2026, 3, 31))) for role in Role}
    assert {role: len(duties) for role, duties in owed.items()} == {
        role: int(role == Role.OFFICE) for role in Role
    }
    assert owed[Role.OFFICE][0].url == f"/people/problems/{complaint.pk}/"


def test_units_and_posts_are_found_by_those_who_may_see_people(reader, unit, post) -> None:
    found = {
        role: (
            [hit.title for hit in offers.find_organisations("财政", reader(role), 5)],
            [hit.title for hit in offers.find_posts("caizheng-j", reader(role), 5)],
        )
        for role in Role
    }
    hits = (["财政局"], ["经办岗"])
    assert found == {role: ([], []) if role == Role.LEAD else hits for role in Role}


def test_the_record_can_name_every_thing_of_the_room(unit, post) -> None:
    holding = Holding.objects.create(user=UserFactory(username="cz"), post=post, since="2026-01-05T00:00Z")
    notice = NoticeFactory(url="/basis/")
    complaint = ComplaintFactory()
    named = [thing_link(ref(thing))[1] for thing in (unit, post, holding.user, notice, complaint)]
    assert named == [
        "/people/organisations/caizheng/",
        "/people/organisations/caizheng/",
        "/people/?q=cz",
        "/basis/",
        f"/people/problems/{complaint.pk}/",
    ]


def test_every_deed_of_the_room_has_words() -> None:
    import re
    from pathlib import Path

    source = "".join(path.read_text() for path in Path("src/minhu/people/actions").glob("*.py"))
    written = {f"people.{name}" for name in re.findall(r'deed="(\w+)"', source)}
    assert len(written) >= 17
    assert written - set(deeds()) == set()
