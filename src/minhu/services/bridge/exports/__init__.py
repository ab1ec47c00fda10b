"""One-things for other systems: linked data (CPSV-AP), a process drawn in BPMN, a guide as a document."""
