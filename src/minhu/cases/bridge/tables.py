"""Decision tables asked by steps: their answers become values of the case, with table and rule as source."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from minhu.cases.bridge.outcome import Work
from minhu.cases.bridge.values import rich, spelled
from minhu.cases.states import CaseRefused, Fault, Plain, Why
from minhu.methods import ruling
from minhu.packs.kinds import StepSpec


def rule(work: Work, tables: Iterable[str], autos: Sequence[StepSpec]) -> set[str]:
    """Ask tables and lay their answers; those of automatic steps only if all they need is there."""
    read: set[str] = set()
    for code in dict.fromkeys(tables):
        read |= ask_table(work, code)
    for code in dict.fromkeys(code for auto in autos for code in auto.decides):
        data = {**work.state.data, **work.out.values}
        columns = work.kind.tables[code].table.inputs
        if all(column.optional or data.get(column.name) is not None for column in columns):
            read |= ask_table(work, code)
    return read


def ask_table(work: Work, code: str) -> set[str]:
    """Ask one table; returns the names it read."""
    table = work.kind.tables[code]
    names = [column.name for column in table.table.inputs]
    data = system_values(work, {**work.state.data, **work.out.values})
    try:
        found = table.decide({name: rich(work.kind, name, data.get(name)) for name in names})
    except ruling.BadInput as wrong:
        missing = [name for name in names if data.get(name) is None]
        words = _("The table “%(table)s” cannot decide: %(why)s")
        why = "、".join(work.kind.title(name) for name in missing) or str(wrong)
        said = words % {"table": table.table.title or code, "why": why}
        raise CaseRefused(Why.VALUE, said, [Fault(name, said) for name in missing]) from None
    except ruling.Ambiguous as wrong:
        words = _("The table “%(table)s” gives more than one answer (rows %(rows)s): mend the table.")
        rows = "、".join(map(str, wrong.rules))
        said = words % {"table": table.table.title or code, "rows": rows}
        raise CaseRefused(Why.GUARD, said) from None
    source = f"{code}#{','.join(map(str, found.rules))}"[:160]
    answers = {out.name: plain_answer([row[out.name] for row in found.rows]) for out in table.table.outputs}
    work.out.values |= answers
    work.out.sources |= dict.fromkeys(answers, source)
    work.out.rulings.append({"table": code, "rules": list(found.rules), "values": answers})
    return set(names)


def plain_answer(values: Sequence[ruling.Value]) -> Plain:
    """What a table answered, as it is kept; several answers are listed."""
    texts = [plain_value(value) for value in values]
    return texts[0] if len(texts) == 1 else "、".join(str(text) for text in texts if text is not None) or None


def plain_value(value: ruling.Value) -> Plain:
    """One answer as it is kept."""
    if value is None or isinstance(value, bool | str):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else spelled(value)


def system_values(work: Work, data: Mapping[str, Plain]) -> dict[str, Plain]:
    """Values and what the software itself knows."""
    return {**data, "opened_by": work.state.opener or None}
