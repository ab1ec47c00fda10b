"""What the room services offers to those who do not know it."""
