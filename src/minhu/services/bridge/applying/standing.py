"""Where a case waits for its applicant: a correction, papers to come; and whether it may be taken back."""

from collections.abc import Mapping
from dataclasses import dataclass

from minhu.cases.bridge.compiling import Compiled, of_digest
from minhu.cases.queries.loading import state_of
from minhu.cases.states import CaseState
from minhu.services.bridge.applying.plans import Plan, Want
from minhu.services.bridge.emitting import MISSING
from minhu.services.states import MENDS, WITHDRAWS, PaperWay, brings, shares


@dataclass(frozen=True, slots=True)
class Standing:
    """What the applicant can do now. `commands`: paper (code of a want) → commands once it is there."""

    is_mending: bool = False
    attempt: int = 0
    notice: str = ""
    may_withdraw: bool = False
    is_over: bool = False
    end: str = ""
    commands: Mapping[str, tuple[str, ...]] | None = None

    def waits_for(self, want: Want) -> bool:
        """Whether the case rests until this paper comes."""
        return bool(self.commands and want.code in self.commands)


def standing_of(number: str, plan: Plan) -> Standing:
    """Where the case of a number stands, as far as its applicant can do something about it."""
    state = state_of(number)
    if state is None:
        return Standing()
    kind = of_digest(state.digest, state.kind_id)
    mends = [code for step in kind.doing(MENDS) for code in step.takes if code in state.stays]
    return Standing(
        bool(mends),
        state.stays[mends[0]].attempt if mends else 0,
        str(state.data.get(MISSING) or ""),
        is_possible(kind, state, WITHDRAWS),
        bool(state.end),
        state.end,
        {want.code: found for want in plan.wants if (found := commands_of(want, kind, state))},
    )


def commands_of(want: Want, kind: Compiled, state: CaseState) -> tuple[str, ...]:
    """The commands a paper gives to a case that waits for it."""
    told = [brings(*ref) for ref in want.refs]
    if want.way is PaperWay.SHARE:
        told += [shares(*ref, want.material) for ref in want.refs]
    return tuple(on for on in told if is_possible(kind, state, on))


def is_possible(kind: Compiled, state: CaseState, on: str) -> bool:
    """Whether the case is where a command takes it from."""
    return any(all(code in state.stays for code in step.takes) for step in kind.doing(on))
