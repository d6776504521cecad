"""Who may remove words for good: a permission of its own, given to the chiefs.

Also, no form offers a person who was merged into another; that changes no table.
"""

import django.db.models.deletion
from django.db import migrations, models

NAME = "Can remove words from articles and all their versions"


def allow_chiefs(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    using = schema_editor.connection.alias
    kind, _ = ContentType.objects.using(using).get_or_create(app_label="articles", model="article")
    redact, _ = Permission.objects.using(using).get_or_create(
        content_type=kind, codename="redact_article", defaults={"name": NAME}
    )
    chiefs, _ = Group.objects.using(using).get_or_create(name="Chiefs")
    chiefs.permissions.add(redact)


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_versions")]

    operations = [
        migrations.AlterModelOptions(
            name="article",
            options={
                "ordering": ["-pk"],
                "permissions": [
                    ("publish_article", "Can publish articles"),
                    ("withdraw_article", "Can withdraw articles"),
                    ("redact_article", NAME),
                ],
            },
        ),
        migrations.AlterField(
            model_name="article",
            name="people",
            field=models.ManyToManyField(blank=True, limit_choices_to={"merged_into": None}, related_name="articles", to="articles.person"),
        ),
        migrations.AlterField(
            model_name="party",
            name="people",
            field=models.ManyToManyField(blank=True, limit_choices_to={"merged_into": None}, related_name="parties", to="articles.person"),
        ),
        migrations.AlterField(
            model_name="membership",
            name="person",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, limit_choices_to={"merged_into": None}, related_name="memberships", to="articles.person"),
        ),
        migrations.AlterField(
            model_name="othername",
            name="person",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, limit_choices_to={"merged_into": None}, related_name="other_names", to="articles.person"),
        ),
        migrations.RunPython(allow_chiefs, migrations.RunPython.noop),
    ]
