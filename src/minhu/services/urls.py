"""Addresses of the room services."""

from django.urls import path

from minhu.services.public.addresses import APPLYING
from minhu.services.views import applying

app_name = "services"
urlpatterns = [
    *APPLYING,
    path("applied/<str:number>/", applying.open_values, name="open_values"),
    path("applied/papers/<int:pk>/", applying.open_paper, name="open_paper"),
]
