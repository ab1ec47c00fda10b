"""Ways out of the house: data sharing with departments, and the virus scanner."""

from minhu.services.connectors.clamd import ScannerUnreachable, Verdict, scanned
from minhu.services.connectors.configured import connector_named, connectors
from minhu.services.connectors.shapes import (
    Asked,
    BadConnectors,
    Connector,
    Fetched,
    Misconfigured,
    NotFound,
    Unreachable,
)

__all__ = [
    "Asked",
    "BadConnectors",
    "Connector",
    "Fetched",
    "Misconfigured",
    "NotFound",
    "ScannerUnreachable",
    "Unreachable",
    "Verdict",
    "connector_named",
    "connectors",
    "scanned",
]
