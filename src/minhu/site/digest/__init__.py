"""The daily mail: one a person a day, of what is new on the desk, instead of a mail for every event."""
