"""What can be wrong with a net, in words."""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """The kinds of fault, as keys of WORDS."""

    TWICE = "twice"
    NO_PLACE = "no_place"
    STARTS = "starts"
    NO_END = "no_end"
    NO_PLACES = "no_places"
    ENTERS_START = "enters_start"
    LEAVES_END = "leaves_end"
    NOTHING_LEADS = "nothing_leads"
    LEADS_NOWHERE = "leads_nowhere"
    ORPHAN_TIMER = "orphan_timer"
    UNUSED_TIMER = "unused_timer"
    UNLISTED_PAUSE = "unlisted_pause"
    UNLICENSED_PAUSE = "unlicensed_pause"
    LOOP = "loop"
    NO_WAY_ON = "no_way_on"
    STUCK = "stuck"
    LEFTOVER = "leftover"
    DOUBLED = "doubled"
    MAYBE_DOUBLED = "maybe_doubled"
    NEVER_ENTERED = "never_entered"
    NEVER_FIRES = "never_fires"
    TOO_MANY = "too_many"
    SERIAL = "serial"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: which kind, at which place, transition or timer, and what else it concerns."""

    fault: Fault
    where: str
    others: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The fault as a sentence that says what to mend."""
        return WORDS[self.fault].format(where=self.where, others=", ".join(self.others))


WORDS = {
    Fault.TWICE: "{where} is declared twice: give one of them another code",
    Fault.NO_PLACE: "{where} speaks of {others}, which is no place of this net",
    Fault.STARTS: "the net has several starts or none ({others}): declare exactly one place of kind start",
    Fault.NO_END: "the net has no end: declare a place of kind end",
    Fault.NO_PLACES: "{where} neither takes nor reads a place: nothing could ever set it off",
    Fault.ENTERS_START: "{where} leads back to the start {others}: lead it to the first task",
    Fault.LEAVES_END: "{where} leaves the end {others}: a case that has ended does not go on",
    Fault.NOTHING_LEADS: "nothing leads from the start to {where}",
    Fault.LEADS_NOWHERE: "nothing leads from {where} to an end",
    Fault.ORPHAN_TIMER: "timer {where} runs at {others}, where no case ever rests",
    Fault.UNUSED_TIMER: "timer {where} runs out for nothing: no transition from {others} waits for it",
    Fault.UNLISTED_PAUSE: "{where} holds the clocks for {others}, which is not among the pauses of this net",
    Fault.UNLICENSED_PAUSE: "no clause licenses the pause {where}: name the clause, or do without",
    Fault.LOOP: "{where} goes round by itself without end: {others}; let a task or a timer stand between",
    Fault.NO_WAY_ON: "no way on from {where} if no condition holds: give it one without a condition, last",
    Fault.STUCK: "no end can be reached any more once the case is at {others}",
    Fault.LEFTOVER: "the case ends at {where} while {others} is still open: join it or clear it first",
    Fault.DOUBLED: "{where} enters {others} while it is still under way",
    Fault.MAYBE_DOUBLED: "{where} may enter {others} while it is still under way",
    Fault.NEVER_ENTERED: "{where} is never entered",
    Fault.NEVER_FIRES: "{where} never fires: its places never come together, or another always goes first",
    Fault.TOO_MANY: "more than {others} different situations, even with independent orders merged: "
    "the net was not tried to its end; split it, or try it with a higher bound",
    Fault.SERIAL: "{where} and {others} are declared to run side by side, but one always waits for the other",
}
