"""How official papers number, date and divide their text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from minhu.methods.papers.paper import Block, Level, Paragraph, Table

DIGITS = "零一二三四五六七八九"
ORDER = (Level.FIRST, Level.SECOND, Level.THIRD, Level.FOURTH)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph ready to be set: its number is part of the text."""

    text: str
    level: Level


def laid(blocks: Iterable[Block]) -> Iterator[Line | Table]:
    """The blocks of a body, divided at line breaks, headings numbered 一、 （一） 1. （1）."""
    counts = [0, 0, 0, 0]
    for block in blocks:
        if isinstance(block, Table):
            yield block
            continue
        number = _number(block, counts)
        for text in divided(block.text):
            yield Line(number + text, block.level)
            number = ""


def divided(text: str) -> list[str]:
    """The lines of a text that are not blank, without spaces around them."""
    return [
        line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()
    ]


def one_line(text: str) -> str:
    """A text that must stay on one line."""
    return " ".join(divided(text))


def chinese(number: int) -> str:
    """1 to 99 as 一 to 九十九; above that Arabic digits."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = {0: "", 1: "十"}.get(tens, DIGITS[tens] + "十")
    return head + (DIGITS[ones] if ones else "")


def dated(day: date) -> str:
    """2026年3月5日: Arabic digits, no padded zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def attachment_names(titles: Iterable[str]) -> list[str]:
    """The lines of the attachment note: numbered if there are several."""
    names = [one_line(title) for title in titles]
    if len(names) == 1:
        return [f"附件：{names[0]}"]
    return [("附件：" if at == 1 else "　　　") + f"{at}. {name}" for at, name in enumerate(names, 1)]


def _number(block: Paragraph, counts: list[int]) -> str:
    """The number of a heading; a heading sets all lower counts back."""
    if block.level not in ORDER or not divided(block.text):
        return ""
    depth = ORDER.index(block.level)
    counts[depth] += 1
    counts[depth + 1 :] = [0] * (3 - depth)
    count = counts[depth]
    return (f"{chinese(count)}、", f"（{chinese(count)}）", f"{count}.", f"（{count}）")[depth]
