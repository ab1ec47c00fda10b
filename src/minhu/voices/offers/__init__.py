"""What the room voices offers to those who do not know it."""

from minhu.voices.offers import calls, groups, hearing

NAV = [*groups.NAV, *calls.NAV]
PUBLIC = [*hearing.PUBLIC, *calls.PUBLIC]
DUTIES = [*hearing.DUTIES, *groups.DUTIES, *calls.DUTIES]
FIND = [*hearing.FIND, *groups.FIND, *calls.FIND]
THINGS = [*hearing.THINGS, *groups.THINGS, *calls.THINGS]
DEEDS = [*hearing.DEEDS, *groups.DEEDS, *calls.DEEDS]
PANELS = [*groups.PANELS, *calls.PANELS]
FIGURES = groups.FIGURES
OPENINGS = groups.OPENINGS
EDGES = groups.EDGES
