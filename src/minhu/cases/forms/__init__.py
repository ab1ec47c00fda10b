"""Forms of cases, built from the fields of a kind."""
