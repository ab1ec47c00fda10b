"""Who may do what: the only place of permissions, to be read as a table.

A right belongs to roles everywhere, or to roles only for things of their own organisation (`own`).
Conditions between two people (the one who asks is never the one who decides) stand in the note, and are
held by constraints on the rows themselves.
"""

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minhu.people.states import Role
from minhu.trail.states import Actor

Words = str | Promise
Kept = TypeVar("Kept")

PUBLIC = "public"
SIGNED_IN = "signed_in"

OFFICE, LEAD, LEADER, SUPERVISOR, AUDITOR = Role
EVERY = frozenset(Role)
READERS = frozenset({OFFICE, LEADER, SUPERVISOR, AUDITOR})
NOBODY: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class Right:
    """One row of the table: what is allowed, to which roles everywhere, to which within their own unit."""

    words: Words
    roles: Collection[Role] = NOBODY
    own: Collection[Role] = NOBODY
    note: Words = ""
    group: Words = ""


_READ, _CARRY, _DECIDE, _KEEP = _("Reading"), _("Carrying reforms"), _("Deciding"), _("Keeping the house")
_CASES = _("Cases")
_VOICES = _("Voices")
_SERVICES = _("One-things")
_NOT_ASKER = _("never by the one who asked")
_NOT_SUBMITTER = _("never by the one who submitted it")
_BY_KIND = _("the kind of case says which post may do which step")
_BY_DESK = _("the unit that sorts what comes in")
_BY_LEAD = _("the unit that leads it, of its own guides")
_NOT_WRITER = _("never by the one who wrote it")
_BY_KEEPER = _("the unit that took it in or answers it; every look is recorded")

