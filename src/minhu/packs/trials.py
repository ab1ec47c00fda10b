"""The tests a pack brings along: a question, what is given, and the answer expected."""

from collections.abc import Mapping
from dataclasses import dataclass

from minhu.packs.sections import Section


@dataclass(frozen=True, slots=True)
class Trial:
    """A `[[case]]` of tests/*.toml; `ask` names the question (`limit`, `deadline`, …)."""

    ask: str
    given: Mapping[str, object]
    expect: Mapping[str, object]
    name: str = ""

    def __post_init__(self) -> None:
        if not self.expect:
            raise ValueError("expect is empty: a test that expects nothing cannot fail")

    def differences(self, answer: Mapping[str, object]) -> tuple[str, ...]:
        """What the answer says otherwise than expected, in words; keys not expected are free."""
        return tuple(
            f"{key}: expected {wanted}, got {answer.get(key, 'nothing')}"
            for key, wanted in self.expect.items()
            if key not in answer or answer[key] != wanted
        )


TRIALS = Section("tests", "case", Trial)
