"""A kind of case as a net of methods.flow, its tables as decision tables of methods.ruling."""

from dataclasses import fields

from minhu.methods import flow, ruling
from minhu.packs.kind_parts import AUTOMATIC, EffectSpec, StepSpec, TableSpec
from minhu.packs.kinds import KindSpec

NUMBER = "n"
"""The argument of an effect that says which one of its step it is, counted from 0."""


def net_of(spec: KindSpec) -> flow.Net:
    """The net of a kind; transitions bear the codes of steps. Raises flow.BadGuard for a guard misspelt."""
    return flow.Net(
        code=spec.code,
        places=tuple(
            flow.Place(p.code, flow.Kind(p.kind), p.title or p.code, p.role, p.pauses, p.most)
            for p in spec.place
        ),
        transitions=tuple(transition_of(step) for step in spec.step),
        timers=tuple(flow.Timer(timer.code, timer.place, timer.limit) for timer in spec.timer),
        pauses=tuple(flow.Pause(pause.reason, pause.clause, pause.document) for pause in spec.pause),
        parallels=tuple(frozenset(group) for group in spec.beside),
        title=spec.title,
    )


def transition_of(step: StepSpec) -> flow.Transition:
    """One step: fired by its own code if nothing is said, by itself if `auto`. Raises flow.BadGuard."""
    return flow.Transition(
        code=step.code,
        takes=step.takes,
        puts=step.puts,
        on="" if step.on == AUTOMATIC else step.on or step.code,
        guard=flow.guard(step.guard) if step.guard.strip() else None,
        title=step.title or step.code,
        role=step.role,
        reads=step.reads,
        clears=step.clears,
        effects=tuple(effect_of(effect, number) for number, effect in enumerate(step.effect)),
    )


def effect_of(effect: EffectSpec, number: int) -> flow.Effect:
    """One effect: what it says as pairs of text, lists joined by commas, and its number within the step."""
    said = {one.name: getattr(effect, one.name) for one in fields(effect) if one.name != "kind"}
    pairs = [(key, value if isinstance(value, str) else ",".join(value)) for key, value in said.items()]
    return flow.Effect(effect.kind, (*((k, v) for k, v in pairs if v), (NUMBER, str(number))))


def table_of(table: TableSpec) -> ruling.Table:
    """A table of a kind; raises ruling.BadTable where its parts do not fit together."""
    return ruling.Table(
        code=table.code,
        inputs=tuple(
            ruling.Input(one.name, ruling.Type(one.type), one.allowed, one.optional, one.title)
            for one in table.input
        ),
        outputs=tuple(
            ruling.Output(one.name, ruling.Type(one.type), one.values, one.default, one.title)
            for one in table.output
        ),
        rules=tuple(ruling.Rule(row.when, row.then, row.note) for row in table.rule),
        basis=ruling.Basis(table.basis, table.article),
        hit=ruling.Hit(table.hit),
        title=table.title,
    )
