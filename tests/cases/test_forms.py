"""Forms made from the fields of a kind: types, what is needed, roles, refusals, what stays when refused."""

import pytest
from django import forms as widgets
from django.http import QueryDict

from minhu.cases.bridge.compiling import Compiled
from minhu.cases.bridge.pages.asking import Asked
from minhu.cases.forms.base import DeedForm
from minhu.cases.forms.fields import field_of, unit_choices
from minhu.cases.forms.queue import QueueForm
from minhu.cases.forms.rating import RatingForm
from minhu.cases.queries.lights import Day
from minhu.cases.queries.queue import Queue
from minhu.cases.states import CaseRefused, Fault, Upload, Why
from minhu.packs.kinds import ChoiceSpec, FieldSpec, FieldType
from minhu.people.states import Role
from tests.factories.cases import NOW, REQUEST, KindFactory
from tests.factories.people import OrganisationFactory, make_reader

KIND = Compiled(REQUEST)
ASKS = ("title", "amount?", "level?", "urgent?", "seen_on?", "phone?")
UNITS = [("部门", [("host", "城管局"), ("other", "别的局")])]


def form(data: str | None = None, *, fields=ASKS, roles=(), known=None, serious=False) -> DeedForm:
    """A form over REQUEST, sent with `data` if any."""
    asked = Asked(fields, roles, serious=serious)
    return DeedForm(QueryDict(data) if data else None, kind=KIND, asked=asked, units=UNITS, known=known)


@pytest.mark.parametrize(
    ("type_", "field", "widget"),
    [
        (FieldType.TEXT, widgets.CharField, widgets.TextInput),
        (FieldType.LONG, widgets.CharField, widgets.Textarea),
        (FieldType.NUMBER, widgets.CharField, widgets.TextInput),
        (FieldType.DATE, widgets.DateField, widgets.DateInput),
        (FieldType.CHOICE, widgets.ChoiceField, widgets.RadioSelect),
        (FieldType.FLAG, widgets.TypedChoiceField, widgets.RadioSelect),
        (FieldType.ORGANISATION, widgets.ChoiceField, widgets.Select),
        (FieldType.FILE, widgets.FileField, widgets.ClearableFileInput),
    ],
)
def test_each_type_has_its_field(type_, field, widget):
    spec = FieldSpec("x", "名称", type_, (ChoiceSpec("a", "甲"),), unit="万元", help="说明")
    made = field_of(spec, needed=True, units=UNITS)
    assert (type(made), type(made.widget)) == (field, widget)
    assert (made.label, made.help_text, made.required) == ("名称（万元）", "说明", True)


def test_many_answers_stand_in_a_list():
    spec = FieldSpec("x", "x", FieldType.CHOICE, tuple(ChoiceSpec(str(n), str(n)) for n in range(9)))
    assert isinstance(field_of(spec, needed=False, units=[]).widget, widgets.Select)


def test_a_personal_value_says_what_for():
    made = form()
    assert "回访" in made["v-phone"].help_text
    assert made["v-title"].field.required
    assert not made["v-phone"].field.required


def test_values_come_out_as_the_engine_takes_them():
    sent = form("key=k&v-title=路灯&v-amount=12.50&v-urgent=false&v-seen_on=2026-03-30&v-level=high")
    assert sent.is_valid()
    values = {name: str(value) if name == "seen_on" else value for name, value in sent.values().items()}
    assert values == {
        "title": "路灯", "amount": "12.50", "urgent": False, "seen_on": "2026-03-30", "level": "high",
    }  # fmt: skip


def test_what_is_known_is_not_typed_again_and_may_be_emptied():
    known = {"title": "路灯", "amount": "12.5", "urgent": True, "rev": 3}
    first = form(known=known)
    assert (first["v-title"].value(), first["v-urgent"].value(), first["rev"].value()) == ("路灯", "true", 3)
    sent = form("key=k&rev=3&v-title=路灯&v-amount=&v-urgent=true", known=known)
    assert sent.is_valid()
    assert sent.values() == {"title": "路灯", "amount": "", "urgent": True}


def test_every_opened_form_has_a_key_of_its_own():
    assert form()["key"].value() != form()["key"].value()


def test_roles_take_one_or_many():
    sent = form("key=k&r-host=host", fields=(), roles=("host",))
    assert sent.is_valid()
    assert sent.assigns() == {"host": ["host"]}
    missing = form("key=k", fields=(), roles=("host",))
    assert list(missing.errors) == ["r-host"]


def test_a_serious_step_is_confirmed_first():
    assert list(form("key=k&v-title=x", serious=True).errors) == ["sure"]
    assert form("key=k&v-title=x&sure=on", serious=True).is_valid()


def test_a_refusal_stands_at_its_field_and_nothing_is_lost():
    sent = form("key=k&rev=2&v-title=x", roles=("host?",))
    assert sent.is_valid()
    faults = [Fault("title", "太短"), Fault("host", "无权"), Fault("elsewhere", "别处")]
    sent.refuse(CaseRefused(Why.VALUE, "不行", faults), 5)
    assert sent.errors == {"v-title": ["太短"], "r-host": ["无权"], "__all__": ["别处"]}
    assert (sent["v-title"].value(), sent["rev"].value(), sent["key"].value()) == ("x", "5", "k")


def test_after_a_key_was_used_up_the_next_try_has_another():
    sent = form("key=k&v-title=x")
    assert sent.is_valid()
    sent.refuse(CaseRefused(Why.KEY, "已用"))
    assert sent["key"].value() != "k"
    assert sent.errors == {"__all__": ["已用"]}


def test_differences_are_told_in_words():
    sent = form("key=k&v-title=x&v-level=low")
    assert sent.is_valid()
    sent.refuse(CaseRefused(Why.STALE, "变了", changed={"level": ("low", "high"), "work": (1, None)}))
    told = [(row.label, row.before, row.now, row.typed) for row in sent.differences]
    assert told == [("等级", "一般", "重大", "一般"), ("办理", "第1次", "已不在", "已不在")]


def test_a_file_becomes_an_upload(tmp_path):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from minhu.cases.forms.fields import plain_of

    made = plain_of(SimpleUploadedFile("证明.pdf", b"%PDF"))
    assert isinstance(made, Upload)
    assert made.name == "证明.pdf"
    assert plain_of("x") == "x"


def test_units_are_listed_by_kind(db):
    units = [
        OrganisationFactory(code="d", short="局"),
        OrganisationFactory(code="s", short="街", kind="street"),
    ]
    assert [[code for code, _short in pairs] for _kind, pairs in unit_choices(units)] == [["d"], ["s"]]


def test_unknown_filters_filter_nothing(db):
    from datetime import date

    KindFactory()
    queue = Queue(make_reader(Role.LEADER), Day(date(2026, 3, 31), date(2026, 4, 7)))
    asked = QueueForm(QueryDict("show=none&kind=none&light=pink&text=灯"), queue=queue, matters=[]).filters()
    assert (asked.show, asked.kind, asked.light, asked.text, asked.sort) == ("desk", "", "", "灯", "light")
    assert NOW.year == 2026


def test_a_rating_needs_an_answer_and_takes_words():
    assert list(RatingForm({}).errors) == ["level"]
    assert RatingForm({"level": "1", "words": ""}).is_valid()
    assert list(RatingForm({"level": "9"}).errors) == ["level"]
