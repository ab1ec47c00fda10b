"""Papers a step makes: what stands in them, with the values of the case filled in.

A personal value is never copied into a paper, which is kept for ever: its field stays open in the text
(`{name}`) and is filled from the personal values, if they are still there, when the letter is written out.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from minhu.cases.bridge.compiling import Compiled
from minhu.cases.bridge.outcome import PaperNew, Work
from minhu.cases.bridge.values import shown
from minhu.packs.kinds import FieldType, PaperSpec, StepSpec

AUTHOR = "author"
"""The addressee of a letter to whoever raised the case: personal values may stand in it."""
FIELD = re.compile(r"\{([\w.]+)\}")
OWN = ("number", "date", "to", "case", "title", "year")
GONE = "＊＊＊"


def make(work: Work, step: StepSpec) -> PaperNew:
    """The paper of a step, but for its number."""
    spec = work.kind.papers[step.paper]
    to = addressee(work, spec)
    texts = (filled(work, paragraph, personal=spec.to == AUTHOR, to=to) for paragraph in spec.body)
    body = [text for text in texts if text.strip()]
    open_ = sorted({name for text in body for name in FIELD.findall(text) if is_personal(work.kind, name)})
    content = {
        "form": spec.form,
        "title": filled(work, spec.title, personal=False, to=to),
        "number": "",
        "to": to,
        "date": work.on.isoformat(),
        "body": body,
        "personal": open_,
    }
    counter = f"paper:{spec.number}:{work.on.year}" if spec.number else ""
    paper = PaperNew(spec.code, str(content["title"])[:200], spec.number, counter, content)
    work.out.papers.append(paper)
    return paper


def addressee(work: Work, spec: PaperSpec) -> str:
    """Whom a paper goes to: the organisations of a role, or the words of the kind."""
    if spec.to == AUTHOR:
        return ""
    codes = work.state.parts.get(spec.to, ())
    if spec.to not in work.kind.roles or not codes:
        return "" if spec.to in work.kind.roles else filled(work, spec.to, personal=False)
    units = work.rules.units(codes)
    return "、".join(units[code].name or units[code].short for code in codes if code in units)


def filled(work: Work, text: str, *, personal: bool, to: str = "") -> str:
    """A text with the values of the case in its places; personal ones stay open or are left out."""

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if is_personal(work.kind, name):
            return found[0] if personal else GONE
        return own(work, name, found[0], to) if name in OWN else known(work, name)

    return FIELD.sub(value, text)


def own(work: Work, name: str, open_: str, to: str) -> str:
    """What every paper may say; its own number is known only when it is given out."""
    state, day = work.state, work.on
    if name in work.kind.fields:
        return known(work, name)
    said = {
        "date": day_words(day),
        "to": to,
        "case": state.number,
        "title": state.title,
        "year": str(day.year),
        "number": open_,
    }
    return said[name]


def known(work: Work, name: str) -> str:
    """A value, or the organisations of a role, in words."""
    kind, state = work.kind, work.state
    if name in kind.fields:
        plain = state.data.get(name)
        if kind.fields[name].type is FieldType.ORGANISATION and plain:
            return names_of(work, (str(plain),), full=True)
        if kind.fields[name].type is FieldType.DATE and plain:
            return day_words(date.fromisoformat(str(plain)))
        return shown(kind, name, plain)
    if name in kind.roles:
        return names_of(work, state.parts.get(name, ()), full=True)
    if name.startswith("due.") and name[4:] in kind.clocks:
        due = [clock.due_on for clock in state.clocks if clock.code == name[4:]]
        return day_words(due[-1]) if due else ""
    return ""


def day_words(day: date) -> str:
    """A day as papers write it."""
    return f"{day.year}年{day.month}月{day.day}日"


def names_of(work: Work, codes: tuple[str, ...], *, full: bool = False) -> str:
    """Organisations by their short names; `full`: as official papers write them."""
    units = work.rules.units(codes) if codes else {}
    names = {code: (unit.name or unit.short) if full else unit.short for code, unit in units.items()}
    return "、".join(names.get(code, code) for code in codes)


def is_personal(kind: Compiled, name: str) -> bool:
    """Whether a name is a personal field of the kind."""
    return name in kind.fields and kind.fields[name].personal


def numbered(paper: PaperNew, year: int, count: int) -> None:
    """Give a paper its number."""
    paper.number = with_number(paper.template, year, count)
    body = [text.replace("{number}", paper.number) for text in paper.content["body"]]
    paper.content |= {"number": paper.number, "body": body}


def with_number(template: str, year: int, count: int) -> str:
    """A number template with year and count in it: `{year}`, `{n}`, `{n:03}`."""
    text = template.replace("{year}", str(year))
    return re.sub(r"\{n(?::0?(\d+))?\}", lambda found: str(count).zfill(int(found[1] or 0)), text)


def written(content: Mapping[str, Any], personal: Mapping[str, str]) -> list[str]:
    """The paragraphs of a paper for its reader, personal values filled in where they are still kept."""
    return [FIELD.sub(lambda found: personal.get(found[1]) or GONE, text) for text in content["body"]]
