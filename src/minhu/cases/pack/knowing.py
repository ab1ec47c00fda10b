"""What kinds of a pack may speak of: limits, organisations, posts, from the pack and from the house."""

from collections.abc import Iterable

from minhu.cases.models import Kind
from minhu.packs import Located, Pack, Section
from minhu.packs.kind_values import from_plain
from minhu.packs.kinds import KINDS, KindSpec
from minhu.packs.linting import Known, LimitFact, PostFact, Remark, lint
from minhu.people.actions import OrganisationDraft, PostDraft
from minhu.people.models import Organisation, Post
from minhu.rulebook.bridge import LIMITS
from minhu.rulebook.models import Limit

ORGANISATIONS = Section("organisations", "organisation", OrganisationDraft)
POSTS = Section("posts", "post", PostDraft)
"""As the room people reads them."""


def known_of(pack: Pack) -> Known:
    """What a pack says by itself, no database asked."""
    return Known(
        limits=facts((row.item.code, row.item.unit, row.item.kind) for row in pack.read(LIMITS)),
        organisations=tuple(row.item.code for row in pack.read(ORGANISATIONS)),
        posts={
            row.item.code: PostFact(row.item.organisation, str(row.item.role)) for row in pack.read(POSTS)
        },
        kinds={row.item.code: row.item for row in pack.read(KINDS)},
    )


def known_here(kinds: Iterable[KindSpec]) -> Known:
    """What stands in the house, with these kinds over those published before."""
    posts = Post.objects.select_related("organisation")
    published = {row.code: from_plain(row.spec) for row in Kind.objects.filter(is_current=True)}
    return Known(
        limits=facts(Limit.objects.values_list("code", "unit", "kind")),
        organisations=tuple(Organisation.objects.values_list("code", flat=True)),
        posts={post.code: PostFact(post.organisation.code, post.role) for post in posts},
        kinds={**published, **{kind.code: kind for kind in kinds}},
    )


def facts(rows: Iterable[tuple[str, str, str]]) -> dict[str, LimitFact]:
    """Limits by code: unit, and the kinds they have a value for."""
    found: dict[str, LimitFact] = {}
    for code, unit, kind in rows:
        before = found.get(code, LimitFact(str(unit), frozenset()))
        found[code] = LimitFact(str(unit), before.kinds | {kind})
    return found


def linted(kinds: Iterable[Located[KindSpec]], known: Known) -> list[Remark]:
    """All remarks on all kinds, in the order of their files."""
    return [remark for one in kinds for remark in lint(one, known)]
