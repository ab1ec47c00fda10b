"""The sections of a pack that the room services reads: dictionaries, item guides, one-things."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from minhu.packs import Counts, Pack, PackError, Section
from minhu.packs.guides import BEARERS, ELEMENTS, ITEMS, MATERIALS, THINGS
from minhu.packs.guides.linting import Known, LimitFact, PostFact, catalogue_of, lint
from minhu.packs.linting import errors, warnings
from minhu.people.models import Organisation, Post
from minhu.rulebook.actions import record_pack_version
from minhu.rulebook.models import Limit, PackVersion
from minhu.services.actions.drafts import refresh_draft
from minhu.services.actions.loading import load_items, load_things, load_words
from minhu.services.actions.publishing import publish_thing
from minhu.services.actions.refusals import Refusal
from minhu.services.bridge.definitions import whole_of
from minhu.services.models import Thing, ThingVersion
from minhu.trail.states import Actor

SECTIONS: tuple[Section[Any], ...] = (BEARERS, ELEMENTS, MATERIALS, ITEMS, THINGS)


def load(pack: Pack, *, by: Actor, at: datetime) -> Counts:
    """Bring the room to what the pack says. Raises PackError, and then nothing is."""
    read = {section.name: [row.item for row in pack.read(section)] for section in SECTIONS}
    if not any(read.values()):
        return Counts()
    remarks = lint(catalogue_of(pack), known_here())
    if wrong := errors(remarks):
        raise PackError(wrong)
    version = record_pack_version(by=by, pack=pack, at=at)
    words = [*read["bearers"], *read["elements"], *read["materials"]]
    counts = load_words(by=by, specs=words, at=at)
    counts += load_items(by=by, specs=read["items"], at=at)
    counts += load_things(by=by, specs=read["things"], at=at)
    notes = [note for thing in Thing.objects.all() for note in follow(thing, version, by, at)]
    if doubts := warnings(remarks):
        notes.append(f"guides: {len(doubts)} questions to departments (their one-things tell them)")
    return counts + Counts(notes=tuple(notes))


def known_here() -> Known:
    """What guides may speak of in this house."""
    posts = Post.objects.select_related("organisation")
    found: dict[str, LimitFact] = {}
    for code, unit, kind in Limit.objects.values_list("code", "unit", "kind"):
        before = found.get(code, LimitFact(str(unit), frozenset()))
        found[code] = LimitFact(str(unit), before.kinds | {kind})
    return Known(
        limits=found,
        organisations=tuple(Organisation.objects.values_list("code", flat=True)),
        posts={post.code: PostFact(post.organisation.code, post.role) for post in posts},
    )


def follow(thing: Thing, version: PackVersion, by: Actor, at: datetime) -> Iterator[str]:
    """Bring the draft of a one-thing up to date; its first version is published if nothing stands in the way.

    Later versions wait for somebody to look at them.
    """
    draft: ThingVersion = refresh_draft(by=by, thing=thing, pack_version=version, at=at)
    if draft.number > 1 or not draft.is_draft or thing.reconstructed:
        return
    try:
        publish_thing(by=by, version=draft, at=at)
    except Refusal as refused:
        for words in refused.faults:
            yield f"{thing.code}: {words}"


def ask_one_thing(thing: str, answers: Mapping[str, str] | None = None) -> dict[str, object]:
    """What a one-thing comes to in a situation: items, fields, papers, visits, steps, days, promises."""
    version = ThingVersion.objects.filter(thing__code=thing).order_by("-number").first()
    if version is None:
        raise LookupError(f"there is no one-thing “{thing}”")
    solved = whole_of(version).solve(answers or {})
    proof = solved.solution.proof
    if proof is None or solved.complaints:
        raise ValueError(f"{thing} has no proof: {'; '.join(solved.complaints)}")
    counts = (proof.ledger.fields, proof.ledger.papers, proof.ledger.visits, proof.ledger.steps)
    return {
        "items": len(solved.solution.resolved.guides),
        "days": proof.makespan,
        "one_after_another": proof.ledger.serial_days,
        "promises": proof.promises,
        **{one.name: [one.before, one.after] for one in counts},
    }


QUESTIONS: Mapping[str, Callable[..., dict[str, object]]] = {"one_thing": ask_one_thing}
