"""Reading: the ledger, a reform's page, what is late, near, owed, and how much is fixed in rules."""
