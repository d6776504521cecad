"""The verbs of Article.objects: whom an article involves and names, when it was, in which order."""

from datetime import date

import pytest

from articles.models import Article
from tests.make import make_article, make_country, make_membership, make_person, make_post

pytestmark = pytest.mark.django_db


def refs(queryset):
    return [article.import_ref for article in queryset]


def found(queryset):
    return set(refs(queryset))


# Countries and people


@pytest.fixture
def countries():
    return [make_country(name) for name in ("Azerbaijan", "Iran", "Armenia")]


def test_involving_asks_for_every_one_of_the_countries(countries):
    azerbaijan, iran, armenia = countries
    make_article(import_ref="both", countries=[azerbaijan, iran])
    make_article(import_ref="all", countries=[azerbaijan, iran, armenia])
    make_article(import_ref="one", countries=[azerbaijan])
    make_article(import_ref="none")
    articles = Article.objects.all()
    assert found(articles.involving(azerbaijan)) == {"both", "all", "one"}
    assert found(articles.involving(azerbaijan, iran)) == {"both", "all"}
    assert found(articles.involving(iran, azerbaijan, armenia)) == {"all"}
    assert found(articles.involving(azerbaijan).involving(armenia)) == {"all"}
    assert found(articles.involving()) == {"both", "all", "one", "none"}


def test_an_article_is_found_once_however_much_it_names(countries):
    make_article(import_ref="all", countries=countries)
    assert refs(Article.objects.involving(*countries, *countries)) == ["all"]


def test_mentioning_asks_for_every_one_of_the_people():
    minister, envoy = make_person("Leyla Hasanova"), make_person("Darius Karimi")
    make_article(import_ref="both", people=[minister, envoy])
    make_article(import_ref="minister", people=[minister])
    make_article(import_ref="nobody")
    articles = Article.objects.all()
    assert found(articles.mentioning(minister)) == {"both", "minister"}
    assert found(articles.mentioning(minister, envoy)) == {"both"}


def test_the_verbs_read_aloud_one_after_the_other(countries):
    azerbaijan, iran, _ = countries
    minister = make_person("Leyla Hasanova")
    here = {"countries": [azerbaijan, iran], "people": [minister]}
    make_article(import_ref="right", published="2023-07-02", **here)
    make_article(import_ref="draft", published="2023-07-02", status="draft", **here)
    make_article(import_ref="too early", published="2022", **here)
    make_article(import_ref="of one", published="2023-07-02", countries=[iran], people=[minister])
    make_article(import_ref="of none", published="2023-07-02", countries=[azerbaijan, iran])
    queryset = Article.objects.published().involving(azerbaijan, iran).mentioning(minister)
    assert refs(queryset.between(date(2023, 7, 1), date(2023, 7, 31))) == ["right"]


@pytest.mark.parametrize("status", ["draft", "review", "withdrawn"])
def test_readers_see_what_is_published_and_nothing_else(status):
    make_article(import_ref="open")
    make_article(import_ref="closed", status=status)
    assert refs(Article.objects.published()) == ["open"]


# Holders of an office


@pytest.mark.parametrize(
    ("published", "is_found"),
    [
        ("2020-07-16", True),
        ("2022-05-01", True),
        ("2024-05-19", True),
        ("[2021-08-25..2023-09-19]", True),
        ("2023", True),
        ("2020-07-15", False),
        ("2024-05-20", False),
        ("2020", False),
        ("[2019-01-01..2022-01-01]", False),
        ("[2022-01-01..]", False),
        ("[..2022-01-01]", False),
        ("", False),
    ],
)
def test_an_office_is_named_where_its_holder_certainly_held_it_on_every_possible_day(
    published, is_found
):
    minister, office = make_person("Leyla Hasanova"), make_post()
    make_membership(minister, office, "2020-07-16", "2024-05-19")
    make_article(import_ref="piece", published=published, people=[minister])
    assert refs(Article.objects.naming_holder_of(office)) == (["piece"] if is_found else [])


def test_a_holder_whose_first_or_last_day_is_unsure_counts_from_the_last_and_to_the_first():
    minister, office = make_person("Leyla Hasanova"), make_post()
    make_membership(minister, office, "2020-07", "2024")
    for day in ("2020-07-15", "2020-07-31", "2023-12-31", "2024-01-01", "2024-06-01"):
        make_article(import_ref=day, published=day, people=[minister])
    certain = Article.objects.naming_holder_of(office)
    assert found(certain) == {"2020-07-31", "2023-12-31", "2024-01-01"}


