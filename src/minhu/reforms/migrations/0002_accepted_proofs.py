"""The database itself refuses to change or remove an accepted proof."""

from django.db import migrations

from minhu.trail.triggers import keep


class Migration(migrations.Migration):
    dependencies = [("reforms", "0001_initial")]

    operations = [
        keep(
            "reforms_proof",
            "accepted",
            "An accepted proof is never changed or removed. Submit a new proof instead.",
            when="OLD.state = 'accepted'",
        )
    ]
