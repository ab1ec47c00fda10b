"""Writing the steps of a plan down: a place for each, joins, what may be done there, clocks of their own."""

from dataclasses import replace

from django.utils.translation import gettext as _

from minhu.methods.composing import NodeKind, StepKind
from minhu.packs.guides import ItemStep
from minhu.packs.kinds import AUTOMATIC, ClockSpec, EffectSpec, PlaceSpec, StepSpec
from minhu.services.bridge.codes import ref_of, step_limit
from minhu.services.bridge.emitting.outline import PERMIT, Outline
from minhu.services.states.applying import TITLE, brings, shares

CORRECTION, UNCOUNTED = "correction", "uncounted"
"""Grounds on which clocks are held."""
MISSING, NOTICE, REFUSAL, MORE = "missing_papers", "time_notice", "refuse_reason", "extend_reason"
OPINION = "opinion_"
VERIFY_LIMIT = "commitment.verify_days"
JOINT_MORE, SINGLE_MORE = "licence.joint_extend_days", "licence.single_extend_days"
GOVERNMENT = "government"
REFUSABLE = frozenset({StepKind.ACCEPT, StepKind.REVIEW, StepKind.DECIDE})


class Writing:
    """Places, steps and clocks, as they are written."""

    def __init__(self, outline: Outline) -> None:
        self.plan, self.whole, self.naming = outline, outline.whole, outline.naming
        self.places: list[PlaceSpec] = []
        self.made: list[StepSpec] = []
        self.clocks: list[ClockSpec] = []

    def lay_node(self, node: str) -> None:
        """The place of a node, its join, its clock, and what is done there."""
        place, title, role = self.plan.place(node), self.plan.title(node), self.plan.role(node)
        is_step = self.plan.nodes[node].kind is NodeKind.STEP
        waits = self.plan.nodes[node].kind in (NodeKind.SHARE, NodeKind.LATER_PAPER)
        self.places.append(PlaceSpec(place, title, "wait" if waits else "task", role))
        self.lay_join(node)
        puts = tuple(self.plan.onward(node))
        told = [code for code in puts if code not in {one.code for one in self.places}]
        self.places += [
            PlaceSpec(code, _("Done: %s") % title, "milestone") for code in told if self.plan.is_stone(code)
        ]
        if is_step:
            self.lay_step(node, puts)
        elif waits:
            self.lay_wait(node, puts)
        else:
            self.lay_check(node, puts)

    def lay_join(self, node: str) -> None:
        """A node that waits for several others begins by itself once they are all done."""
        before = [src for src in self.plan.before[node] if src != "start"]
        if len(self.plan.before[node]) > 1:
            takes = tuple(self.plan.arrival(src, node) for src in before)
            self.made.append(
                StepSpec(f"join_{self.plan.place(node)}", takes, (self.plan.place(node),), on=AUTOMATIC,
                         effect=self.notice(self.plan.role(node), self.plan.title(node)))
            )  # fmt: skip

    def notice(self, role: str, title: str) -> tuple[EffectSpec, ...]:
        """A word to the next desk."""
        return (EffectSpec("notice", to=role, text=f"{title} · {{{TITLE}}}"),)

    def told(self, puts: tuple[str, ...], by: str) -> tuple[EffectSpec, ...]:
        """Words to the desks a step leads to directly, other than the own."""
        nodes = {self.plan.place(n.id): n.id for n in self.plan.net.nodes if n.kind is NodeKind.STEP}
        next_ones = [nodes[code] for code in puts if code in nodes and self.plan.role(nodes[code]) != by]
        return tuple(
            one for node in next_ones for one in self.notice(self.plan.role(node), self.plan.title(node))
        )

    def lay_step(self, node: str, puts: tuple[str, ...]) -> None:
        """What a department does; a refusal ends the whole."""
        item, step = self.plan.steps[node]
        place, role = self.plan.place(node), self.plan.role(node)
        done = StepSpec(
            f"do_{place}",
            (place,),
            puts,
            step.title,
            asks=(f"{OPINION}{place}?",),
            effect=self.told(puts, role),
        )
        waits = self.lay_variant(node, place)
        self.made.append(done)
        self.made += [replace(done, code=f"do_{one}", takes=(one,)) for one in waits]
        if step.kind in REFUSABLE:
            self.made += [self.refusal(one) for one in (place, *waits)]
        self.lay_clock(item, step, place, [f"do_{one}" for one in (place, *waits)])

    def refusal(self, place: str) -> StepSpec:
        """A department refuses: the whole ends with its decision."""
        return StepSpec(
            f"refuse_{place}",
            (place,),
            ("refused",),
            _("Refuse the application"),
            clears=("*",),
            asks=(REFUSAL,),
            paper="refusal",
            serious=True,
        )

    def lay_variant(self, node: str, place: str) -> list[str]:
        """Where a step goes on after written notice of uncounted days, or after more time was approved."""
        item, step = self.plan.steps[node]
        role, title = self.plan.role(node), self.plan.title(node)
        if node in self.plan.deciding:
            limit = JOINT_MORE if self.plan.is_joint else SINGLE_MORE
            self.places.append(PlaceSpec(f"more_{place}", _("More time: %s") % title, "task", role))
            self.made.append(
                StepSpec(f"extend_{place}", (place,), (f"more_{place}",), _("Approve more time"), GOVERNMENT,
                         asks=(MORE,), extends=(f"legal={limit}",), serious=True)
            )  # fmt: skip
            return [f"more_{place}"]
        if not step.counted and self.whole.items[item].kind == PERMIT and self.plan.deciding:
            self.places.append(PlaceSpec(f"told_{place}", title, "task", role, pauses=UNCOUNTED))
            words = _("Tell the time it needs, in writing")
            self.made.append(StepSpec(f"tell_{place}", (place,), (f"told_{place}",), words, asks=(NOTICE,)))
            return [f"told_{place}"]
        return []

    def lay_clock(self, item: str, step: ItemStep, place: str, does: list[str]) -> None:
        """The days of one step, if it has any."""
        if step.legal if step.promised is None else step.promised:
            limit = step_limit(item, self.naming.items[item], step.id)
            title = _("%(item)s: %(step)s") % {"item": self.whole.items[item].name, "step": step.title}
            clock = ClockSpec(f"t_{place}", title, limit, (place,), tuple(does), pauses=(CORRECTION,))
            self.clocks.append(clock)

    def lay_wait(self, node: str, puts: tuple[str, ...]) -> None:
        """Data or a paper on its way: by command, or taken in at the desk."""
        place, head = self.plan.place(node), node.partition(":")[0]
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
        place, (item, id_) = self.plan.place(node), ref_of(node.partition(":")[2])
        need = next(one for one in self.whole.items[item].requirement if one.id == id_)
        self.made += [
            StepSpec(f"do_{place}", (place,), puts, _("Checked: it is as committed"),
                     asks=(f"{OPINION}{place}?",)),
            StepSpec(f"untrue_{place}", (place,), ("revoked",), _("Untrue: revoke"), clears=("*",),
                     asks=(REFUSAL,), paper="refusal", serious=True),
        ]  # fmt: skip
        limit = need.verify or VERIFY_LIMIT
        does = (f"do_{place}", f"untrue_{place}")
        self.clocks.append(ClockSpec(f"t_{place}", self.plan.title(node), limit, (place,), does))
