"""Doing: load a document, mend its head, correct a duty."""

from minhu.mandates.actions.documents import DocumentDraft, Head, head_of, load_document, revise_document
from minhu.mandates.actions.duties import DutyDraft, add_duty, correct_duty, draft_of, remove_duty
from minhu.mandates.actions.meanwhile import mark_of
from minhu.mandates.actions.reading import BadDocument, read_text, settle

__all__ = [
    "BadDocument",
    "DocumentDraft",
    "DutyDraft",
    "Head",
    "add_duty",
    "correct_duty",
    "draft_of",
    "head_of",
    "load_document",
    "mark_of",
    "read_text",
    "remove_duty",
    "revise_document",
    "settle",
]
