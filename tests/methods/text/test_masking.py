"""Personal data blotted out: the traps with their recall and precision, and what always holds."""

import csv
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhu.methods.text.masking import Masked, Span, mask
from minhu.methods.text.masking.numbers import ends_well, luhn

TRAPS = Path(__file__).with_name("masking_traps.csv")
NUMBERS = [
    "13800138000",
    "一三八",
    "330205199001011234",
    "浙B12345",
    "3幢2单元",
    "501室",
    "6222",
    "qq.com",
    "ａ",
    "①",
]
WORDS = [
    "张三",
    "王",
    "先生",
    "姓名：",
    "我叫",
    "电话",
    "住",
    "元",
    "号",
    "村",
    "谢谢",
    "@",
    "zhang",
    "*",
    "*******",
    "㎡",
]
PIECES = st.sampled_from([*NUMBERS, *WORDS, "，", "\n", " ", "\u200b"])
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join))


@dataclass(frozen=True)
class Trap:
    """A text, what must vanish from it, what must stay, and whether it is known to be missed."""

    text: str
    vanish: tuple[str, ...]
    stay: tuple[str, ...]
    is_missed: bool

    def missing(self) -> list[str]:
        """What should have vanished and did not, at its first place."""
        hidden = mask(self.text).text
        return [word for word in self.vanish if not is_hidden(word, hidden, self.text.index(word))]


def is_hidden(word: str, hidden: str, at: int) -> bool:
    return all(hidden[at + i] == "*" for i, sign in enumerate(word) if sign.isalnum())


def is_meant(span: Span, trap: Trap) -> bool:
    """Whether something that should vanish stands in a span."""
    return any(word in trap.text[span.start : span.end] or trap.text[span.start : span.end] in word
               for word in trap.vanish)  # fmt: skip


def traps() -> list[Trap]:
    with TRAPS.open(encoding="utf-8", newline="") as file:
        return [
            Trap(row["text"], split(row["vanish"]), split(row["stay"]), row["missed"] == "yes")
            for row in csv.DictReader(file)
        ]


def split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def test_recall_and_precision_on_the_traps() -> None:
    known = traps()
    asked = sum(len(trap.vanish) for trap in known)
    left = sum(len(trap.missing()) for trap in known)
    spans = [is_meant(span, trap) for trap in known for span in mask(trap.text).spans]
    kept = [word in mask(trap.text).text for trap in known for word in trap.stay]
    recall, precision, staying = 1 - left / asked, sum(spans) / len(spans), sum(kept) / len(kept)
    told = f"{len(known)} traps: recall {recall:.3f}, precision {precision:.3f}, stays {staying:.3f}"
    assert len(known) >= 200
    assert (recall >= 0.97, precision >= 0.97, staying >= 0.97) == (True, True, True), told


@pytest.mark.parametrize("trap", traps(), ids=lambda trap: trap.text[:20])
def test_each_trap_does_what_its_row_says(trap: Trap) -> None:
    assert bool(trap.missing()) == trap.is_missed
    assert [word for word in trap.stay if word not in mask(trap.text).text] == []


@given(TEXTS)
def test_masking_what_is_masked_changes_nothing(text: str) -> None:
    once = mask(text).text
    assert mask(once) == Masked(once, ())


@given(TEXTS)
def test_places_are_kept(text: str) -> None:
    masked = mask(text)
    assert len(masked.text) == len(text)
    hidden = {place for span in masked.spans for place in range(span.start, span.end)}
    assert masked.text == "".join("*" if i in hidden else sign for i, sign in enumerate(text))
    edges = [edge for span in masked.spans for edge in (span.start, span.end)]
    assert edges == sorted(edges)


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.sampled_from(["", "我叫", "工地噪声。", "电话"]))
def test_no_mobile_number_stays(number: str, ahead: str) -> None:
    assert mask(f"{ahead}{number}，谢谢").text == f"{ahead}{'*' * 11}，谢谢"


@given(st.dates(), st.integers(0, 99999999), st.sampled_from("件户平方米"))
def test_days_and_counts_stay(day: object, count: int, unit: str) -> None:
    text = f"{day}统计共{count}{unit}"
    assert mask(text).text == text


def test_spans_say_what_they_were() -> None:
    assert mask("王女士13800138000").spans == (Span(0, 1, "name"), Span(3, 14, "phone"))


def test_checks_of_numbers() -> None:
    assert ends_well("11010519491231002X")
    assert not ends_well("110105194912310021")
    assert luhn("4111111111111111")
    assert not luhn("4111111111111112")


@pytest.mark.parametrize("text", ["", "😀", "\x00\x01", "\ud800", "***", "﷽" * 10])
def test_strange_texts_come_back(text: str) -> None:
    assert mask(text) == Masked(text, ())


@pytest.mark.parametrize(
    "unit",
    ["我是张三，电话13800138000，住3幢2单元501室。", "a", "1", "一", " ", "\n", "王", "@a.", "0-", "住号"],
)
def test_a_hundred_kilobytes_take_no_second(unit: str) -> None:
    text = (unit * 100_000).encode()[:100_000].decode(errors="ignore")
    began = time.process_time()
    mask(text)
    assert time.process_time() - began < 1.0
