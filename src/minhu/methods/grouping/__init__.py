"""Which texts say the same: copies with changes, in one go or one by one."""

from minhu.methods.grouping.near import Groups, near_duplicates
from minhu.methods.grouping.recipe import Recipe
from minhu.methods.grouping.seen import Near, Placed, Seen
from minhu.methods.grouping.warming import warm_up

__all__ = ["Groups", "Near", "Placed", "Recipe", "Seen", "near_duplicates", "warm_up"]
