"""The frame of a published kind: beginning, one correction, more time, the end; its fields and papers."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from minhu.methods.composing import NodeKind
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
from minhu.services.bridge.codes import kind_code, whole_limit
from minhu.services.bridge.emitting.writing import (
    CORRECTION,
    GOVERNMENT,
    MISSING,
    MORE,
    NOTICE,
    OPINION,
    REFUSAL,
    UNCOUNTED,
    Writing,
)
from minhu.services.states.applying import APPLICATION, MENDS, TITLE, WITHDRAWS

COMPLETE_LIMIT = "licence.complete_days"
JOINT, SINGLE = "licence.joint_days", "licence.single_days"


class Frame(Writing):
    """The whole kind."""

    def kind(self) -> KindSpec:
        """Everything put together."""
        self.lay_frame()
        for node in self.plan.net.nodes:
            if node.kind not in (NodeKind.START, NodeKind.END):
                self.lay_node(node.id)
        self.lay_decided()
        self.lay_finish()
        thing, solution = self.whole.thing, self.plan.solved.solution
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
            *(more if self.plan.deciding else ()),
            *opinions,
        )

    def roles(self) -> tuple[RoleSpec, ...]:
        """Each department is a role, the leader who extends a legal limit another."""
        named = dict.fromkeys([self.whole.thing.lead, *(place.role for place in self.places if place.role)])
        found = [RoleSpec(code, self.naming.units.get(code, code), ("lead",), code) for code in named]
        return (
            (*found, RoleSpec(GOVERNMENT, _("District leader"), ("leader",)))
            if self.plan.deciding
            else tuple(found)
        )

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
        if self.plan.deciding:
            paused = [UNCOUNTED] if any(place.pauses == UNCOUNTED for place in self.places) else []
            title = _("Legal limit, joint handling") if self.plan.is_joint else _("Legal limit, one licence")
            yield ClockSpec(
                "legal", title, JOINT if self.plan.is_joint else SINGLE, ("begin",), ("all_decided",),
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

    def corrections(self) -> Iterator[StepSpec]:
        """The one correction notice may come from the lead or from any department that takes part."""
        others = dict.fromkeys(self.plan.role(n.id) for n in self.plan.net.nodes if n.kind is NodeKind.STEP)
        for code in [self.whole.thing.lead, *(one for one in others if one != self.whole.thing.lead)]:
            yield StepSpec(
                "correct" if code == self.whole.thing.lead else f"correct_{code}",
                ("completeness",), ("correcting",), _("Send the one correction notice"), code,
                asks=(MISSING,), paper="correction", serious=True,
            )  # fmt: skip

    # -- the end ------------------------------------------------------------------------------------------
    def lay_decided(self) -> None:
        """All licences decided: there the legal limit stops."""
        if self.plan.deciding:
            self.places.append(PlaceSpec("decided", _("All licences decided"), "milestone"))
            takes = tuple(f"{self.plan.place(node)}_decided" for node in self.plan.deciding)
            self.made.append(StepSpec("all_decided", takes, ("decided",), on=AUTOMATIC))

    def lay_finish(self) -> None:
        """The beginning leads to every first node; the end waits for all, and for later checks after it."""
        first = [node for node in self.plan.after["start"] if node != "end"]
        puts = (*(self.plan.place(node) for node in first), "going", "completeness")
        effect = self.told(puts, "") + self.notice(self.whole.thing.lead, _("New application"))
        self.made.insert(0, StepSpec("begin", ("start",), puts, _("Apply"), on=AUTOMATIC, effect=effect))
        stones = [
            place.code for place in self.places if place.code.endswith("_done") and place.kind == "milestone"
        ]
        later = [f"{self.plan.place(node)}_done" for node in self.plan.checks]
        takes = [code for code in stones if code not in later] + ["going"]
        takes += ["decided"] if self.plan.deciding else []
        rating = (EffectSpec("rating"),)
        last = "delivered" if self.plan.checks else "closed"
        if self.plan.checks:
            self.places.append(PlaceSpec("delivered", _("Delivered"), "milestone"))
        self.made.append(
            StepSpec(
                "finish",
                tuple(takes),
                (last,),
                _("Delivered"),
                on=AUTOMATIC,
                effect=rating,
            )
        )
        if self.plan.checks:
            self.made.append(StepSpec("close", ("delivered", *later), ("closed",), on=AUTOMATIC))
        self.places += [
            PlaceSpec("closed", _("Closed, delivered"), "end"),
            PlaceSpec("refused", _("Refused"), "end"),
            PlaceSpec("withdrawn", _("Taken back"), "end"),
            *([PlaceSpec("revoked", _("Decision revoked"), "end")] if self.plan.checks else []),
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
