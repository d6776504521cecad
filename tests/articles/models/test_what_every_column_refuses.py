"""Lengths, NUL and the range of numbers: no column holds on one engine what the other refuses.

The values are written by plain SQL, past forms, `clean()` and the fields' own checks.
"""

import pytest
from django.apps import apps
from django.db import Error, connection, models, transaction
from django.db.models import URLField

from articles.models import Evidence, FormerSlug, ImportRun, OtherName
from articles.models.fields import StringListField
from tests.make import (
    JOURNAL,
    make_article,
    make_country,
    make_event,
    make_membership,
    make_mention,
    make_person,
    make_post,
    make_suggestion,
    make_topic,
)

pytestmark = pytest.mark.django_db

REFUSED = (Error, ValueError)
# What the triggers and the seals write is refused to anybody else: tests/articles/integrity.
MODELS = [model for model in apps.get_app_config("articles").get_models() if model not in JOURNAL]


def columns(of_kind, model_list=MODELS):
    found = [
        (model, field)
        for model in model_list
        for field in model._meta.concrete_fields
        if of_kind(field)
    ]
    return pytest.mark.parametrize(
        ("model", "field"), found, ids=[f"{model.__name__}.{field.name}" for model, field in found]
    )


def is_text(field):
    return isinstance(field, (models.CharField, models.TextField))


def is_free_text(field):
    """Text of any letters: no code, no choice, no address of a page."""
    codes = ("slug", "ref", "iso_alpha2", "iso_alpha3", "iso_numeric", "cameo", "event_type")
    codes += ("language", "script", "target")
    return is_text(field) and not field.choices and field.name not in codes


def is_number(field):
    return isinstance(field, models.PositiveIntegerField)


@pytest.fixture
def one_row_of_each(db):
    azerbaijan = make_country("Azerbaijan")
    hasanova = make_person("Leyla Hasanova")
    OtherName.objects.create(person=hasanova, name="Leyla Həsənova")
    make_membership(hasanova, make_post(country=azerbaijan), "2019")
    article = make_article("Minister speaks", [azerbaijan], [hasanova], [make_topic()])
    FormerSlug.objects.create(article=article, slug="minister-spoke")
    event = make_event(actors=[azerbaijan])
    Evidence.objects.create(event=event, article=article, start=0, end=8, text="They met")
    make_mention(article, azerbaijan, "They")
    make_suggestion(article, azerbaijan, "They")
    ImportRun.objects.create(files="a.jsonl", digest="0" * 64)


def write(model, field, value):
    """Into the column of the one row, by SQL."""
    table, column = model._meta.db_table, field.column
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{table}" SET "{column}" = %s', [value])
        assert cursor.rowcount == 1, f"{table} should have one row"


@columns(is_text)
def test_every_text_has_a_greatest_length(model, field):
    assert field.max_length, f"{model.__name__}.{field.name} has none"


@columns(is_text)
def test_a_text_longer_than_its_column_is_refused(one_row_of_each, model, field):
    with pytest.raises(REFUSED):
        write(model, field, "a" * (field.max_length + 1))


@columns(is_free_text)
def test_a_text_of_the_greatest_length_counted_in_letters_and_not_in_bytes_is_kept(
    one_row_of_each, model, field
):
    beginning = "https://" if isinstance(field, URLField) else ""
    longest = beginning.ljust(field.max_length, "ə")
    write(model, field, longest)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{field.column}" FROM "{model._meta.db_table}"')
        assert cursor.fetchone()[0] == longest


@columns(is_text)
def test_a_text_with_a_nul_is_refused(one_row_of_each, model, field):
    for value in ("\0", "a\0", "\0a", "a\0b"):
        with pytest.raises(REFUSED):
            write(model, field, value)


@columns(is_number)
def test_a_number_outside_of_its_range_is_refused(one_row_of_each, model, field):
    for value in (-1, 2**31, 2**40, 2**63):
        with pytest.raises((*REFUSED, OverflowError)):
            write(model, field, value)


LISTS = columns(lambda field: isinstance(field, StringListField))


@LISTS
@pytest.mark.parametrize("value", [["Azeri\0"], ["\0"]], ids=repr)
def test_a_list_with_a_nul_in_it_is_refused(one_row_of_each, model, field, value):
    with pytest.raises(REFUSED), transaction.atomic():
        model.objects.update(**{field.name: value})


@LISTS
def test_an_endless_list_is_refused(one_row_of_each, model, field):
    with pytest.raises(REFUSED), transaction.atomic():
        model.objects.update(**{field.name: ["name"] * 1000})


@LISTS
@pytest.mark.parametrize("letter", ["a", "ə", "阿", "ش"])
def test_how_long_a_list_may_be_does_not_depend_on_its_script(
    one_row_of_each, model, field, letter
):
    model.objects.update(**{field.name: [letter * 30] * 20})
    assert getattr(model.objects.get(), field.name) == [letter * 30] * 20


@pytest.mark.parametrize("name", ["Back\\slash", 'Quote"s', "Nadir 👩‍🚒", "a\tb"], ids=repr)
def test_a_list_keeps_odd_names_as_they_are(name):
    azerbaijan = make_country(other_names=[name])
    azerbaijan.refresh_from_db()
    assert azerbaijan.other_names == [name]


@columns(lambda field: isinstance(field, URLField))
def test_an_address_that_a_page_may_not_link_is_refused(one_row_of_each, model, field):
    for value in ("javascript:alert(1)", "data:text/html,x", "//archive.example", "archive"):
        with pytest.raises(REFUSED):
            write(model, field, value)
