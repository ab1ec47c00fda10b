"""What people say, through whichever channel: heard, grouped, answered, followed into reforms."""
