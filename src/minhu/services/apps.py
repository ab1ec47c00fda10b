"""App configuration of the room services."""

from minhu.ui.room import Room


class ServicesConfig(Room):
    """Room services."""

    default = True
    name = "minhu.services"
