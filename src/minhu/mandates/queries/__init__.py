"""Reading documents, clauses and duties; and a text laid out line by line."""

from minhu.mandates.queries.documents import (
    Place,
    clause_at,
    clauses_in_order,
    current_units,
    current_version,
    current_versions,
    documents,
    duties_by_unit,
    find_clauses,
    find_documents,
    place_of,
    units,
    with_names,
)
from minhu.mandates.queries.lines import Line, Part, dated_duties, duties_in_order, lines_of

__all__ = [
    "Line",
    "Part",
    "Place",
    "clause_at",
    "clauses_in_order",
    "current_units",
    "current_version",
    "current_versions",
    "dated_duties",
    "documents",
    "duties_by_unit",
    "duties_in_order",
    "find_clauses",
    "find_documents",
    "lines_of",
    "place_of",
    "units",
    "with_names",
]
