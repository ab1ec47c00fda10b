"""The record is append-only: the database itself refuses to change or remove an entry."""

from django.db import migrations

from minhu.trail.triggers import keep


class Migration(migrations.Migration):
    dependencies = [("trail", "0001_initial")]

    operations = [
        keep(
            "trail_entry",
            "append_only",
            "The record is append-only: an entry is never changed or removed. Record a new deed instead.",
            keys=("id", "book,seq"),
        )
    ]
