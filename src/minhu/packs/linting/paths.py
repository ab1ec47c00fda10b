"""The course of a case: what methods.flow finds by walking through the net, told at its place in the file."""

from minhu.methods import flow
from minhu.methods.flow import Fault
from minhu.packs.linting.lens import Lens
from minhu.packs.nets import net_of

ALREADY_TOLD = {Fault.NO_PLACE}
"""Said at the very word by `codes`."""
AT_TIMER = {Fault.ORPHAN_TIMER: "place", Fault.UNUSED_TIMER: "code"}


def check(lens: Lens) -> None:
    """Every fault of the net."""
    for finding in flow.check(net_of(lens.spec)):
        if finding.fault in ALREADY_TOLD:
            continue
        where, others = titled(lens, finding.where), ", ".join(titled(lens, one) for one in finding.others)
        words = flow.WORDS[finding.fault]
        lens.wrong(words, *path_of(lens, finding), where=where, others=others)


def titled(lens: Lens, code: str) -> str:
    """A code with its title, as a reader looks for it."""
    titles = {place.code: place.title for place in lens.spec.place}
    titles |= {step.code: step.title for step in lens.spec.step}
    return f"“{code}” ({titles[code]})" if titles.get(code) else f"“{code}”"


def path_of(lens: Lens, finding: flow.Finding) -> tuple[str | int, ...]:
    """The way to what a finding speaks of."""
    spec, code = lens.spec, finding.where
    if finding.fault in AT_TIMER:
        return ("timer", lens.timers.index(code), AT_TIMER[finding.fault])
    if finding.fault is Fault.UNLICENSED_PAUSE:
        return ("pause", [one.reason for one in spec.pause].index(code), "clause")
    if finding.fault is Fault.UNLISTED_PAUSE:
        return ("place", lens.places.index(code), "pauses")
    if finding.fault is Fault.STUCK:
        code = next((one for one in finding.others if one in lens.places), code)
    if code in lens.places:
        return ("place", lens.places.index(code), "code")
    if code in lens.steps:
        return ("step", list(lens.steps).index(code), "code")
    return ("code",)
