"""Fields that look alike and are not merged: suggested to a person, who may sign that they are the same."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from minhu.methods.composing.fields import MergedField
from minhu.methods.text import normalise


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Two fields with similar labels (score in [0, 1]), or one code with two types."""

    one: str
    other: str
    labels: tuple[str, str]
    score: float
    why: str


def look_alikes(fields: Sequence[MergedField], alike: float) -> tuple[LookAlike, ...]:
    """Pairs of unmerged fields whose labels are at least so alike, the likest first.

    The score is Sørensen and Dice's over the sets of character pairs: 2|A∩B| / (|A|+|B|).
    """
    if len(fields) < 2:
        return ()
    scores = likeness([normalise(field.label).text for field in fields])
    pairs = [
        pair(fields[i], fields[j], float(scores[i, j]))
        for i, j in zip(*np.nonzero(np.triu(scores >= alike, 1)), strict=True)
    ]
    shown = {(each.one, each.other) for each in pairs}
    pairs += [each for each in same_code(fields) if (each.one, each.other) not in shown]
    return tuple(sorted(pairs, key=lambda each: (-each.score, each.one, each.other)))


def pair(one: MergedField, other: MergedField, score: float) -> LookAlike:
    """Two fields, and what keeps them apart."""
    if (one.role, one.element) == (other.role, other.element):
        why = (
            "same code, constraints at odds" if one.type == other.type else f"{one.type} against {other.type}"
        )
    elif one.element == other.element:
        why = f"role {one.role} against {other.role}"
    else:
        why = f"element {one.element} against {other.element}"
    return LookAlike(one.key, other.key, (one.label, other.label), round(score, 6), why)


def same_code(fields: Sequence[MergedField]) -> list[LookAlike]:
    """Fields of one role and element that differ in type, whatever their labels."""
    first: dict[tuple[str, str], MergedField] = {}
    found = []
    for field in fields:
        other = first.setdefault((field.role, field.element), field)
        if other is not field:
            found.append(pair(other, field, 0.0))
    return found


def likeness(labels: Sequence[str]) -> NDArray[np.float64]:
    """Dice scores of all pairs, shape (labels, labels)."""
    columns: dict[str, int] = {}
    marks = [
        (row, columns.setdefault(label[at : at + 2], len(columns)))
        for row, label in enumerate(labels)
        for at in range(max(1, len(label) - 1))
    ]
    table = np.zeros((len(labels), max(1, len(columns))), dtype=np.float32)
    rows, found = zip(*marks, strict=True)
    table[rows, found] = 1.0
    sizes = table.sum(axis=1)
    shared = (table @ table.T).astype(np.float64)
    return np.asarray(2 * shared / (sizes[:, None] + sizes[None, :]))
