"""Tables of the docs that the code itself dictates: `python -m tests.docs` prints them for pasting."""

import sys
from collections.abc import Iterator

from django.db.models import Choices
from django.utils import translation

MARKS = {"all": "all", "own": "own unit", "none": "—"}


def enums() -> dict[str, type[Choices]]:
    """Every closed list of words a pack or a page may hold, by its name in the glossary."""
    # Imported here because `python -m tests.docs` sets Django up first.
    from minhu.mandates.states import DocumentKind, Level
    from minhu.people.states import Kind, Role
    from minhu.reforms import states
    from minhu.reforms.states.coverage import Coverage
    from minhu.rulebook.states import Strength, Unit

    return {
        "stage of a reform": states.State, "state of a clause": Coverage, "category": states.Category,
        "domain": states.Domain, "line": states.Line, "origin": states.Origin,
        "state of a proof": states.ProofState, "state of an answer": states.AnswerState,
        "what is done to a rule": states.RuleDeed, "state of a rule": states.RuleState, "role": Role,
        "kind of organisation": Kind, "level of a document": Level, "kind of document": DocumentKind,
        "unit of a limit": Unit, "strength of a limit": Strength,
    }  # fmt: skip


def glossary_rows() -> Iterator[str]:
    """The last table of docs/reference/glossary.md."""
    with translation.override("zh-hans"):
        for name, enum in enums().items():
            yield f"| {name} | {' · '.join(f'`{one.value}` {one.label}' for one in enum)} |"


def rights_rows() -> Iterator[str]:
    """The tables of docs/reference/rights.md."""
    from minhu.people.rules import rights_by_group
    from minhu.people.states import Role

    with translation.override("en"):
        for group, rows in rights_by_group().items():
            yield f"## {group}"
            yield f"| right | what it allows | {' | '.join(Role.values)} |"
            yield f"|---|---|{'---|' * len(Role)}"
            for name, right, marks in rows:
                words = f"{right.words}{f', {right.note}' if right.note else ''}"
                yield f"| `{name}` | {words} | {' | '.join(MARKS[mark] for mark in marks)} |"


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minhu.site.settings")
    django.setup()
    sys.stdout.write("\n".join([*glossary_rows(), "", *rights_rows()]) + "\n")
