"""All addresses of the house: one prefix a room."""

from importlib import import_module
from pathlib import Path

from django.urls import include, path

ROOMS = {
    "ui/": "minhu.ui.urls",
    "people/": "minhu.people.urls",
    "basis/": "minhu.rulebook.urls",
    "mandates/": "minhu.mandates.urls",
    "reforms/": "minhu.reforms.urls",
    "record/": "minhu.site.audit.urls",
}
HERE = Path(__file__).resolve().parents[2]


def is_built(module: str) -> bool:
    """While the house is being laid, rooms without urls are skipped."""
    return (HERE / (module.replace(".", "/") + ".py")).exists()


if is_built("minhu.people.urls") and is_built("minhu.rulebook.queries"):
    home = import_module("minhu.site.views").home
    cockpit = import_module("minhu.site.cockpit.views").cockpit
    desk = import_module("minhu.site.desk.views").desk
    find = import_module("minhu.site.find.views").find
else:
    home = cockpit = desk = find = lambda request: None

pages = [
    path("", home, name="home"),
    path("cockpit/", cockpit, name="cockpit"),
    path("desk/", desk, name="desk"),
    path("find/", find, name="find"),
]

urlpatterns = [
    path("", include((pages if home else [], "site"))),
    *[path(prefix, include(module)) for prefix, module in ROOMS.items() if is_built(module)],
]
