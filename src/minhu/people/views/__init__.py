"""Views of the room people: doors (log-in), units, posts, accounts, rights, complaints and notices."""
