"""One engine for everything that must be resolved: kinds, cases, clocks, papers, ratings."""
