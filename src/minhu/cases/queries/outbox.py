"""The outbox: effects and timers whose moment has come, and those that could not be delivered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from minhu.cases import rules
from minhu.cases.models import Case, Effect, PersonalDatum, Timer
from minhu.cases.states import EffectState, TimerState
from minhu.packs.kinds import RoleSpec
from minhu.people.models import Post
from minhu.people.rules import Reader
from minhu.rulebook.queries import limits

ATTEMPTS, FIRST_WAIT = "worker.attempts", "worker.first_wait_seconds"
LONGEST_WAIT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Patience:
    """How often an effect is tried, and how long the worker waits after the first failure."""

    attempts: int
    first_wait: timedelta

    def wait(self, failures: int) -> timedelta:
        """The wait after so many failures: doubled each time, a day at most."""
        return min(self.first_wait * float(2 ** (failures - 1)), LONGEST_WAIT)


@dataclass(frozen=True, slots=True)
class Letter:
    """One thing that could not be delivered: what it was meant to do, and its row; `anchor`: on the page."""

    anchor: str
    what: str
    row: Any


@dataclass(frozen=True, slots=True)
class Letters:
    """What could not be delivered: given up, still tried, timers that were refused; `seen`: ids of cases."""

    dead: tuple[Letter, ...]
    tried: tuple[Letter, ...]
    timers: tuple[Letter, ...]
    seen: frozenset[int]

    @property
    def count(self) -> int:
        """How many wait for a person."""
        return len(self.dead) + len(self.timers)


def patience(on: date) -> Patience:
    """The worker's limits as they hold on a day. Raises rulebook.Missing."""
    found = limits((ATTEMPTS, FIRST_WAIT), on=on)
    return Patience(int(found[ATTEMPTS].value), timedelta(seconds=float(found[FIRST_WAIT].value)))


def next_effect(at: datetime) -> Effect | None:
    """The effect that has waited longest, locked; those another worker has in hand are passed over."""
    waiting = Effect.objects.filter(state=EffectState.WAITING, next_at__lte=at).order_by("next_at", "id")
    return waiting.select_for_update(skip_locked=True, of=("self",)).select_related("case__kind").first()


def locked_effect(pk: int) -> Effect:
    """One effect, locked. Raises Effect.DoesNotExist."""
    return Effect.objects.select_for_update(of=("self",)).select_related("case").get(pk=pk)


def due_timers(at: datetime, most: int) -> list[Timer]:
    """Armed timers that have run out and were not refused before, the earliest first."""
    rows = Timer.objects.filter(state=TimerState.ARMED, due_at__lte=at, error="")
    return list(rows.select_related("case").order_by("due_at", "id")[:most])


def stuck_timers() -> QuerySet[Timer]:
    """Timers that ran out and were refused."""
    return Timer.objects.filter(state=TimerState.ARMED).exclude(error="").select_related("case__kind")


def effects_in(state: EffectState) -> QuerySet[Effect]:
    """Effects in a state, the longest waiting first."""
    return Effect.objects.filter(state=state).select_related("case__kind").order_by("next_at", "id")


def letters(reader: Reader, most: int = 200) -> Letters:
    """Everything that could not be delivered; of cases a reader may not see, the number alone is told."""
    dead = effects_in(EffectState.DEAD)[:most]
    tried = effects_in(EffectState.WAITING).filter(attempts__gt=0).exclude(error="")[:most]
    stuck = stuck_timers()[:most]
    cases = {row.case_id for rows in (dead, tried, stuck) for row in rows}
    seen = Case.objects.filter(rules.visible(reader), pk__in=cases).values_list("pk", flat=True)
    return Letters(
        tuple(Letter(f"effect-{row.pk}", effect_words(row), row) for row in dead),
        tuple(Letter(f"effect-{row.pk}", effect_words(row), row) for row in tried),
        tuple(Letter(f"timer-{row.pk}", timer_words(row), row) for row in stuck),
        frozenset(seen),
    )


def effect_words(effect: Effect) -> str:
    """What an effect was meant to do."""
    args = effect.args
    words = {
        "notice": _("Tell %(whom)s") % {"whom": title_in(effect.case, "role", args.get("to", ""))},
        "open": _("Open cases of the kind %(kind)s") % {"kind": args.get("of", "")},
        "signal": _("Tell the case this one was opened from"),
        "rating": _("Ask the author for a rating"),
    }
    return words.get(effect.kind, effect.kind)


def timer_words(timer: Timer) -> str:
    """What a timer was meant to do."""
    steps = timer.case.kind.spec.get("step", ())
    title = next((step.get("title") for step in steps if step.get("on") == timer.code), "") or timer.code
    return _("Let the time run out: %(step)s") % {"step": title}


def title_in(case: Case, part: str, code: str) -> str:
    """The title of a part of a case's kind."""
    parts = case.kind.spec.get(part, ())
    return next((one.get("title") for one in parts if one.get("code") == code), "") or code


def count_letters() -> int:
    """How many effects and timers wait for a person."""
    return effects_in(EffectState.DEAD).count() + stuck_timers().count()


def links_to_hand_over(reader: Reader) -> QuerySet[Effect]:
    """Links to a rating that nobody has handed to the author yet, of cases that this reader's unit opened."""
    kept = Effect.objects.filter(kind="rating", state=EffectState.DONE, result__has_key="token")
    mine = Q(case__opener__code=reader.organisation)
    return kept.filter(mine).select_related("case").order_by("done_at", "id")


def posts_of_role(case: Case, role: RoleSpec) -> Sequence[Post]:
    """The posts that have a role in a case: of its organisations where it has any, else of those it names."""
    posts = Post.objects.filter(role__in=role.posts, organisation__closed_on=None).order_by("id")
    codes = set(organisations_of(case, role.code)) or {role.organisation} - {""}
    if codes:
        posts = posts.filter(organisation__code__in=codes)
    elif role.assigned:
        return ()
    return list(posts)


def organisations_of(case: Case, role: str) -> list[str]:
    """Codes of the organisations that have a role in a case, in the order they joined."""
    rows = case.parts.filter(role=role).select_related("organisation")
    return [row.organisation.code for row in rows]


def values_of(case: Case, keys: Sequence[str]) -> dict[str, object]:
    """Values of a case that are there."""
    found = case.data.filter(key__in=keys).values_list("key", "value")
    return {key: value for key, value in found if value is not None}


def personal_of(case: Case, keys: Sequence[str]) -> dict[str, object]:
    """Personal values of a case that have not been erased."""
    kept = PersonalDatum.objects.filter(case=case, key__in=keys, erased_at=None).exclude(value="")
    return dict(kept.values_list("key", "value"))


def address_of_author(case: Case) -> str:
    """The e-mail address the author left for being answered, if any; erased ones are gone."""
    for value in case.personal.filter(erased_at=None).values_list("value", flat=True):
        try:
            validate_email(value)
        except ValidationError:
            continue
        return str(value)
    return ""
