"""The site's own doors: the two pages that are drawn from everybody's offers."""

from django.utils.translation import gettext_lazy as _

from minhu.ui.offers import Nav

NAV = [
    Nav("", _("Cockpit"), "site:cockpit", 1, "see_cockpit"),
    Nav("", _("My desk"), "site:desk", 2, "see_desk"),
]
