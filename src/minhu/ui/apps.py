"""App configuration of the ground room ui."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Ground room ui."""

    name = "minhu.ui"
