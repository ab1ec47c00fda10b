"""App configuration of the room mandates."""

from minhu.ui.room import Room


class MandatesConfig(Room):
    """Room mandates."""

    default = True
    name = "minhu.mandates"
