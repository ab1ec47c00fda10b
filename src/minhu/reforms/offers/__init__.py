"""What reforms offer to pages that do not know them."""

from django.utils.translation import gettext_lazy as _

from minhu.reforms.offers.cockpit import late_figure, late_panel, ninety_days_panel, opening, rules_figure
from minhu.reforms.offers.duties import duties
from minhu.reforms.offers.names import DEEDS, THINGS, carried_edges, fixed_edges, found_reforms, proved_edges
from minhu.ui.offers import DutySource, EdgeSource, Figure, Finder, Nav, Opening, Panel

__all__ = ["DEEDS", "DUTIES", "EDGES", "FIGURES", "FIND", "NAV", "OPENINGS", "PANELS", "THINGS"]

NAV = [Nav("列", _("Ledger"), "reforms:ledger", 30, "see_ledger")]
DUTIES = [DutySource(duties)]
FIND = [Finder(_("Reforms and milestones"), found_reforms, 10)]
FIGURES = [
    Figure(20, _("What is late?"), late_figure),
    Figure(60, _("What stays when it is done?"), rules_figure),
]
OPENINGS = [Opening(20, opening)]
PANELS = [
    Panel("site.cockpit", _("What is late, and why"), late_panel, 20),
    Panel("site.cockpit", _("The next ninety days"), ninety_days_panel, 40),
]
EDGES = [
    EdgeSource("carried_by", carried_edges),
    EdgeSource("proved_by", proved_edges),
    EdgeSource("fixed_in", fixed_edges),
]
