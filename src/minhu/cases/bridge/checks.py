"""What may stand against a deed besides the net: who did earlier steps, powers, spacing, what changed."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from minhu.cases import rules
from minhu.cases.bridge.outcome import Work
from minhu.cases.states import Alike, Ask, CaseRefused, Fault, Plain, Why
from minhu.methods.timing import month_later
from minhu.packs.kinds import RoleSpec, SpacingSpec, StepSpec

PLACES = frozenset({"town", "street", "community"})


def check_doer(work: Work, steps: Sequence[StepSpec]) -> None:
    """Refuse whoever may not do any of these steps."""
    if any(rules.may_do(work.by, work.kind, work.state.parts, step) for step in steps):
        return
    step = steps[0]
    title = step.title or step.code
    if step.on:
        words = _("“%(step)s” happens by itself: no post does it.") % {"step": title}
    else:
        role = work.kind.title(rules.role_of(work.kind, step)) or _("nobody")
        words = _("“%(step)s” is for: %(role)s. Your post does not have this role here.")
        words %= {"step": title, "role": role}
    raise CaseRefused(Why.RIGHT, words)


def check_apart(work: Work, step: StepSpec) -> None:
    """Refuse whoever did one of the steps this one must be kept apart from."""
    if not step.apart or work.by.is_system:
        return
    actor = work.by.actor
    for told in work.rules.told():
        done = next((code for code in told.steps if code in step.apart), None)
        same = told.post == actor.post if step.apart_by == "post" else told.organisation == actor.organisation
        if done and same:
            words = _("“%(step)s” must be done by others than those who did “%(done)s”.")
            said = {"step": step.title or step.code, "done": work.kind.title(done)}
            raise CaseRefused(Why.APART, words % said)


def read_assigns(work: Work, asks: Sequence[str], given: Mapping[str, object]) -> list[Fault]:
    """Lay the organisations chosen for roles into the outcome, and say what is wrong with them."""
    faults, known = [], {name.removesuffix("?") for name in asks}
    for role in given:
        if role not in known:
            faults.append(Fault(role, _("“%(role)s” is not chosen here.") % {"role": work.kind.title(role)}))
    for name in asks:
        role = name.removesuffix("?")
        codes = codes_of(given.get(role))
        if codes:
            faults += role_faults(work.kind.roles[role], codes)
            work.out.assigns[role] = codes
        elif name == role and not work.by.is_system:
            words = _("“%(role)s”: choose who it is.")
            faults.append(Fault(role, words % {"role": work.kind.title(role)}))
    return faults


def codes_of(given: object) -> list[str]:
    """The codes chosen, each once."""
    several = [given] if isinstance(given, str) else given if isinstance(given, list | tuple) else []
    return list(dict.fromkeys(str(code).strip() for code in several if str(code).strip()))


def role_faults(role: RoleSpec, codes: list[str]) -> list[Fault]:
    """One role of one organisation takes one."""
    if role.many or len(codes) == 1:
        return []
    words = _("“%(role)s” is one organisation: %(n)d were chosen.")
    return [Fault(role.code, words % {"role": role.title, "n": len(codes)})]


def check_powers(work: Work) -> None:
    """Refuse to push a matter down to a place to which no power for it was handed down."""
    if not work.kind.spec.matter or not work.out.assigns:
        return
    matter = work.state.data.get(work.kind.spec.matter)
    units = work.rules.units([code for codes in work.out.assigns.values() for code in codes])
    for role, codes in work.out.assigns.items():
        for code in codes:
            unit = units[code]
            if unit.kind in PLACES and not (matter and work.rules.has_power(str(matter), code)):
                refuse_power(role, unit.short, work, str(matter or ""))


def refuse_power(role: str, place: str, work: Work, matter: str) -> None:
    """Say who keeps the matter."""
    if not matter:
        field = work.kind.title(work.kind.spec.matter)
        words = _("%(place)s can take a case only for a listed matter: give “%(field)s” first.")
        words %= {"place": place, "field": field}
    else:
        title, keepers = work.rules.keepers(matter)
        if keepers:
            words = _("No power for “%(matter)s” was handed down to %(place)s: %(keepers)s keeps it.")
        else:
            words = _("“%(matter)s” is not on the list of powers: it cannot be handed to %(place)s.")
        words %= {"matter": title, "place": place, "keepers": keepers}
    raise CaseRefused(Why.POWER, words, [Fault(role, words)])


def lay_parts(work: Work) -> None:
    """Organisations that join and leave roles; a role of one organisation goes over to the new one."""
    parts = work.state.parts
    for role, codes in work.out.assigns.items():
        had = parts.get(role, ())
        spec = work.kind.roles[role]
        if not spec.many:
            work.out.parted += [(role, code) for code in had if code not in codes]
        work.out.joined += [(role, code) for code in codes if code not in had]
        parts[role] = tuple(dict.fromkeys((*had, *codes))) if spec.many else tuple(codes)


def check_spacing(work: Work, step: StepSpec) -> None:
    """Refuse a case too close to others that are like it."""
    for code in step.spaced:
        spacing = work.kind.spacings[code]
        values = {key: work.state.data.get(key) for key in spacing.per if key in work.kind.fields}
        parts = {role: work.state.parts.get(role, ()) for role in spacing.per if role in work.kind.roles}
        if None in values.values() or () in parts.values():
            continue
        work.rules.hold(f"spacing:{work.kind.spec.code}:{code}")
        check_window(work, spacing, values, parts)
        check_most(work, spacing, values, parts)


def check_window(
    work: Work, spacing: SpacingSpec, values: dict[str, Plain], parts: Mapping[str, Sequence[str]]
) -> None:
    """None alike may be open, or have been opened within the window; what was withdrawn does not count."""
    if not spacing.window:
        return
    since = month_later(work.on, -work.rules.limit(spacing.window).count)
    found = counted(work, spacing, work.rules.alike(work.kind.spec.code, values, parts, since), drafts=True)
    if found:
        other = found[0]
        words = _("%(rule)s: %(number)s “%(title)s”, opened on %(day)s, is alike.")
        said = {"rule": spacing.title, "number": other.number, "title": other.title, "day": other.opened_on}
        raise CaseRefused(Why.SPACING, words % said)


def check_most(
    work: Work, spacing: SpacingSpec, values: dict[str, Plain], parts: Mapping[str, Sequence[str]]
) -> None:
    """Not more alike in a calendar year than the limit says, this one counted."""
    if not spacing.most:
        return
    most = work.rules.limit(spacing.most).count
    every = work.rules.alike(work.kind.spec.code, values, parts, None)
    this_year = [one for one in every if one.opened_on.year == work.on.year]
    this_year = counted(work, spacing, this_year, drafts=False)
    if len(this_year) >= most:
        words = _("%(rule)s: %(n)d alike this year already (%(numbers)s); at most %(most)d.")
        numbers = "、".join(one.number for one in this_year)
        said = {"rule": spacing.title, "n": len(this_year), "numbers": numbers, "most": most}
        raise CaseRefused(Why.SPACING, words % said)


def counted(work: Work, spacing: SpacingSpec, found: list[Alike], *, drafts: bool) -> list[Alike]:
    """Those that came as far as this step did; with `drafts` also those that are still on their way."""
    steps = {step.code for step in work.kind.spec.step if spacing.code in step.spaced}
    did = work.rules.did([one.number for one in found if not (drafts and one.is_open)], steps)
    return [one for one in found if one.number in did or (drafts and one.is_open)]


def check_stale(work: Work, ask: Ask, rev: int, reads: set[str]) -> None:
    """Refuse a command typed before one of the values it rests on changed."""
    if ask.rev is None or ask.rev >= rev:
        return
    changed = [key for key in sorted(reads) if work.state.revs.get(key, 0) > ask.rev]
    if not changed:
        return
    before = values_at(work, ask.rev)
    now = {key: (before.get(key), work.state.data.get(key)) for key in changed}
    raise stale(work, "、".join(work.kind.title(key) for key in changed), now)


def stale(work: Work, what: str, changed: Mapping[str, object]) -> CaseRefused:
    """What changed since the asker looked."""
    words = _("Meanwhile something changed that this rests on: %(what)s. Look at it and decide again.")
    return CaseRefused(Why.STALE, words % {"what": what}, changed=changed)


def values_at(work: Work, rev: int) -> dict[str, Plain]:
    """The values of a case in an earlier revision, from its record."""
    found: dict[str, Plain] = {}
    for told in work.rules.told():
        if told.rev <= rev:
            found.update(told.values)
    return found
