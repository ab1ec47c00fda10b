"""What the room voices offers to those who do not know it."""
