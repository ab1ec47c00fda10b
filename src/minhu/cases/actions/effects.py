"""Effects carried out: what touches our own rows in the transaction that marks it done, mail after it.

An effect on our own rows is done exactly once, whatever is killed when; mail goes out at least once, always
under the same Message-ID.
"""

import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from minhu.cases.actions.deeds import act, open_case
from minhu.cases.bridge.compiling import compiled
from minhu.cases.models import Effect, Rating
from minhu.cases.queries import outbox
from minhu.cases.queries.outbox import Patience
from minhu.cases.states import MACHINE, Ask, CaseRefused, Doer, EffectState, Opening, Why, book_of
from minhu.cases.store.opening import current_kind
from minhu.people.actions import send_notice
from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.states import SYSTEM

LONGEST_NOTICE = 300
IN_HAND = timedelta(minutes=5)
"""How long a letter may be under way before another worker takes it up."""
Result = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail about to be sent; `key` names it for ever."""

    key: str
    to: str
    subject: str
    text: str


def carry_out_next(*, patience: Patience, at: datetime) -> EffectState | None:
    """Take the effect that has waited longest and carry it out; what became of it, or None if none waits."""
    with transaction.atomic():
        effect = outbox.next_effect(at)
        if effect is None:
            return None
        letter = carry_out(effect, patience, at)
    if letter:
        send(effect, letter, patience, at)
    return EffectState(effect.state)


def carry_out(effect: Effect, patience: Patience, at: datetime) -> Letter | None:
    """Do what an effect says, and mark it; returns the letter that must go out before it is done."""
    try:
        with transaction.atomic():
            effect.result, letter = DOING[effect.kind](effect, at)
    except CaseRefused as refused:
        # The case does not take it: trying again without somebody's help would be refused again.
        give_up(effect, refused.words)
        return None
    except Exception as wrong:
        if connection.needs_rollback:
            # Not the effect but the connection is broken: whoever runs the round takes a new one.
            raise
        put_off(effect, words_of(wrong), patience, at)
        return None
    if letter:
        effect.next_at = at + IN_HAND
        effect.save(update_fields=["result", "next_at"])
    else:
        finish(effect, at)
    return letter


def send(effect: Effect, letter: Letter, patience: Patience, at: datetime) -> None:
    """Hand a letter to the mail server, no row being held; then mark its effect."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    headers = {"Message-ID": f"<{letter.key.replace('/', '.')}@{domain}>"}
    mail = EmailMessage(letter.subject, letter.text, to=[letter.to], headers=headers)
    try:
        mail.send()
    except Exception as wrong:
        put_off(effect, words_of(wrong), patience, at)
    else:
        effect.result = {name: value for name, value in (effect.result or {}).items() if name != "token"}
        finish(effect, at)


# -- what became of it ------------------------------------------------------------------------------------
def finish(effect: Effect, at: datetime) -> None:
    """It is done."""
    effect.state, effect.done_at, effect.error = EffectState.DONE, at, ""
    effect.save(update_fields=["state", "done_at", "error", "result"])


def give_up(effect: Effect, words: str) -> None:
    """It waits for a person from now on."""
    effect.state, effect.error = EffectState.DEAD, words
    effect.attempts += 1
    effect.save(update_fields=["state", "error", "attempts"])


def put_off(effect: Effect, words: str, patience: Patience, at: datetime) -> None:
    """It failed: it is tried again later, or given up after so many attempts."""
    if effect.attempts + 1 >= patience.attempts:
        return give_up(effect, words)
    effect.attempts += 1
    effect.error, effect.next_at = words, at + patience.wait(effect.attempts)
    effect.save(update_fields=["attempts", "error", "next_at"])
    return None


def words_of(wrong: Exception) -> str:
    """An error as it is kept: what it is and what it says, without a value of the case."""
    return f"{type(wrong).__name__}: {wrong}"[:500]


# -- by hand ----------------------------------------------------------------------------------------------
@transaction.atomic
def retry_effect(*, by: Doer, effect: Effect, at: datetime) -> None:
    """Let an effect that was given up or put off be tried anew, at once; any other is left as it is."""
    row = outbox.locked_effect(effect.pk)
    if row.state == EffectState.DEAD or (row.state == EffectState.WAITING and row.error):
        payload = {"effect": row.key, "what": row.kind, "attempts": row.attempts, "error": row.error}
        row.state, row.attempts, row.next_at, row.error = EffectState.WAITING, 0, at, ""
        row.save(update_fields=["state", "attempts", "next_at", "error"])
        note(by, "retry_effect", row, at, payload)


@transaction.atomic
def close_effect(*, by: Doer, effect: Effect, reason: str, at: datetime) -> None:
    """Lay an effect that was given up aside, with a reason; any other is left as it is."""
    row = outbox.locked_effect(effect.pk)
    if row.state == EffectState.DEAD:
        row.state, row.done_at, row.result = EffectState.DONE, at, {"closed": reason.strip()}
        row.save(update_fields=["state", "done_at", "result"])
        payload = {"effect": row.key, "what": row.kind, "reason": reason.strip(), "error": row.error}
        note(by, "close_effect", row, at, payload, asked=1)


