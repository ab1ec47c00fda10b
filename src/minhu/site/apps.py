"""App configuration of the room site."""

from minhu.ui.room import Room


class SiteConfig(Room):
    """Room site."""

    default = True
    name = "minhu.site"
