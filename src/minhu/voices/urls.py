"""Addresses of the room voices."""

from django.urls import URLPattern

app_name = "voices"
urlpatterns: list[URLPattern] = []