@transaction.atomic
def hand_over_link(*, by: Doer, effect: Effect, at: datetime) -> str:
    """The token of a rating, to be handed to the author: shown once, then forgotten, and empty after that."""
    row = outbox.locked_effect(effect.pk)
    result = dict(row.result or {})
    token = result.pop("token", "")
    if token:
        row.result = result
        row.save(update_fields=["result"])
        note(by, "hand_over_link", row, at, {"effect": row.key})
    return str(token)


def note(
    by: Doer, deed: str, effect: Effect, at: datetime, payload: Mapping[str, object], asked: int = 0
) -> None:
    """Tell the book of the case."""
    case = effect.case
    record(by=by.actor, deed=f"cases.{deed}", thing=ref(case), book=book_of(case.number), at=at,
           payload=payload, asked=asked)  # fmt: skip


# -- the four kinds of effect -----------------------------------------------------------------------------
def tell(effect: Effect, at: datetime) -> tuple[Result, None]:
    """A word to every post of a role."""
    case, args = effect.case, effect.args
    role = compiled(case.kind).roles[args["to"]]
    text = args.get("text") or case.title
    if case.number not in text:
        text = f"{text[: LONGEST_NOTICE - len(case.number) - 2]}（{case.number}）"
    posts = outbox.posts_of_role(case, role)
    for post in posts:
        send_notice(by=SYSTEM, to=post, text=text[:LONGEST_NOTICE], url=case.get_absolute_url(), at=at)
    return {"posts": [post.code for post in posts]}, None


def open_children(effect: Effect, at: datetime) -> tuple[Result, None]:
    """A case for each organisation of a role; all of them or none."""
    case, args = effect.case, effect.args
    each, values, opened = args.get("each", ""), copied(effect), {}
    for code in outbox.organisations_of(case, each) if each else [""]:
        assigns = {args["gets"]: [code]} if code and args.get("gets") else {}
        opening = Opening(args["of"], values, assigns, case.number)
        key = f"{effect.key}:{code}" if len(effect.key) + len(code) < 120 else shortened(effect.key, code)
        opened[code] = open_case(by=MACHINE, opening=opening, key=key, at=at).number
    return {"opened": opened}, None


def copied(effect: Effect) -> dict[str, object]:
    """The values that go along; a personal one only into a field that is personal there too."""
    keys = effect.args.get("copies", ())
    personal = outbox.personal_of(effect.case, keys)
    there = compiled(current_kind(effect.args["of"])).fields
    if bare := [key for key in personal if key not in there or not there[key].personal]:
        words = _("%(fields)s: personal here, but not in the kind of case it is copied to.")
        raise CaseRefused(Why.VALUE, words % {"fields": "、".join(bare)})
    return outbox.values_of(effect.case, keys) | personal


def shortened(*parts: str) -> str:
    """A key for names that are too long to be one."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def signal(effect: Effect, at: datetime) -> tuple[Result, None]:
    """A command to the case this one was opened from."""
    parent = effect.case.parent
    if parent is None:
        raise CaseRefused(Why.UNKNOWN, _("No case asked for this one, so there is nobody to tell."))
    key = effect.key if len(effect.key) <= 120 else shortened(effect.key)
    done = act(by=MACHINE, ask=Ask(parent.number, effect.args["do"], key), at=at)
    return {"told": parent.number, "rev": done.rev}, None


def ask_for_rating(effect: Effect, at: datetime) -> tuple[Result, Letter | None]:
    """A link by which the author rates: mailed where an address was left, else kept to be handed over."""
    case, kept = effect.case, dict(effect.result or {})
    if "token" not in kept:
        token = secrets.token_urlsafe(24)
        digest = hashlib.sha256(token.encode()).hexdigest()
        rating = Rating.objects.create(case=case, token_digest=digest, asked_at=at)
        kept = {"rating": rating.pk, "token": token}
    to = outbox.address_of_author(case)
    if not to:
        return kept, None
    link = settings.MINHU_ADDRESS + reverse("cases:rate", args=[kept["token"]])
    subject = _("How was your matter %(number)s handled?") % {"number": case.number}
    words = _("Your matter %(number)s has been dealt with. Please say how satisfied you are:")
    text = f"{words % {'number': case.number}}\n\n{link}\n\n"
    text += _("The link works once and asks for no name.") + "\n"
    return kept | {"mailed": True}, Letter(effect.key, to, subject, text)


Doing = Callable[[Effect, datetime], tuple[Result, Letter | None]]
DOING: dict[str, Doing] = {"notice": tell, "open": open_children, "signal": signal, "rating": ask_for_rating}
