"""The state of the archive is another one after every change, whichever route the change took."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Value
from django.db.models.functions import Concat

from articles import integrity
from articles.integrity.kept import kinds
from articles.models import Article, Country, ImportRun
from tests.make import (
    by_sql,
    make_article,
    make_country,
    make_event,
    make_membership,
    make_mention,
    make_person,
    make_post,
    make_topic,
    save,
)

pytestmark = pytest.mark.django_db(transaction=True)
ARTICLES = apps.get_app_config("articles")


@pytest.fixture
def archive():
    azerbaijan = make_country("Azerbaijan")
    leyla = make_person("Leyla Hasanova")
    leyla.other_names.create(name="Leyla Həsənova", kind="native")
    make_membership(leyla, make_post(country=azerbaijan), "2019-01-01")
    report = make_article("Ministers meet", [azerbaijan], [leyla], [make_topic("Visits")])
    report.slug = "ministers-in-baku"
    report.save()  # leaves a former slug
    event = make_event("Ministers meet", [azerbaijan])
    event.parties.get().people.add(leyla)
    event.evidence.create(article=report, start=0, end=4, text=report.body[:4])
    make_mention(report, azerbaijan, "They")
    make_country("Soviet Union").successors.add(azerbaijan)
    return report


ROUTES = {
    "a save": lambda: save(Article.objects.get(), byline="Leyla Hasanova"),
    "an update()": lambda: Article.objects.update(byline=Concat("byline", Value("!"))),
    "a bulk_update()": lambda: Country.objects.bulk_update(
        [Country(pk=country.pk, name=f"{country} ") for country in Country.objects.all()], ["name"]
    ),
    "a bulk_create()": lambda: Country.objects.bulk_create([Country(slug="iran", name="Iran")]),
    "a link": lambda: Article.objects.get().countries.add(make_country("Iran")),
    "a link taken away": lambda: Article.objects.get().countries.clear(),
    "SQL": lambda: by_sql("UPDATE articles_source SET name = 'Another'"),
    "a deletion by SQL": lambda: by_sql("DELETE FROM articles_article_topics"),
    "loaddata": lambda: call_command("loaddata", "topics", verbosity=0),
}


@pytest.mark.parametrize("route", ROUTES.values(), ids=ROUTES)
def test_each_route_of_a_change_makes_another_state(archive, route):
    before = integrity.state()
    assert integrity.state() == before

    route()

    assert integrity.state() != before


def test_a_change_of_any_table_that_readers_see_makes_another_state(archive):
    tables = {model._meta.db_table: model for model in ARTICLES.get_models(True)}
    another = {
        "country": "name", "topic": "name", "source": "name", "person": "name", "post": "label",
        "othername": "name", "membership": "note", "article": "byline", "formerslug": "slug",
        "event": "title", "party": "sector", "evidence": "text", "mention": "why",
    }  # fmt: skip
    changes = {
        kind.table: f"UPDATE {kind.table} SET {another[name]} = 'mil'"
        for name, kind in kinds().items()
    } | {
        link.table: f"DELETE FROM {link.table}" for kind in kinds().values() for link in kind.links
    }
    changes["articles_party"] = "UPDATE articles_party SET sector = 'MIL'"
    assert len(changes) > 12
    for table, change in changes.items():
        assert tables[table].objects.exists(), f"nothing in {table} to try this with"
        if tables[table].objects.count() > 1:
            change += f" WHERE id = (SELECT max(id) FROM {table})"
        before = integrity.state()
        by_sql(change)
        assert integrity.state() != before, table


def test_what_readers_do_not_see_leaves_the_state(archive):
    before = integrity.state()

    ImportRun.objects.create(files="a.jsonl")

    assert integrity.state() == before


def test_a_change_taken_back_leaves_the_state(archive):
    before = integrity.state()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        make_country("Iran")
        1 / 0  # noqa: B018

    assert integrity.state() == before


def test_a_state_never_comes_back(archive):
    seen = set()
    for number in range(50):
        Article.objects.update(byline=f"{number}")
        seen.add(integrity.state())
    assert len(seen) == 50


def test_the_triggers_are_there_again_after_a_migration_that_remakes_a_table(archive):
    """On SQLite altering a column remakes the table, and its triggers are silently gone."""
    field = Country._meta.get_field("official_name")
    with connection.schema_editor() as editor:
        wider = field.clone()
        wider.set_attributes_from_name("official_name")
        wider.model, wider.max_length = Country, field.max_length + 1
        editor.alter_field(Country, field, wider)
        editor.alter_field(Country, wider, field)
    integrity.install()
    before = integrity.state()

    by_sql("UPDATE articles_country SET name = name || '!'")

    assert integrity.state() != before
