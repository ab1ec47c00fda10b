"""All addresses of the house: one prefix a room."""

from pathlib import Path

from django.urls import include, path

ROOMS = {
    "people/": "minhu.people.urls",
    "basis/": "minhu.rulebook.urls",
    "mandates/": "minhu.mandates.urls",
    "reforms/": "minhu.reforms.urls",
    "record/": "minhu.site.audit.urls",
}

HERE = Path(__file__).resolve().parents[1]


def is_built(module: str) -> bool:
    """While the house is being laid, rooms without urls are skipped."""
    return (HERE.parent / (module.replace(".", "/") + ".py")).exists()


urlpatterns = [path(prefix, include(module)) for prefix, module in ROOMS.items() if is_built(module)]
