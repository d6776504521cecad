"""What a page asks of the database does not grow with what it shows."""

import pytest

from tests.make import make_article, make_country, make_membership, make_person, make_post

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", [1, 10])
def test_a_list_costs_the_same_for_one_article_and_for_many(
    client, django_assert_num_queries, number
):
    minister = make_person()
    make_membership(minister, make_post(), "2019", "2024")
    country = make_country()
    for _ in range(number):
        make_article(countries=[country], people=[minister], published="2020")
    # For the page's tag the state; what waits; the cards, as a transaction has to read them anew;
    # the articles; names of countries, sources, people, topics; terms of office, and offices.
    with django_assert_num_queries(10):
        client.get("/articles/")


def test_what_was_chosen_is_looked_up_once(client, django_assert_num_queries):
    make_article(countries=[make_country("Iran"), make_country("Türkiye")])
    # As above without people: the countries are among the names.
    with django_assert_num_queries(9):
        page = client.get("/articles/", {"country": ["iran", "turkiye", " iran "]})
    assert b"1 article on Iran and T" in page.content
