"""Nets that say how a case goes: one pure step, checks before publishing, pictures, BPMN."""

from minhu.methods.flow.bpmn_in import read_bpmn
from minhu.methods.flow.bpmn_out import write_bpmn
from minhu.methods.flow.checks import can_complete, check
from minhu.methods.flow.drawing import Arc, Drawing, Node, draw
from minhu.methods.flow.errors import BadBpmn, BadGuard, BadNet, FlowError, Livelock, Reason, Refused
from minhu.methods.flow.faults import WORDS, Fault, Finding
from minhu.methods.flow.guards import Guard, Value, Values
from minhu.methods.flow.kernel import Offer, begin, offers, step
from minhu.methods.flow.marking import (
    Alarm,
    Command,
    Deed,
    Event,
    Happened,
    Marking,
    Ordered,
    Step,
    fold,
    moved,
)
from minhu.methods.flow.net import ALL, Effect, Kind, Net, Pause, Place, Timer, Transition
from minhu.methods.flow.reading import guard

__all__ = [
    "ALL",
    "WORDS",
    "Alarm",
    "Arc",
    "BadBpmn",
    "BadGuard",
    "BadNet",
    "Command",
    "Deed",
    "Drawing",
    "Effect",
    "Event",
    "Fault",
    "Finding",
    "FlowError",
    "Guard",
    "Happened",
    "Kind",
    "Livelock",
    "Marking",
    "Net",
    "Node",
    "Offer",
    "Ordered",
    "Pause",
    "Place",
    "Reason",
    "Refused",
    "Step",
    "Timer",
    "Transition",
    "Value",
    "Values",
    "begin",
    "can_complete",
    "check",
    "draw",
    "fold",
    "guard",
    "moved",
    "offers",
    "read_bpmn",
    "step",
    "write_bpmn",
]
