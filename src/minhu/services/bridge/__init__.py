"""From rows to the compiler and back: definitions, situations, kinds of case, forms, proofs, pages."""
