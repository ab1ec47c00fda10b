"""What reforms offer to pages that do not know them."""

from django.utils.translation import gettext_lazy as _

from minhu.reforms.offers import coverage, ties
from minhu.reforms.offers.cockpit import late_figure, late_panel, ninety_days_panel, opening, rules_figure
from minhu.reforms.offers.duties import duties
from minhu.reforms.offers.names import DEEDS as REFORM_DEEDS
from minhu.reforms.offers.names import THINGS, carried_edges, fixed_edges, found_reforms, proved_edges
from minhu.ui.offers import DutySource, EdgeSource, Figure, Finder, Nav, Opening, Panel

__all__ = ["DEEDS", "DUTIES", "EDGES", "FIGURES", "FIND", "NAV", "OPENINGS", "PANELS", "SUBJECTS", "THINGS"]

SUBJECTS = ties.SUBJECTS

NAV = [Nav("列", _("Ledger"), "reforms:ledger", 30, "see_ledger")]
DUTIES = [DutySource(duties), DutySource(coverage.coverage_duties)]
DEEDS = [*REFORM_DEEDS, *coverage.DEEDS, *ties.DEEDS]
FIND = [Finder(_("Reforms and milestones"), found_reforms, 10)]
FIGURES = [
    Figure(10, _("Are all duties taken over?"), coverage.coverage_figure),
    Figure(20, _("What is late?"), late_figure),
    Figure(60, _("What stays when it is done?"), rules_figure),
]
OPENINGS = [Opening(10, coverage.coverage_opening), Opening(20, opening)]
PANELS = [
    Panel("mandates.documents", _("Coverage"), coverage.documents_panel, 10),
    Panel("mandates.document", _("Coverage"), coverage.document_panel, 10),
    Panel("mandates.clause", _("Who answers"), coverage.clause_panel, 10),
    Panel("reforms.reform", _("Clauses it answers"), coverage.reform_panel, 15),
    Panel("reforms.reform", _("Cases about it"), ties.cases_panel, 20),
    Panel("cases.case", _("Reforms"), ties.reform_of_case_panel, 10),
    Panel("site.cockpit", _("What is late, and why"), late_panel, 20, 8),
    Panel("site.cockpit", _("Clauses nobody answers"), coverage.gaps_panel, 30, 4),
    Panel("site.cockpit", _("The next ninety days"), ninety_days_panel, 40),
]
EDGES = [
    EdgeSource("answered_by", coverage.answered_edges),
    EdgeSource("carried_by", carried_edges),
    EdgeSource("proved_by", proved_edges),
    EdgeSource("fixed_in", fixed_edges),
    EdgeSource("case_about", ties.about_edges),
    EdgeSource("arose_from", ties.origin_edges),
]
