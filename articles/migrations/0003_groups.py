"""The groups of the desk: who drafts, who publishes, who withdraws.

Permissions are otherwise made after all migrations; here they are made before, so that the groups
are whole at once. A group of the same name keeps its members and what else it may do.
"""

from django.db import migrations

NOUNS = (
    "article", "country", "event", "evidence", "formerslug", "importrun", "membership",
    "othername", "party", "person", "post", "source", "topic",
)  # fmt: skip
ABOUT_PEOPLE_AND_EVENTS = (
    "event", "evidence", "membership", "othername", "party", "person", "post", "topic",
)  # fmt: skip

CONTRIBUTORS = {f"view_{noun}" for noun in NOUNS} | {"add_article", "change_article"}
EDITORS = (
    CONTRIBUTORS
    | {
        f"{verb}_{noun}"
        for verb in ("add", "change", "delete")
        for noun in ABOUT_PEOPLE_AND_EVENTS
    }
    | {"publish_article", "delete_article", "add_source", "change_source", "change_country"}
)
CHIEFS = EDITORS | {"withdraw_article", "delete_source", "add_country", "delete_country"}


def make_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    using = schema_editor.connection.alias
    named = {"publish_article": "Can publish articles", "withdraw_article": "Can withdraw articles"}

    def permission(codename):
        noun = codename.split("_")[1]
        kind, _ = ContentType.objects.using(using).get_or_create(app_label="articles", model=noun)
        verbose = apps.get_model("articles", noun)._meta.verbose_name
        name = named.get(codename) or f"Can {codename.split('_')[0]} {verbose}"
        made, _ = Permission.objects.using(using).get_or_create(
            content_type=kind, codename=codename, defaults={"name": name}
        )
        return made

    for name, codenames in (
        ("Contributors", CONTRIBUTORS),
        ("Editors", EDITORS),
        ("Chiefs", CHIEFS),
    ):
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.add(*map(permission, sorted(codenames)))


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0002_publishing_permissions"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
