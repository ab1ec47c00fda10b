"""App configuration of the room people."""

from minhu.ui.room import Room


class PeopleConfig(Room):
    """Room people."""

    default = True
    name = "minhu.people"
