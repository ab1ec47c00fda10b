"""What groups of voices show on pages that do not know them: duties, figures, sentences, names, panels."""

from datetime import date, timedelta

import pytest

from minhu.people.models import Organisation
from minhu.people.states import Role
from minhu.voices.actions.answering_ratings import rate_reply
from minhu.voices.actions.candidates import CutDraft, propose_small_cut
from minhu.voices.actions.hot import make_hot_list
from minhu.voices.actions.links import confirm_link, suggest_links
from minhu.voices.models import HotIssue, Reply, Voice
from minhu.voices.offers import groups as offered
from tests.factories.groups import NOW, OFFICE, a_group, answered, assigned, lay_voices
from tests.factories.reforms import ReformFactory

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 31)


@pytest.fixture(autouse=True)
def _house() -> None:
    lay_voices()


def test_the_unit_that_sorts_owes_what_waits_and_the_office_what_is_proposed(reader) -> None:
    centre = reader(Role.LEAD, Organisation.objects.get(code="zhili"))
    stranger = reader(Role.LEAD, Organisation.objects.get(code="jiaotong"))
    assert list(offered.duties(centre, ON)) == []
    group = a_group(2, "加装电梯审批", said_on=ON - timedelta(days=9))
    propose_small_cut(by=OFFICE, draft=CutDraft("电梯", "审批难", 2, [group]), at=NOW)
    ReformFactory(name="加装电梯审批")
    suggest_links(group=group, at=NOW)
    (duty,) = offered.duties(centre, ON)
    assert (duty.title, duty.why, duty.light.tone) == ("1 组诉求待分派", "最早一组已等 9 天", "yellow")
    assert list(offered.duties(stranger, ON)) == []
    assert [duty.order for duty in offered.duties(reader(Role.OFFICE), ON)] == [22, 40, 60]


def test_the_cockpit_says_how_much_is_said_and_what_waits(reader) -> None:
    leader = reader(Role.LEADER)
    assert (offered.week_figure(leader, ON), list(offered.opening(leader, ON))) == (None, [])
    a_group(4)
    a_group(1, said_on=ON - timedelta(days=8))
    view = offered.week_figure(leader, ON)
    assert view is not None
    assert (view.value, view.sentence) == (4, "分属 1 组；前七天 1 件")
    make_hot_list(at=NOW)
    words = "".join(str(part.text) for part in offered.opening(leader, ON))
    assert words == "一周来群众反映 4 件，热点 1 个，2 组待分派。"


def test_the_cockpit_says_how_many_were_answered_in_time_and_came_back(reader) -> None:
    leader = reader(Role.LEADER)
    assert offered.answered_figure(leader, ON) is None
    answered(assigned(a_group(2)))
    view = offered.answered_figure(leader, ON)
    assert view is not None
    assert (view.value, view.tone) == ("100.0", "")
    rate_reply(reply=Reply.objects.first(), level=1, is_fixed=None, words="", at=NOW)
    answered(assigned(a_group(1)))
    assert (
        offered.answered_figure(leader, ON).sentence == "2 件中按期答复 2 件；已评价 1 件，评差或未解决 1 件"
    )


def test_panels_stand_where_there_is_something_to_show(reader) -> None:
    office, reform, group = reader(Role.OFFICE), ReformFactory(), a_group(3)
    assert offered.reform_panel(reform, office) is None
    confirm_link(by=OFFICE, group=group, reform=reform, at=NOW)
    panel = offered.reform_panel(reform, office)
    assert panel is not None
    assert panel.note == "1 组，3 件"
    row = assigned(group)
    answered(row)
    rate_reply(reply=Reply.objects.first(), level=2, is_fixed=None, words="", at=NOW)
    row.case.refresh_from_db()
    shown = offered.case_panel(row.case, reader(Role.LEAD, Organisation.objects.get(code="chengguan")))
    assert shown is not None
    assert (shown.context["bad"], shown.context["may_answer"]) == (1, True)
    assert offered.case_panel(row.case, office).context["may_answer"] is False


def test_groups_are_found_by_what_their_voices_say(reader) -> None:
    group = a_group(2, "慈城古镇周末停车难")
    a_group(1, "社区医院没有儿科")
    (found,) = offered.found_groups("古镇停车", reader(Role.AUDITOR), 5)
    assert (found.title, found.url) == ("慈城古镇周末停车难", group.get_absolute_url())
    assert [
        one.title for one in offered.found_groups(Voice.objects.earliest("pk").number, reader(Role.OFFICE), 5)
    ] == ["慈城古镇周末停车难"]


def test_things_are_named_in_the_record() -> None:
    group = a_group(6, "楼道充电")
    cut = propose_small_cut(by=OFFICE, draft=CutDraft("充电", "无处充", 3, [group]), at=NOW)
    run = make_hot_list(at=NOW)
    issue = HotIssue.objects.get()
    assert offered.group_links([str(group.pk)]) == {str(group.pk): ("楼道充电", group.get_absolute_url())}
    assert offered.candidate_links([str(cut.pk)]) == {str(cut.pk): ("充电", cut.get_absolute_url())}
    assert offered.run_links([str(run.pk)])[str(run.pk)] == (
        "2026-03-31 热点清单",
        "/voices/hot/?on=2026-03-31",
    )
    assert offered.issue_links([str(issue.pk)])[str(issue.pk)][1] == issue.get_absolute_url()
