"""Who must do what by when: a small grammar of official sentences. It proposes; people correct."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from minhu.methods.clauses.deadlines import Deadline, deadline_in
from minhu.methods.clauses.numerals import ordinal
from minhu.methods.clauses.tree import Clause, Cut
from minhu.methods.clauses.words import (
    ACTS_BY,
    AGENT,
    LABEL,
    LEAD,
    MUST,
    NO_DUTY,
    NO_SUBJECT,
    OFFICE,
    PAST,
    PLAN_OF_TASKS,
    REVIEW,
    SANCTION,
    SENTENCE,
    TASK,
    WHO,
    YEAR_OF_TASKS,
)

DEFINES = re.compile("，?是指|所称")
RUN_IN = 24  # characters of a run-in heading, its full stop included
OWN_LINE = 40  # characters of a heading on a line of its own
ENDS = ("。", "；", "！", "？", ".", ";", "!", "?")
UNLIKE_HEADING = re.compile(r"[，,：:\d%]")
FAR = 80  # characters within which the subject of a sentence is looked for


@dataclass(frozen=True, slots=True)
class Duty:
    """`what` is the sentence `text[start:end]`; `who` may be empty, `by_on` None where no day is fixed."""

    who: str
    what: str
    by_words: str
    by_on: date | None
    start: int
    end: int


def duties(text: str, issued_on: date | None = None, year: Deadline | None = None) -> list[Duty]:
    """The duties a clause lays down, in reading order; places are places in `text`.

    `year` is the deadline of the chapter, for sentences that name none of their own.
    """
    out = []
    subject, listing = "", ""
    for start, sentence in sentences(text):
        who = who_in(sentence)
        is_item = bool(LABEL.search(text[text.rfind("\n", 0, start) + 1 : start]))
        listing = (
            (who or subject if MUST.search(sentence) else who)
            if opens_list(sentence)
            else (listing if is_item else "")
        )
        subject = who or subject
        if not is_duty(sentence, who) or is_run_in(text, start, sentence, who):
            continue
        deadline = deadline_in(sentence, issued_on) or year
        carried = subject if MUST.search(sentence) and not who and not TASK.match(sentence) else who
        carried = listing if is_item and listing and not who else carried
        out.append(
            Duty(
                carried,
                sentence.rstrip("。；;").strip(),
                deadline.words if deadline else "",
                deadline.on if deadline else None,
                start,
                start + len(sentence),
            )
        )
    return out


def duties_of(document: Cut, issued_on: date | None = None) -> list[tuple[Clause, Duty]]:
    """The duties of every unit that looks forward; places are places in the document."""
    out = []
    for unit in document.units:
        line = [*document.above(unit), unit]
        if looks_back(document, unit):
            continue
        words = document.text[unit.start : unit.end]
        for duty in duties(words, issued_on or document.head.issued_on, year_in(line)):
            moved = Duty(
                duty.who, duty.what, duty.by_words, duty.by_on, duty.start + unit.start, duty.end + unit.start
            )
            out.append((unit, moved))
    return out


def looks_back(document: Cut, unit: Clause) -> bool:
    """Whether a clause stands in a review of past years: it tells what was done and asks for nothing."""
    return any(REVIEW.search(clause.heading) for clause in (*document.above(unit), unit))


def year_in(line: list[Clause]) -> Deadline | None:
    """The end of the year, or of the five-year plan, that the nearest heading gives its tasks.

    2026年重点工作 ends with 2026, “十五五”时期的目标任务 with 2030: the n-th plan ends in 1955 + 5 n.
    """
    for clause in reversed(line):
        if found := YEAR_OF_TASKS.search(clause.heading):
            return Deadline(found["words"], found.start(), date(int(found["year"]), 12, 31))
        if found := PLAN_OF_TASKS.search(clause.heading):
            ends = 1955 + 5 * ordinal(found["plan"])
            return Deadline(found["words"], found.start(), date(ends, 12, 31))
    return None


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Sentences without their numbering, with their places."""
    for found in SENTENCE.finditer(text):
        lead = len(found[0]) - len(found[0].lstrip(" \t\u3000"))
        label = LABEL.match(found[0][lead:])
        skip = lead + (label.end() if label else 0)
        words = found[0][skip:].rstrip()
        if len(words) > 3:
            yield found.start() + skip, words


def is_run_in(text: str, start: int, sentence: str, who: str) -> bool:
    """A heading: 打造一流营商环境。 at the head of a paragraph that goes on to say how, or a whole line.

    Run in: short, in one breath, without a figure, an order or a body. A line of its own: numbered, its
    sentence unfinished, and more below. What stands after a heading are the duties.
    """
    if who or MUST.search(sentence):
        return False
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", start)
    before = text[line_start:start].strip(" \t\u3000#*")
    after = text[start + len(sentence) : line_end if line_end >= 0 else len(text)].strip()
    if before and not LABEL.fullmatch(before):
        return False
    if before and not after and not sentence.rstrip().endswith(ENDS):
        return len(sentence) <= OWN_LINE and 0 <= line_end < len(text.rstrip())
    return len(sentence) <= RUN_IN and not UNLIKE_HEADING.search(sentence) and len(after) > len(sentence)


def who_in(sentence: str) -> str:
    """The body that a sentence makes its subject: at its head, after a comma, or after 由.

    A sentence that opens with a task and gives no order speaks of nobody: what stands after its commas are
    more tasks, and 抢抓国家… is none of them.
    """
    is_task = bool(TASK.match(sentence)) and not MUST.search(sentence)
    commas = re.finditer("[，,]", sentence[:FAR])
    heads = [0, *(() if is_task else (comma.end() for comma in commas))]
    found = [WHO.match(sentence, head) for head in heads]
    found.append(AGENT.search(sentence))
    if MUST.search(sentence):
        found.append(LEAD.match(sentence))
    for hit in filter(None, found):
        who = ACTS_BY.sub("", (hit["who"] or hit.groupdict().get("the") or "").strip())
        if OFFICE.match(who) or not (NO_SUBJECT.match(who) or TASK.match(who)):
            return who
    return ""


def opens_list(sentence: str) -> bool:
    """Whether the points below go on with its subject: …履行下列职责："""
    return sentence.rstrip().endswith(("：", ":"))


def is_duty(sentence: str, who: str) -> bool:
    """An order, a prohibition, a task, or a body doing something; no permission, definition or look back."""
    if DEFINES.search(sentence) or (SANCTION.search(sentence) and not MUST.search(sentence)):
        return False
    if MUST.search(sentence):
        return True
    if PAST.search(sentence) or NO_DUTY.search(sentence):
        return False
    return bool(who or TASK.match(sentence))
