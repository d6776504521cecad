"""The same file again: unchanged, updated at its source, or edited here and left alone."""

import pytest

from articles import search
from articles.models import Article, ImportRun
from tests.articles.importing.run import import_articles, record, write_lines
from tests.make import make_country, make_person, make_source, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    make_country("Azerbaijan", iso_alpha2="AZ")
    make_country("Iran")
    make_person("Leyla Hasanova")
    make_topic("Visits")
    return tmp_path / "pieces.jsonl"


def summary(created=0, updated=0, unchanged=0, differs=0):
    total = created + updated + unchanged + differs
    return (
        f"{total} records: {created} created, {updated} updated, {unchanged} unchanged,"
        f" {differs} differs, 0 refused"
    )


FIRST = record(published="2023-07-02", countries=["AZ"], retrieved_at="2023-07-03T00:00:00Z")


def test_the_same_file_again_changes_nothing(file):
    pieces = [record(import_ref=f"n-{n}", body=f"Day {n}.", countries=["AZ"]) for n in range(120)]
    assert import_articles(write_lines(file, *pieces)).summary == summary(created=120)
    before = list(Article.objects.order_by("pk").values())
    assert import_articles(file).summary == summary(unchanged=120)
    assert list(Article.objects.order_by("pk").values()) == before


def test_pieces_without_a_reference_are_known_by_their_text(file):
    piece = record(import_ref=None)
    import_articles(write_lines(file, piece))
    again = piece | {"headline": "MINISTERS meet in Baku"}
    result = import_articles(write_lines(file, piece, record(import_ref=None, body="Other.")))
    assert result.summary == summary(created=1, unchanged=1)
    assert import_articles(write_lines(file, again)).summary == summary(updated=1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("headline", "Ministers meet again in Baku"),
        ("summary", "They met."),
        ("body", "They met on Monday."),
        ("byline", "Nigar Quliyeva"),
        ("dateline", "BAKU"),
        ("credit", "APA"),
        ("url", "https://agency.example/1"),
        ("published", "2023-07-03"),
        ("published_note", "Printed."),
        ("language", "az"),
        ("usage_terms", "May be quoted."),
        ("countries", ["iran", "azerbaijan"]),
        ("people", ["leyla-hasanova"]),
        ("topics", ["visits"]),
    ],
)
def test_what_changed_at_its_source_is_updated_as_a_new_version(file, field, value):
    import_articles(write_lines(file, FIRST))
    before = Article.objects.get()
    changed = write_lines(file, FIRST | {field: value})
    assert import_articles(changed).summary == summary(updated=1)
    article = Article.objects.get()
    held = getattr(article, field)
    assert {c.slug for c in held.all()} == set(value) if isinstance(value, list) else held == value
    assert article.version == 2
    assert (article.pk, article.slug) == (before.pk, before.slug)
    assert import_articles(changed).summary == summary(unchanged=1)
    assert Article.objects.get().version == 2


def test_what_is_updated_is_found_by_its_new_words_and_not_by_the_old(file):
    import_articles(write_lines(file, record(body="They spoke of cotton.")))
    import_articles(write_lines(file, record(body="They spoke of caviar.")))
    assert not Article.objects.search(search.parse("cotton")).exists()
    assert Article.objects.search(search.parse("caviar")).exists()


def test_an_update_leaves_what_the_record_does_not_tell_as_it_is(file):
    import_articles(write_lines(file, FIRST))
    import_articles(write_lines(file, record(body="They met on Monday.")))
    article = Article.objects.get()
    assert (article.published, article.body) == ("2023-07-02", "They met on Monday.")
    assert [country.slug for country in article.countries.all()] == ["azerbaijan"]


def test_having_been_fetched_again_is_no_change(file):
    import_articles(write_lines(file, FIRST))
    again = FIRST | {"retrieved_at": "2024-01-01T00:00:00Z"}
    assert import_articles(write_lines(file, again)).summary == summary(unchanged=1)
    assert Article.objects.get().version == 1


def test_the_order_of_countries_and_the_way_they_are_written_are_no_change(file):
    import_articles(write_lines(file, FIRST | {"countries": ["AZ", "iran"]}))
    again = FIRST | {"countries": ["Iran", "azerbaijan", "iran"]}
    assert import_articles(write_lines(file, again)).summary == summary(unchanged=1)


def edit_headline(article):
    article.headline = "Edited by the desk"
    article.save()


def edit_links(article):
    article.countries.add(make_country("Georgia"))


def edit_in_bulk(article):
    Article.objects.update(summary="By the desk.")


@pytest.mark.parametrize("edit", [edit_headline, edit_links, edit_in_bulk])
def test_what_was_edited_here_is_told_and_left_alone(file, edit):
    import_articles(write_lines(file, FIRST))
    edit(Article.objects.get())
    before = Article.objects.values().get()
    countries = set(Article.objects.get().countries.all())
    changed = write_lines(file, FIRST | {"body": "They met on Monday."})
    for _ in range(2):
        result = import_articles(changed)
        assert result.summary == summary(differs=1)
        assert result.status == 0
        assert f"{file}:1: /articles/ministers-meet-in-baku/" in result.out
        assert Article.objects.values().get() == before
        assert set(Article.objects.get().countries.all()) == countries


def test_what_was_edited_here_alone_is_not_set_back_by_the_unchanged_file(file):
    import_articles(write_lines(file, FIRST))
    edit_headline(Article.objects.get())
    assert import_articles(file).summary == summary(differs=1)
    assert Article.objects.get().headline == "Edited by the desk"


def test_what_was_made_at_the_desk_is_never_overwritten(file):
    source = make_source()
    made = Article.objects.create(
        source=source, import_ref="n-1", headline="By the desk", body="By hand."
    )
    assert import_articles(write_lines(file, FIRST)).summary == summary(differs=1)
    made.refresh_from_db()
    assert (made.headline, made.status) == ("By the desk", "draft")


def test_a_status_set_by_the_desk_survives_an_update(file):
    import_articles(write_lines(file, FIRST))
    Article.objects.update(status="withdrawn", withdrawal_reason="Wrong picture.")
    import_articles(write_lines(file, FIRST | {"body": "They met on Monday."}))
    assert Article.objects.get().status == "withdrawn"


def test_an_address_chosen_by_the_desk_survives_an_update(file):
    import_articles(write_lines(file, FIRST))
    article = Article.objects.get()
    article.slug = "baku-meeting"
    article.save()
    import_articles(write_lines(file, FIRST | {"headline": "Ministers met in Baku"}))
    assert Article.objects.get().slug == "baku-meeting"


def test_each_run_that_wrote_something_is_recorded_with_what_it_did(file):
    import_articles(write_lines(file, FIRST))
    import_articles(write_lines(file, FIRST | {"body": "Monday."}, record(import_ref="n-2")))
    first, second = ImportRun.objects.order_by("pk")
    assert (first.created, first.updated, first.is_finished) == (1, 0, True)
    assert (second.created, second.updated, second.is_finished) == (1, 1, True)
    assert first.digest != second.digest
    assert first.files == str(file)
