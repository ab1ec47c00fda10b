"""The worker: a process of its own that does what waits, round after round."""
