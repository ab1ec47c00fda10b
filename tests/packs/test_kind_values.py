"""A kind as JSON and back; the digest changes with what a case is held to, and with nothing else."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from minhu.packs import PackError
from minhu.packs.kind_values import digest_of, from_plain, to_plain
from tests.packs.kinds import lamp


def test_a_kind_comes_back_from_json_as_it_was(tmp_path: Path) -> None:
    spec = lamp(tmp_path).item
    again = from_plain(json.loads(json.dumps(to_plain(spec))))
    assert again == spec
    assert again.trace[0].values == {
        "where": "Mill Lane 3",
        "count": Decimal("1.5"),
        "seen": date(2026, 3, 1),
    }


def test_defaults_are_left_out(tmp_path: Path) -> None:
    plain = to_plain(lamp(tmp_path).item)
    assert "confidential" not in plain
    assert plain["field"][0] == {"code": "where", "title": "Where"}


def test_the_digest_follows_the_rules_and_not_the_traces(tmp_path: Path) -> None:
    spec = lamp(tmp_path).item
    first = digest_of(spec)
    assert len(first) == 64
    assert digest_of(replace(spec, trace=())) == first
    assert digest_of(replace(spec, basis="Town Order 4")) != first
    assert digest_of(from_plain(to_plain(spec))) == first


def test_json_that_is_no_kind_is_refused_with_the_way_to_it(tmp_path: Path) -> None:
    plain = to_plain(lamp(tmp_path).item)
    plain["clock"][0]["limt"] = "x"
    with pytest.raises(PackError) as refused:
        from_plain(plain)
    assert [str(one) for one in refused.value.problems] == [
        "clock.0.limt:1:1: unknown key “limt” (did you mean “limit”?)"
    ]
