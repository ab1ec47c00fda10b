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
from minhu.mandates.queries.staleness import (
    Standing,
    implemented_by,
    stale_documents,
    standings,
    upstream_documents,
)

__all__ = [
    "Line",
    "Part",
    "Place",
    "Standing",
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
    "implemented_by",
    "lines_of",
    "place_of",
    "stale_documents",
    "standings",
    "units",
    "upstream_documents",
    "with_names",
]
