"""Programs hear and read voices and occasions: masked, as much as their post sees, once."""

import pytest

from minhu.people.models import ApiDeed, Organisation
from minhu.people.states import Role
from minhu.trail.models import Entry
from minhu.voices.models import Occasion, Voice
from tests.factories.api import V1, Program
from tests.factories.voices import LAMP, lay_district, said

pytestmark = pytest.mark.django_db
EVENING = {
    "kind": "evening",
    "title": "夜聊",
    "held_on": "2026-03-30",
    "said": ["楼道灯不亮了", "周末办老年卡"],
}


@pytest.fixture(autouse=True)
def _district() -> None:
    lay_district()


def program(role: Role = Role.LEAD, unit: str = "wenjiao") -> Program:
    """A program of a post of a unit."""
    return Program(role, Organisation.objects.get(code=unit))


def test_a_program_hears_for_its_unit():
    made = program().do(
        "/voices", {"text": LAMP.text, "phone": "13800000000", "place": "wenjiao"}, status=201
    )
    voice = Voice.objects.select_related("keeper").get(number=made["number"])
    assert (voice.keeper.code, voice.channel, len(made["follow_code"])) == ("wenjiao", "program", 19)
    assert Entry.objects.get(deed="voices.hear").asked == 0


def test_the_same_key_hears_once_and_the_code_is_kept_nowhere():
    one = program()
    first = one.do("/voices", {"text": LAMP.text}, key="the-same-key", status=201)
    again = one.do("/voices", {"text": LAMP.text}, key="the-same-key", status=201)
    assert again == first | {"follow_code": ""}
    assert (Voice.objects.count(), ApiDeed.objects.count()) == (1, 0)
    assert one.refused("/voices", {"text": "别的事情"}, key="the-same-key", status=409)["code"] == "conflict"
    assert program().do("/voices", {"text": LAMP.text}, key="the-same-key", status=201)["follow_code"]
    assert (
        one.refused("/voices", {"text": LAMP.text}, key=None, status=422)["where"] == "header.Idempotency-Key"
    )


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"text": ""}, "body.text"),
        ({"place": "nowhere"}, "body.place"),
        ({"said_on": "2999-01-01"}, "body.said_on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(change, where):
    assert program().refused("/voices", {"text": LAMP.text} | change, status=422)["where"] == where
    assert Voice.objects.count() == 0


def test_an_auditor_writes_nothing():
    assert program(Role.AUDITOR).refused("/voices", {"text": LAMP.text}, status=403)["code"] == "refused"


def test_a_post_reads_masked_what_it_sees():
    own = said("请回电13800000000，路灯坏了", place="wenjiao", contact={"name": "某某"}).voice
    other = said("孔浦的事情", place="kongpu").voice
    found = program().read("/voices")
    assert [row["number"] for row in found["items"]] == [own.number]
    answer = program().read(f"/voices/{own.number}")
    assert ("13800000000" in str(answer), "某某" in str(answer), "路灯坏了" in answer["text"]) == (
        False,
        False,
        True,
    )
    assert program().get(f"{V1}/voices/{other.number}").status_code == 404
    assert program(Role.SUPERVISOR).read("/voices", street="kongpu")["count"] == 1
    assert program(Role.SUPERVISOR).read("/voices", channel="hotline", days=3)["count"] == 0


def test_an_occasion_is_recorded_and_read():
    made = program().do("/occasions", EVENING, status=201)
    assert (made["office"], Occasion.objects.get().voices.count()) == ("wenjiao", 2)
    assert program().read("/occasions")["count"] == 1
    whole = program().read(f"/occasions/{made['id']}")
    assert [voice["text"] for voice in whole["voices"]] == ["楼道灯不亮了", "周末办老年卡"]
    assert program(unit="kongpu").get(f"{V1}/occasions/{made['id']}").status_code == 404


def test_an_occasion_with_nothing_said_is_refused():
    assert (
        program().refused("/occasions", EVENING | {"said": []}, status=422)["where"].startswith("body.said")
    )
