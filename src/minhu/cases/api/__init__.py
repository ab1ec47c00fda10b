"""For programs: kinds, cases, their record and papers, deeds on them, ratings, powers."""

from minhu.cases.api import cases, deeds, files, kinds, papers, people, powers, ratings
from minhu.cases.api.mounted import operations

__all__ = ["cases", "deeds", "files", "kinds", "operations", "papers", "people", "powers", "ratings"]
