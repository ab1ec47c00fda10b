"""The app configuration every room shares: its offers are registered once all models are loaded."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig

from minhu.ui import offers


class Room(AppConfig):
    """A room of the house; a room without `offers.py` simply offers nothing."""

    default = False
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what this room offers to those who do not know it."""
        if find_spec(f"{self.name}.offers"):
            offers.register(import_module(f"{self.name}.offers"))
