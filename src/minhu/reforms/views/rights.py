"""What a reader may do on the page of a reform, asked once, so that the page shows only what would work."""

from dataclasses import dataclass

from minhu.cases.queries.kinds import Openable
from minhu.people.rules import Reader
from minhu.reforms.offers.ties import MILESTONE, kinds_to_open_about
from minhu.reforms.queries.reform_page import ReformPage
from minhu.reforms.states import ProofState


@dataclass(frozen=True, slots=True)
class Rights:
    """Rights on one reform."""

    edit: bool
    move: bool
    prove: bool
    postpone: bool
    write_rule: bool
    cases: tuple[Openable, ...] = ()


def rights_on(reader: Reader, page: ReformPage) -> Rights:
    """The rights of a reader; milestones, proofs and postponements learn theirs as `may_…`."""
    reform = page.reform
    lead = (reform.lead.code,) if reform.lead else ()
    carriers = (*lead, *(unit.code for unit in page.supports))
    decides = reader.may("decide_postponement")
    for stone in page.stones:
        accepts = reform.is_live and reader.may("accept_proof", organisation=stone.acceptor.code)
        for proof in stone.proofs.all():
            is_others = proof.submitted_by_user != reader.user.pk
            proof.may_decide = accepts and is_others and proof.state == ProofState.WAITING
        for wish in stone.postponements.all():
            wish.may_decide = decides and wish.granted is None and wish.asked_by_user != reader.user.pk
    return Rights(
        edit=reader.may("edit_reform"),
        move=reader.may("move_reform"),
        prove=reform.is_live and reader.may("submit_proof", organisations=carriers),
        postpone=reform.is_live and reader.may("ask_postponement", organisations=carriers),
        write_rule=reader.may("write_rule", organisations=carriers),
        cases=tuple(kinds_to_open_about(MILESTONE, reader, carriers)) if reform.is_live else (),
    )
