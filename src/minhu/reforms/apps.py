"""App configuration of the room reforms."""

from minhu.ui.room import Room


class ReformsConfig(Room):
    """Room reforms."""

    default = True
    name = "minhu.reforms"
