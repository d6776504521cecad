"""A date and its two days never part: however a date comes in, its bounds come with it."""

import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.serializers.base import DeserializationError
from django.db import transaction

from articles.models import Article, Membership
from tests.make import make_article, make_person, make_post, make_source

pytestmark = pytest.mark.django_db

SEPTEMBER = (date(2023, 9, 1), date(2023, 9, 30))
ON_THE_19TH = (date(2023, 9, 19), date(2023, 9, 19))
UNKNOWN = (None, None)
WRONG = ["yesterday", "2023-13", "0000", "2023-07-02/", "[2023..2021]", "2023\x00", "x" * 101]


def bounds(article):
    return article.published_earliest, article.published_latest


def stored(article):
    """The two days as the database has them."""
    row = Article.objects.filter(pk=article.pk)
    return row.values_list("published_earliest", "published_latest").get()


def unsaved(ref, source, published):
    """An article that only bulk_create() or a test will save."""
    return Article(
        slug=ref, headline="Envoy", body="An envoy came.", source=source, import_ref=ref,
        published=published,
    )  # fmt: skip


def fixture(tmp_path, published, **fields):
    """A file for loaddata with one article."""
    make_source()
    row = {"slug": "envoy", "headline": "Envoy", "body": "An envoy came.", "import_ref": "envoy-1"}
    row |= {"source": ["test-agency"], "published": published, "status": "published"} | fields
    file = tmp_path / "articles.json"
    file.write_text(json.dumps([{"model": "articles.article", "fields": row}]))
    return str(file)


def test_the_days_follow_an_assignment():
    article = Article(published="2023-09-19")
    assert bounds(article) == ON_THE_19TH
    article.published = "2023-09"
    assert bounds(article) == SEPTEMBER
    article.published = "[..2023-09-19]"
    assert bounds(article) == (None, date(2023, 9, 19))
    article.published = ""
    assert bounds(article) == UNKNOWN


def test_days_given_beside_a_date_do_not_overrule_it():
    article = Article(
        published="2023-09", published_earliest=date(1900, 1, 1), published_latest=date(2100, 1, 1)
    )
    assert bounds(article) == SEPTEMBER


def test_an_undated_article_has_no_days():
    assert stored(make_article()) == UNKNOWN


def test_the_days_are_stored_on_create():
    assert stored(make_article(published="2023-09")) == SEPTEMBER


def test_the_day_of_an_instant_is_stored_at_its_own_offset():
    article = make_article(published="2023-09-19T00:30:00.25+04:00")
    assert stored(article) == ON_THE_19TH
    assert Article.objects.get().published == "2023-09-19T00:30:00.25+04:00"


def test_the_days_are_stored_on_save():
    article = make_article(published="2020")
    article.published = "2023-09"
    article.save()
    assert stored(article) == SEPTEMBER


def test_the_days_are_stored_when_only_the_date_is_saved():
    article = make_article(published="2020")
    article.published = "2023-09"
    article.save(update_fields=["published"])
    assert stored(article) == SEPTEMBER


def test_the_days_are_stored_by_update_or_create():
    article = make_article(published="2020")
    Article.objects.update_or_create(pk=article.pk, defaults={"published": "2023-09"})
    assert stored(article) == SEPTEMBER


def test_the_days_are_stored_by_bulk_create():
    source = make_source()
    Article.objects.bulk_create(
        [unsaved("a", source, "2023-09"), unsaved("b", source, ""), unsaved("c", source, "2023/..")]
    )
    found = Article.objects.order_by("slug")
    assert [bounds(a) for a in found] == [SEPTEMBER, UNKNOWN, (date(2023, 1, 1), None)]
    assert [stored(a) for a in found] == [bounds(a) for a in found]


def test_the_days_are_stored_by_loaddata(tmp_path):
    call_command("loaddata", fixture(tmp_path, "2023-09"), verbosity=0)
    assert stored(Article.objects.get()) == SEPTEMBER


