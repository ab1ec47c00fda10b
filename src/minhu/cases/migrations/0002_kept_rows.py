"""Published kinds and papers are never changed by anybody, the database included."""

from django.db import migrations

from minhu.trail.triggers import keep


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        keep("cases_paper", "made", "A paper of a case is never changed."),
        keep(
            "cases_kind",
            "published",
            "A published kind of case is never changed: publish another version.",
            columns=("spec", "digest", "code"),
            keys=("id", "code,digest"),
        ),
    ]
