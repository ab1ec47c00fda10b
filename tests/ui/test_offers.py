"""Offers: registered once, asked for in order, and never known by name."""

from collections.abc import Collection, Iterator
from datetime import date
from types import SimpleNamespace

import pytest

from minhu.ui import offers
from minhu.ui.offers import Duty, DutySource, Nav, Panel, Part, ThingLink

ON = date(2026, 3, 31)


@pytest.fixture(autouse=True)
def nothing_offered() -> Iterator[None]:
    before = offers.clear()
    yield
    offers.restore(before)


def room(name: str, **lists: list) -> SimpleNamespace:
    return SimpleNamespace(__name__=name, **lists)


def test_offers_come_by_order_then_by_registration() -> None:
    late, early = Nav("", "late", "a", 9, "see"), Nav("", "early", "b", 1, "see")
    same = Nav("", "same", "c", 9, "see")
    offers.register(room("one", NAV=[late]))
    offers.register(room("two", NAV=[early, same]))
    assert [nav.title for nav in offers.navs()] == ["early", "late", "same"]


def test_registering_twice_changes_nothing() -> None:
    module = room("one", NAV=[Nav("", "door", "a", 1, "see")])
    offers.register(module)
    offers.register(module)
    assert len(offers.navs()) == 1


def test_a_wrong_list_names_the_module_and_the_kind() -> None:
    with pytest.raises(TypeError) as caught:
        offers.register(room("one", NAV=["door"]))
    assert str(caught.value) == "one.NAV holds 'door'; it must hold Nav"


def test_panels_are_found_by_their_anchor_only() -> None:
    mine, other = Panel("a.b", "mine", lambda t, r: None), Panel("a.c", "other", lambda t, r: None)
    offers.register(room("one", PANELS=[other, mine]))
    assert offers.panels("a.b") == [mine]


def test_duties_own_first_then_by_day_undated_last() -> None:
    owed = [
        Duty("waits", "", "/", ON, waits=True),
        Duty("undated", "", "/"),
        Duty("today", "", "/", ON),
        Duty("tomorrow first", "", "/", date(2026, 4, 1), order=1),
        Duty("tomorrow", "", "/", date(2026, 4, 1)),
    ]
    offers.register(room("one", DUTIES=[DutySource(lambda reader, on: owed)]))
    titles = [duty.title for duty in offers.duties(None, ON)]
    assert titles == ["today", "tomorrow first", "tomorrow", "undated", "waits"]


def test_a_thing_is_named_by_the_room_that_knows_it() -> None:
    asked = []

    def named(keys: Collection[str]) -> dict[str, tuple[str, str]]:
        asked.append(sorted(keys))
        return {key: (f"no. {key}", f"/{key}") for key in keys if key != "9"}

    offers.register(room("one", THINGS=[ThingLink("a.b", named)]))
    assert offers.thing_link("a.b:7") == ("no. 7", "/7")
    assert offers.thing_links(["a.b:7", "x.y:7", "a.b:8", "a.b:9", "a.b:7"]) == {
        "a.b:7": ("no. 7", "/7"),
        "a.b:8": ("no. 8", "/8"),
        "a.b:9": ("a.b:9", ""),
        "x.y:7": ("x.y:7", ""),
    }
    assert asked == [["7"], ["7", "8", "9"]]


def test_a_sentence_keeps_its_links_in_any_word_order() -> None:
    late = Part("3", "/late", True)
    assert offers.sentence("{late} of {all} are late.", late=late, all=57) == (
        late, Part(" of "), Part("57"), Part(" are late."),
    )  # fmt: skip
    assert offers.sentence("{all}个里{late}个逾期", late=late, all=57)[2] == late
    with pytest.raises(KeyError):
        offers.sentence("{nobody}")


def test_clear_gives_back_what_was_there() -> None:
    offers.register(room("one", NAV=[Nav("", "door", "a", 1, "see")]))
    before = offers.clear()
    assert offers.navs() == []
    offers.restore(before)
    assert len(offers.navs()) == 1
