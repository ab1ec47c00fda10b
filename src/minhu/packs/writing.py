"""Nets and tables read from elsewhere, written as the TOML of a pack: to be pasted, completed, checked."""

from collections.abc import Iterable, Mapping

from minhu.methods import flow, ruling
from minhu.packs.kind_parts import AUTOMATIC
from minhu.packs.nets import NUMBER

Item = Mapping[str, object]
SIMPLE = {
    "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"
}  # fmt: skip
LISTS = frozenset({"copies"})
"""Arguments of effects that are lists: a net holds them joined by commas."""


def kind_toml(net: flow.Net) -> str:
    """A kind of case whose course is this net; what a net does not say is left to be written."""
    head = {
        "code": net.code, "title": net.title or net.code, "summary": "…", "headline": "…", "basis": "…"
    }  # fmt: skip
    roles = dict.fromkeys([place.role for place in net.places] + [step.role for step in net.transitions])
    beside = [sorted(group) for group in net.parallels]
    blocks = [block("kind", head | ({"beside": beside} if beside else {}))]
    blocks += [block("kind.role", {"code": role, "title": role}) for role in roles if role]
    blocks += [block("kind.place", _place(place)) for place in net.places]
    blocks += [block("kind.step", _step(step), keep=("takes",)) for step in net.transitions]
    blocks += [
        block("kind.timer", {"code": one.code, "place": one.place, "limit": one.limit}) for one in net.timers
    ]
    blocks += [
        block(
            "kind.pause",
            {"reason": one.reason, "title": one.reason, "clause": one.clause, "document": one.document},
        )
        for one in net.pauses
    ]
    return "\n".join(blocks)


def table_toml(table: ruling.Table) -> str:
    """A decision table of a kind."""
    head: dict[str, object] = {"code": table.code, "title": table.title or table.code}
    head |= {"basis": table.basis.document, "article": table.basis.article, "hit": str(table.hit)}
    blocks = [block("kind.table", head)]
    for one in table.inputs:
        said: dict[str, object] = {"name": one.name, "type": str(one.type), "allowed": one.allowed}
        blocks.append(block("kind.table.input", said | {"optional": one.optional, "title": one.title}))
    for out in table.outputs:
        said = {"name": out.name, "type": str(out.type), "values": list(out.values)}
        blocks.append(block("kind.table.output", said | {"default": out.default, "title": out.title}))
    for row in table.rules:
        cells = {"when": list(row.when), "then": list(row.then), "note": row.note}
        blocks.append(block("kind.table.rule", cells, keep=("when", "then")))
    return "\n".join(blocks)


def block(name: str, item: Item, keep: Iterable[str] = ()) -> str:
    """One `[[name]]` with its keys; those that say nothing are left out, but for those to keep."""
    lines = [f"{key} = {value(said)}" for key, said in item.items() if said or key in keep]
    return "\n".join([f"[[{name}]]", *lines]) + "\n"


def value(said: object) -> str:
    """A value as TOML writes it."""
    if isinstance(said, bool):
        return "true" if said else "false"
    if isinstance(said, int):
        return str(said)
    if isinstance(said, Mapping):
        return "{ " + ", ".join(f"{key} = {value(one)}" for key, one in said.items()) + " }"
    if isinstance(said, list | tuple):
        return "[" + ", ".join(map(value, said)) + "]"
    return '"' + "".join(map(_glyph, str(said))) + '"'


def _glyph(glyph: str) -> str:
    """One character inside a string."""
    if glyph in SIMPLE:
        return SIMPLE[glyph]
    return f"\\u{ord(glyph):04X}" if ord(glyph) < 0x20 or ord(glyph) == 0x7F else glyph


def _place(place: flow.Place) -> dict[str, object]:
    """A place, without what it is anyway."""
    kind = "" if place.kind is flow.Kind.TASK else str(place.kind)
    title = "" if place.title == place.code else place.title
    return {
        "code": place.code, "title": title, "kind": kind, "role": place.role, "pauses": place.pauses,
        "most": place.most,
    }  # fmt: skip


def _step(step: flow.Transition) -> dict[str, object]:
    """A step: `auto` where nothing fires it; its own code is what fires it if nothing is said."""
    on = "" if step.on == step.code else step.on or AUTOMATIC
    return {
        "code": step.code, "title": "" if step.title == step.code else step.title, "takes": list(step.takes),
        "puts": list(step.puts), "role": step.role, "on": on, "guard": str(step.guard) if step.guard else "",
        "reads": list(step.reads), "clears": list(step.clears),
        "effect": [_effect(one) for one in step.effects],
    }  # fmt: skip


def _effect(effect: flow.Effect) -> dict[str, object]:
    """An effect, without its number."""
    said: dict[str, object] = {"kind": effect.kind}
    for key, text in effect.args:
        if key != NUMBER:
            said[key] = text.split(",") if key in LISTS else text
    return said
