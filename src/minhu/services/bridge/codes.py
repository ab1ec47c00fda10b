"""How parts of a published kind are called: short codes of places, fields and limits."""

import re

from minhu.methods.composing import Ref
from minhu.services.states.applying import mark_of

LONGEST = 40


def slug(text: str) -> str:
    """A code as a kind may use it."""
    return re.sub(r"[^A-Za-z0-9]+", "_", text).strip("_")


def place_of(item: str, step: str) -> str:
    """The place where a step of an item is done; long ones are shortened to a mark."""
    code = f"{slug(item)}__{slug(step)}"
    return code if len(code) <= LONGEST and slug(item) and slug(step) else f"s_{mark_of(item, step)}"


def ref_of(node: str) -> Ref:
    """The step or requirement a node of the compiled net names (`item/id`)."""
    item, _slash, id_ = node.partition("/")
    return Ref(item, id_)


def step_limit(item: str, version: int, step: str) -> str:
    """The limit of a step, as its guide has it in this version."""
    code = f"item.{item}.v{version}.{step}"
    return code if len(code) <= 80 else f"item.{mark_of(item, step)}.v{version}"


def whole_limit(thing: str, version: int, course: int) -> str:
    """The promise of a whole course."""
    return f"thing.{thing}.v{version}.{course}"


def kind_code(thing: str, course: int) -> str:
    """The kind of case of a course."""
    return f"thing-{thing}-{course}"
