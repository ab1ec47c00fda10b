"""Deeds on many cases in words, for the record of the whole house: a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable

from minhu.cases.bridge.compiling import compiled
from minhu.cases.bridge.pages.telling import Telling, tell
from minhu.cases.models import Case, Paper
from minhu.cases.queries.page import Sheet, names_of, told_codes
from minhu.trail.models import Entry

PREFIX = "cases.case:"


def told_of(entries: Iterable[Entry]) -> dict[int, Telling]:
    """Each entry about a case in the words of its kind, by the key of the entry."""
    about = {one.pk: (one, int(one.thing.removeprefix(PREFIX))) for one in entries if is_case(one.thing)}
    if not about:
        return {}
    keys = {key for _entry, key in about.values()}
    cases = Case.objects.select_related("kind").in_bulk(keys)
    names = names_of(codes_in(entry for entry, _key in about.values()))
    papers: dict[int, list[Paper]] = defaultdict(list)
    for paper in Paper.objects.filter(case__in=keys).defer("content"):
        papers[paper.case_id].append(paper)
    sheets = {key: sheet_for(case, names, papers[key]) for key, case in cases.items()}
    return {
        pk: tell(compiled(cases[key].kind), entry, sheets[key])
        for pk, (entry, key) in about.items()
        if key in cases
    }


def is_case(thing: str) -> bool:
    """Whether a thing of the record is a case."""
    return thing.startswith(PREFIX) and thing.removeprefix(PREFIX).isdecimal()


def codes_in(entries: Iterable[Entry]) -> set[str]:
    """Codes that may be organisations: those assigned, and values that could be one."""
    codes: set[str] = set()
    for entry in entries:
        codes |= {entry.actor_organisation, *told_codes(entry)}
        codes |= {one for one in (entry.payload.get("values") or {}).values() if isinstance(one, str)}
    return codes


def sheet_for(case: Case, names: dict[str, str], papers: Iterable[Paper]) -> Sheet:
    """As much of the sheet of a case as telling needs."""
    none: tuple[()] = ()
    return Sheet(
        case=case, steps=none, parts=none, data=none, personal=none, papers=tuple(papers), children=none,
        ratings=none, dead=none, entries=none, names=names, posts={},
    )  # fmt: skip
