"""Whatever route a change takes, the state that it replaced is there as a version."""

import json

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.migrations.state import ProjectState
from django.urls import reverse

from articles import integrity
from articles.importing import load as importing
from articles.models import Article, Change, Country, Record, Seal, Topic, Version
from tests.forms import WHY, change_form
from tests.make import (
    by_sql,
    make_article,
    make_colleague,
    make_country,
    make_event,
    make_membership,
    make_person,
    make_post,
    make_source,
    make_topic,
    save,
)

pytestmark = pytest.mark.django_db(transaction=True)


def versions(thing):
    """[(number, state)] of the states that were replaced."""
    return list(thing.record.versions.order_by("number").values_list("number", "state"))


@pytest.fixture
def story():
    countries = [make_country("Azerbaijan"), make_country("Iran")]
    people = [make_person("Leyla Hasanova")]
    source = make_source("Test Agency")
    fields = {"source": source, "import_ref": "a1", "body": "They met.", "published": "2023-07-02"}
    return make_article("Ministers meet", countries, people, [make_topic("Visits")], **fields)


# The routes


def at_the_desk(story, client):
    make_colleague("Chiefs")
    client.login(username="leyla", password="a long password")
    form = reverse("admin:articles_article_change", args=[story.pk])
    sent = change_form(client, form) | WHY | {"headline": "Ministers met"}
    assert client.post(form, sent).status_code == 302


def by_loaddata(story, tmp_path):
    call_command("dumpdata", "articles.article", natural_foreign=True, output=tmp_path / "a.json")
    rows = json.loads((tmp_path / "a.json").read_text())
    rows[0]["fields"]["headline"] = "Ministers met"
    (tmp_path / "a.json").write_text(json.dumps(rows))
    call_command("loaddata", tmp_path / "a.json", verbosity=0)


def by_import(story, tmp_path):
    file = tmp_path / "a.jsonl"
    record = {"source": "test-agency", "import_ref": "a1", "body": "They met."}
    Article.objects.update(import_digest=importing.state_digest(story))
    integrity.settle()
    file.write_text(json.dumps(record | {"headline": "Ministers met"}))
    call_command("import_articles", file)


def by_migration(story):
    class Migration(migrations.Migration):
        operations = [
            migrations.RunPython(
                lambda apps, editor: Article.objects.update(headline="Ministers met")
            )
        ]

    with connection.schema_editor() as editor:
        Migration("rename", "articles").apply(ProjectState(), editor)


def by_upsert(story):
    story.headline = "Ministers met"
    Article.objects.bulk_create(
        [story], update_conflicts=True, unique_fields=["id"], update_fields=["headline"]
    )


ROUTES = {
    "the desk": at_the_desk,
    "loaddata": by_loaddata,
    "an import": by_import,
    "update()": lambda story: Article.objects.update(headline="Ministers met"),
    "bulk_update()": lambda story: Article.objects.bulk_update(
        [Article(pk=story.pk, headline="Ministers met")], ["headline"]
    ),
    "an upsert": by_upsert,
    "SQL": lambda story: by_sql("UPDATE articles_article SET headline = 'Ministers met'"),
    "a migration": by_migration,
    "a save": lambda story: save(story, headline="Ministers met"),
}


@pytest.mark.parametrize("route", ROUTES.values(), ids=ROUTES)
def test_every_route_leaves_the_replaced_state(story, route, client, tmp_path):
    given = {"client": client, "tmp_path": tmp_path}
    asked = route.__code__.co_varnames[1 : route.__code__.co_argcount]
    before = len(versions(story))

    route(story, **{name: given[name] for name in asked})

    story.refresh_from_db()
    assert story.headline == "Ministers met"
    number, state = versions(story)[-1]
    assert number == story.version - 1
    assert len(versions(story)) == before + (2 if route is by_import else 1)
    assert state["headline"] == "Ministers meet"
    assert state["countries"] == ["azerbaijan", "iran"]
    assert (state["source"], state["topics"]) == ("test-agency", ["visits"])


