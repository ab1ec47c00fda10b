"""Guides of items and published versions are never changed by anybody, the database included."""

from django.db import migrations

from minhu.trail.triggers import keep


class Migration(migrations.Migration):
    dependencies = [("services", "0001_initial")]

    operations = [
        keep(
            "services_itemversion",
            "loaded",
            "A version of an item guide is never changed: load another version.",
            keys=("id", "item_id,number", "item_id,digest"),
        ),
        keep(
            "services_thingversion",
            "published",
            "A published version is never changed: publish another.",
            when="OLD.state <> 'draft'",
            columns=("thing_id", "number", "definition", "digest", "published_at", "published_by"),
            keys=("id", "thing_id,number"),
        ),
        keep(
            "services_course",
            "published",
            "A published course is never changed: publish another version.",
            keys=("id", "version_id,number"),
        ),
    ]
