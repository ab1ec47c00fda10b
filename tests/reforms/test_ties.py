"""Cases about reforms and milestones: opened there with what is known, tied in the same transaction."""

from dataclasses import replace

import pytest
from django.utils import timezone

from minhu.cases.models import Case
from minhu.people.models import Organisation
from minhu.people.states import Role
from minhu.reforms import actions
from minhu.reforms.actions import ReformDraft, Refusal
from minhu.reforms.models import Reform, Tie
from minhu.reforms.queries.evidence import evidence_of
from minhu.reforms.states import ProofState, TieKind
from minhu.site.trace.rebuild import rebuild
from minhu.trail.models import Edge, Entry, ref
from minhu.trail.states import Actor
from tests.factories import cases as making
from tests.factories.people import OrganisationFactory
from tests.factories.reforms import MilestoneFactory, ProofFactory, ReformFactory, RuleFactory

pytestmark = pytest.mark.django_db
OFFICE = Actor(None, "gaige", "office")
ABOUT = replace(
    making.REQUEST,
    about=("reforms.milestone", "reforms.reform"),
    asks=("title", "reform?", "milestone?"),
    field=(
        *making.REQUEST.field,
        making.FieldSpec("reform", "改革编号"),
        making.FieldSpec("milestone", "节点"),
    ),
)


@pytest.fixture
def stone():
    making.lay_house()
    making.KindFactory(made=ABOUT)
    OrganisationFactory(code="gaigeban")
    lead = OrganisationFactory(code="zhujian", short="住建局")
    return MilestoneFactory(reform__code="GG-1", reform__name="工业上楼", reform__lead=lead, title="出台细则")


def bureau():
    """The reform office, which opens cases."""
    return Organisation.objects.get(code="gaigeban")


def sent(page, **more):
    """What a browser would send of an opened form."""
    form = page.context["form"]
    known = {form.add_prefix(name): value for name, value in form.initial.items() if value is not None}
    return {**known, **more}


def wanted_and_not_there(kind):
    """Edges of a kind the rows speak of and nobody opened, or the other way round."""
    made = rebuild(at=timezone.now(), try_only=True)
    return [arc for arc in (*made.opened, *made.closed) if arc.kind == kind]


def test_a_case_about_a_milestone_knows_it_and_is_tied_to_it(client_as, stone):
    client = client_as(Role.OFFICE, bureau())
    address = f"/cases/open/request/?about=reforms.milestone:{stone.pk}"
    page = client.get(address)
    assert (page.context["form"].initial["v-reform"], page.context["form"].initial["v-milestone"]) == (
        "GG-1", "出台细则",
    )  # fmt: skip
    assert stone.title in page.content.decode()
    answer = client.post(address, sent(page, **{"v-title": "督促出台"}))
    case = Case.objects.get()
    assert answer.url == case.get_absolute_url()
    tie = Tie.objects.get()
    assert (tie.case, tie.reform, tie.milestone, tie.kind) == (case, stone.reform, stone, TieKind.ABOUT)
    assert Edge.objects.get(kind="case_about").src == ref(stone)
    assert Entry.objects.filter(book="reform:GG-1", deed="reforms.tie_case").count() == 1
    assert wanted_and_not_there("case_about") == []


def test_sent_twice_it_is_tied_once(client_as, stone):
    client = client_as(Role.OFFICE, bureau())
    address = f"/cases/open/request/?about=reforms.milestone:{stone.pk}"
    said = sent(client.get(address), **{"v-title": "督促出台"})
    client.post(address, said)
    client.post(address, said)
    assert (Case.objects.count(), Tie.objects.count()) == (1, 1)


