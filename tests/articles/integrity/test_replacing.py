"""`INSERT OR REPLACE`, which SQLite alone has: it deletes what bears the same values."""

from contextlib import suppress

import pytest
from django.core.management import call_command
from django.db import IntegrityError

from articles import integrity
from articles.models import Topic, Verification
from tests.make import by_sql, make_article, make_topic, save

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story():
    return make_article("Ministers meet", topics=[make_topic("Visits")])


def verified():
    """What a verification tells."""
    with suppress(SystemExit):
        call_command("verify_archive")
    return Verification.objects.latest("pk").told


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize(
    "table", ["version", "seal", "record", "change", "verification", "article", "topic"]
)
def test_sqlite_replaces_nothing_that_is_on_record(story, table, recursive):
    with integrity.change("leyla", "A better word"):
        save(story, headline="Ministers met")
    found = verified()
    by_sql(f"PRAGMA recursive_triggers = {recursive}")
    try:
        with pytest.raises(IntegrityError, match="erased|on record|deleted"):
            by_sql(f"REPLACE INTO articles_{table} SELECT * FROM articles_{table}")
    finally:
        by_sql("PRAGMA recursive_triggers = ON")
    assert verified() == found


def test_what_sqlite_replaces_leaves_its_last_state():
    record = make_topic("Visits").record
    by_sql(
        "REPLACE INTO articles_topic (id, slug, name, description)"
        " SELECT id + 1, slug, 'Talks', '' FROM articles_topic"
    )
    assert Topic.objects.get().name == "Talks"
    assert record.versions.get().state["name"] == "Visits"
