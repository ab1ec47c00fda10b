"""Rows of the room mandates."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=120, unique=True, verbose_name="Document number")),
                ("title", models.CharField(max_length=300, verbose_name="Title")),
                ("issuer", models.CharField(blank=True, max_length=200, verbose_name="Issued by")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("central", "Central"),
                            ("province", "Province"),
                            ("city", "City"),
                            ("district", "District"),
                        ],
                        max_length=16,
                        verbose_name="Level",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("upstream", "Upstream document"), ("local", "Local document")],
                        default="upstream",
                        max_length=16,
                        verbose_name="Kind",
                    ),
                ),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="Issued on")),
                ("received_on", models.DateField(blank=True, null=True, verbose_name="Received on")),
                ("illustrative", models.BooleanField(default=False, verbose_name="Illustrative")),
                ("pack_key", models.CharField(blank=True, default="", editable=False, max_length=160)),
            ],
            options={
                "ordering": ["kind", "-received_on", "number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="mandates_document_has_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="mandates_document_has_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["upstream", "local"])), name="mandates_document_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["central", "province", "city", "district"])),
                        name="mandates_document_level",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("issued_on", None),
                            ("received_on", None),
                            ("received_on__gte", models.F("issued_on")),
                            _connector="OR",
                        ),
                        name="mandates_document_received_after_issue",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("label", models.CharField(max_length=80)),
                ("text", models.TextField()),
                ("furniture", models.JSONField(blank=True, default=list)),
                ("sha256", models.CharField(max_length=64)),
                ("added_at", models.DateTimeField()),
                ("is_current", models.BooleanField(default=True)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="mandates.document",
                    ),
                ),
            ],
            options={
                "ordering": ["document", "-added_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Clause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("part", "part"),
                            ("chapter", "chapter"),
                            ("section", "section"),
                            ("article", "article"),
                            ("paragraph", "paragraph"),
                            ("item", "item"),
                            ("point", "point"),
                        ],
                        max_length=16,
                    ),
                ),
                ("label", models.CharField(max_length=80)),
                ("path", models.CharField(max_length=200)),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("heading", models.CharField(blank=True, default="", max_length=300)),
                ("text", models.TextField()),
                ("is_unit", models.BooleanField(default=False)),
                ("domain", models.CharField(blank=True, default="", max_length=24)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="children",
                        to="mandates.clause",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clauses",
                        to="mandates.version",
                    ),
                ),
            ],
            options={
                "ordering": ["version", "order"],
            },
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("who", models.CharField(blank=True, max_length=300, verbose_name="Who")),
                ("what", models.TextField(verbose_name="What")),
                (
                    "by_words",
                    models.CharField(blank=True, max_length=120, verbose_name="By when, in its words"),
                ),
                ("by_on", models.DateField(blank=True, null=True, verbose_name="Due day")),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("is_corrected", models.BooleanField(default=False)),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="duties",
                        to="mandates.clause",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "duties",
                "ordering": ["clause", "start", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end__gt", models.F("start"))), name="mandates_duty_span"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("what", ""), _negated=True), name="mandates_duty_says_what"
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(fields=("document", "sha256"), name="mandates_version_once"),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_current", True)),
                fields=("document",),
                name="mandates_version_one_current",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="mandates_version_has_text"
            ),
        ),
        migrations.AddIndex(
            model_name="clause",
            index=models.Index(fields=["version", "is_unit", "order"], name="mandates_clause_units"),
        ),
        migrations.AddConstraint(
            model_name="clause",
            constraint=models.UniqueConstraint(fields=("version", "order"), name="mandates_clause_order"),
        ),
        migrations.AddConstraint(
            model_name="clause",
            constraint=models.UniqueConstraint(fields=("version", "path"), name="mandates_clause_path"),
        ),
        migrations.AddConstraint(
            model_name="clause",
            constraint=models.CheckConstraint(
                condition=models.Q(("end__gt", models.F("start"))), name="mandates_clause_span"
            ),
        ),
        migrations.AddConstraint(
            model_name="clause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["part", "chapter", "section", "article", "paragraph", "item", "point"])
                ),
                name="mandates_clause_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="clause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_unit", False),
                    models.Q(("kind__in", ["chapter", "part", "section"]), _negated=True),
                    _connector="OR",
                ),
                name="mandates_clause_unit_has_words",
            ),
        ),
    ]
