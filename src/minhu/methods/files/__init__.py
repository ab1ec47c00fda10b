"""The words of a Word or PDF file as paragraphs; what cannot be read is refused with its reason."""

from minhu.methods.files.answers import Limits, Note, Reading, Refused
from minhu.methods.files.kinds import kind_of
from minhu.methods.files.pdf import read_pdf
from minhu.methods.files.word import read_word

__all__ = ["Limits", "Note", "Reading", "Refused", "kind_of", "read_pdf", "read_word"]
