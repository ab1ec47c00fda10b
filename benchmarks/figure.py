"""One figure of a benchmark: printed as one JSON line, ours beside the peer measured in the same run."""

import json
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Figure:
    """`value` in `unit`; `peer_value` was measured in the same run; `extra` states seed, input, db, n …"""

    name: str
    value: float
    unit: str
    peer: str | None = None
    peer_value: float | None = None
    ratio: float | None = None
    extra: dict[str, object] = field(default_factory=dict)

    def line(self) -> str:
        """The figure as one line of JSON."""
        fixed = {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "peer": self.peer,
            "peer_value": self.peer_value,
            "ratio": self.ratio,
        }
        return json.dumps(fixed | self.extra, ensure_ascii=False)
