"""App configuration of the room rulebook."""

from minhu.ui.room import Room


class RulebookConfig(Room):
    """Room rulebook."""

    default = True
    name = "minhu.rulebook"
