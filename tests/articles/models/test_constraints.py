"""What the database itself refuses, alike on both engines, whoever writes past forms."""

from datetime import date

import pytest
from django.db import Error, IntegrityError, transaction

from articles.models import Article, Country, Membership, OtherName, Person, Source, Topic
from tests.make import (
    make_article,
    make_country,
    make_event,
    make_membership,
    make_person,
    make_post,
    make_source,
    make_topic,
)

pytestmark = pytest.mark.django_db

REFUSED = (Error, ValueError)


def assert_refused(thing, **values):
    """`QuerySet.update()` of the thing's row, which neither validates nor saves, is refused."""
    with pytest.raises(REFUSED), transaction.atomic():
        type(thing).objects.filter(pk=thing.pk).update(**values)


def assert_kept(thing, **values):
    row = type(thing).objects.filter(pk=thing.pk)
    row.update(**values)
    assert row.values(*values).get() == values


# Forms of codes


@pytest.mark.parametrize("code", ["ir", "I", "IRN", "I1", "I ", " I", "İR", "I-", "IR\n", "\n\n"])
def test_an_alpha_2_code_is_two_capital_letters(code):
    assert_refused(make_country("Iran"), iso_alpha2=code)


@pytest.mark.parametrize("code", ["irn", "IR", "IRAN", "IR1", "IR ", "ÍRN", "---"])
def test_an_alpha_3_code_is_three_capital_letters(code):
    assert_refused(make_country("Iran"), iso_alpha3=code)


@pytest.mark.parametrize("code", ["36", "0364", "36A", "-36", "3.6", "٣٦٤", "   "])
def test_a_numeric_code_is_three_digits_of_ascii(code):
    assert_refused(make_country("Iran"), iso_numeric=code)


@pytest.mark.parametrize("number", [-1, 0, 1000, 40_000])
def test_a_correlates_of_war_number_is_between_1_and_999(number):
    assert_refused(make_country("Iran"), cow_code=number)


def test_well_formed_codes_and_no_codes_are_kept():
    iran = make_country("Iran")
    assert_kept(iran, iso_alpha2="IR", iso_alpha3="IRN", iso_numeric="364", cow_code=630)
    assert_kept(iran, iso_alpha2="", iso_alpha3="", iso_numeric="", cow_code=None)


@pytest.mark.parametrize("code", ["4", "04111", "4x", "041 ", "-41"])
def test_a_cameo_code_is_two_to_four_digits(code):
    assert_refused(make_event(), cameo=code)


@pytest.mark.parametrize(
    "slug", ["", "Iran", "i ran", "iran/", "írán", "iran\n", "iran_2", "ایران"]
)
@pytest.mark.parametrize(
    "make", [make_country, make_source, make_topic, make_person, make_post, make_article]
)
def test_an_address_is_small_letters_digits_and_hyphens(make, slug):
    assert_refused(make(), slug=slug)


@pytest.mark.parametrize("slug", ["-iran", "iran-", "islamic--republic", "-", "IRAN", "irán"])
def test_a_form_asks_moreover_for_single_hyphens_between_words(slug):
    country = Country(slug=slug, name="Iran")
    with pytest.raises(Exception, match="slug"):
        country.full_clean()


# Choices, and what cannot be empty


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (make_country, "status"),
        (make_source, "kind"),
        (make_source, "terms"),
        (make_post, "role"),
        (make_article, "status"),
        (make_event, "event_type"),
        (make_event, "mode"),
        (make_event, "status"),
    ],
)
@pytest.mark.parametrize("value", ["secret", "PUBLISHED", " ", "published "])
def test_a_choice_is_one_of_those_offered(make, field, value):
    assert_refused(make(), **{field: value})


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (make_country, "name"),
        (make_source, "name"),
        (make_topic, "name"),
        (make_person, "name"),
        (make_post, "label"),
        (make_event, "title"),
        (make_article, "headline"),
        (make_article, "body"),
        (make_article, "language"),
        (make_article, "import_ref"),
    ],
)
@pytest.mark.parametrize("value", ["", None])
def test_a_thing_without_a_name_or_text_is_refused(make, field, value):
    assert_refused(make(), **{field: value})


# Dates


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (make_country, "valid_from"),
        (make_country, "valid_until"),
        (make_person, "born"),
        (make_person, "died"),
        (make_article, "published"),
        (make_event, "date"),
        (make_event, "end_date"),
    ],
)
def test_the_earliest_day_of_a_date_is_not_after_its_latest(make, field):
    thing = make()
    days = {f"{field}_earliest": date(2023, 7, 3), f"{field}_latest": date(2023, 7, 2)}
    assert_refused(thing, **{field: "2023-07"}, **days)
    days = {f"{field}_earliest": date(2023, 7, 2), f"{field}_latest": date(2023, 7, 2)}
    assert_kept(thing, **{field: "2023-07"}, **days)