@pytest.mark.parametrize(
    ("route", "by"),
    [(at_the_desk, "leyla"), (by_loaddata, "loaddata"), (by_import, "import_articles")],
)
def test_routes_through_python_say_who_and_why(story, route, by, client, tmp_path):
    given = {"client": client, "tmp_path": tmp_path}
    asked = route.__code__.co_varnames[1 : route.__code__.co_argcount]
    route(story, **{name: given[name] for name in asked})
    made = Record.objects.get(kind="article").change
    assert made.made_by == by and made.reason and made.sha256


# What makes one version


def test_what_is_changed_within_one_change_is_one_version(story):
    with integrity.change("leyla", "The agency corrected it"):
        save(story, headline="Ministers met")
        story.countries.set([make_country("Georgia")])
        story.people.clear()
        save(story, body="They met twice.")
    assert story.version == 2
    [(_, state)] = versions(story)
    assert (state["headline"], state["body"]) == ("Ministers meet", "They met.")
    assert (state["countries"], state["people"]) == (["azerbaijan", "iran"], ["leyla-hasanova"])


def test_links_alone_changed_within_one_change_are_one_version(story):
    georgia, before = make_country("Georgia"), integrity.state()
    with integrity.change("leyla", "The agency corrected it"):
        story.countries.add(georgia)
        story.people.clear()
        story.countries.remove(georgia)
    assert story.version == 2
    [(_, state)] = versions(story)
    assert (state["countries"], state["people"]) == (["azerbaijan", "iran"], ["leyla-hasanova"])
    assert integrity.state() != before


def test_links_changed_after_a_part_of_a_change_was_taken_back_leave_the_state_before(story):
    before = integrity.state()
    with integrity.change("leyla", "The agency corrected it"):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            save(story, headline="Ministers met")
            story.countries.clear()
            1 / 0  # noqa: B018
        story.people.clear()
    assert story.version == 2
    [(_, state)] = versions(story)
    assert (state["headline"], state["people"]) == ("Ministers meet", ["leyla-hasanova"])
    assert integrity.state() != before


def test_links_of_an_article_untouched_by_the_change_leave_its_state(story):
    other = make_article("Ministers part", [make_country("Georgia")])
    with integrity.change("leyla", "The agency corrected it"):
        save(story, headline="Ministers met")
        other.countries.clear()
    assert [version["countries"] for _, version in versions(other)] == [["georgia"]]


def test_a_change_tells_what_was_made_and_what_replaced_it(story):
    with integrity.change("leyla", "The agency corrected it"):
        save(story, headline="Ministers met")
    version = Version.objects.get()
    assert (version.change.made_by, version.replaced_by.made_by) == ("tests", "leyla")


def test_each_statement_of_sql_is_a_change_of_its_own(story):
    integrity.settle()
    with transaction.atomic():
        by_sql("UPDATE articles_article SET byline = 'one'")
        by_sql("UPDATE articles_article SET byline = 'two'")
    assert [state["byline"] for _, state in versions(story)] == ["", "one"]


def test_one_statement_of_sql_is_one_change_of_many_records(story):
    make_article("Another")
    integrity.settle()
    before = Change.objects.count()
    by_sql("UPDATE articles_article SET byline = 'Leyla'")
    assert Change.objects.count() == before + 1
    assert Version.objects.count() == 2


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda story: story.save(),
        lambda story: Article.objects.update(headline="Ministers meet"),
        lambda story: by_sql("UPDATE articles_article SET headline = headline"),
        lambda story: story.countries.add(*Country.objects.all()),
        lambda story: story.countries.set(Country.objects.all()),
        lambda story: Topic.objects.bulk_create(
            [Topic(slug="visits", name="Visits")], ignore_conflicts=True
        ),
    ],
)
def test_a_rewrite_that_changes_nothing_makes_no_version(story, rewrite):
    integrity.settle()
    before = Change.objects.count()
    rewrite(story)
    assert Change.objects.count() == before
    assert not Version.objects.exists()


def test_links_that_come_and_go_leave_the_state_before(story):
    georgia = make_country("Georgia")
    story.countries.add(georgia)
    story.countries.remove(georgia)
    by_sql("DELETE FROM articles_article_people")
    held = [(state["countries"], state["people"]) for _, state in versions(story)]
    assert held == [
        (["azerbaijan", "iran"], ["leyla-hasanova"]),
        (["azerbaijan", "georgia", "iran"], ["leyla-hasanova"]),
        (["azerbaijan", "iran"], ["leyla-hasanova"]),
    ]


