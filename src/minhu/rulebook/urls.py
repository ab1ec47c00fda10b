"""Addresses of the room rulebook."""

from django.urls import path

from minhu.rulebook import views

app_name = "rulebook"
urlpatterns = [
    path("", views.basis, name="basis"),
    path("check/<int:pk>/", views.check, name="check"),
    path("limits/<str:code>/", views.limit, name="limit"),
]