def test_without_a_recorded_end_a_holder_is_certain_only_up_to_the_day_last_seen_in_office():
    seen, unseen, office = make_person("Leyla Hasanova"), make_person("Ilham Nabiyev"), make_post()
    make_membership(seen, office, "2019", "[2025-08-08..]")
    make_membership(unseen, office, "2019", "")
    for person in (seen, unseen):
        for day in ("2025-08-08", "2025-08-09"):
            make_article(import_ref=f"{person.slug} {day}", published=day, people=[person])
    assert refs(Article.objects.naming_holder_of(office)) == ["leyla-hasanova 2025-08-08"]


def test_the_holder_of_another_office_or_another_person_is_not_meant():
    minister, president = make_person("Leyla Hasanova"), make_person("Rauf Aliyev")
    ministry, presidency = make_post("Foreign minister of Azerbaijan"), make_post("President")
    make_membership(minister, ministry, "2019", "2024")
    make_membership(president, presidency, "2019", "2024")
    make_article(import_ref="minister", published="2022", people=[minister])
    make_article(import_ref="president", published="2022", people=[president])
    make_article(import_ref="nobody", published="2022")
    assert refs(Article.objects.naming_holder_of(ministry)) == ["minister"]


# Days


DATED = {
    "day": "2023-07-02",
    "instant": "2023-07-02T00:30:00+04:00",
    "month": "2023-07",
    "year": "2023",
    "span": "[2021-08-25..2023-09-19]",
    "since": "[2023-07-10..]",
    "until": "[..2023-06-30]",
    "interval": "2023-07-05/..",
    "before": "2023-07-01",
    "after": "2024-01-01",
    "undated": "",
}


@pytest.fixture
def dated():
    for reference, published in DATED.items():
        make_article(import_ref=reference, published=published)


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (None, None, set(DATED)),
        (
            date(2023, 7, 2),
            date(2023, 7, 2),
            {"day", "instant", "month", "year", "span"},
        ),
        (
            date(2023, 7, 3),
            None,
            {"month", "year", "span", "since", "interval", "after"},
        ),
        (
            None,
            date(2023, 7, 1),
            {"month", "year", "span", "until", "before"},
        ),
        (date(2024, 6, 1), date(2030, 1, 1), {"since", "interval"}),
        (date(1, 1, 1), date(1900, 1, 1), {"until"}),
        (date(1, 1, 1), date(9999, 12, 31), set(DATED) - {"undated"}),
        (date(1, 1, 1), None, set(DATED) - {"undated"}),
        (None, date(9999, 12, 31), set(DATED) - {"undated"}),
        (date(2023, 9, 20), date(2023, 12, 31), {"year", "since", "interval"}),
        # Asked for backwards: no article lies after a day and before an earlier one, but those do
        # overlap whose span holds both.
        (date(2023, 7, 31), date(2023, 7, 1), {"month", "year", "span"}),
    ],
)
def test_between_finds_what_may_have_been_on_one_of_the_days(dated, since, until, expected):
    assert found(Article.objects.between(since, until)) == expected


def test_an_instant_lies_on_the_day_at_its_own_offset(dated):
    # 2023-07-02T00:30+04:00 was still 1 July in London.
    assert "instant" not in found(Article.objects.between(None, date(2023, 7, 1)))


# Order


ORDERED = ["2020", "2023-07-02", "[2021-08-25..2023-09-19]", "2023", "2024-01-01"]


def test_newest_goes_by_the_latest_possible_day_and_the_undated_come_last():
    make_article(import_ref="undated")
    for published in [ORDERED[i] for i in (3, 0, 4, 2, 1)]:
        make_article(import_ref=published, published=published)
    assert refs(Article.objects.newest()) == [*reversed(ORDERED), "undated"]


def test_oldest_is_the_reverse_of_newest_and_the_undated_come_last_here_too():
    make_article(import_ref="undated")
    for published in [ORDERED[i] for i in (3, 0, 4, 2, 1)]:
        make_article(import_ref=published, published=published)
    assert refs(Article.objects.oldest()) == [*ORDERED, "undated"]


def test_of_the_same_day_the_one_added_last_counts_as_newest():
    for number in "123":
        make_article(import_ref=number, published="2023-07-02")
    assert refs(Article.objects.newest()) == ["3", "2", "1"]
    assert refs(Article.objects.oldest()) == ["1", "2", "3"]


@pytest.mark.parametrize("number", [1, 10])
def test_a_record_costs_the_same_for_one_article_and_for_many(
    countries, django_assert_num_queries, number
):
    minister, office = make_person("Leyla Hasanova"), make_post()
    make_membership(minister, office, "2019", "2024")
    for _ in range(number):
        make_article(published="2022", countries=countries, people=[minister])
    with django_assert_num_queries(6):
        for article in Article.objects.for_records():
            assert article.source.name
            ((person, held),) = article.people_on_the_day()
            assert (person, held.post) == (minister, office)
            assert set(article.countries.all()) == set(countries)
            assert not article.topics.all()
