"""Effects, papers and spacing rules: whom they reach, which kinds they open, what their texts speak of."""

import re

from minhu.packs.kinds import EffectSpec, KindSpec, PaperSpec
from minhu.packs.linting.lens import Lens
from minhu.packs.linting.people import NO_ROLE
from minhu.packs.linting.time import refer_limit
from minhu.packs.linting.values import NO_FIELD
from minhu.packs.positions import did_you_mean

NO_KIND = "there is no kind of case “{code}”"
NEEDS = "an effect “{kind}” needs “{key}”"
STRAY = "an effect “{kind}” has no “{key}”"
NO_ROLE_THERE = "“{code}” is no role of the kind “{kind}”"
NO_FIELD_THERE = "“{code}” is no field of the kind “{kind}”, so it cannot be copied there"
NOT_COPIED = "the kind “{kind}” asks for “{code}” when it is opened, and this does not copy it"
NO_PARENT = "no kind opens a case of this kind, so there is nobody to signal to"
NO_SUCH_COMMAND = "no kind that opens this one waits for the command “{code}”"
NO_HOLE = "“{{{code}}}” is neither a field nor a role of this kind"
PERSONAL_HOLE = "“{{{code}}}” is personal and is left out here: only papers to the author may hold it"
NO_NUMBER = "a number needs {{n}}, or two papers would bear the same"
NOTHING_ALIKE = "the spacing rule “{code}” has neither a window nor a most: it forbids nothing"
NO_PART = "“{code}” is neither a field nor a role: what should be alike?"

ARGUMENTS = {"notice": ("to", "text"), "open": ("of", "each", "gets"), "signal": ("do",), "rating": ()}
OPTIONAL = {"open": ("copies",), "rating": ("to",)}
HOLE = re.compile(r"\{([^{}]*)\}")
FREE_HOLES = frozenset({"number", "date", "to", "case", "title", "year"})
"""What a text may speak of beside fields, roles and `due.<clock>`."""
NUMBERED = re.compile(r"\{n(?::0?\d+)?\}")
CODE = re.compile(r"[A-Za-z0-9_.-]+")
AUTHOR = "author"
"""A paper to whoever raised the case: personal values may stand in it."""


def check(lens: Lens) -> None:
    """Everything about effects, papers and spacing."""
    for number, step in enumerate(lens.spec.step):
        for place, effect in enumerate(step.effect):
            check_effect(lens, effect, ("step", number, "effect", place))
    for number, paper in enumerate(lens.spec.paper):
        check_paper(lens, number, paper)
    check_spacing(lens)


def check_paper(lens: Lens, number: int, paper: PaperSpec) -> None:
    """One paper: whom it goes to, its number, what its text speaks of."""
    if CODE.fullmatch(paper.to) and paper.to != AUTHOR:
        lens.refer(paper.to, lens.roles, NO_ROLE, "paper", number, "to")
    else:
        check_holes(lens, paper.to, "paper", number, "to")
    if paper.number and not NUMBERED.search(paper.number):
        lens.wrong(NO_NUMBER, "paper", number, "number")
    check_holes(lens, NUMBERED.sub("", paper.number), "paper", number, "number")
    check_holes(lens, paper.title, "paper", number, "title")
    for place, text in enumerate(paper.body):
        check_holes(lens, text, "paper", number, "body", place, is_private=paper.to == AUTHOR)


def check_effect(lens: Lens, effect: EffectSpec, path: tuple[str | int, ...]) -> None:
    """One effect: what it needs, what it may not have, and what it speaks of."""
    needed, optional = ARGUMENTS[effect.kind], OPTIONAL.get(effect.kind, ())
    for key in ("to", "text", "of", "each", "gets", "copies", "do"):
        said = bool(getattr(effect, key))
        if key in needed and not said:
            lens.wrong(NEEDS, *path, "kind", kind=effect.kind, key=key)
        elif said and key not in needed + optional:
            lens.wrong(STRAY, *path, key, kind=effect.kind, key=key)
    for key in ("to", "each"):
        if code := getattr(effect, key):
            lens.refer(code, lens.roles, NO_ROLE, *path, key)
    check_holes(lens, effect.text, *path, "text")
    if effect.kind == "open" and effect.of:
        check_opening(lens, effect, path)
    if effect.kind == "signal" and effect.do:
        check_signal(lens, effect.do, path)


def check_opening(lens: Lens, effect: EffectSpec, path: tuple[str | int, ...]) -> None:
    """A case of another kind: its role, its fields, what it asks for."""
    kinds = {**lens.known.kinds, lens.spec.code: lens.spec}
    if not lens.refer(effect.of, kinds, NO_KIND, *path, "of"):
        return
    kind: KindSpec = kinds[effect.of]
    fields, roles = [one.code for one in kind.field], [one.code for one in kind.role]
    if effect.gets and effect.gets not in roles:
        hint = did_you_mean(effect.gets, roles)
        lens.wrong(NO_ROLE_THERE, *path, "gets", code=effect.gets, kind=kind.code, hint=hint)
    for number, name in enumerate(effect.copies):
        if not lens.refer(name, lens.fields, NO_FIELD, *path, "copies", number):
            continue
        if name not in fields:
            hint = did_you_mean(name, fields)
            lens.wrong(NO_FIELD_THERE, *path, "copies", number, code=name, kind=kind.code, hint=hint)
    for name in kind.asks:
        if not name.endswith("?") and name not in effect.copies:
            lens.wrong(NOT_COPIED, *path, "of", code=name, kind=kind.code)


def check_signal(lens: Lens, command: str, path: tuple[str | int, ...]) -> None:
    """A command to the case this one was opened from."""
    parents = [kind for _, kind in lens.openers]
    if not parents:
        lens.wrong(NO_PARENT, *path, "do")
        return
    lens.refer(command, {s.on or s.code for kind in parents for s in kind.step}, NO_SUCH_COMMAND, *path, "do")


def check_holes(lens: Lens, text: str, *path: str | int, is_private: bool = False) -> None:
    """The words in curly brackets of a text; `is_private`: personal values may stand in it."""
    dues = {f"due.{clock.code}" for clock in lens.spec.clock}
    for found in HOLE.finditer(text):
        code = found[1]
        if code in lens.fields:
            if lens.fields[code].personal and not is_private:
                lens.doubt_inside(found.start(), PERSONAL_HOLE, *path, code=code)
        elif code not in FREE_HOLES | dues and code not in lens.roles:
            near = did_you_mean(code, [*lens.fields, *lens.roles], FREE_HOLES | dues)
            lens.wrong_inside(found.start(), NO_HOLE, *path, code=code, hint=near)


def check_spacing(lens: Lens) -> None:
    """Rules about cases that may not crowd."""
    for number, rule in enumerate(lens.spec.spacing):
        lens.refer_all(rule.per, [*lens.fields, *lens.roles], NO_PART, "spacing", number, "per")
        if not rule.window and not rule.most:
            lens.wrong(NOTHING_ALIKE, "spacing", number, "code", code=rule.code)
        if rule.window:
            refer_limit(lens, rule.window, ("month",), "spacing", number, "window")
        if rule.most:
            refer_limit(lens, rule.most, ("count",), "spacing", number, "most")
