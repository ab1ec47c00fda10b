"""Who must do what by when: a small grammar of official sentences. It proposes; people correct."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from minhu.methods.clauses.deadlines import Deadline, deadline_in
from minhu.methods.clauses.tree import Clause, Cut
from minhu.methods.clauses.words import (
    AGENT,
    LABEL,
    LEAD,
    MUST,
    NO_DUTY,
    NO_SUBJECT,
    OFFICE,
    PAST,
    REVIEW,
    SENTENCE,
    TASK,
    WHO,
    YEAR_OF_TASKS,
)

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
    subject = ""
    for start, sentence in sentences(text):
        who = who_in(sentence)
        subject = who or subject
        if not is_duty(sentence, who):
            continue
        deadline = deadline_in(sentence, issued_on) or year
        carried = subject if MUST.search(sentence) and not who and not TASK.match(sentence) else who
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
    """The end of the year that the nearest heading gives its tasks, as in 2026年重点工作."""
    for clause in reversed(line):
        if found := YEAR_OF_TASKS.search(clause.heading):
            return Deadline(found["words"], found.start(), date(int(found["year"]), 12, 31))
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


def who_in(sentence: str) -> str:
    """The body that a sentence makes its subject: at its head, after a comma, or after 由."""
    heads = [0, *(comma.end() for comma in re.finditer("[，,]", sentence[:FAR]))]
    found = [WHO.match(sentence, head) for head in heads]
    found.append(AGENT.search(sentence))
    if MUST.search(sentence):
        found.append(LEAD.match(sentence))
    for hit in filter(None, found):
        who = (hit["who"] or hit.groupdict().get("the") or "").strip().removeprefix("由")
        if OFFICE.match(who) or not (NO_SUBJECT.match(who) or TASK.match(who)):
            return who
    return ""


def is_duty(sentence: str, who: str) -> bool:
    """An order, a prohibition, a task, or a body doing something; no permission, definition or look back."""
    if MUST.search(sentence):
        return True
    if PAST.search(sentence) or NO_DUTY.search(sentence):
        return False
    return bool(who or TASK.match(sentence))
