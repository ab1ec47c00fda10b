"""Roles: unknown ones, ones nobody can hold, and steps that must be done by others but cannot."""

from minhu.packs.kinds import AUTOMATIC, OPENER, RoleSpec, StepSpec
from minhu.packs.linting.lens import ROLES_OF_POSTS, Lens

NO_ROLE = "there is no role “{code}”"
NO_POST_ROLE = "“{code}” is no role of a post"
NO_ORGANISATION = "there is no organisation “{code}”"
NO_POSTS = "nobody can hold the role “{code}”: it names no role of a post (posts)"
NO_HOLDER = "nobody can hold the role “{code}”: “{organisation}” has no post of the role {posts}"
NEVER_ASSIGNED = "nobody can hold the role “{code}”: it is assigned, but no step and no opening assigns it"
NOT_ASSIGNED = "“{code}” cannot be assigned"
FIXED = "“{code}” is both assigned and of one organisation: leave one of them out"
UNUSED = "the role “{code}” is used nowhere"
NOBODY = "nobody may do “{code}”: name a role, or what it is set off by (on)"
IDLE_ROLE = "“{code}” is done by nobody: its role says nothing"
NO_DESK = "“{code}” is a task on nobody's desk: name a role"
ITSELF = "“{code}” cannot be apart from itself"
SAME_ROLE = "“{code}” must not be done by whoever did {others}, yet the same role “{role}” does both"
ALWAYS_SAME = "nobody can do “{code}”: the role “{role}” is one organisation, which also does {others}"


def check(lens: Lens) -> None:
    """Everything about who does what."""
    spec = lens.spec
    for key in ("opens", "readers"):
        lens.refer_all(getattr(spec, key), ROLES_OF_POSTS, NO_POST_ROLE, key)
    lens.refer_all(spec.opened_by, lens.known.organisations, NO_ORGANISATION, "opened_by")
    check_assigns(lens, spec.assigns, "assigns")
    for number, role in enumerate(spec.role):
        check_role(lens, number, role)
    for number, place in enumerate(spec.place):
        if place.role:
            lens.refer(place.role, lens.roles, NO_ROLE, "place", number, "role")
        elif place.kind == "task":
            lens.doubt(NO_DESK, "place", number, "code", code=place.code)
    for number, step in enumerate(spec.step):
        check_step(lens, number, step)
        check_apart(lens, number, step)


def check_assigns(lens: Lens, assigns: tuple[str, ...], *path: str | int) -> None:
    """Only roles that are assigned are; a role that need not be chosen ends in `?`."""
    for number, code in enumerate(name.removesuffix("?") for name in assigns):
        if lens.refer(code, lens.roles, NO_ROLE, *path, number) and not lens.roles[code].assigned:
            hint = f"write assigned = true at the role “{code}”"
            lens.wrong(NOT_ASSIGNED, *path, number, code=code, hint=hint)


def check_role(lens: Lens, number: int, role: RoleSpec) -> None:
    """A role somebody can hold, and that is used."""
    lens.refer_all(role.posts, ROLES_OF_POSTS, NO_POST_ROLE, "role", number, "posts")
    if not role.posts:
        lens.wrong(NO_POSTS, "role", number, "code", code=role.code)
    if role.organisation and role.assigned:
        lens.wrong(FIXED, "role", number, "assigned", code=role.code)
    elif role.organisation:
        check_fixed(lens, number, role)
    elif role.assigned and role.code not in assigned(lens):
        lens.wrong(NEVER_ASSIGNED, "role", number, "assigned", code=role.code)
    if role.code not in used(lens) and role.code != OPENER:
        lens.doubt(UNUSED, "role", number, "code", code=role.code)


def check_fixed(lens: Lens, number: int, role: RoleSpec) -> None:
    """The one organisation of a role has a post for it."""
    code = role.organisation
    if not lens.refer(code, lens.known.organisations, NO_ORGANISATION, "role", number, "organisation"):
        return
    held = any(post.organisation == code and post.role in role.posts for post in lens.known.posts.values())
    if role.posts and not held:
        posts = ", ".join(role.posts)
        lens.wrong(NO_HOLDER, "role", number, "organisation", code=role.code, organisation=code, posts=posts)


def assigned(lens: Lens) -> set[str]:
    """The roles somebody is ever assigned to."""
    names = [*lens.spec.assigns, *(code for step in lens.spec.step for code in step.assigns)]
    chosen = {name.removesuffix("?") for name in names}
    return {*chosen, *(effect.gets for effect, _ in lens.openers)}


def used(lens: Lens) -> set[str]:
    """The roles that are spoken of anywhere."""
    spec = lens.spec
    effects = [effect for step in spec.step for effect in step.effect]
    told = {code for effect in effects for code in (effect.to, effect.each)}
    listed = {place.role for place in spec.place} | {step.role for step in spec.step}
    return told | listed | {paper.to for paper in spec.paper} | {c for s in spec.spacing for c in s.per}


def check_step(lens: Lens, number: int, step: StepSpec) -> None:
    """Who does a step, and whom it assigns."""
    check_assigns(lens, step.assigns, "step", number, "assigns")
    if step.role:
        lens.refer(step.role, lens.roles, NO_ROLE, "step", number, "role")
    if not step.on and not lens.role_of(step):
        lens.wrong(
            NOBODY, "step", number, "code", code=step.code, hint='such as role = "opener", on = "auto"'
        )
    if (step.on == AUTOMATIC or step.on in lens.timers) and step.role:
        lens.doubt(IDLE_ROLE, "step", number, "role", code=step.code)


def check_apart(lens: Lens, number: int, step: StepSpec) -> None:
    """A step to be done by others must have others."""
    if step.code in step.apart:
        lens.wrong(ITSELF, "step", number, "apart", step.apart.index(step.code), code=step.code)
    others = [code for code in step.apart if code in lens.steps and code != step.code]
    role = lens.roles.get(lens.role_of(step))
    if not others or role is None or {lens.role_of(lens.steps[code]) for code in others} != {role.code}:
        return
    said = {"code": step.code, "others": ", ".join(others), "role": role.code}
    one = bool(role.organisation) or (role.assigned and not role.many)
    if one and step.apart_by == "organisation":
        lens.wrong(ALWAYS_SAME, "step", number, "apart", **said)
    else:
        lens.doubt(SAME_ROLE, "step", number, "apart", **said)