# fmt: off
RIGHTS: dict[str, Right] = {
    "see_desk":            Right(_("See the own desk"), EVERY, group=_READ),
    "see_cockpit":         Right(_("See the cockpit"), EVERY, group=_READ),
    "see_ledger":          Right(_("See the ledger of reforms"), EVERY, group=_READ),
    "see_mandates":        Right(_("See upstream documents"), EVERY, group=_READ),
    "see_coverage":        Right(_("See what answers which clause"), EVERY, group=_READ),
    "see_basis":           Right(_("See limits and their legal basis"), EVERY, group=_READ),
    "find":                Right(_("Search"), EVERY, group=_READ),
    "see_rights":          Right(_("See who may do what"), EVERY, group=_READ),
    "see_people":          Right(_("See organisations, posts and who holds them"), READERS, group=_READ),
    "see_record":          Right(_("Read the record of deeds"), READERS, own={LEAD}, group=_READ),
    "report_problem":      Right(_("Say what is wrong with this system"), EVERY, group=_CARRY),
    "submit_proof":        Right(_("Submit a proof"), {OFFICE}, own={LEAD}, group=_CARRY),
    "ask_postponement":    Right(_("Ask for a postponement"), {OFFICE}, own={LEAD}, group=_CARRY),
    "write_rule":          Right(_("Enter a rule made, changed, ended"), {OFFICE}, own={LEAD}, group=_CARRY),
    "propose_inapplicable": Right(_("Propose “not applicable”"), {OFFICE}, own={LEAD}, group=_CARRY),
    "accept_proof":        Right(_("Accept or return a proof"), {OFFICE, SUPERVISOR}, own={LEAD},
                                 note=_NOT_SUBMITTER, group=_DECIDE),
    "decide_postponement": Right(_("Decide on a postponement"), {OFFICE, LEADER},
                                 note=_NOT_ASKER, group=_DECIDE),
    "decide_inapplicable": Right(_("Decide on “not applicable”"), {OFFICE, LEADER},
                                 note=_NOT_ASKER, group=_DECIDE),
    "match_clause":        Right(_("Confirm or refuse what answers a clause"), {OFFICE}, group=_DECIDE),
    "move_reform":         Right(_("Move a reform to another stage"), {OFFICE}, group=_DECIDE),
    "see_cases":           Right(_("See cases"), READERS, own={LEAD}, group=_CASES),
    "see_powers":          Right(_("See who answers for what at which place"), EVERY, group=_CASES),
    "open_case":           Right(_("Open a case"), {OFFICE, LEADER, SUPERVISOR}, own={LEAD},
                                 note=_BY_KIND, group=_CASES),
    "act_in_case":         Right(_("Act in a case"), {OFFICE, LEADER, SUPERVISOR}, own={LEAD},
                                 note=_BY_KIND, group=_CASES),
    "erase_personal":      Right(_("Erase personal values"), {OFFICE}, group=_CASES),
    "publish_kind":        Right(_("Publish kinds of case, move running cases"), {OFFICE}, group=_CASES),
    "retry_effect":        Right(_("See what could not be delivered, try it again"), {OFFICE}, group=_CASES),
    "see_voices":          Right(_("See voices, masked"), READERS, own={LEAD}, group=_VOICES),
    "hear_voice":          Right(_("Write down what people said"), {OFFICE}, own={LEAD}, group=_VOICES),
    "import_voices":       Right(_("Bring in voices from a table"), {OFFICE}, own={LEAD}, group=_VOICES),
    "see_raw_voice":       Right(_("Read a voice as it was said, and its contact"), own={OFFICE, LEAD},
                                 note=_BY_KEEPER, group=_VOICES),
    "moderate_voice":      Right(_("Hold, release or turn down a voice"), {OFFICE}, own={LEAD},
                                 note=_BY_DESK, group=_VOICES),
    "publish_voice":       Right(_("Propose or check that everybody may read a voice"), {OFFICE}, own={LEAD},
                                 note=_NOT_ASKER, group=_VOICES),
    "decide_data_request": Right(_("Decide what authors ask about their data"), {OFFICE}, own={LEAD},
                                 note=_BY_DESK, group=_VOICES),
    "see_groups":          Right(_("See groups of voices, masked, and what is hot"), EVERY, group=_VOICES),
    "group_voices":        Right(_("Split, merge and sort groups of voices"), {OFFICE}, own={LEAD},
                                 note=_BY_DESK, group=_VOICES),
    "assign_voices":       Right(_("Give a group of voices to an office"), {OFFICE}, own={LEAD},
                                 note=_BY_DESK, group=_VOICES),
    "answer_voices":       Right(_("Answer a group of voices"), {OFFICE}, own={LEAD},
                                 note=_BY_KIND, group=_VOICES),
    "check_replies":       Right(_("Check an answer before everybody may read it"), {OFFICE}, own={LEAD},
                                 note=_NOT_WRITER, group=_VOICES),
    "propose_small_cut":   Right(_("Propose a small cut"), {OFFICE, LEADER}, own={LEAD}, group=_VOICES),
    "link_reform":         Right(_("Say which reform takes up a group of voices"), {OFFICE}, group=_VOICES),
    "manage_calls":        Right(_("Call for suggestions, answer what is said, publish what came of it"),
                                 {OFFICE}, own={LEAD}, group=_VOICES),
    "see_things":          Right(_("See one-things, their guides and proofs"), EVERY, group=_SERVICES),
    "design_thing":        Right(_("Design a one-thing: load guides, sign merges, ask departments"), {OFFICE},
                                 own={LEAD}, note=_BY_LEAD, group=_SERVICES),
    "answer_question":     Right(_("Answer what a department is asked about its guide"), {OFFICE}, own={LEAD},
                                 group=_SERVICES),
    "publish_thing":       Right(_("Publish or withdraw a one-thing"), {OFFICE}, group=_SERVICES),
    "confirm_family":      Right(_("Name, confirm or dissolve a family of one-things"), {OFFICE},
                                 group=_SERVICES),
    "apply_for_others":    Right(_("Apply for a one-thing on somebody's behalf"), {OFFICE, LEAD},
                                 group=_SERVICES),
    "start_reform":        Right(_("Start a reform"), {OFFICE}, group=_KEEP),
    "edit_reform":         Right(_("Edit a reform"), {OFFICE}, group=_KEEP),
    "load_document":       Right(_("Load a document"), {OFFICE}, group=_KEEP),
    "load_pack":           Right(_("Load a pack"), {OFFICE}, group=_KEEP),
    "check_limit":         Right(_("Confirm that a limit still holds"), {OFFICE, SUPERVISOR}, group=_KEEP),
    "use_api":             Right(_("Let a program act as the own post"), EVERY, group=_KEEP),
    "administer_people":   Right(_("Administer organisations, posts and accounts"), {OFFICE}, group=_KEEP),
    "answer_complaint":    Right(_("Answer complaints about this system"), {OFFICE}, group=_KEEP),
}
# fmt: on
# Needed by no post: what anybody may see, and what anybody with an account may do with it.
DOORS = {PUBLIC: _("Open to everybody"), SIGNED_IN: _("Sign in")}


