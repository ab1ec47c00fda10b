"""App configuration of the room trail."""

from django.apps import AppConfig


class TrailConfig(AppConfig):
    """Ground room trail: it knows nobody, so it registers no offers."""

    name = "minhu.trail"
    default_auto_field = "django.db.models.BigAutoField"
