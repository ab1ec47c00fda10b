"""Addresses of the record."""

from django.urls import path

from minhu.site.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.record, name="record"),
    path("<str:thing>/", views.thing, name="thing"),
]
