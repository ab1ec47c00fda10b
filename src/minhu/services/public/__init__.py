"""What anybody may open without log-in: applying, following an application."""
