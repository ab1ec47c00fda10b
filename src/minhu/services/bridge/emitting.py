"""A compiled situation as a kind of case: one place for each step, joins, clocks, papers that come later."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from minhu.methods import composing
from minhu.methods.composing import NodeKind, StepKind
from minhu.packs.guides import ItemStep
from minhu.packs.kinds import (
    AUTOMATIC,
    ClockSpec,
    EffectSpec,
    FieldSpec,
    FieldType,
    KindSpec,
    PaperSpec,
    PauseSpec,
    PlaceSpec,
    RoleSpec,
    StepSpec,
    TimerSpec,
)
from minhu.services.bridge.codes import kind_code, place_of, ref_of, step_limit, whole_limit
from minhu.services.bridge.definitions import Solved, Whole
from minhu.services.states.applying import APPLICATION, MENDS, TITLE, WITHDRAWS, brings, mark_of, shares

PERMIT = "行政许可"
UNCOUNTED = "uncounted"
CORRECTION = "correction"
MISSING, NOTICE, REFUSAL, MORE = "missing_papers", "time_notice", "refuse_reason", "extend_reason"
COMPLETE_LIMIT, VERIFY_LIMIT = "licence.complete_days", "commitment.verify_days"
JOINT, SINGLE = "licence.joint_days", "licence.single_days"
JOINT_MORE, SINGLE_MORE = "licence.joint_extend_days", "licence.single_extend_days"
REFUSABLE = frozenset({StepKind.ACCEPT, StepKind.REVIEW, StepKind.DECIDE})
GOVERNMENT = "government"
OPINION = "opinion_"


@dataclass(frozen=True, slots=True)
class Naming:
    """Under which numbers a course is published: of the version, of the course, of each item's guide."""

    version: int
    course: int
    items: dict[str, int]
    clauses: dict[str, str]


def kind_of(whole: Whole, solved: Solved, naming: Naming) -> KindSpec:
    """The kind of case of a situation. Raises ValueError without a plan."""
    return Emission(whole, solved, naming).kind()


