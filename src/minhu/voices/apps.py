"""App configuration of the room voices."""

from minhu.ui.room import Room


class VoicesConfig(Room):
    """Room voices."""

    default = True
    name = "minhu.voices"
