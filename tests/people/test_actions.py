"""Deeds on organisations, posts and accounts: what they change, what they refuse, what they record."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.utils.http import urlsafe_base64_decode

from minhu.people import actions
from minhu.people.actions import OrganisationDraft, PostDraft
from minhu.people.models import Complaint, Holding, Notice, Organisation, Post, User
from minhu.people.queries import organisation_tree, reader_of
from minhu.people.states import Kind, Role
from minhu.trail.models import Entry, ref
from tests.factories.people import (
    ComplaintFactory,
    HoldingFactory,
    OrganisationFactory,
    UserFactory,
    make_reader,
)
from tests.people.conftest import AT

pytestmark = pytest.mark.django_db

DISTRICT = OrganisationDraft("jiangbei", "江北区", "江北", Kind.DISTRICT)
BUREAU = OrganisationDraft("fagai", "发展和改革局", "发改局", Kind.DEPARTMENT, "jiangbei")
OFFICE = OrganisationDraft("gaigeban", "改革办", "改革办", Kind.DEPARTMENT, "fagai")


def deeds() -> list[tuple[str, str]]:
    """What stands in the book, in order."""
    return list(Entry.objects.filter(book="people").order_by("seq").values_list("deed", "thing"))


def said(refusal: pytest.ExceptionInfo[ValidationError]) -> str:
    """The words of a refusal."""
    return " ".join(refusal.value.messages)


# --- organisations ---
def test_load_puts_parents_first_whatever_their_order(deed) -> None:
    counts = actions.load_organisations(drafts=[OFFICE, BUREAU, DISTRICT], **deed)
    assert (counts.created, counts.changed, counts.unchanged) == (3, 0, 0)
    assert [(b.organisation.code, b.depth, b.above) for b in organisation_tree()] == [
        ("jiangbei", 0, ()),
        ("fagai", 1, ("jiangbei",)),
        ("gaigeban", 2, ("jiangbei", "fagai")),
    ]


def test_loading_twice_changes_nothing(deed) -> None:
    actions.load_organisations(drafts=[DISTRICT, BUREAU], **deed)
    before = deeds()
    counts = actions.load_organisations(drafts=[DISTRICT, BUREAU], **deed)
    assert (counts.created, counts.changed, counts.unchanged) == (0, 0, 2)
    assert deeds() == before


def test_load_changes_only_what_differs_and_records_both(deed) -> None:
    actions.load_organisations(drafts=[DISTRICT, BUREAU], **deed)
    counts = actions.load_organisations(drafts=[DISTRICT, replace(BUREAU, short="发改")], **deed)
    assert (counts.created, counts.changed, counts.unchanged) == (0, 1, 1)
    entry = Entry.objects.get(deed="people.change_organisation")
    assert entry.payload == {"before": {"short": "发改局"}, "after": {"short": "发改"}}
    assert entry.thing == ref(Organisation.objects.get(code="fagai"))


def test_load_survives_what_was_closed_on_screen(deed) -> None:
    actions.load_organisations(drafts=[DISTRICT, BUREAU, OFFICE], **deed)
    for code in ("gaigeban", "fagai"):
        unit = Organisation.objects.get(code=code)
        actions.close_organisation(organisation=unit, on=date(2026, 3, 31), **deed)
    counts = actions.load_organisations(drafts=[DISTRICT, BUREAU, OFFICE], **deed)
    assert (counts.unchanged, Organisation.objects.standing().count()) == (3, 1)


def test_a_cycle_in_a_load_is_refused_by_name_and_nothing_is_kept(deed) -> None:
    ring = [replace(DISTRICT, parent="gaigeban"), BUREAU, OFFICE]
    with pytest.raises(ValidationError) as refusal:
        actions.load_organisations(drafts=ring, **deed)
    assert "发展和改革局 → 江北区 → 改革办 → 发展和改革局" in said(refusal)
    assert (Organisation.objects.count(), deeds()) == (0, [])


def test_a_cycle_by_moving_is_refused_by_name(deed) -> None:
    actions.load_organisations(drafts=[DISTRICT, BUREAU, OFFICE], **deed)
    unit = Organisation.objects.get(code="jiangbei")
    with pytest.raises(ValidationError) as refusal:
        actions.change_organisation(organisation=unit, draft=replace(DISTRICT, parent="gaigeban"), **deed)
    assert "江北区" in said(refusal)
    assert list(refusal.value.message_dict) == ["parent"]
    assert Organisation.objects.get(code="jiangbei").parent is None


def test_an_unknown_parent_is_named(deed) -> None:
    with pytest.raises(ValidationError) as refusal:
        actions.add_organisation(draft=BUREAU, **deed)
    assert "“jiangbei”" in said(refusal)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"code": "Fa Gai"}, "code"),
        ({"name": ""}, "name"),
        ({"kind": "ministry"}, "kind"),
        ({"row": 2}, "__all__"),
        ({"row": 0, "column": 1}, "__all__"),
    ],
)
def test_a_bad_organisation_is_refused_at_its_field(deed, change, field) -> None:
    with pytest.raises(ValidationError) as refusal:
        actions.add_organisation(draft=replace(DISTRICT, **change), **deed)
    assert list(refusal.value.message_dict) == [field]


def test_a_code_is_for_ever(deed, unit) -> None:
    with pytest.raises(ValidationError) as refusal:
        actions.change_organisation(organisation=unit, draft=BUREAU, **deed)
    assert list(refusal.value.message_dict) == ["code"]


def test_nothing_new_goes_under_a_closed_unit(deed, unit) -> None:
    actions.close_organisation(organisation=unit, on=date(2026, 3, 31), **deed)
    with pytest.raises(ValidationError) as refusal:
        actions.add_organisation(draft=replace(BUREAU, parent="caizheng"), **deed)
    assert "财政局" in said(refusal)


def test_closing_waits_for_what_stands_under_it_and_who_sits_in_it(deed, unit, post) -> None:
    below = OrganisationFactory(name="国库支付中心", parent=unit)
    holding = HoldingFactory(post=post)
    with pytest.raises(ValidationError) as refusal:
        actions.close_organisation(organisation=unit, on=date(2026, 3, 31), **deed)
    assert "国库支付中心" in said(refusal)
    actions.close_organisation(organisation=below, on=date(2026, 3, 31), **deed)
    with pytest.raises(ValidationError) as refusal:
        actions.close_organisation(organisation=unit, on=date(2026, 3, 31), **deed)
    assert "经办岗" in said(refusal)
    actions.end_post(holding=holding, **deed)
    actions.close_organisation(organisation=unit, on=date(2026, 3, 31), **deed)
    assert Organisation.objects.get(pk=unit.pk).closed_on == date(2026, 3, 31)


def test_reopening_goes_from_above_down(deed, unit) -> None:
    below = OrganisationFactory(parent=unit)
    for one in (below, unit):
        actions.close_organisation(organisation=one, on=date(2026, 3, 31), **deed)
    with pytest.raises(ValidationError):
        actions.reopen_organisation(organisation=Organisation.objects.get(pk=below.pk), **deed)
    actions.reopen_organisation(organisation=unit, **deed)
    actions.reopen_organisation(organisation=Organisation.objects.get(pk=below.pk), **deed)
    assert Organisation.objects.standing().count() == 2


# --- posts ---
def test_posts_load_once(deed, unit) -> None:
    draft = PostDraft("caizheng-1", "预算岗", "caizheng", Role.LEAD)
    first = actions.load_posts(drafts=[draft], **deed)
    again = actions.load_posts(drafts=[draft], **deed)
    other = actions.load_posts(drafts=[replace(draft, title="预算科")], **deed)
    assert [(c.created, c.changed, c.unchanged) for c in (first, again, other)] == [
        (1, 0, 0),
        (0, 0, 1),
        (0, 1, 0),
    ]
    entry = Entry.objects.get(deed="people.change_post")
    assert entry.payload == {"before": {"title": "预算岗"}, "after": {"title": "预算科"}}


def test_a_post_needs_a_standing_organisation(deed, unit) -> None:
    draft = PostDraft("p", "岗", "nowhere", Role.LEAD)
    with pytest.raises(ValidationError) as refusal:
        actions.add_post(draft=draft, **deed)
    assert "“nowhere”" in said(refusal)
    actions.close_organisation(organisation=unit, on=date(2026, 3, 31), **deed)
    with pytest.raises(ValidationError):
        actions.add_post(draft=replace(draft, organisation="caizheng"), **deed)


# --- accounts ---
def test_an_account_takes_up_a_post_and_leaves_it(deed, office, post) -> None:
    user = actions.open_account(username="caizheng", email="cz@example.org", **deed)
    holding = actions.give_post(user=user, post=post, **deed)
    again = actions.give_post(user=user, post=post, at=AT + timedelta(days=9), by=deed["by"])
    assert (again, again.since) == (holding, AT)
    assert reader_of(user).post == "caizheng-jingban"
    actions.end_post(holding=holding, **deed)
    actions.end_post(holding=Holding.objects.get(pk=holding.pk), **deed)
    assert reader_of(user).post == ""
    assert [name for name, thing in deeds() if thing == ref(user)] == [
        "people.open_account",
        "people.give_post",
        "people.end_post",
    ]


def test_no_personal_value_stands_in_the_record(deed, office) -> None:
    user = actions.open_account(username="wang.xiaoming", email="wang@example.org", **deed)
    actions.change_email(user=user, email="xiaoming@example.org", **deed)
    actions.close_account(user=user, **deed)
    payloads = str(list(Entry.objects.values_list("payload", "thing", "actor_post")))
    assert [word for word in ("wang", "xiaoming", "example.org") if word in payloads] == []


def test_a_closed_account_keeps_no_mail_no_post_and_no_password(deed, office, post) -> None:
    user = UserFactory(post=post, email="cz@example.org", password="a-long-password-1")
    actions.close_account(user=user, **deed)
    row = User.objects.get(pk=user.pk)
    assert (row.is_active, row.email, row.has_usable_password()) == (False, "", False)
    assert row.holdings.get().until == AT
    with pytest.raises(ValidationError):
        actions.give_post(user=row, post=post, **deed)
    with pytest.raises(ValidationError):
        actions.make_reset_link(user=row, **deed)


def test_a_post_of_a_closed_unit_cannot_be_given(deed, unit, post) -> None:
    actions.close_organisation(organisation=unit, on=date(2026, 3, 31), **deed)
    with pytest.raises(ValidationError):
        actions.give_post(user=UserFactory(), post=Post.objects.get(pk=post.pk), **deed)


def test_a_weak_or_taken_account_is_refused(deed, office) -> None:
    with pytest.raises(ValidationError):
        actions.open_account(username="new", password="123", **deed)
    with pytest.raises(ValidationError) as refusal:
        actions.open_account(username="gaige", **deed)
    assert list(refusal.value.message_dict) == ["username"]


def test_the_last_office_holder_stays(deed, office) -> None:
    holding, held = office.holdings.get(), office.posts.get()
    lead = PostDraft(held.code, held.title, held.organisation.code, Role.LEAD)
    for remove in (
        lambda: actions.end_post(holding=holding, **deed),
        lambda: actions.close_account(user=office, **deed),
        lambda: actions.change_post(post=held, draft=lead, **deed),
    ):
        with pytest.raises(ValidationError):
            remove()
    office.refresh_from_db()
    assert (reader_of(office).role, office.is_active, deeds()) == (Role.OFFICE, True, [])


def test_a_second_office_holder_may_go(deed, office) -> None:
    other = UserFactory(role=Role.OFFICE)
    actions.close_account(user=other, **deed)
    assert not User.objects.get(pk=other.pk).is_active


def test_a_closed_account_does_not_count_as_an_office_holder(deed, office) -> None:
    UserFactory(role=Role.OFFICE, is_active=False)
    with pytest.raises(ValidationError):
        actions.end_post(holding=office.holdings.get(), **deed)


def test_a_reset_link_fits_its_account_only(deed, office) -> None:
    key, token = actions.make_reset_link(user=office, **deed)
    assert int(urlsafe_base64_decode(key)) == office.pk
    assert default_token_generator.check_token(office, token)
    assert not default_token_generator.check_token(UserFactory(), token)
    assert deeds() == [("people.make_reset_link", ref(office))]


def test_demonstration_log_ins_load_once_and_are_marked(deed, post) -> None:
    first = actions.load_accounts(posts={"caizheng": post.code}, password="minhu-demo", **deed)
    again = actions.load_accounts(posts={"caizheng": post.code}, password="minhu-demo", **deed)
    assert [(c.created, c.unchanged) for c in (first, again)] == [(1, 0), (0, 1)]
    assert User.objects.get().is_demonstration
    with pytest.raises(ValidationError):
        actions.load_accounts(posts={"x": "no-such-post"}, password="minhu-demo", **deed)


def test_a_demonstration_log_in_is_nobody_elsewhere(deed, post, settings) -> None:
    actions.load_accounts(posts={"caizheng": post.code}, password="minhu-demo", **deed)
    user = User.objects.get()
    settings.MINHU_DEMO = True
    assert reader_of(user).post == post.code
    settings.MINHU_DEMO = False
    assert not reader_of(user).signed_in


# --- words ---
def test_a_complaint_is_answered_once_and_its_post_is_told(office) -> None:
    complainer, answerer = make_reader(Role.LEAD), reader_of(office)
    complaint = actions.complain(by=complainer.actor, text=" 字太小 ", page="/reforms/", at=AT)
    assert (complaint.text, complaint.post.code, complaint.is_answered) == ("字太小", complainer.post, False)
    actions.answer_complaint(by=answerer.actor, complaint=complaint, answer="下周改大", at=AT)
    notice = Notice.objects.get()
    assert (notice.post_id, notice.url) == (complainer.post_id, f"/people/problems/{complaint.pk}/")
    with pytest.raises(ValidationError) as refusal:
        actions.answer_complaint(by=answerer.actor, complaint=complaint, answer="另一个答复", at=AT)
    assert "下周改大" in said(refusal)
    assert Complaint.objects.get().answer == "下周改大"


def test_words_stay_out_of_the_record(office) -> None:
    complaint = ComplaintFactory(text="张三的电话打不通")
    actions.answer_complaint(by=reader_of(office).actor, complaint=complaint, answer="已联系张三", at=AT)
    assert "张三" not in str(list(Entry.objects.values_list("payload")))


@pytest.mark.parametrize("text", ["", "   ", "长" * 2001])
def test_an_empty_or_endless_complaint_is_refused(text) -> None:
    with pytest.raises(ValidationError):
        actions.complain(by=make_reader(Role.LEAD).actor, text=text, at=AT)


def test_a_notice_goes_to_an_account_or_a_post(deed, office, post) -> None:
    actions.send_notice(to=office, text="给账号", **deed)
    actions.send_notice(to=post, text="给岗位", url="/reforms/", **deed)
    assert list(Notice.objects.order_by("pk").values_list("user_id", "post_id")) == [
        (office.pk, None),
        (None, post.pk),
    ]
