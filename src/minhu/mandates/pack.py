"""The section `documents` of a pack: upstream documents with their texts beside them."""