def test_many_links_added_by_one_statement_leave_the_state_before(story):
    story.countries.clear()
    others = [make_country(name) for name in ("Georgia", "Armenia", "Israel")]
    story.countries.add(*others)
    assert versions(story)[-1][1]["countries"] == []


def test_people_names_offices_and_events_leave_versions_too(story):
    leyla = story.people.get()
    name = leyla.other_names.create(name="Leyla Həsənova")
    post = make_post()
    term = make_membership(leyla, post, "2020")
    event = make_event(actors=story.countries.all())
    party = event.parties.first()
    words = event.evidence.create(article=story, start=0, end=4, text="They")
    for thing, field, value in (
        (leyla, "description", "Diplomat"),
        (name, "name", "L. Həsənova"),
        (post, "label", "Minister of foreign affairs"),
        (term, "ended", "2021"),
        (event, "title", "They met"),
        (party, "sector", "MIL"),
        (words, "end", 3),
        (story.source, "name", "Another Agency"),
        (story.topics.get(), "name", "Journeys"),
        (story.countries.first(), "name", "Azərbaycan"),
    ):
        was = getattr(thing, field)
        save(thing, **{field: value})
        assert versions(thing)[-1][1][field] == was, thing


def test_what_is_deleted_leaves_its_last_state(story):
    term = make_membership(story.people.get(), make_post(), "2020")
    record = term.record
    term.delete()
    record.refresh_from_db()
    assert (record.object_id, record.number) == (None, 2)
    assert record.versions.get().state["started"] == "2020"


def test_a_name_that_was_borne_before_makes_another_record(story):
    leyla = story.people.get()
    leyla.other_names.create(name="Leyla Həsənova").delete()
    again = leyla.other_names.create(name="Leyla Həsənova")
    assert again.record.key == f"leyla-hasanova/transliteration/Leyla Həsənova~{again.pk}"


def test_a_change_taken_back_leaves_nothing(story):
    with pytest.raises(ZeroDivisionError), integrity.change("leyla", "By mistake"):
        save(story, headline="Ministers met")
        1 / 0  # noqa: B018
    assert not Version.objects.exists()
    by_sql("UPDATE articles_article SET byline = 'Rauf'")  # is no part of what was taken back
    assert Record.objects.get(kind="article").change.made_by == ""


# Seals


def test_every_version_is_sealed_and_names_the_one_before(story):
    for headline in ("Ministers met", "Ministers are meeting"):
        with integrity.change("leyla", "A better word"):
            save(story, headline=headline)
    seals = Seal.objects.filter(record=story.record).order_by("number")
    assert [seal.number for seal in seals] == [1, 2, 3]
    assert len({seal.sha256 for seal in seals}) == 3


def test_what_came_by_sql_is_sealed_by_the_next_change_without_who_and_why(story):
    integrity.settle()
    by_sql("UPDATE articles_article SET byline = 'one'")
    by_sql("UPDATE articles_article SET byline = 'two'")
    assert not integrity.is_settled()
    with integrity.change("leyla", "Its byline"):
        save(story, byline="three")
    assert integrity.is_settled()
    assert Seal.objects.filter(record=story.record).count() == 4
    assert [made.made_by for made in Change.objects.order_by("-pk")[:3]] == ["leyla", "", ""]


def test_the_journal_is_one_chain(story):
    integrity.settle()
    positions = list(Change.objects.order_by("position").values_list("position", flat=True))
    assert positions == list(range(1, len(positions) + 1))


# Guards

REFUSED = [
    "DELETE FROM articles_version",
    "UPDATE articles_version SET state = '{}'",
    "DELETE FROM articles_seal",
    "UPDATE articles_seal SET sha256 = ''",
    "DELETE FROM articles_record",
    "UPDATE articles_record SET key = 'another'",
    "UPDATE articles_record SET number = 1 WHERE number > 1",
    "DELETE FROM articles_change",
    "UPDATE articles_change SET reason = 'another'",
    "UPDATE articles_change SET sha256 = ''",
    "INSERT INTO articles_change (at, made_by, reason, kind, note, sha256)"
    " VALUES ('2020-01-01', 'leyla', 'x', '', '', '')",
    "DELETE FROM articles_article",
    "UPDATE articles_article SET id = 9999",
]
if connection.vendor == "postgresql":  # SQLite has no TRUNCATE
    kept = ("version", "seal", "record", "change", "article", "person", "article_countries")
    REFUSED += [f"TRUNCATE articles_{table} CASCADE" for table in kept]


