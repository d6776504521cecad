"""What is kept of people's names, for how long, and what a search costs by it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import search
from articles.models import OtherName
from tests.make import make_article, make_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def araghchi():
    person = make_person("Abbas Araghchi")
    OtherName.objects.create(person=person, name="عباس عراقچی", kind="native")
    make_article("Guest one", body="Abbas Araghchi came.")
    make_article("Guest two", body="عباس عراقچی came.")
    make_article("Guest three", body="Abbas Araqchi came.")
    return person


def count(client, q):
    return client.get("/articles.json", {"q": q}).json()["count"]


def test_names_are_kept_as_long_as_none_changes():
    names = search.names()
    make_article("Something else")
    assert search.names() is names
    make_person("Leyla Hasanova")
    assert search.names() is not names


def test_the_next_search_knows_a_spelling_that_was_added_changed_or_taken_away(client, araghchi):
    assert count(client, "Araghchi") == 2
    added = OtherName.objects.create(person=araghchi, name="Abbas Araqchi")
    assert count(client, "Araghchi") == 3
    added.name = "Abbas Arakchi"
    added.save()
    assert count(client, "Araghchi") == 2
    OtherName.objects.filter(kind="native").update(name="عباس", folded_name="عباس")
    assert count(client, "Araghchi") == 1
    OtherName.objects.all().delete()
    assert count(client, "Araghchi") == 1


def test_whether_a_name_changed_is_one_query():
    search.names()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        search.names()
    assert len(asked) == 1


@pytest.mark.parametrize("q", ["came", "Araghchi", '"Abbas Araghchi"', "Araqchi"])
def test_a_search_costs_no_query_more_than_exact_words_do(client, q):
    """The second time; people who are offered, and their names, are read the first time alone."""
    numbers = []
    for parameters in ({"q": q}, {"q": q, "exact": "1"}):
        client.get("/articles/", parameters)
        with CaptureQueriesContext(connection) as asked:
            client.get("/articles/", parameters)
        numbers.append(len(asked))
    # The other spellings that the index holds, and the stems of the words, are looked up at once.
    assert numbers[0] <= numbers[1] + 2


def test_people_of_whom_nothing_is_recorded_do_no_harm(client):
    make_person("U", slug="u")
    make_person("---", slug="nothing")
    assert count(client, "U") == 0
