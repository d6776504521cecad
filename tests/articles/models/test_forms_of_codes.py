"""Codes, tags and lists that are not of their form are refused by the database, past every form."""

import pytest
from django.db import DatabaseError, transaction

from articles.models import Article, Country, Event, OtherName, Source
from tests.make import make_article, make_country, make_event, make_person, make_source

pytestmark = pytest.mark.django_db


def is_refused(model, **values):
    try:
        with transaction.atomic():
            model.objects.update(**values)
    except DatabaseError:
        return True
    return False


@pytest.mark.parametrize("tag", ["zz zz", "<b>", "1a", "-en", "ə"])
def test_a_language_is_a_tag(tag):
    make_article()
    OtherName.objects.create(person=make_person(), name="Leyla")
    for model in (Article, Source, OtherName):
        assert is_refused(model, language=tag), model


@pytest.mark.parametrize("tag", ["en", "zh-Hant", "sr-Latn-RS", "az"])
def test_a_language_tag_is_kept(tag):
    make_article()
    assert not is_refused(Article, language=tag)


@pytest.mark.parametrize("code", ["latn", "LATN", "1234", "Lat", "<b>x"])
def test_a_script_is_a_capital_and_three_small_letters(code):
    OtherName.objects.create(person=make_person(), name="Leyla", script="Latn")
    assert is_refused(OtherName, script=code)


@pytest.mark.parametrize("slug", ["--", "-a", "a-", "a--b", "A", "a_b", "ə"])
def test_a_slug_has_single_hyphens_between_small_letters(slug):
    make_source("Agency")
    make_country("Iran")
    assert is_refused(Source, slug=slug)
    assert is_refused(Country, slug=slug)


@pytest.mark.parametrize("value", ["Azeri", {"a": 1}, 7, True])
def test_a_list_is_a_list(value):
    make_country("Azerbaijan")
    assert is_refused(Country, adjectives=value)


@pytest.mark.parametrize("blank", [" ", "\n\t ", ""])
def test_a_headline_says_something(blank):
    make_article()
    assert is_refused(Article, headline=blank)


def test_an_event_has_no_mode_of_another_type():
    make_event(event_type="CONSULT", mode="phone")
    assert is_refused(Event, mode="aerial")
    assert not is_refused(Event, mode="visit")
    assert not is_refused(Event, mode="")