@pytest.mark.parametrize("statement", REFUSED)
def test_the_database_refuses(story, statement):
    with integrity.change("leyla", "A better word"):
        save(story, headline="Ministers met")
        story.countries.clear()
        story.people.clear()
        story.topics.clear()
    with pytest.raises(Exception, match="erased|altered|sealed|keeps|seal|withdrawn"):
        by_sql(statement)
    story.refresh_from_db()
    assert len(versions(story)) == 1


@pytest.mark.parametrize("status", ["published", "withdrawn"])
def test_an_article_that_was_published_is_not_deleted(story, status):
    save(story, status=status)
    with pytest.raises(Exception, match="never deleted"), transaction.atomic():
        story.delete()
    save(story, status="draft")  # by SQL or so; it was published once
    with pytest.raises(Exception, match="never deleted"), transaction.atomic():
        story.delete()


def test_an_event_that_was_confirmed_is_not_deleted():
    event = make_event()
    save(event, status="rejected")
    with pytest.raises(Exception, match="never deleted"), transaction.atomic():
        event.delete()
    assert not event.is_deletable


def test_what_others_refer_to_is_not_deleted(story):
    for table in ("topic", "country", "person", "source"):
        with pytest.raises(IntegrityError, match="refer"), transaction.atomic():
            by_sql(f"DELETE FROM articles_{table}")
    story.topics.clear()
    Topic.objects.all().delete()


def test_an_offset_of_nothing_is_part_of_what_is_sealed():
    sealed = integrity.seals.document("evidence", "a", 1, {"start": 0, "x": False}, None)
    assert sealed["state"] == {"start": 0}


def test_a_draft_is_deleted_and_its_state_kept():
    draft = make_article("A thought", status="draft")
    record = draft.record
    draft.delete()
    assert record.versions.last().state["headline"] == "A thought"


# Triggers


def test_the_triggers_are_all_there_and_none_other():
    dialect, _ = integrity.engines.engine()
    assert list(dialect.faults(connection)) == []


def test_installing_again_changes_nothing():
    dialect, _ = integrity.engines.engine()
    before = dialect.present(connection)
    integrity.install()
    assert dialect.present(connection) == before


def test_a_table_remade_with_another_column_is_watched_and_nothing_is_lost(story):
    """On SQLite a column of another width remakes the table, whose triggers are silently gone."""
    save(story, headline="Ministers met")
    was = {"versions": versions(story), "records": list(Record.objects.values())}
    field = Article._meta.get_field("byline")
    wider = field.clone()
    wider.set_attributes_from_name("byline")
    wider.model, wider.max_length = Article, field.max_length + 1
    with connection.schema_editor() as editor:
        editor.alter_field(Article, field, wider)
        editor.alter_field(Article, wider, field)
    dialect, _ = integrity.engines.engine()
    assert list(dialect.faults(connection)) == []
    assert was == {"versions": versions(story), "records": list(Record.objects.values())}
    by_sql("UPDATE articles_article SET byline = 'Leyla'")
    assert versions(story)[-1][1]["headline"] == "Ministers met"


def test_a_column_added_and_taken_away_is_followed(story):
    field = models.CharField(max_length=10, default="")
    field.set_attributes_from_name("mood")
    with connection.schema_editor() as editor:
        editor.add_field(Country, field)
        by_sql("UPDATE articles_country SET name = name || '!' WHERE slug = 'iran'")
    with connection.schema_editor() as editor:
        editor.remove_field(Country, field)
    iran = Country.objects.get(slug="iran")
    assert iran.version == 2
    save(iran, name="Iran")
    assert [state["name"] for _, state in versions(iran)] == ["Iran", "Iran!"]
