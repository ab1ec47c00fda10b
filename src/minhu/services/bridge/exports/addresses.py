"""Public addresses of everything an export names: they stay the same as long as codes do."""

from dataclasses import dataclass
from hashlib import sha256

from minhu.services.bridge.exports.triples import Iri, segment

LANGUAGE = Iri("http://publications.europa.eu/resource/authority/language/ZHO")
YUAN = Iri("http://publications.europa.eu/resource/authority/currency/CNY")
COMPLETED = Iri("http://purl.org/adms/status/Completed")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses below one house (`https://…`, no slash at the end)."""

    house: str

    @property
    def catalogue_page(self) -> Iri:
        """The page of the catalogue."""
        return Iri(f"{self.house}/services/")

    @property
    def catalogue(self) -> Iri:
        """The catalogue as a set of data."""
        return self.common("catalogue")

    def common(self, kind: str, code: str = "") -> Iri:
        """Something all one-things have in common: an organisation, a document, an item."""
        return Iri(f"{self.house}/services/#{kind}" + (f".{segment(code)}" if code else ""))

    def page(self, thing: str) -> Iri:
        """The page of the guide of a one-thing."""
        return Iri(f"{self.house}/services/guide/{segment(thing)}/")

    def apply(self, thing: str) -> Iri:
        """Where one applies for it."""
        return Iri(f"{self.house}/services/apply/{segment(thing)}/")

    def service(self, thing: str) -> Iri:
        """A one-thing itself."""
        return self.part(thing, "service")

    def part(self, thing: str, kind: str, *codes: str) -> Iri:
        """Something that belongs to one one-thing."""
        return Iri(self.page(thing).iri + "#" + ".".join([kind, *map(segment, codes)]))

    def said(self, kind: str, words: str) -> Iri:
        """Something that has only words, no code: a clause, a document. The same words, the same address."""
        return self.common(kind, sha256(words.encode()).hexdigest()[:16])