class Emission:
    """A kind being written, part by part."""

    def __init__(self, whole: Whole, solved: Solved, naming: Naming) -> None:
        self.whole, self.solved, self.naming = whole, solved, naming
        self.net = composing.net_of(whole.bundle, solved.solution)
        self.nodes = {node.id: node for node in self.net.nodes}
        self.steps = {
            f"{item.code}/{step.id}": (item.code, step) for item in whole.items.values() for step in item.step
        }
        self.before: dict[str, list[str]] = {node: [] for node in self.nodes}
        self.after: dict[str, list[str]] = {node: [] for node in self.nodes}
        for src, dst in self.net.arcs:
            self.before[dst].append(src)
            self.after[src].append(dst)
        self.checks = [node.id for node in self.net.nodes if node.kind is NodeKind.LATER_CHECK]
        self.deciding = [ref for ref in self.steps if ref in self.nodes and self.is_permit_decision(ref)]
        self.places: list[PlaceSpec] = []
        self.made: list[StepSpec] = []
        self.clocks: list[ClockSpec] = []

    # -- what the plan says -------------------------------------------------------------------------------
    def is_permit_decision(self, ref: str) -> bool:
        """Whether a step decides on a licence."""
        item, step = self.steps[ref]
        return self.whole.items[item].kind == PERMIT and step.kind is StepKind.DECIDE

    @property
    def is_joint(self) -> bool:
        """Whether several licences are decided together (行政许可法 §26)."""
        return len(self.deciding) > 1

    def place(self, node: str) -> str:
        """The code of a node's place."""
        kind = self.nodes[node].kind
        if kind is NodeKind.STEP:
            return place_of(*ref_of(node))
        head, _colon, rest = node.partition(":")
        ref, _colon, material = rest.partition(":")
        return f"{head}_{mark_of(*ref_of(ref), material)}"

    def role(self, node: str) -> str:
        """The organisation on whose desk a node lies."""
        if self.nodes[node].kind is NodeKind.STEP:
            item, step = self.steps[node]
            return step.actor or self.whole.department(item)
        return self.whole.department(ref_of(node.partition(":")[2]).item)

    def title(self, node: str) -> str:
        """What a node is called."""
        if self.nodes[node].kind is NodeKind.STEP:
            item, step = self.steps[node]
            return _("%(item)s: %(step)s") % {"item": self.whole.items[item].name, "step": step.title}
        head, _colon, rest = node.partition(":")
        if head == "share":
            return _("Shared data: %s") % self.nodes[node].title
        words = self.requirement_title(rest)
        return (_("Brought later: %s") if head == "later" else _("Commitment to be checked: %s")) % words

    def requirement_title(self, ref: str) -> str:
        """What a requirement is called: its title, else its materials."""
        item, id_ = ref_of(ref)
        need = next(one for one in self.whole.items[item].requirement if one.id == id_)
        return need.title or self.whole.materials[need.sets[0][0]].name

    # -- the whole ----------------------------------------------------------------------------------------
    def kind(self) -> KindSpec:
        """Everything put together."""
        self.lay_frame()
        for node in self.net.nodes:
            if node.kind not in (NodeKind.START, NodeKind.END):
                self.lay_node(node.id)
        self.lay_decided()
        self.lay_finish()
        thing, solution = self.whole.thing, self.solved.solution
        days = solution.proof.makespan if solution.proof else 0
        return KindSpec(
            code=kind_code(thing.code, self.naming.course),
            title=thing.name,
            summary=_("Compiled from %(items)s items; promised within %(days)s working days.")
            % {"items": len(solution.resolved.guides), "days": days},
            headline=TITLE,
            basis="；".join(
                dict.fromkeys(b for guide in solution.resolved.guides for b in guide.legal_basis)
            ),
            group=_("One-things"),
            opens=(),
            asks=(TITLE, APPLICATION, *(f"{one.code}?" for one in thing.question)),
            field=self.fields(),
            role=self.roles(),
            place=tuple(self.places),
            step=tuple(self.made),
            timer=(TimerSpec("completeness_over", "completeness", COMPLETE_LIMIT),),
            pause=self.pauses(),
            clock=(*self.whole_clocks(), *self.clocks),
            paper=papers(),
        )

    def fields(self) -> tuple[FieldSpec, ...]:
        """What is known of a case; what the applicant filled in stays with the application."""
        opinions = [
            FieldSpec(f"{OPINION}{place.code}", _("Result: %s") % place.title, FieldType.LONG)
            for place in self.places
            if any(f"{OPINION}{place.code}?" in step.asks for step in self.made)
        ]
        notice = [FieldSpec(NOTICE, _("Written notice of the time needed (number)"))]
        told = any(NOTICE in step.asks for step in self.made)
        more = [FieldSpec(MORE, _("Reason of the extension and number of its approval"), FieldType.LONG)]
        return (
            FieldSpec(TITLE, _("Title")),
            FieldSpec(APPLICATION, _("Application")),
            *(FieldSpec(one.code, one.text) for one in self.whole.thing.question),
            FieldSpec(MISSING, _("Everything that is missing"), FieldType.LONG),
            FieldSpec(REFUSAL, _("Reason of the refusal, and its clause"), FieldType.LONG),
            *(notice if told else ()),
            *(more if self.deciding else ()),
            *opinions,
        )

    def roles(self) -> tuple[RoleSpec, ...]:
        """Each department is a role, the leader who extends a legal limit another."""
        named = dict.fromkeys([self.whole.thing.lead, *(place.role for place in self.places if place.role)])
        found = [RoleSpec(code, code, ("lead",), code) for code in named]
        return (*found, RoleSpec(GOVERNMENT, _("Leader"), ("leader",))) if self.deciding else tuple(found)

    def pauses(self) -> tuple[PauseSpec, ...]:
        """The grounds on which clocks are held."""
        clauses = self.naming.clauses
        found = [PauseSpec(CORRECTION, _("Correction of the papers"), clauses[CORRECTION], MISSING)]
        if any(place.pauses == UNCOUNTED for place in self.places):
            title = _("Hearing, inspection, test or expert review")
            found.append(PauseSpec(UNCOUNTED, title, clauses[UNCOUNTED], NOTICE))
        return tuple(found)

    def whole_clocks(self) -> Iterator[ClockSpec]:
        """The promise of the whole, and the legal limit where licences are decided."""
        limit = whole_limit(self.whole.thing.code, self.naming.version, self.naming.course)
        yield ClockSpec("promise", _("Promise"), limit, ("begin",), ("finish",), pauses=(CORRECTION,))
        if self.deciding:
            paused = [UNCOUNTED] if any(place.pauses == UNCOUNTED for place in self.places) else []
            title = _("Legal limit, joint handling") if self.is_joint else _("Legal limit, one licence")
            yield ClockSpec(
                "legal", title, JOINT if self.is_joint else SINGLE, ("begin",), ("all_decided",),
                pauses=(CORRECTION, *paused),
            )  # fmt: skip

    # -- the frame ----------------------------------------------------------------------------------------
    def lay_frame(self) -> None:
        """Beginning, completeness of the papers with its one correction, taking it back, more time."""
        lead = self.whole.thing.lead
        self.places += [
            PlaceSpec("start", _("Application"), "start"),
            PlaceSpec("going", _("Being worked on"), "wait"),
            PlaceSpec("completeness", _("Papers looked through: one correction notice"), "task", lead),
            PlaceSpec("correcting", _("Waiting for corrections"), "wait", lead, pauses=CORRECTION),
            PlaceSpec("complete_done", _("Papers complete"), "milestone"),
        ]
        done = ("complete_done",)
        self.made += [
            StepSpec("complete", ("completeness",), done, _("Papers are complete")),
            *self.corrections(),
            StepSpec("deemed", ("completeness",), done, _("No notice in time: deemed accepted"),
                     on="completeness_over"),
            StepSpec("mended", ("correcting",), done, _("The applicant has corrected"), on=MENDS),
            StepSpec("mended_by_hand", ("correcting",), done, _("Corrected at the window")),
        ]  # fmt: skip
        if self.deciding:
            limit = JOINT_MORE if self.is_joint else SINGLE_MORE
            self.made.append(
                StepSpec("extend", ("going",), ("going",), _("Approve more time"), GOVERNMENT,
                         asks=(MORE,), extends=(f"legal={limit}",), serious=True)
            )  # fmt: skip

    def corrections(self) -> Iterator[StepSpec]:
        """The one correction notice may come from the lead or from any department that takes part."""
        others = dict.fromkeys(self.role(n.id) for n in self.net.nodes if n.kind is NodeKind.STEP)
        for code in [self.whole.thing.lead, *(one for one in others if one != self.whole.thing.lead)]:
            yield StepSpec(
                "correct" if code == self.whole.thing.lead else f"correct_{code}",
                ("completeness",), ("correcting",), _("Send the one correction notice"), code,
                asks=(MISSING,), paper="correction", serious=True,
            )  # fmt: skip

    # -- one node -----------------------------------------------------------------------------------------
    def arrival(self, src: str, dst: str) -> str:
        """Where the way from one node to another rests: the node itself, or a milestone before its join."""
        if dst != "end" and len(self.before[dst]) == 1:
            return self.place(dst)
        return f"{self.place(src)}_{mark_of(src, dst)[:4]}"

    def onward(self, node: str) -> list[str]:
        """Where a node leads once it is done."""
        ways = [dst for dst in self.after[node] if dst != "end"]
        here = [self.arrival(node, dst) for dst in ways]
        if not [dst for dst in ways if dst not in self.checks] and node not in self.checks:
            here.append(f"{self.place(node)}_done")
        if node in self.checks:
            here.append(f"{self.place(node)}_done")
        if node in self.deciding:
            here.append(f"{self.place(node)}_decided")
        return here

    def lay_node(self, node: str) -> None:
        """The place of a node, its join, its clock, and what is done there."""
        place, title, role = self.place(node), self.title(node), self.role(node)
        is_step = self.nodes[node].kind is NodeKind.STEP
        waits = self.nodes[node].kind in (NodeKind.SHARE, NodeKind.LATER_PAPER)
        self.places.append(PlaceSpec(place, title, "wait" if waits else "task", role))
        self.lay_join(node)
        puts = tuple(self.onward(node))
        told = [code for code in puts if code not in {one.code for one in self.places}]
        self.places += [
            PlaceSpec(code, _("Done: %s") % title, "milestone") for code in told if self.is_stone(code)
        ]
        if is_step:
            self.lay_step(node, puts)
        elif waits:
            self.lay_wait(node, puts)
        else:
            self.lay_check(node, puts)

    def is_stone(self, code: str) -> bool:
        """Whether a place is a milestone of the way, not the place of another node."""
        return code not in {
            self.place(n.id) for n in self.net.nodes if n.kind not in (NodeKind.START, NodeKind.END)
        }

    def lay_join(self, node: str) -> None:
        """A node that waits for several others begins by itself once they are all done."""
        before = [src for src in self.before[node] if src != "start"]
        if len(self.before[node]) > 1:
            takes = tuple(self.arrival(src, node) for src in before)
            self.made.append(
                StepSpec(f"join_{self.place(node)}", takes, (self.place(node),), on=AUTOMATIC,
                         effect=self.notice(self.role(node), self.title(node)))
            )  # fmt: skip

    def notice(self, role: str, title: str) -> tuple[EffectSpec, ...]:
        """A word to the next desk."""
        return (EffectSpec("notice", to=role, text=f"{title} · {{{TITLE}}}"),)

    def told(self, puts: tuple[str, ...], by: str) -> tuple[EffectSpec, ...]:
        """Words to the desks a step leads to directly, other than the own."""
        nodes = {self.place(n.id): n.id for n in self.net.nodes if n.kind is NodeKind.STEP}
        next_ones = [nodes[code] for code in puts if code in nodes and self.role(nodes[code]) != by]
        return tuple(one for node in next_ones for one in self.notice(self.role(node), self.title(node)))

    def lay_step(self, node: str, puts: tuple[str, ...]) -> None:
        """What a department does; a refusal ends the whole; uncounted days are held on written notice."""
        item, step = self.steps[node]
        place, role = self.place(node), self.role(node)
        effect, asks = self.told(puts, role), (f"{OPINION}{place}?",)
        does = [f"do_{place}"]
        self.made.append(StepSpec(does[0], (place,), puts, step.title, asks=asks, effect=effect))
        if not step.counted and self.whole.items[item].kind == PERMIT and self.deciding:
            does.append(f"after_{place}")
            self.places.append(PlaceSpec(f"told_{place}", self.title(node), "task", role, pauses=UNCOUNTED))
            self.made += [
                StepSpec(f"tell_{place}", (place,), (f"told_{place}",), _("Tell the time it needs, in writing"),
                         asks=(NOTICE,)),
                StepSpec(does[1], (f"told_{place}",), puts, step.title, asks=asks, effect=effect),
            ]  # fmt: skip
        if step.kind in REFUSABLE:
            self.made.append(
                StepSpec(f"refuse_{place}", (place,), ("refused",), _("Refuse"), clears=("*",),
                         asks=(REFUSAL,), paper="refusal", serious=True)
            )  # fmt: skip
        self.lay_clock(item, step, place, does)

    def lay_clock(self, item: str, step: ItemStep, place: str, does: list[str]) -> None:
        """The days of one step, if it has any."""
        if step.legal if step.promised is None else step.promised:
            limit = step_limit(item, self.naming.items[item], step.id)
            title = _("%(item)s: %(step)s") % {"item": self.whole.items[item].name, "step": step.title}
            clock = ClockSpec(f"t_{place}", title, limit, (place,), tuple(does), pauses=(CORRECTION,))
            self.clocks.append(clock)

    def lay_wait(self, node: str, puts: tuple[str, ...]) -> None:
        """Data or a paper on its way: by command, or taken in at the desk."""
        place, head = self.place(node), node.partition(":")[0]
        ref, _colon, material = node.partition(":")[2].partition(":")
        item, id_ = ref_of(ref)
        on = shares(item, id_, material) if head == "share" else brings(item, id_)
        words = _("Data have come") if head == "share" else _("The applicant has brought it")
        by_hand = _("Looked it up at the desk") if head == "share" else _("Taken in at the window")
        self.made += [
            StepSpec(f"came_{place}", (place,), puts, words, on=on),
            StepSpec(f"got_{place}", (place,), puts, by_hand),
        ]

    def lay_check(self, node: str, puts: tuple[str, ...]) -> None:
        """A commitment is checked afterwards; one that was untrue undoes the whole."""
        place, (item, id_) = self.place(node), ref_of(node.partition(":")[2])
        need = next(one for one in self.whole.items[item].requirement if one.id == id_)
        self.made += [
            StepSpec(f"do_{place}", (place,), puts, _("Checked: it is as committed"), asks=(f"{OPINION}{place}?",)),
            StepSpec(f"untrue_{place}", (place,), ("revoked",), _("Untrue: revoke"), clears=("*",),
                     asks=(REFUSAL,), paper="refusal", serious=True),
        ]  # fmt: skip
        limit = need.verify or VERIFY_LIMIT
        does = (f"do_{place}", f"untrue_{place}")
        self.clocks.append(ClockSpec(f"t_{place}", self.title(node), limit, (place,), does))

    # -- the end ------------------------------------------------------------------------------------------
    def lay_decided(self) -> None:
        """All licences decided: there the legal limit stops."""
        if self.deciding:
            self.places.append(PlaceSpec("decided", _("All licences decided"), "milestone"))
            takes = tuple(f"{self.place(node)}_decided" for node in self.deciding)
            self.made.append(StepSpec("all_decided", takes, ("decided",), on=AUTOMATIC))

    def lay_finish(self) -> None:
        """The beginning leads to every first node; the end waits for all, and for later checks after it."""
        first = [node for node in self.after["start"] if node != "end"]
        puts = (*(self.place(node) for node in first), "going", "completeness")
        effect = self.told(puts, "") + self.notice(self.whole.thing.lead, _("New application"))
        self.made.insert(0, StepSpec("begin", ("start",), puts, _("Apply"), on=AUTOMATIC, effect=effect))
        stones = [
            place.code for place in self.places if place.code.endswith("_done") and place.kind == "milestone"
        ]
        later = [f"{self.place(node)}_done" for node in self.checks]
        takes = [code for code in stones if code not in later] + ["going"]
        takes += ["decided"] if self.deciding else []
        rating = (EffectSpec("rating"),)
        last = "delivered" if self.checks else "closed"
        if self.checks:
            self.places.append(PlaceSpec("delivered", _("Delivered"), "milestone"))
        self.made.append(
            StepSpec("finish", tuple(takes), (last,), _("Delivered"), on=AUTOMATIC, effect=rating)
        )
        if self.checks:
            self.made.append(StepSpec("close", ("delivered", *later), ("closed",), on=AUTOMATIC))
        self.places += [
            PlaceSpec("closed", _("Done"), "end"),
            PlaceSpec("refused", _("Refused"), "end"),
            PlaceSpec("withdrawn", _("Taken back"), "end"),
            *([PlaceSpec("revoked", _("Revoked"), "end")] if self.checks else []),
        ]
        self.made.append(
            StepSpec("withdraw", ("going",), ("withdrawn",), _("Taken back by the applicant"), on=WITHDRAWS,
                     clears=("*",))
        )  # fmt: skip


def papers() -> tuple[PaperSpec, ...]:
    """The notice of what is missing, and the decision that refuses."""
    return (
        PaperSpec(
            "correction", _("Notice of corrections"), "notice", _("No. {year}-{n:04}"), "author",
            (_("{title} (application {application}): the following is missing."), f"{{{MISSING}}}",
             _("This is the only notice: once it is answered nothing more is asked for. "
               "The time until then does not count.")),
        ),
        PaperSpec(
            "refusal", _("Decision of refusal"), "decision", _("No. {year}-{n:04}"), "author",
            (_("{title} (application {application}) is refused for this reason:"), f"{{{REFUSAL}}}",
             _("Against this decision you may ask for administrative reconsideration or go to court.")),
        ),
    )  # fmt: skip
