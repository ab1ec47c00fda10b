"""The guide of a one-thing (办事指南) as a paper to be printed or sent: one situation of a version."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from minhu.methods.papers import Block, Form, Level, Paper, Paragraph, Table, write
from minhu.services.bridge.definitions import Solved, Whole
from minhu.services.bridge.pages.guide import PublicGuide, public_guide

MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Edition:
    """Whose guide it is, which version, since when, where it is kept up to date."""

    issuer: str
    number: int
    published_on: date | None
    address: str


def docx_of(whole: Whole, solved: Solved, units: Mapping[str, str], edition: Edition) -> bytes:
    """The file. Raises ValueError without a plan."""
    return write(paper_of(whole, public_guide(whole, solved, units), solved.problem.answers, edition))


def paper_of(whole: Whole, guide: PublicGuide, answers: Mapping[str, str], edition: Edition) -> Paper:
    """The guide as a paper."""
    body = list(blocks(whole, guide, answers, edition))
    title = _("Guide to “%s”") % whole.thing.name
    return Paper(Form.PLAIN, edition.issuer, title, tuple(body), edition.published_on)


def blocks(whole: Whole, guide: PublicGuide, answers: Mapping[str, str], edition: Edition) -> Iterator[Block]:
    """Its parts, those that are empty left out."""
    yield Paragraph(whole.thing.summary or whole.thing.name)
    if whole.thing.illustrative:
        yield Paragraph(_("Illustrative: written for demonstration, issued by no office."))
    yield from part(_("Your situation"), situation(whole, answers))
    yield from part(_("At a glance"), [glance(guide)])
    yield from part(_("What to bring"), bring(guide))
    yield from part(_("What you need not bring"), [spared(guide)] if guide.spared else [])
    yield from part(_("What may come later or be committed to"), list(lenient(guide)))
    yield from part(pgettext("guide", "How it goes"), [steps(guide)])
    yield from part(_("When you have to come"), [visits(guide)] if guide.windows else [])
    yield from part(_("Departments and legal basis"), list(basis(guide)))
    yield from part(_("Where it stands"), [Paragraph(standing(edition))])


def part(title: str, found: Iterable[Block]) -> Iterator[Block]:
    """A heading with what stands under it, if anything does."""
    found = list(found)
    if found:
        yield Paragraph(title, Level.FIRST)
        yield from found


def situation(whole: Whole, answers: Mapping[str, str]) -> list[Block]:
    """The answers everything below is for."""
    rows = [(one.text, answers[one.code]) for one in whole.thing.question if answers.get(one.code)]
    return [Table(tuple(rows), (3, 2), headed=0, labelled=True)] if rows else []


def glance(guide: PublicGuide) -> Table:
    """Days, papers, visits, fee."""
    fee = f"{guide.fee_yuan} {_('yuan')}" if guide.fee_yuan else pgettext("fee", "none")
    days = ngettext("%(n)s working day", "%(n)s working days", guide.days) % {"n": guide.days}
    rows = (
        (_("Ready within"), days),
        (_("Papers to bring"), str(len(guide.papers))),
        (_("Times to come"), str(guide.visits)),
        (_("Fee"), fee),
    )
    return Table(rows, (1, 3), headed=0, labelled=True)


def bring(guide: PublicGuide) -> list[Block]:
    """The papers to bring, each once."""
    if not guide.papers:
        return [Paragraph(_("Nothing: everything is shared or made on the way."))]
    head = (pgettext("guide", "Paper"), pgettext("paper", "Form"), _("For"), pgettext("guide", "Note"))
    rows = [
        (one.name, one.form, "、".join(one.serves), "；".join(notes(one.fresh_days, one.later)))
        for one in guide.papers
    ]
    return [table(head, rows, (5, 2, 5, 3))]


def notes(fresh_days: int | None, later: bool) -> Iterator[str]:
    """What to know of a paper."""
    if fresh_days:
        yield _("not older than %s days") % fresh_days
    if later:
        yield _("may follow")


def spared(guide: PublicGuide) -> Table:
    """What nobody has to bring, and why."""
    head = (pgettext("guide", "Paper"), _("How it comes"), pgettext("guide", "Note"))
    return table(head, [(one.name, one.way, one.note) for one in guide.spared], (4, 3, 5))


def lenient(guide: PublicGuide) -> Iterator[Block]:
    """What may come later, or be committed to, and what happens otherwise."""
    for one in guide.lenient:
        if one.is_commitment:
            how = _(
                "A written commitment stands in for it; it is checked afterwards, and an untrue one undoes "
                "the decision."
            )
        else:
            how = _(
                "It may come at the latest before “%(step)s”; if it does not, the application is turned down."
            ) % {"step": one.until}
        yield Paragraph(f"{one.name}（{one.item}）：{how}")


def steps(guide: PublicGuide) -> Table:
    """Who does what when."""
    head = (pgettext("guide", "Step"), _("Department"), _("Working days"))
    rows = [(f"{one.item}·{one.title}", one.department, span(one.start, one.end)) for one in guide.steps]
    return table(head, rows, (6, 3, 2))


def span(start: int, end: int) -> str:
    """From day to day."""
    return str(end) if start == end else f"{start}–{end}"


def visits(guide: PublicGuide) -> Table:
    """When and where the applicant comes."""
    head = (pgettext("visit", "Where"), _("On day"), _("For"))
    rows = [(where or _("at your place"), str(day), "、".join(what)) for where, day, what in guide.windows]
    return table(head, rows, (3, 1, 5))


def basis(guide: PublicGuide) -> Iterator[Block]:
    """Items with their departments, then clauses and fees."""
    yield table((_("Item"), _("Department"), pgettext("of an item", "Kind")), guide.items, (5, 3, 2))
    for item, words, strength in guide.basis:
        doubt = _(" (not verified)") if strength == "assumed" else ""
        yield Paragraph(f"{item}：{words}{doubt}")
    for item, yuan, note in guide.fees:
        yield Paragraph(f"{_('Fee')}：{item}，{yuan} {_('yuan')} {note}".strip())


def standing(edition: Edition) -> str:
    """Which version this is, and where the valid one stands."""
    day = edition.published_on.isoformat() if edition.published_on else "—"
    words = _("Version %(n)s, published on %(day)s. What is valid stands at %(address)s")
    return words % {"n": edition.number, "day": day, "address": edition.address}


def table(head: tuple[str, ...], rows: Iterable[Sequence[str]], shares: tuple[int, ...]) -> Table:
    """A table with a head."""
    return Table((head, *(tuple(row) for row in rows)), shares)
