"""Doing: adding to the record, opening and closing edges, sealing."""

from minhu.trail.actions.edges import Rebuilt, link, link_many, rebuild_edges, unlink
from minhu.trail.actions.entries import compose, record, record_many
from minhu.trail.actions.seals import Sealed, seal_record

__all__ = [
    "Rebuilt",
    "Sealed",
    "compose",
    "link",
    "link_many",
    "rebuild_edges",
    "record",
    "record_many",
    "seal_record",
    "unlink",
]
