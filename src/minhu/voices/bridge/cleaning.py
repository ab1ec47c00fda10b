"""What somebody typed, made fit to be kept: plain text without invisible characters, masked, entitled."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minhu.methods.text import normalise
from minhu.voices.bridge.masking import masked as blotted
from minhu.voices.states.hearing import LONGEST, Held, VoiceRefused

TITLE = 60
LEAST = 2
MANY_LINKS = 3
LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
END = re.compile(r"[。！？!?\n；;]")
SPACES = re.compile(r"[^\S\n]+")
BLANK_LINES = re.compile(r"\n{3,}")
HIDDEN = {"Cc", "Cf", "Co", "Cs", "Cn"}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text as it is kept: `raw` for the handler, `masked` for everybody else, `held`: why it must wait."""

    raw: str
    masked: str
    title: str
    sameness: str
    held: str = ""


def cleaned(text: str, title: str = "") -> Cleaned:
    """A voice's text made fit. Raises VoiceRefused for what says nothing or is endless."""
    raw = plain(text)
    if sum(sign.isalnum() for sign in raw) < LEAST:
        raise VoiceRefused(_("Say it in a few words: what happened, where, and what you wish."), "text")
    if (over := len(raw) - LONGEST) > 0:
        words = ngettext("At most %(most)d characters fit; take away %(over)d character.",
                         "At most %(most)d characters fit; take away %(over)d characters.", over)  # fmt: skip
        raise VoiceRefused(words % {"most": LONGEST, "over": over}, "text")
    masked = blotted(raw)
    head = blotted(plain(title).replace("\n", " ")) if title.strip() else first_sentence(masked)
    return Cleaned(raw, masked, shortened(head), sameness_of(masked), reason_to_hold(raw))


def plain(text: str) -> str:
    """Plain text: one kind of line end, no control or invisible character, so that nothing hides in it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign) not in HIDDEN)
    lines = "\n".join(line.strip() for line in SPACES.sub(" ", kept).split("\n"))
    return BLANK_LINES.sub("\n\n", lines).strip()


def masked_line(text: str) -> str:
    """One masked line, for places and notes."""
    return blotted(plain(text).replace("\n", " "))


def first_sentence(text: str) -> str:
    """What stands before the first full stop."""
    return END.split(text.strip(), maxsplit=1)[0].strip() or text.strip()


def shortened(text: str) -> str:
    """At most so many characters, with a sign where something is left out."""
    return text if len(text) <= TITLE else text[: TITLE - 1].rstrip() + "…"


def sameness_of(text: str) -> str:
    """Equal for texts that differ in nothing but spelling, marks and spaces."""
    letters = "".join(sign for sign in normalise(text).text.casefold() if sign.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()


def reason_to_hold(text: str) -> str:
    """Why a person should look at a text before it goes on, judged by the text alone."""
    if len(LINK.findall(text)) >= MANY_LINKS:
        return Held.LINKS
    letters = sum(sign.isalnum() for sign in text)
    repeated = len(text) > 2 * TITLE and len(set(text)) < len(text) / 40
    return Held.GARBLED if repeated or letters * 3 < len(text.replace(" ", "").replace("\n", "")) else ""
