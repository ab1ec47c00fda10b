"""Pure methods: problems in, solutions out; no Django, no rooms."""
