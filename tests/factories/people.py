"""Made-up organisations, posts and accounts for tests."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from minhu.people.models import Complaint, Holding, Notice, Organisation, Post, User
from minhu.people.queries import reader_of
from minhu.people.rules import Reader
from minhu.people.states import Kind, Role

SINCE = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)


class OrganisationFactory(DjangoModelFactory):
    """A department that stands alone unless `parent` is given."""

    class Meta:
        model = Organisation

    code = factory.Sequence(lambda n: f"unit-{n}")
    name = factory.Sequence(lambda n: f"第{n}局")
    short = factory.LazyAttribute(lambda unit: unit.name)
    kind = Kind.DEPARTMENT


class PostFactory(DjangoModelFactory):
    """A post of a lead-unit officer in an organisation of its own."""

    class Meta:
        model = Post

    code = factory.Sequence(lambda n: f"post-{n}")
    title = factory.Sequence(lambda n: f"经办岗{n}")
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.LEAD


class UserFactory(DjangoModelFactory):
    """An account; with `role=` (and `organisation=`) or `post=` it holds that post since 2026-01-05."""

    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"user{n}")

    @classmethod
    def _create(cls, model, *args, role=None, organisation=None, post=None, **values):
        user = model.objects.create_user(**values)
        if role:
            place = {"organisation": organisation} if organisation else {}
            post = PostFactory(role=role, **place)
        if post:
            HoldingFactory(user=user, post=post)
        return user


class HoldingFactory(DjangoModelFactory):
    """Somebody holds a post."""

    class Meta:
        model = Holding

    user = factory.SubFactory(UserFactory)
    post = factory.SubFactory(PostFactory)
    since = SINCE


class NoticeFactory(DjangoModelFactory):
    """A notice to a post."""

    class Meta:
        model = Notice

    post = factory.SubFactory(PostFactory)
    text = "请看看这件事"
    at = SINCE


class ComplaintFactory(DjangoModelFactory):
    """A complaint about the software that nobody has answered."""

    class Meta:
        model = Complaint

    text = "导出的表格打不开"
    page = "/reforms/"
    post = factory.SubFactory(PostFactory)
    at = SINCE


def make_reader(role: Role, organisation: Organisation | None = None) -> Reader:
    """A reader with a post of that role, kept in the database."""
    return reader_of(UserFactory(role=role, organisation=organisation))
