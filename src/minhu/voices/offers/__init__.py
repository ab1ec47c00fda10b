"""What the room voices offers to those who do not know it."""

from minhu.voices.offers import hearing

NAV = hearing.NAV
PUBLIC = hearing.PUBLIC
DUTIES = [*hearing.DUTIES]
FIND = [*hearing.FIND]
THINGS = [*hearing.THINGS]
DEEDS = [*hearing.DEEDS]
