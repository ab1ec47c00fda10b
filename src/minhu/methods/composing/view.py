"""How the checker sees a problem: its conditions decided anew, its guides as plain tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import inf

from minhu.methods.composing.bundle import Material, Problem, Ref
from minhu.methods.composing.conditions import Condition, truth
from minhu.methods.composing.guides import Guide, Requirement, Step, Waiver


@dataclass(frozen=True)
class View:
    """A problem with its conditions decided anew; what is undecided counts as needed."""

    problem: Problem

    @cached_property
    def answers(self) -> dict[str, str]:
        """The answers, "" where the situation asks nothing."""
        answers = dict(self.problem.answers)
        for _ in self.problem.bundle.questions:
            for question in self.problem.bundle.questions:
                if truth(question.condition, answers) is False:
                    answers[question.code] = ""
        return answers

    def stays(self, condition: Condition) -> bool:
        """Whether something with this condition stays."""
        return truth(condition, self.answers) is not False

    @cached_property
    def guides(self) -> list[Guide]:
        """The items that stay."""
        return [guide for guide in self.problem.bundle.guides if self.stays(guide.condition)]

    @cached_property
    def steps(self) -> dict[Ref, Step]:
        """The steps that stay."""
        return {Ref(g.item, s.id): s for g in self.guides for s in g.steps if self.stays(s.condition)}

    @cached_property
    def days(self) -> dict[Ref, int]:
        """Days of each step."""
        return {ref: self.problem.bundle.days(step.days) for ref, step in self.steps.items()}

    @cached_property
    def needs(self) -> dict[Ref, set[Ref]]:
        """The steps that each step follows in its own guide, across those that fell away."""
        return {
            Ref(guide.item, step.id): self.before(guide, step)
            for guide in self.guides
            for step in guide.steps
            if Ref(guide.item, step.id) in self.steps
        }

    def before(self, guide: Guide, step: Step) -> set[Ref]:
        """The nearest steps before one that stay."""
        found = set()
        for other in (other for other in guide.steps if other.id in step.needs):
            ref = Ref(guide.item, other.id)
            found |= {ref} if ref in self.steps else self.before(guide, other)
        return found

    @cached_property
    def requirements(self) -> dict[Ref, Requirement]:
        """The requirements that stay."""
        return {
            Ref(guide.item, need.id): need
            for guide in self.guides
            for need in guide.requirements
            if self.stays(need.condition) and Ref(guide.item, need.step) in self.steps
        }

    @cached_property
    def due(self) -> dict[Ref, list[Requirement]]:
        """What is due before each step at the latest."""
        due: dict[Ref, list[Requirement]] = {ref: [] for ref in self.steps}
        for ref, need in self.requirements.items():
            due[self.latest_step(ref, need)].append(need)
        return due

    def latest_step(self, ref: Ref, need: Requirement) -> Ref:
        """The step before which a requirement is due, deferred if it may be."""
        later = Ref(ref.item, need.deferred_to)
        return later if need.waiver is Waiver.DEFER and later in self.steps else Ref(ref.item, need.step)

    @cached_property
    def makers(self) -> dict[str, list[Ref]]:
        """The steps that bring forth each material."""
        makers: dict[str, list[Ref]] = {}
        for guide in self.guides:
            for output in guide.outputs:
                if Ref(guide.item, output.step) in self.steps:
                    makers.setdefault(output.material, []).append(Ref(guide.item, output.step))
        return makers

    @cached_property
    def materials(self) -> dict[str, Material]:
        """The dictionary of materials."""
        return {material.code: material for material in self.problem.bundle.materials}

    def ready(self, need: Requirement, ends: Mapping[Ref, float], bundled: bool = True) -> float:
        """When a requirement can be met: a commitment at once, else the best set with its last material."""
        if need.waiver is Waiver.COMMIT:
            return 0
        return min(max(self.there(code, need, ends, bundled) for code in one) for one in need.sets)

    def there(self, code: str, need: Requirement, ends: Mapping[Ref, float], bundled: bool = True) -> float:
        """When a material can be there: brought at once, shared after its lag, or issued."""
        material = self.materials[code]
        if material.uploadable:
            return 0
        shared = bundled and need.form in material.share_forms and material.share_lag_days is not None
        lags = [float(material.share_lag_days or 0)] if shared else []
        return min([*lags, *(ends[maker] for maker in self.makers.get(code, ()))], default=inf)
