"""What is wrong with a pack, said without a database: files, sections, then kinds of case."""

from collections.abc import Sequence

from minhu.cases.pack import known_of
from minhu.packs import Pack
from minhu.packs.kinds import KINDS
from minhu.packs.linting import Remark, lint
from minhu.site.load_pack.loading import check


def findings(pack: Pack, kind: str = "") -> tuple[Sequence[str], tuple[Remark, ...]]:
    """The codes of a pack's kinds, and the remarks on them or on one. Raises PackError."""
    check(pack)
    kinds, known = pack.read(KINDS), known_of(pack)
    chosen = [row for row in kinds if kind in {"", row.item.code}]
    return [row.item.code for row in kinds], tuple(one for row in chosen for one in lint(row, known))
