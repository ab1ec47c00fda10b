"""What can be wrong with a paper, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """The kinds of fault, as keys of WORDS."""

    NO_TITLE = "no_title"
    LONG_TITLE = "long_title"
    STOPPED_TITLE = "stopped_title"
    NO_ISSUER = "no_issuer"
    NO_BODY = "no_body"
    NO_DATE = "no_date"
    NO_NUMBER = "no_number"
    BRACKETS = "brackets"
    PADDED = "padded"
    ORDINAL = "ordinal"
    BAD_NUMBER = "bad_number"
    OTHER_YEAR = "other_year"
    NO_ADDRESSEE = "no_addressee"
    SECRECY = "secrecy"
    URGENCY = "urgency"
    COPY_NUMBER = "copy_number"
    NO_COPY_NUMBER = "no_copy_number"
    NUMBERED_TWICE = "numbered_twice"
    NO_ATTACHMENT = "no_attachment"
    MARKED_ATTACHMENT = "marked_attachment"
    RAGGED = "ragged"
    SHARES = "shares"
    NO_PRINTER = "no_printer"
    CHARACTER = "character"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: which kind, at which place of the paper, and what stands there."""

    fault: Fault
    where: str
    seen: str = ""

    @property
    def words(self) -> str:
        """The fault as a sentence that says what to mend."""
        return WORDS[self.fault].format(where=self.where, seen=self.seen)


class BadPaper(ValueError):
    """A paper that cannot be written at all; `findings` lists why."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(finding.words for finding in self.findings))


# These make a file that no program opens, or a table that has no shape.
DEADLY = frozenset({Fault.CHARACTER, Fault.RAGGED, Fault.SHARES})

WORDS = {
    Fault.NO_TITLE: "the title is missing: name matter and kind of paper",
    Fault.LONG_TITLE: "the title needs {seen} lines: shorten it to three or fewer",
    Fault.STOPPED_TITLE: "the title ends with “{seen}”: take it away",
    Fault.NO_ISSUER: "the issuing organisation is missing",
    Fault.NO_BODY: "the body is empty",
    Fault.NO_DATE: "the date of signing is missing",
    Fault.NO_NUMBER: "the number is missing: a paper with a red head bears one, like 甬北督〔2026〕3号",
    Fault.BRACKETS: "the year in {seen} stands in wrong brackets: write 〔2026〕",
    Fault.PADDED: "the number {seen} is padded with zeros: write 3号, not 003号",
    Fault.ORDINAL: "the number {seen} has a 第 before it: take it away",
    Fault.BAD_NUMBER: "{seen} is no number of a paper: write it like 甬北督〔2026〕3号",
    Fault.OTHER_YEAR: "the year of the number {seen} is not the year of signing",
    Fault.NO_ADDRESSEE: "a letter needs an addressee",
    Fault.SECRECY: "{seen} is no degree of secrecy: write 绝密, 机密 or 秘密, with a term like 机密★1年",
    Fault.URGENCY: "{seen} is no degree of urgency: write 特急 or 加急",
    Fault.COPY_NUMBER: "{seen} is no copy number: write six digits",
    Fault.NO_COPY_NUMBER: "a secret paper needs a copy number of six digits",
    Fault.NUMBERED_TWICE: "the heading at {where} brings its own number “{seen}”: take it away",
    Fault.NO_ATTACHMENT: "the attachment at {where} has no name",
    Fault.MARKED_ATTACHMENT: "the name of the attachment at {where} ends with “{seen}”: take it away",
    Fault.RAGGED: "the table at {where} has rows of different length, or none: give every row as many cells",
    Fault.SHARES: "the table at {where} needs one share above 0 for every column",
    Fault.NO_PRINTER: "the imprint needs both the printing office and the day, or neither",
    Fault.CHARACTER: "the character {seen} of {where} cannot stand in a paper: delete it",
}
