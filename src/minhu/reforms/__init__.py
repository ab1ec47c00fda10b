"""Room reforms: reforms, measures, milestones, proofs, rules and coverage."""
