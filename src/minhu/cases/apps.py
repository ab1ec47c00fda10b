"""App configuration of the room cases."""

from minhu.ui.room import Room


class CasesConfig(Room):
    """Room cases."""

    default = True
    name = "minhu.cases"
