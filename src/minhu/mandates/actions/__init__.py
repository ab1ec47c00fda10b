"""Doing: load a document, mend its head, correct a duty."""

from minhu.mandates.actions.documents import DocumentDraft, Head, load_document, revise_document
from minhu.mandates.actions.duties import DutyDraft, add_duty, correct_duty, remove_duty
from minhu.mandates.actions.reading import BadDocument, read_text, settle

__all__ = [
    "BadDocument",
    "DocumentDraft",
    "DutyDraft",
    "Head",
    "add_duty",
    "correct_duty",
    "load_document",
    "read_text",
    "remove_duty",
    "revise_document",
    "settle",
]