def test_an_opening_that_is_refused_ties_nothing(client_as, stone):
    client = client_as(Role.OFFICE, bureau())
    address = f"/cases/open/request/?about=reforms.milestone:{stone.pk}"
    answer = client.post(address, sent(client.get(address), **{"v-title": ""}))
    assert answer.status_code == 200
    assert (Case.objects.count(), Tie.objects.count(), Edge.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("about", ["reforms.milestone:99999", "reforms.milestone:x", "people.user:1", "no"])
def test_what_is_not_there_fills_nothing_and_ties_nothing(client_as, stone, about):
    client = client_as(Role.OFFICE, bureau())
    address = f"/cases/open/request/?about={about}"
    page = client.get(address)
    assert "v-reform" not in page.context["form"].initial
    client.post(address, sent(page, **{"v-title": "另一件"}))
    assert (Case.objects.count(), Tie.objects.count()) == (1, 0)


def test_the_page_of_a_reform_shows_its_cases_to_those_who_may_see_them(client_as, stone):
    done = making.open_one(making.doer("gaigeban", "office"), values={"title": "督促出台"})
    case = Case.objects.get(number=done.number)
    actions.tie_case(by=OFFICE, reform=stone.reform, case=case, at=timezone.now())
    office = client_as(Role.OFFICE, bureau())
    shown = office.get("/reforms/GG-1/").content.decode()
    assert case.get_absolute_url() in shown
    assert f"about=reforms.reform:{stone.reform.pk}" in shown
    hidden = client_as(Role.LEAD, OrganisationFactory(code="qita")).get("/reforms/GG-1/").content.decode()
    assert case.get_absolute_url() not in hidden
    assert "/reforms/GG-1/" in office.get(case.get_absolute_url()).content.decode()


def test_a_milestone_of_another_reform_is_refused(stone):
    case = Case.objects.get(number=making.open_one(making.doer("gaigeban", "office")).number)
    with pytest.raises(Refusal):
        actions.tie_case(by=OFFICE, reform=ReformFactory(), milestone=stone, case=case, at=timezone.now())
    assert not Tie.objects.exists()


def test_a_reform_is_started_from_a_case_and_says_so(client_as, stone):
    case = Case.objects.get(number=making.open_one(making.doer("gaigeban", "office")).number)
    client = client_as(Role.OFFICE, bureau())
    address = f"/reforms/new/{case.number}/"
    page = client.get(address)
    assert page.context["form"].initial["problem"] == case.title
    said = {
        "code": "GG-9",
        "name": "路灯一件事",
        "domain": "urban_rural",
        "category": "micro",
        "origin": "voices",
    }
    assert client.post(address, said).status_code == 302
    tie = Tie.objects.get()
    assert (tie.reform.code, tie.case, tie.kind) == ("GG-9", case, TieKind.ORIGIN)
    assert Edge.objects.filter(kind="arose_from", src=ref(case), dst=ref(tie.reform)).count() == 1
    assert wanted_and_not_there("arose_from") == []


def test_only_the_office_starts_a_reform_from_a_case(client_as, stone):
    case = Case.objects.get(number=making.open_one(making.doer("gaigeban", "office")).number)
    for role in set(Role) - {Role.OFFICE}:
        answer = client_as(role, OrganisationFactory()).get(f"/reforms/new/{case.number}/")
        assert answer.status_code == 403
    draft = ReformDraft("GG-1", "又一个", "economy")
    with pytest.raises(Refusal):
        actions.start_reform_from_case(by=OFFICE, draft=draft, case=case, at=timezone.now())
    assert (Reform.objects.count(), Tie.objects.count()) == (1, 0)


def test_the_record_is_gathered_and_nothing_is_judged(stone):
    assert evidence_of(stone.reform) == {}
    ProofFactory(milestone=stone, title="细则文本", state=ProofState.ACCEPTED)
    RuleFactory(reform=stone.reform, title="工业上楼细则", number="甬北政发〔2026〕1号")
    gathered = evidence_of(stone.reform)
    assert set(gathered) == {"evidence_diligence", "evidence_lawful"}
    assert "细则文本" in gathered["evidence_diligence"]
    assert "甬北政发〔2026〕1号 工业上楼细则" in gathered["evidence_lawful"]
