"""Doing: load a document, mend its head, correct a duty."""

from minhu.mandates.actions.documents import DocumentDraft, Head, head_of, load_document, revise_document
from minhu.mandates.actions.duties import DutyDraft, add_duty, correct_duty, draft_of, remove_duty
from minhu.mandates.actions.implementing import check_implementation, set_implements
from minhu.mandates.actions.meanwhile import mark_of
from minhu.mandates.actions.reading import FileText, digest_of, read_file, read_text, remarks_on, settle
from minhu.mandates.actions.refusals import BadDocument

__all__ = [
    "BadDocument",
    "DocumentDraft",
    "DutyDraft",
    "FileText",
    "Head",
    "add_duty",
    "check_implementation",
    "correct_duty",
    "digest_of",
    "draft_of",
    "head_of",
    "load_document",
    "mark_of",
    "read_file",
    "read_text",
    "remarks_on",
    "remove_duty",
    "revise_document",
    "set_implements",
    "settle",
]
