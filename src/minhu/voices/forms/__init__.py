"""Forms: they check what was typed and hand plain drafts to the actions."""
