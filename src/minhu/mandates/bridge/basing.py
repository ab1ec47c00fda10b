"""What a text says it carries out."""

from dataclasses import dataclass

from minhu.mandates.models import Document
from minhu.mandates.queries import upstream_documents
from minhu.methods.clauses import bases

STATE_PREFIX = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class Bases:
    """What a text says it rests on: upstream documents that are here, and titles that are not."""

    here: tuple[Document, ...]
    elsewhere: tuple[str, ...]


def bases_of(text: str) -> Bases:
    """The documents that a text names as what it was made for (根据《…》…制定本办法)."""
    titles = bases(text)
    known = {plain_title(one.title): one for one in upstream_documents()} if titles else {}
    here = {key: known[key] for key in map(plain_title, titles) if key in known}
    missing = [title for title in titles if plain_title(title) not in known]
    return Bases(tuple(here.values()), tuple(missing))


def plain_title(title: str) -> str:
    """A title as it is compared: without marks, blanks and the name of the state."""
    return "".join(title.split()).strip("《》").removeprefix(STATE_PREFIX)