@pytest.mark.parametrize("end", ["earliest", "latest"])
def test_no_day_is_known_where_no_date_is_written(end):
    assert_refused(make_article(published=""), **{f"published_{end}": date(2023, 7, 2)})


def test_a_date_is_not_emptied_while_its_days_stay():
    assert_refused(make_article(published="2023-07-02"), published="")


@pytest.mark.parametrize(
    ("make", "first", "last"),
    [
        (make_country, "valid_from", "valid_until"),
        (make_person, "born", "died"),
        (make_event, "date", "end_date"),
    ],
)
def test_nothing_ends_before_it_begins(make, first, last):
    thing = make()
    begins, ends = (type(thing)._meta.get_field(name) for name in (first, last))
    assert_refused(thing, **begins.written("1991"), **ends.written("1990"))
    # On some day of the same year it may well have begun and ended.
    type(thing).objects.update(**begins.written("1991"), **ends.written("1991-01-02"))


def test_a_term_of_office_that_runs_backwards_is_refused_in_bulk_too():
    hasanova, office = make_person("Leyla Hasanova"), make_post()
    backwards = Membership(person=hasanova, post=office, started="2021-05", ended="2020")
    with pytest.raises(REFUSED), transaction.atomic():
        Membership.objects.bulk_create([backwards])
    assert not Membership.objects.exists()


def test_a_name_is_not_given_up_before_it_is_taken():
    name = OtherName(person=make_person(), name="Hasan", valid_from="1999", valid_until="1998-12")
    with pytest.raises(REFUSED), transaction.atomic():
        OtherName.objects.bulk_create([name])


def test_evidence_ends_after_it_begins():
    article, event = make_article(body="They met."), make_event()
    event.evidence.create(article=article, start=0, end=8, text="They met")
    for start, end in [(5, 5), (8, 0), (-1, 3)]:
        with pytest.raises(REFUSED), transaction.atomic():
            event.evidence.update(start=start, end=end)


# What is unique


@pytest.mark.parametrize(
    ("field", "code"),
    [("iso_alpha2", "CS"), ("iso_alpha3", "CSK"), ("iso_numeric", "200"), ("cow_code", 315)],
)
class TestACode:
    def test_is_borne_by_one_country_of_today_only(self, field, code):
        make_country("Czechia", **{field: code})
        assert_refused(make_country("Slovakia"), **{field: code})

    def test_may_be_borne_by_former_states_beside_one_of_today(self, field, code):
        make_country("Czechia", **{field: code})
        for name in ("Czechoslovakia", "Serbia and Montenegro"):
            make_country(name, valid_until="1992-12-31", **{field: code})
        assert Country.objects.filter(**{field: code}).count() == 3

    def test_keeps_a_former_state_from_becoming_one_of_today(self, field, code):
        make_country("Czechia", **{field: code})
        former = make_country("Czechoslovakia", valid_until="1992", **{field: code})
        assert_refused(former, **Country.valid_until.field.written(""))


def test_any_number_of_countries_have_no_code_at_all():
    make_country("Abkhazia")
    make_country("European Union")
    assert Country.objects.filter(iso_alpha2="", cow_code=None).count() == 2


def test_an_import_reference_is_unique_within_its_source_only():
    anadolu, apa = make_source("Anadolu Agency"), make_source("APA")
    make_article("Ministers meet", source=anadolu, import_ref="n-1")
    make_article("Ministers meet", source=apa, import_ref="n-1")
    twin = Article(headline="Twin", slug="twin", body="A.", source=anadolu, import_ref="n-1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.bulk_create([twin])
    assert_refused(make_article(source=anadolu, import_ref="n-2"), import_ref="n-1")


def test_two_articles_without_a_reference_and_of_the_same_text_are_refused():
    make_article("Ministers meet", body="They met in Baku.")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_article("MINISTERS MEET", body="They  met in Bakú.")


def test_a_bulk_load_without_references_is_refused_and_leaves_nothing():
    source = make_source()
    pieces = [
        Article(headline="A", slug="a", body="A.", source=source, import_ref="a"),
        Article(headline="B", slug="b", body="B.", source=source),
    ]
    with pytest.raises(REFUSED), transaction.atomic():
        Article.objects.bulk_create(pieces)
    assert not Article.objects.exists()


@pytest.mark.parametrize("model", [Country, Source, Topic, Person])
def test_two_things_never_share_an_address(model):
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.bulk_create([model(slug="same", name="One"), model(slug="same", name="Two")])


def test_an_office_is_taken_on_one_day_once():
    hasanova, office = make_person(), make_post()
    make_membership(hasanova, office, "2019")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_membership(hasanova, office, "2019", ended="2020")
