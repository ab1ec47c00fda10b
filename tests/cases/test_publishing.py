"""Kinds are published once for each content; powers are listed; everything is told in the record."""

from dataclasses import replace
from datetime import date

import pytest

from minhu.cases.actions.publishing import load_powers, publish_kinds
from minhu.cases.models import Case, Kind, Power
from minhu.packs import Counts
from minhu.packs.kind_values import digest_of, from_plain
from minhu.packs.kinds import PowerSpec, TraceSpec
from minhu.trail.queries import book_history
from minhu.trail.states import SYSTEM
from tests.factories.cases import NOW, REQUEST, changed, doer, open_one
from tests.factories.people import OrganisationFactory
from tests.factories.rulebook import PackVersionFactory, lay_rulebook

pytestmark = pytest.mark.django_db
TRACE = TraceSpec("t", "office.office", date(2026, 3, 31), {"end": "done"})


def publish(*specs):
    return publish_kinds(by=SYSTEM, specs=specs, version=PackVersionFactory(), at=NOW)


def test_a_kind_is_published_once_for_each_content():
    assert publish(REQUEST) == Counts(created=1)
    assert publish(REQUEST) == Counts(unchanged=1)
    assert publish(changed(basis="另一依据")) == Counts(changed=1)
    assert [row.is_current for row in Kind.objects.order_by("pk")] == [False, True]
    assert from_plain(Kind.objects.get(is_current=True).spec).basis == "另一依据"


def test_an_earlier_version_can_become_current_again():
    publish(REQUEST)
    publish(changed(basis="另一依据"))
    assert publish(REQUEST) == Counts(changed=1)
    assert Kind.objects.get(is_current=True).digest == digest_of(REQUEST)
    assert Kind.objects.count() == 2


def test_traces_are_kept_beside_and_make_no_version():
    publish(REQUEST)
    assert publish(replace(REQUEST, trace=(TRACE,))) == Counts(changed=1)
    row = Kind.objects.get()
    assert [trace["title"] for trace in row.traces] == ["t"]
    assert "trace" not in row.spec
    assert publish(replace(REQUEST, trace=(TRACE,))) == Counts(unchanged=1)


def test_running_cases_keep_their_version():
    lay_rulebook()
    OrganisationFactory(code="office")
    publish(REQUEST)
    number = open_one(doer("office", "office")).number
    publish(changed(basis="另一依据"))
    assert Case.objects.get(number=number).kind.is_current is False


def test_the_record_tells_what_was_published():
    publish(REQUEST)
    publish(changed(basis="另一依据"))
    first, second = book_history("kinds").order_by("seq")
    assert (first.deed, first.payload["before"]) == ("cases.publish_kind", "")
    assert second.payload == {
        "code": "request", "before": digest_of(REQUEST), "after": digest_of(changed(basis="另一依据"))
    }  # fmt: skip


def test_powers_are_listed_changed_and_left():
    for code in ("line", "town", "other"):
        OrganisationFactory(code=code)
    spec = PowerSpec("waste", "垃圾分类", "line", "town", "赋权清单", date(2024, 1, 1))
    more = replace(spec, matter="dust", title="扬尘")
    version = PackVersionFactory()

    def bring(*drafts):
        return load_powers(by=SYSTEM, drafts=drafts, version=version, at=NOW)

    assert bring(spec, more) == Counts(created=2)
    assert bring(spec, more) == Counts(unchanged=2)
    assert bring(replace(spec, line="other", ends_on=date(2027, 1, 1)), more) == Counts(1 - 1, 1, 1)
    assert Power.objects.get(matter="waste").line.code == "other"
    assert bring(more) == Counts(changed=1), "its place in the list is new"
    assert Power.objects.count() == 2
    last = book_history("kinds").filter(payload__matter="waste").order_by("seq").last()
    assert last.payload["after"] == {"line": "other", "ends_on": "2027-01-01"}
