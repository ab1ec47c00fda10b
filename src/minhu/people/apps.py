"""App configuration of the room people."""

from django.conf import settings
from django.core import checks

from minhu.ui.room import Room

GATE = "minhu.people.gate.GateMiddleware"


def gate_stands(app_configs: object, **kwargs: object) -> list[checks.CheckMessage]:
    """Without the gate every page would be open: such settings must not start."""
    if GATE in settings.MIDDLEWARE:
        return []
    return [checks.Critical("The gate is missing.", hint=f"Add {GATE} to MIDDLEWARE.", id="people.C001")]


class PeopleConfig(Room):
    """Room people."""

    default = True
    name = "minhu.people"

    def ready(self) -> None:
        """Register offers, and hold the gate in its place."""
        super().ready()
        checks.register(gate_stands, "security")
