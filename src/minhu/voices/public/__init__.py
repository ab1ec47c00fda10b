"""Pages without log-in: saying something, following it, owning one's data."""
