"""What the room voices offers to those who do not know it."""

from minhu.voices.offers import groups, hearing

NAV = groups.NAV
PUBLIC = hearing.PUBLIC
DUTIES = [*hearing.DUTIES, *groups.DUTIES]
FIND = [*hearing.FIND, *groups.FIND]
THINGS = [*hearing.THINGS, *groups.THINGS]
DEEDS = [*hearing.DEEDS, *groups.DEEDS]
PANELS = groups.PANELS
FIGURES = groups.FIGURES
OPENINGS = groups.OPENINGS
EDGES = groups.EDGES
