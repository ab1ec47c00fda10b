"""The cockpit: five questions on one page, drawn from figures, openings and panels alone."""
