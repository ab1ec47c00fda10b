"""From a pack that is only opened, not loaded, to the limits it brings: no rows are read or written."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from minhu.packs import Section, open_pack
from minhu.rulebook.states import LimitDraft

LIMITS = Section("limits", "limit", LimitDraft, key=("code", "place", "kind", "effective_on"))


def limits_of_pack(folder: Path, codes: Sequence[str], *, on: date) -> dict[str, Decimal]:
    """The general limits of a pack folder that hold on a day; raises PackError, or KeyError naming a code."""
    rows = [located.item for located in open_pack(folder).read(LIMITS)]
    holding = [row for row in rows if not row.place and not row.kind and row.effective_on <= on]
    holding = [row for row in holding if row.ends_on is None or on <= row.ends_on]
    found = {row.code: row.value for row in sorted(holding, key=lambda row: row.effective_on)}
    return {code: found[code] for code in codes}