@dataclass(frozen=True, slots=True)
class Hat:
    """A post somebody may act from."""

    post: str
    title: str
    role: str
    organisation: str
    organisation_name: str
    organisation_id: int
    post_id: int

    @property
    def label(self) -> str:
        """The role in words."""
        return str(Role(self.role).label)


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever looks at a page, and from which post; plain values, read once a request."""

    user: AbstractBaseUser | AnonymousUser
    hat: Hat | None = None
    hats: tuple[Hat, ...] = field(default=())
    kept: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def signed_in(self) -> bool:
        """Whether there is an account behind this reader."""
        return self.user.is_authenticated

    @property
    def has_post(self) -> bool:
        """Whether this reader acts from a post; without one there are no rights."""
        return self.hat is not None

    @property
    def post(self) -> str:
        """Code of the acting post, or an empty word."""
        return self.hat.post if self.hat else ""

    @property
    def post_id(self) -> int | None:
        """Row of the acting post."""
        return self.hat.post_id if self.hat else None

    @property
    def title(self) -> str:
        """Title of the acting post."""
        return self.hat.title if self.hat else ""

    @property
    def organisation(self) -> str:
        """Code of the organisation of the acting post, or an empty word."""
        return self.hat.organisation if self.hat else ""

    @property
    def organisation_name(self) -> str:
        """Short name of the organisation of the acting post."""
        return self.hat.organisation_name if self.hat else ""

    @property
    def organisation_id(self) -> int | None:
        """Row of the organisation of the acting post."""
        return self.hat.organisation_id if self.hat else None

    @property
    def role(self) -> Role | None:
        """Role of the acting post."""
        return Role(self.hat.role) if self.hat else None

    @property
    def actor(self) -> Actor:
        """The plain values the record keeps of who did something."""
        return Actor(self.user.pk, self.post, self.organisation)

    def may(self, right: str, organisation: str | None = None, organisations: Collection[str] = ()) -> bool:
        """Whether this reader has `right`, for a thing of the named organisations (codes) if it has any."""
        everyone = (*organisations, organisation) if organisation else organisations
        return may(self, right, organisations=everyone)

    def once(self, key: Hashable, read: Callable[[], Kept]) -> Kept:
        """What `read` gives, read once for this reader, who lives as long as one request.

        Several offers of one page often want the same figures; they share them here, knowing nothing of
        each other.
        """
        if key not in self.kept:
            self.kept[key] = read()
        kept: Kept = self.kept[key]
        return kept

    def may_somewhere(self, right: str) -> bool:
        """Whether this reader has `right` for anything at all; the gate asks this, rows are asked later."""
        return may_somewhere(self, right)


class Refused(PermissionDenied):
    """A reader lacks a right; the page says which and who has it."""

    def __init__(self, right: str) -> None:
        self.right = right
        super().__init__(f"the right {right!r} is missing")


def may(reader: Reader, right: str, *, organisations: Collection[str] = ()) -> bool:
    """Whether `reader` has `right`; a right limited to the own unit needs it in `organisations`."""
    if right in DOORS:
        return right == PUBLIC or reader.signed_in
    rule, role = RIGHTS[right], reader.role
    return role in rule.roles or (role in rule.own and reader.organisation in organisations)


def may_somewhere(reader: Reader, right: str) -> bool:
    """Whether `reader` has `right` for anything at all."""
    return may(reader, right, organisations=(reader.organisation,))


def require(reader: Reader, right: str, *, organisations: Collection[str] = ()) -> None:
    """Raise Refused where `may` says no."""
    if not may(reader, right, organisations=organisations):
        raise Refused(right)


def holders_of(right: str) -> tuple[Role, ...]:
    """The roles that have `right`, everywhere or within their own unit, in the order of the roles."""
    rule = RIGHTS[right]
    return tuple(role for role in Role if role in rule.roles or role in rule.own)


def rights_by_group() -> dict[Words, list[tuple[str, Right, list[str]]]]:
    """The table for reading: group → rows of (right, its words, one of all/own/none for every role)."""
    groups: dict[Words, list[tuple[str, Right, list[str]]]] = {}
    for name, rule in RIGHTS.items():
        marks = ["all" if role in rule.roles else "own" if role in rule.own else "none" for role in Role]
        groups.setdefault(rule.group, []).append((name, rule, marks))
    return groups
