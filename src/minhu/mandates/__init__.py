"""Room mandates: upstream documents, their clauses and duties."""
