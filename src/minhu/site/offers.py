"""The site's own doors: the pages that are drawn from everybody's offers, and the record."""

from django.utils.translation import gettext_lazy as _

from minhu.site.audit import offers as audit
from minhu.site.calendar import offers as calendar
from minhu.site.digest import offers as digest
from minhu.ui.offers import Nav

NAV = [
    Nav("", _("Cockpit"), "site:cockpit", 1, "see_cockpit"),
    Nav("", _("My desk"), "site:desk", 2, "see_desk"),
    *audit.NAV,
]
PANELS = [*audit.PANELS, *digest.PANELS, *calendar.PANELS]
DEEDS = audit.DEEDS
THINGS = audit.THINGS
