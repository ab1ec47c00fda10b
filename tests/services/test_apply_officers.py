"""What departments see of an application: what they need alone, masked until opened, every look recorded."""

import pytest

from minhu.people.states import Role
from minhu.services.bridge.applying.purpose import matrix_of
from minhu.services.models import ApplicationPaper
from minhu.services.offers import became_edges
from minhu.trail.models import Edge, Entry
from minhu.ui import offers
from tests.factories.applying import Applicant, lay
from tests.factories.people import Organisation, UserFactory

pytestmark = pytest.mark.django_db
SECRET = "绝无仅有的号码"


@pytest.fixture
def somebody(settings, tmp_path) -> Applicant:
    """An application that was sent, to three departments."""
    settings.MEDIA_ROOT = tmp_path
    lay()
    found = Applicant({"sign": "有", "owner.phone": SECRET}).begin().fill()
    found.send()
    return found


@pytest.fixture
def officer(client):
    """A browser of an officer of a department."""

    def sign_in(unit: str, role: Role = Role.LEAD):
        client.force_login(UserFactory(role=role, organisation=Organisation.objects.get(code=unit)))
        return client

    return sign_in


def keys(somebody: Applicant, unit: str) -> set[str]:
    """The fields a department may know."""
    matrix = matrix_of(somebody.row.case, unit)
    return {one.blank.key for sheet in matrix.sheets for one in sheet.answers}


def test_each_department_may_know_what_its_own_items_ask_for(somebody) -> None:
    # Who merges fields on role and element keeps 联系电话 of one and 手机号码 of the other apart.
    assert keys(somebody, "shichang") == {"owner.name", "owner.phone", "place.address"}
    assert keys(somebody, "zhifa") == {"owner.name", "place.sign_text"}
    assert "owner.phone" not in keys(somebody, "weijian")
    assert keys(somebody, "elsewhere") == set()


def test_the_case_page_masks_and_names_only_these(somebody, officer) -> None:
    page = officer("shichang").get(somebody.row.case.get_absolute_url()).content.decode()
    assert ("联系电话" in page, "招牌内容" in page, SECRET in page) == (True, False, False)


def test_opened_values_are_shown_and_the_look_is_recorded(somebody, officer) -> None:
    number = somebody.row.case.number
    page = officer("shichang").post(f"/services/applied/{number}/")
    assert (page.status_code, SECRET in page.content.decode()) == (200, True)
    entry = Entry.objects.get(deed="services.look_at_values")
    assert (entry.actor_organisation, entry.payload) == (
        "shichang", {"keys": ["owner.name", "owner.phone", "place.address"]}
    )  # fmt: skip


def test_another_department_opens_only_its_own(somebody, officer) -> None:
    page = officer("weijian").post(f"/services/applied/{somebody.row.case.number}/")
    assert (page.status_code, SECRET in page.content.decode()) == (200, False)


@pytest.mark.parametrize("role", [Role.AUDITOR, None])
def test_who_does_not_act_opens_nothing(somebody, client_as, role) -> None:
    answer = client_as(role).post(f"/services/applied/{somebody.row.case.number}/")
    assert answer.status_code in {401, 403}
    assert Entry.objects.filter(deed="services.look_at_values").count() == 0


def test_a_department_that_has_no_part_sees_no_case(somebody, client_as) -> None:
    assert client_as(Role.LEAD).post(f"/services/applied/{somebody.row.case.number}/").status_code == 404


def test_the_office_sees_that_there_are_answers_and_opens_none(somebody, client_as) -> None:
    client = client_as(Role.OFFICE)
    page = client.get(somebody.row.case.get_absolute_url())
    assert (page.status_code, SECRET in page.content.decode()) == (200, False)
    assert client.post(f"/services/applied/{somebody.row.case.number}/").status_code == 403


def test_papers_are_opened_by_who_needs_them_and_the_lead(somebody, officer) -> None:
    identity = ApplicationPaper.objects.get(material="identity")
    layout = ApplicationPaper.objects.filter(material="layout").first()
    client = officer("weijian")
    answer = client.get(f"/services/applied/papers/{identity.pk}/")
    assert (answer.status_code, b"".join(answer.streaming_content)[:4]) == (200, b"%PDF")
    assert Entry.objects.get(deed="services.look_at_paper").payload["paper"] == "identity"
    assert client.get(f"/services/applied/papers/{layout.pk}/").status_code == 404
    assert officer("zhifa").get(f"/services/applied/papers/{identity.pk}/").status_code == 403


def test_a_case_that_is_no_application_has_no_such_panel(somebody) -> None:
    case = somebody.row.case
    type(somebody.row).objects.filter(pk=somebody.pk).update(case=None, state="withdrawn")
    assert matrix_of(case, "shichang") is None


def test_the_panel_reads_in_a_bounded_number_of_queries(somebody, django_assert_max_num_queries) -> None:
    case = somebody.row.case
    with django_assert_max_num_queries(7):
        assert matrix_of(case, "shichang") is not None


def test_the_office_erases_on_a_ground_and_nobody_else_does(somebody, client_as, officer) -> None:
    url = f"/services/applied/{somebody.row.case.number}/erase/"
    assert officer("shichang").post(url, {"ground": "本人要求", "sure": "on"}).status_code == 403
    client = client_as(Role.OFFICE)
    assert client.get(url).status_code == 200
    assert client.post(url, {"ground": "", "sure": "on"}).status_code == 200
    assert somebody.walk.values != {}
    assert client.post(url, {"ground": "本人要求", "sure": "on"}).status_code == 302
    assert somebody.walk.values == {}
    assert set(ApplicationPaper.objects.values_list("file", flat=True)) == {""}
    entry = Entry.objects.get(deed="services.erase_values")
    assert (entry.payload["ground"], "owner.phone" in entry.payload["keys"]) == ("本人要求", True)
    assert client.get(somebody.row.case.get_absolute_url()).status_code == 200


def test_the_case_and_the_application_find_each_other(somebody) -> None:
    mine = f"services.application:{somebody.pk}"
    edge = Edge.objects.get(src=mine)
    assert (edge.dst, edge.kind) == (f"cases.case:{somebody.row.case.pk}", "became_case")
    assert [(src, dst) for src, dst, _at in became_edges()] == [(mine, edge.dst)]
    named = (f"开办小餐饮 {somebody.row.number}", somebody.row.case.get_absolute_url())
    assert offers.thing_link(mine) == named
