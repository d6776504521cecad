"""A migration that takes a column away, or gives it another name, loses nothing of what it held."""

import sys
from dataclasses import replace

import pytest
from django.apps import apps
from django.db import connection, migrations, models
from django.db.models.signals import post_migrate, pre_migrate

from articles import integrity
from articles.integrity import kept, verification
from articles.models import Topic, Version
from tests.make import make_topic, save

pytestmark = pytest.mark.django_db(transaction=True)

FIELD = Topic._meta.get_field("description")
COLUMNS = kept.kinds()["topic"].columns
RULE = next(rule for rule in Topic._meta.constraints if FIELD.name in rule.name)
LEFT = tuple(column for column in COLUMNS if column.name != FIELD.name)


@pytest.fixture
def topics(code_knows):
    with integrity.change("editor", "Two topics"):
        return make_topic("Energy", description="Gas and oil"), make_topic("Borders")


@pytest.fixture
def code_knows(transactional_db):
    """Lets the code know these columns of a topic; afterwards code and table are as they were."""

    def know(columns):
        kinds = {**kept.kinds(), "topic": replace(kept.kinds()["topic"], columns=tuple(columns))}
        for name, module in list(sys.modules.items()):
            if name.startswith("articles.integrity") and hasattr(module, "kinds"):
                patch.setattr(module, "kinds", lambda: kinds)

    with pytest.MonkeyPatch.context() as patch:
        yield know
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {Topic._meta.db_table} LIMIT 0")
        there = {column[0] for column in cursor.description}
    if FIELD.name not in there:
        with connection.schema_editor() as editor:
            if ABOUT.name in there:
                editor.alter_field(Topic, ABOUT, FIELD)
            else:
                editor.add_field(Topic, FIELD)
            editor.add_constraint(Topic, RULE)
    integrity.install()


def _about():
    field = FIELD.clone()
    field.set_attributes_from_name("about")
    field.model = Topic
    return field


ABOUT = _about()


def migrate(operation, change_table):
    migration = migrations.Migration("next", "articles")
    migration.operations = [operation]
    articles = apps.get_app_config("articles")
    given = {"app_config": articles, "verbosity": 0, "interactive": False, "apps": apps}
    given |= {"sender": articles, "using": "default", "plan": [(migration, False)]}
    pre_migrate.send(**given)
    if change_table:
        alter(change_table)
    post_migrate.send(**given)


def alter(change_table):
    rules = [rule for rule in Topic._meta.constraints if rule is not RULE]
    with pytest.MonkeyPatch.context() as patch, connection.schema_editor() as editor:
        patch.setattr(Topic._meta, "constraints", rules)
        editor.remove_constraint(Topic, RULE)
        change_table(editor)


def found():
    return [finding for finding in verification.verify().findings if "topic" in str(finding)]


def test_what_a_column_held_is_kept_before_it_is_dropped(topics, code_knows):
    energy, borders = topics
    code_knows(LEFT)
    migrate(migrations.RemoveField("Topic", FIELD.name), lambda e: e.remove_field(Topic, FIELD))
    assert [v.state["description"] for v in Version.objects.filter(record=energy.record)] == [
        "Gas and oil"
    ]
    assert energy.record.number == 2
    assert energy.record.change.made_by == "migrate"
    assert borders.record.number == 1, "it had nothing there"
    assert found() == []


def test_a_column_of_another_name_makes_a_version_of_what_it_holds(topics, code_knows):
    about = replace(next(c for c in COLUMNS if c not in LEFT), name="about", column="about")
    code_knows([*LEFT, about])
    migrate(
        migrations.RenameField("Topic", FIELD.name, "about"),
        lambda editor: editor.alter_field(Topic, FIELD, ABOUT),
    )
    assert [topic.record.number for topic in topics] == [2, 1]
    assert found() == []


def test_without_that_every_seal_would_be_broken(topics, code_knows):
    code_knows(LEFT)
    alter(lambda editor: editor.remove_field(Topic, FIELD))
    assert len(found()) == 1


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("Topic", "mood", models.CharField(max_length=10, default="")),
        migrations.AlterField("Topic", "description", models.CharField(max_length=600)),
        migrations.RenameField("Verification", "told", "said"),
        migrations.RunSQL("SELECT 1"),
    ],
)
def test_what_takes_nothing_away_makes_no_version(topics, operation):
    migrate(operation, None)
    assert not Version.objects.exists()


def test_a_later_change_is_a_version_like_any_other(topics):
    save(topics[0], name="Energies")
    assert Version.objects.get().state["name"] == "Energy"
