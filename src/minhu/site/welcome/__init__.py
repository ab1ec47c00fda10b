"""What the demonstration says when it is ready."""
