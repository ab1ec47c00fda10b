"""Minhu (民呼): a local government runs its reforms as one closed loop."""
