"""The index follows the archive, and can be made anew."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from articles import integrity, search
from articles.models import Article
from tests.make import make_article, make_country, make_source

pytestmark = pytest.mark.django_db


def found(text):
    matching = Article.objects.search(search.parse(text))
    return sorted(matching.values_list("headline", flat=True))


def readers_find(text):
    ids = search.everything().search(search.parse(text)).ids
    return sorted(Article.objects.filter(pk__in=ids.tolist()).values_list("headline", flat=True))


def unindexed(headline):
    """An article that the index lost."""
    article = make_article(headline)
    search.catch_up()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_card WHERE article_id = %s", [article.pk])


def delete_by_sql(article):
    with connection.cursor() as cursor:
        for link in ("countries", "people", "topics"):
            cursor.execute(f"DELETE FROM articles_article_{link} WHERE article_id = {article.pk}")
        cursor.execute("DELETE FROM articles_article WHERE id = %s", [article.pk])


def rebuild(*options):
    out = StringIO()
    call_command("rebuild_search", *options, stdout=out)
    return out.getvalue()


def test_an_article_is_found_as_soon_as_it_is_made():
    make_article("Envoys in Lachin")
    assert found("Lachin") == ["Envoys in Lachin"]


def test_an_article_is_found_by_its_new_words_and_no_more_by_its_old_ones():
    article = make_article("Envoys in Lachin", summary="On gas.")
    article.headline, article.summary, article.body = "Envoys in Baku", "On oil.", "They dined."
    article.save()
    assert found("Lachin") == found("gas") == found("trade") == []
    assert found("Baku") == found("oil") == found("dined") == ["Envoys in Baku"]


def test_a_deleted_article_is_found_no_more():
    article = make_article("Envoys in Lachin", status="draft")
    search.catch_up()
    article.delete()
    assert found("Lachin") == []
    assert not search.is_stale()


def test_articles_deleted_together_are_found_no_more():
    for _ in range(3):
        make_article("Envoys in Lachin", status="draft")
    search.catch_up()
    Article.objects.all().delete()
    assert found("Lachin") == []
    assert not search.is_stale()


def test_what_is_rolled_back_is_not_found():
    article = make_article("Envoys in Lachin")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        article.headline = "Envoys in Baku"
        article.save()
        raise ZeroDivisionError
    assert found("Lachin") == ["Envoys in Lachin"]
    assert found("Baku") == []


def test_loaddata_is_indexed_and_loading_again_replaces_the_words(tmp_path):
    make_source()
    fields = {"slug": "envoy", "headline": "Envoy in Lachin", "body": "He came.", "import_ref": "e"}
    file = tmp_path / "articles.json"

    def load(**changes):
        row = fields | {"source": ["test-agency"]} | changes
        file.write_text(json.dumps([{"model": "articles.article", "fields": row}]))
        call_command("loaddata", str(file), verbosity=0)

    load()
    assert found("Lachin") == ["Envoy in Lachin"]
    load(headline="Envoy in Baku")
    assert found("Lachin") == []
    assert found("Baku") == ["Envoy in Baku"]
    assert not search.is_stale()


def test_an_empty_archive_is_not_stale():
    assert not search.is_stale()


def test_the_index_is_stale_while_it_lacks_an_article():
    make_article()
    assert not search.is_stale()
    unindexed("Envoys in Lachin")
    assert search.is_stale()


def test_the_index_is_stale_while_it_keeps_what_is_gone():
    article = make_article("Envoys in Lachin", status="draft")
    search.catch_up()
    delete_by_sql(article)
    assert search.is_stale()
    search.catch_up()
    assert not search.is_stale()


def test_what_went_by_another_way_is_found_no_more():
    delete_by_sql(make_article("Envoys in Lachin", status="draft"))
    assert found("Lachin") == []
    assert not search.is_stale()


def test_what_an_update_changed_is_found_rightly_at_the_next_search():
    make_article("Envoys in Lachin")
    Article.objects.update(headline="Envoys in Baku")
    assert found("Lachin") == []
    assert found("Baku") == ["Envoys in Baku"]
    assert not search.is_stale()


def test_what_came_by_bulk_create_is_found_at_the_next_search():
    fields = {"body": "They met.", "source": make_source(), "status": "published"}
    Article.objects.bulk_create(
        Article(slug=f"n{n}", headline=f"Report {n}", import_ref=n, **fields) for n in range(1203)
    )
    assert len(found("report")) == 1203
    assert not search.is_stale()


def test_rebuilding_finds_everything_again():
    make_article("Envoys in Baku")
    unindexed("Envoys in Lachin")
    assert readers_find("Lachin") == []
    assert rebuild().splitlines()[-1] == "Indexed 2 articles."
    assert found("Lachin") == ["Envoys in Lachin"]
    assert found("Baku") == ["Envoys in Baku"]
    assert not search.is_stale()


def test_rebuilding_drops_what_is_gone():
    delete_by_sql(make_article("Envoys in Lachin", status="draft"))
    rebuild()
    assert not search.is_stale()


def test_rebuilding_makes_the_words_true_that_an_update_left_behind():
    make_article("Envoys in Lachin")
    Article.objects.update(headline="Envoys in Baku")
    rebuild()
    assert found("Lachin") == []
    assert found("Baku") == ["Envoys in Baku"]


def test_rebuilding_twice_changes_nothing():
    make_article("Envoys in Lachin")
    assert rebuild() == rebuild()
    assert found("Lachin") == ["Envoys in Lachin"]


def test_an_index_that_agrees_is_left_alone():
    make_article()
    search.catch_up()
    assert "agrees" in rebuild("--if-stale")


def test_a_stale_index_is_rebuilt():
    unindexed("Envoys in Lachin")
    assert rebuild("--if-stale").splitlines()[-1] == "Indexed 1 articles."
    assert found("Lachin") == ["Envoys in Lachin"]


def test_more_articles_than_one_batch_are_rebuilt():
    source = make_source()
    Article.objects.bulk_create(
        Article(slug=f"n{n}", headline=f"Report {n}", body="Past.", source=source, import_ref=n)
        for n in range(1203)
    )
    assert rebuild() == "Indexed 1203 articles.\n"
    assert found("1202") == ["Report 1202"]
    assert len(found("past")) == 1203


def test_installing_again_keeps_the_index():
    make_article("Envoys in Lachin")
    search.install()
    assert found("Lachin") == ["Envoys in Lachin"]


def test_links_changed_after_a_look_in_the_midst_of_a_change_are_found():
    article, chile = make_article("Envoys in Lachin"), make_country("Chile")
    with integrity.change("leyla", "Where it was"):
        article.headline = "Envoys in Santiago"
        article.save()
        assert readers_find("santiago")
        article.countries.add(chile)
    assert search.everything().involving(chile).ids.tolist() == [article.pk]
    with integrity.change("leyla", "Not there"):
        article.headline = "Envoys in Lachin"
        article.save()
        assert readers_find("lachin")
        article.countries.remove(chile)
    assert search.everything().involving(chile).count() == 0


def test_words_that_were_changed_past_the_triggers_leave_the_index_in_doubt():
    article = make_article("Envoys in Lachin")
    with integrity.guards_lifted():
        Article.objects.update(headline="Envoys in Baku")
    article.countries.add(make_country("Chile"))
    search.catch_up()
    assert search.is_stale() == (connection.vendor == "sqlite")
    rebuild()
    assert readers_find("Lachin") == []
    assert readers_find("Baku") == ["Envoys in Baku"]
    assert not search.is_stale()
