"""A pack comes in: every section checked first, then all rooms load in one transaction."""

from minhu.site.load_pack.loading import Report, load
from minhu.site.load_pack.trying import Verdict, run_trials

__all__ = ["Report", "Verdict", "load", "run_trials"]
