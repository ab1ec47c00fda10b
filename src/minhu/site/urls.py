"""All addresses of the house: one prefix a room."""

from django.urls import include, path

from minhu.site.calendar.views import calendar
from minhu.site.calendar.views import make as calendar_make
from minhu.site.cockpit.views import cockpit
from minhu.site.desk.views import desk
from minhu.site.digest.views import choose as digest
from minhu.site.find.views import find
from minhu.site.views import home

pages = [
    path("", home, name="home"),
    path("cockpit/", cockpit, name="cockpit"),
    path("desk/", desk, name="desk"),
    path("find/", find, name="find"),
    path("calendar/new/", calendar_make, name="calendar_make"),
    path("calendar/<str:secret>.ics", calendar, name="calendar"),
    path("digest/", digest, name="digest"),
]

urlpatterns = [
    path("", include((pages, "site"))),
    path("ui/", include("minhu.ui.urls")),
    path("people/", include("minhu.people.urls")),
    path("basis/", include("minhu.rulebook.urls")),
    path("cases/", include("minhu.cases.urls")),
    path("mandates/", include("minhu.mandates.urls")),
    path("reforms/", include("minhu.reforms.urls")),
    path("services/", include("minhu.services.urls")),
    path("voices/", include("minhu.voices.urls")),
    path("record/", include("minhu.site.audit.urls")),
    path("api/v1/", include("minhu.site.api")),
]
