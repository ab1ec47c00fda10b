"""Addresses of the shell: look and language."""

from django.urls import path
from django.views.i18n import set_language

from minhu.ui import views

app_name = "ui"
urlpatterns = [
    path("look/", views.choose_look, name="look"),
    path("language/", set_language, name="language"),
]
