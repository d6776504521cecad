"""Lists of relations, uncertain holders, withdrawn texts, ranked hits: no more than is true."""

import pytest
from django.urls import get_resolver

from articles.models import Article
from articles.views import list_page
from tests.articles.views.reading import headlines, words_of
from tests.make import (
    make_article,
    make_country,
    make_membership,
    make_person,
    make_post,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def iran():
    return make_country("Iran", iso_alpha2="IR", iso_alpha3="IRN")


@pytest.fixture
def iraq():
    return make_country("Iraq", iso_alpha2="IQ", iso_alpha3="IRQ")


class TestRelations:
    def test_two_countries_lead_to_their_page(self, client, iran, iraq):
        answer = client.get("/relations/", {"country": ["IR", "iraq"]})
        assert answer.url == "/relations/iran/iraq/"

    @pytest.mark.parametrize("asked", [["narnia", "iran"], ["iran", "iran"], ["iran"]])
    def test_what_is_wrong_is_said_and_nothing_is_listed(self, client, iran, iraq, asked):
        make_article(countries=[iran, iraq])
        answer = client.get("/relations/", {"country": asked})
        assert answer.status_code == 200
        assert "Put this right" in words_of(answer)
        assert "/relations/iran/iraq/" not in answer.content.decode()

    def test_the_page_says_how_many_there_are_though_it_shows_the_first(
        self, client, iran, iraq, monkeypatch
    ):
        monkeypatch.setattr("articles.views.relations.MOST_PAIRS", 1)
        make_article(countries=[iran, iraq, make_country("Oman")])
        assert "3 relations, the 1 most reported of them" in words_of(client.get("/relations/"))
        listed = client.get("/relations.json").json()
        assert listed["count"] == len(listed["results"]) == 3


class TestUncertainHolders:
    @pytest.fixture
    def minister(self, iran):
        person, post = make_person("Leyla Hasanova"), make_post("Foreign minister of Iran", iran)
        make_membership(person, post, "2020", "2022-05")
        return person

    def ask(self, client, **more):
        return headlines(client, "/articles.json", office="foreign-minister-of-iran", **more)

    def test_they_are_left_out_unless_asked_for(self, client, minister):
        make_article("Sure", people=[minister], published="2021-03-01")
        make_article("Perhaps", people=[minister], published="2020-03-01")
        make_article("From some day on", people=[minister], published="[2021-03-01..]")
        make_article("Too late", people=[minister], published="2022-06-01")
        make_article("Never dated", people=[minister])
        assert self.ask(client) == ["Sure"]
        assert set(self.ask(client, uncertain=1)) == {"Sure", "Perhaps", "From some day on"}

    def test_another_value_is_refused(self, client, minister):
        answer = client.get("/articles.json", {"uncertain": "yes"})
        assert answer.status_code == 400
        assert list(answer.json()["errors"]) == ["uncertain"]


def test_a_withdrawn_text_is_answered_in_plain_text_with_the_reason(client):
    make_article("Talks", status="withdrawn", withdrawal_reason="Sent twice by the agency.")
    answer = client.get("/articles/talks.txt")
    assert answer.status_code == 410
    assert answer["Content-Type"].startswith("text/plain")
    assert b"Sent twice by the agency." in answer.content


def test_a_ranking_that_ends_says_so(client, monkeypatch):
    monkeypatch.setattr("articles.filters.MOST_BY_RELEVANCE", 2)
    monkeypatch.setattr(list_page, "MOST_BY_RELEVANCE", 2)
    for number in range(3):
        make_article(f"Talks {number}")
    asked = {"q": "talks", "order": "relevance"}
    assert "(the best 2 of them)" in client.get("/articles.json", asked).json()["sentence"]
    assert "Only the best 2 of 3 are ranked" in words_of(client.get("/articles/", asked))


def test_countries_bear_their_article_in_a_sentence(client, iran):
    make_article(countries=[iran, make_country("United States")])
    sentence = client.get("/articles.json?country=iran&country=united-states").json()["sentence"]
    assert sentence == "1 article on Iran and the United States"


def test_readers_pages_take_nothing_but_questions(client):
    for pattern in get_resolver("articles.urls").url_patterns:
        assert pattern.callback.__wrapped__, f"{pattern.name} is not made by page()"
    assert client.post("/articles/").status_code == 405
    assert client.delete("/about/").status_code == 405
    assert Article.objects.count() == 0
