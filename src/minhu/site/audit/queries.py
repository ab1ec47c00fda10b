"""What a reader may read of the record, its entries in words, and the state of its chains."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from minhu.cases.bridge.pages.record_words import told_of
from minhu.cases.bridge.pages.telling import Telling
from minhu.cases.queries.hidden import hidden_books
from minhu.people.models import Organisation, Post
from minhu.people.rules import Reader
from minhu.reforms.models import Reform
from minhu.site.audit.words import THING, Change, book_words, changes_of, posts_in, things_in
from minhu.trail import bridge
from minhu.trail import queries as trail
from minhu.trail.models import Entry
from minhu.trail.states import SYSTEM
from minhu.ui import offers

Words = str | Promise
CHECKED_AT_ONCE = 2000
SEALS = "seals"


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in words."""

    entry: Entry
    who: Words
    organisation: str
    deed: Words
    title: Words
    url: str
    changes: tuple[Change, ...]

    @property
    def book(self) -> str:
        """The book in words."""
        return book_words(self.entry.book)

    @property
    def book_url(self) -> str:
        """The record of the whole book."""
        return url_of_book(self.entry.book)

    @property
    def day(self) -> date:
        """The day of the deed, here."""
        return timezone.localtime(self.entry.at).date()


@dataclass(frozen=True, slots=True)
class Chain:
    """How far a book has got, and what a check of it found; `is_checked` is False where it is too long."""

    book: str
    entries: int
    hash: str
    algorithm: str
    is_checked: bool
    faults: tuple[str, ...]

    @property
    def title(self) -> str:
        """The book in words."""
        return book_words(self.book)

    @property
    def url(self) -> str:
        """The record of the whole book."""
        return url_of_book(self.book)


def url_of_book(book: str) -> str:
    """Where a book is read."""
    return reverse("audit:record", query={"book": book})


def visible_entries(reader: Reader) -> QuerySet[Entry]:
    """The record, newest first: all of it, or what the own organisation did and the reforms it carries.

    What happened to a confidential case is read only by those who may see the case.
    """
    entries = trail.newest_entries().exclude(book__in=hidden_books(reader))
    if reader.may("see_record"):
        return entries
    mine = Q(lead=reader.organisation_id) | Q(supports=reader.organisation_id)
    books = Reform.objects.order_by().filter(mine).values(book=Concat(Value("reform:"), "code"))
    own = Q(actor_organisation=reader.organisation) if reader.organisation else Q(pk=None)
    return entries.filter(own | Q(book__in=books))


def in_words(entries: Iterable[Entry]) -> list[Line]:
    """Entries as lines; posts and organisations are read in two queries, every kind of thing in one."""
    entries = list(entries)
    named_posts = {e.actor_post for e in entries} | {code for e in entries for code in posts_in(e.payload)}
    posts = dict(Post.objects.filter(code__in=named_posts).values_list("code", "title"))
    codes = {entry.actor_organisation for entry in entries}
    units = dict(Organisation.objects.filter(code__in=codes).values_list("code", "short"))
    named = offers.thing_links(name for entry in entries for name in things_of(entry))
    link, deeds = named.__getitem__, offers.deeds()
    posts[SYSTEM.post] = _("The system")
    lines, told = (line_of(entry, posts, units, deeds, link) for entry in entries), told_of(entries)
    return [
        in_words_of_its_kind(line, told[line.entry.pk]) if line.entry.pk in told else line for line in lines
    ]


def in_words_of_its_kind(line: Line, told: Telling) -> Line:
    """A deed on a case as its kind calls it: the step, what was typed, where it led."""
    lines = [*told.lines, (pgettext("record", "led to"), told.led_to)] if told.led_to else told.lines
    changes = tuple(Change(label, None, words) for label, words in lines)
    return replace(line, deed=told.title, changes=changes)


def things_of(entry: Entry) -> Iterator[str]:
    """The thing of an entry, and those its payload names."""
    yield entry.thing
    yield from things_in(entry.payload)


def line_of(
    entry: Entry,
    posts: dict[str, str],
    units: dict[str, str],
    deeds: dict[str, Words],
    link: Callable[[str], tuple[Words, str]],
) -> Line:
    """One entry in words; a deed or post nobody knows any more is shown by its code."""
    title, url = link(entry.thing)
    return Line(
        entry=entry,
        who=posts.get(entry.actor_post, entry.actor_post),
        organisation=units.get(entry.actor_organisation, entry.actor_organisation),
        deed=deeds.get(entry.deed, entry.deed),
        title=title,
        url=url,
        changes=changes_of(
            entry.thing.partition(":")[0],
            entry.payload,
            lambda name: link(name)[0] if THING.fullmatch(name) else posts.get(name, name),
        ),
    )


def chain_of(book: str) -> Chain | None:
    """The state of one book; a short one is checked on the spot."""
    head = trail.head_of(book)
    if head is None:
        return None
    short = head.seq <= CHECKED_AT_ONCE
    faults = tuple(bridge.words_of(fault) for fault in bridge.verify_book(book)) if short else ()
    return Chain(book, head.seq, head.hash, head.algorithm, short, faults)


def last_seal() -> Entry | None:
    """When the record was last sealed."""
    return trail.newest_entries(book=SEALS).first()
