"""Made-up reforms, milestones, proofs and rules for tests."""

import hashlib
from datetime import UTC, date, datetime, timedelta

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory

from minhu.reforms.actions import MilestoneDraft, ProofDraft, ReformDraft, Verdict
from minhu.reforms.models import Answer, Inapplicable, Measure, Milestone, Postponement, Proof, Reform, Rule
from minhu.reforms.states import AnswerState, Domain, ProofState, RuleDeed, RuleState, State
from minhu.rulebook.models import Calendar, Limit, PackVersion
from minhu.trail.states import Actor
from tests.factories.mandates import ClauseFactory
from tests.factories.people import OrganisationFactory

TODAY = date(2026, 3, 31)
NOW = datetime(2026, 3, 31, 2, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
OFFICER = Actor(101, "lead.clerk", "lead")
CHECKER = Actor(202, "office.clerk", "office")
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


class ReformFactory(DjangoModelFactory):
    """A running reform of one lead organisation, over the year 2026."""

    class Meta:
        model = Reform

    code = factory.Sequence(lambda n: f"GG-2026-{n}")
    name = factory.Sequence(lambda n: f"第{n}项改革")
    domain = Domain.ECONOMY
    problem = "企业办一件事要跑三个窗口"
    goal = "一次办成"
    lead = factory.SubFactory(OrganisationFactory)
    starts_on = date(2026, 1, 1)
    ends_on = date(2026, 12, 31)
    state = State.RUNNING
    added_at = NOW


class MeasureFactory(DjangoModelFactory):
    """A measure of a reform."""

    class Meta:
        model = Measure

    reform = factory.SubFactory(ReformFactory)
    title = factory.Sequence(lambda n: f"举措{n}")


class MilestoneFactory(DjangoModelFactory):
    """An open milestone; `reform=` puts it into a measure of that reform."""

    class Meta:
        model = Milestone

    measure = factory.LazyAttribute(lambda stone: MeasureFactory(reform=stone.reform))
    reform = factory.SubFactory(ReformFactory)
    title = factory.Sequence(lambda n: f"节点{n}")
    due_on = date(2026, 6, 30)
    planned_on = factory.LazyAttribute(lambda stone: stone.due_on)
    weight = 10
    deliverable = "印发的办法"
    acceptor = factory.SubFactory(OrganisationFactory)
    added_at = NOW


class ProofFactory(DjangoModelFactory):
    """A link that waits to be accepted; `state=` decides it."""

    class Meta:
        model = Proof

    milestone = factory.SubFactory(MilestoneFactory)
    title = "印发的办法"
    link = factory.Sequence(lambda n: f"https://example.org/{n}")
    submitted_at = NOW
    submitted_by_user = OFFICER.user_id
    submitted_by_post = OFFICER.post
    submitted_by_organisation = OFFICER.organisation
    decided_at = factory.LazyAttribute(lambda proof: None if proof.state == ProofState.WAITING else LATER)
    decided_by_user = factory.LazyAttribute(lambda proof: CHECKER.user_id if proof.decided_at else None)
    reason = factory.LazyAttribute(lambda proof: "缺少附件" if proof.state == ProofState.RETURNED else "")
    state = ProofState.WAITING


class PostponementFactory(DjangoModelFactory):
    """A postponement nobody has decided."""

    class Meta:
        model = Postponement

    milestone = factory.SubFactory(MilestoneFactory)
    from_on = factory.LazyAttribute(lambda wish: wish.milestone.due_on)
    to_on = factory.LazyAttribute(lambda wish: wish.from_on + timedelta(days=30))
    reason = "等上级平台开放接口"
    asked_at = NOW
    asked_by_user = OFFICER.user_id
    asked_by_post = OFFICER.post
    asked_by_organisation = OFFICER.organisation


class RuleFactory(DjangoModelFactory):
    """A rule made and in force."""

    class Meta:
        model = Rule

    reform = factory.SubFactory(ReformFactory)
    number = factory.Sequence(lambda n: f"江政〔2026〕{n}号")
    title = "服务经理人管理办法"
    deed = RuleDeed.MADE
    state = RuleState.IN_FORCE
    in_force_on = date(2026, 3, 1)
    added_at = NOW


class AnswerFactory(DjangoModelFactory):
    """A confirmed answer of a reform to an upstream clause."""

    class Meta:
        model = Answer

    clause = factory.SubFactory(ClauseFactory)
    reform = factory.SubFactory(ReformFactory)
    state = AnswerState.CONFIRMED
    suggested_at = NOW
    decided_at = factory.LazyAttribute(lambda answer: None if answer.state == AnswerState.SUGGESTED else NOW)


class InapplicableFactory(DjangoModelFactory):
    """A proposal that a clause does not apply, not decided yet."""

    class Meta:
        model = Inapplicable

    clause = factory.SubFactory(ClauseFactory)
    reason = "本区没有港口"
    asked_at = NOW
    asked_by_user = OFFICER.user_id


def a_draft(**changes) -> ReformDraft:
    """A whole draft of a reform."""
    values = {"code": "GG-2026-900", "name": "企业综合服务中心", "domain": Domain.ECONOMY,
              "problem": "三个窗口", "goal": "一次办成",
              "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}  # fmt: skip
    return ReformDraft(**(values | changes))


def a_milestone(**changes) -> MilestoneDraft:
    """A whole draft of a milestone."""
    values = {"title": "办法出台", "due_on": date(2026, 6, 30), "deliverable": "印发的办法", "weight": 20}
    acceptor = changes.pop("acceptor", None) or OrganisationFactory()
    return MilestoneDraft(**(values | {"acceptor": acceptor} | changes))


def a_proof(name: str = "办法.pdf", content: bytes = PDF) -> ProofDraft:
    """A draft of a proof with a file."""
    return ProofDraft("印发的办法", ContentFile(content, name=name))


def hash_of(content: bytes) -> str:
    """Under which a file is kept."""
    return hashlib.sha256(content).hexdigest()


YES = Verdict(True)
NO = Verdict(False, "缺少附件")


def make_rulebook(near_days: int = 5, megabytes: int = 1) -> None:
    """The limits this room asks for, and a calendar without holidays."""
    version = PackVersion.objects.create(code="t", name="t", version="1", digest="d", loaded_at=NOW)
    for code, value, unit in (
        ("light.near_days", near_days, "working_day"),
        ("proof.max_megabytes", megabytes, "megabyte"),
    ):
        Limit.objects.create(
            code=code, value=value, unit=unit, basis="test", strength="assumed", pack_version=version,
            effective_on=date(2020, 1, 1),
        )  # fmt: skip
    Calendar.objects.create(year=2026, status="published", weekend=[6, 7], days=[], pack_version=version)