def test_days_written_into_a_fixture_do_not_overrule_its_date(tmp_path):
    file = fixture(tmp_path, "2023-09", published_earliest="1900-01-01")
    call_command("loaddata", file, verbosity=0)
    assert stored(Article.objects.get()) == SEPTEMBER


def test_loading_again_corrects_the_days_of_a_date_that_changed(tmp_path):
    call_command("loaddata", fixture(tmp_path, "2020"), verbosity=0)
    file = tmp_path / "articles.json"
    file.write_text(file.read_text().replace('"2020"', '"2023-09"'))
    call_command("loaddata", str(file), verbosity=0)
    assert stored(Article.objects.get()) == SEPTEMBER


@pytest.mark.parametrize("fields", [None, ["published"]])
def test_the_days_follow_a_refresh(fields):
    article = make_article(published="2020")
    Article.objects.update(**Article.published.field.written("2023-09"))
    assert bounds(article) == (date(2020, 1, 1), date(2020, 12, 31))
    article.refresh_from_db(fields=fields)
    assert bounds(article) == SEPTEMBER


def test_the_days_follow_a_date_that_is_fetched_late():
    make_article(published="2023-09")
    article = Article.objects.defer("published", "published_earliest", "published_latest").get()
    assert article.published == "2023-09"
    assert bounds(article) == SEPTEMBER


def test_an_update_of_all_three_columns_keeps_them_together():
    article = make_article(published="2020")
    Article.objects.update(**Article.published.field.written("[2023-09-19..]"))
    assert stored(article) == (date(2023, 9, 19), None)
    Article.objects.update(**Article.published.field.written(""))
    assert stored(article) == UNKNOWN


def test_each_of_several_dates_of_a_model_has_days_of_its_own():
    minister = make_person("Rauf Mammadov")
    term = Membership(person=minister, post=make_post(), started="2004-04", ended="[2025-08-08..]")
    term.save()
    term = Membership.objects.get()
    assert (term.started_earliest, term.started_latest) == (date(2004, 4, 1), date(2004, 4, 30))
    assert (term.ended_earliest, term.ended_latest) == (date(2025, 8, 8), None)


# Wrong text


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_date_is_refused_on_save_and_nothing_is_kept(text):
    source = make_source()
    with pytest.raises(ValidationError), transaction.atomic():
        unsaved("a", source, text).save()
    assert not Article.objects.exists()


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_date_has_no_days(text):
    article = Article(published="2023-09")
    article.published = text
    assert bounds(article) == UNKNOWN


def test_a_wrong_date_is_refused_by_bulk_create():
    source = make_source()
    with pytest.raises(ValidationError), transaction.atomic():
        Article.objects.bulk_create([unsaved("a", source, "2023"), unsaved("b", source, "soon")])
    assert not Article.objects.exists()


def test_a_wrong_date_is_refused_by_loaddata(tmp_path):
    with pytest.raises((DeserializationError, ValidationError)):
        call_command("loaddata", fixture(tmp_path, "2023-13"), verbosity=0)
    assert not Article.objects.exists()


def test_a_wrong_date_is_refused_by_update():
    article = make_article(published="2023")
    with pytest.raises(ValidationError), transaction.atomic():
        Article.objects.update(published="soon")
    with pytest.raises(ValueError):
        Article.published.field.written("soon")
    article.refresh_from_db()
    assert article.published == "2023"


def test_a_form_says_beside_the_date_what_is_wrong_with_it():
    article = make_article(published="2023")
    article.published = "2023-13"
    with pytest.raises(ValidationError) as refused:
        article.full_clean()
    assert "no month 13" in " ".join(refused.value.message_dict["published"])


def test_a_date_that_was_not_changed_is_saved_as_it_was_written():
    article = make_article(published="2023-09-19T18:04:00,5+04:00")
    article.headline = "Corrected"
    article.save()
    assert Article.objects.get().published == "2023-09-19T18:04:00,5+04:00"
