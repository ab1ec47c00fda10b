"""Room rulebook: which rules hold on a day."""
