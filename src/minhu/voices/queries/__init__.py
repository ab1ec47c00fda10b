"""Reading: voices as lists, pages and public answers need them."""
