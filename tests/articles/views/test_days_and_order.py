"""`since` and `until` by overlap, and the orders of a list."""

import pytest

from tests.articles.views.reading import headlines, shown, words_of
from tests.make import made_at_once, make_article

pytestmark = pytest.mark.django_db

DATES = {
    "day": "2020-05-10",
    "month": "2020-05",
    "year": "2019",
    "span": "[2019-12-30..2020-01-02]",
    "open end": "[2021-06-01..]",
    "open start": "[..2018-03-01]",
    "interval": "2020-09-27/2020-11-10",
    "instant": "2023-07-02T23:30:00-05:00",
    "undated": "",
}


@pytest.fixture
def reports():
    with made_at_once():
        for headline, published in DATES.items():
            make_article(headline, published=published)


@pytest.mark.usefixtures("reports")
class TestSinceAndUntil:
    @pytest.mark.parametrize(
        ("since", "until", "found"),
        [
            ("2020-05-10", "2020-05-10", {"day", "month"}),
            ("2020-05-11", "2020-05-31", {"month"}),
            ("2020-05", "2020-05", {"day", "month"}),
            ("2020-06", "2020-08", set()),
            ("2020-01-02", "2020-01-02", {"span"}),
            ("2020-01-03", "2020-04-30", set()),
            ("2019-12-29", "2019-12-29", {"year"}),
            ("2019-12-30", "2019-12-30", {"year", "span"}),
            ("2020-10-01", "2020-10-02", {"interval"}),
            ("2023-07-02", "2023-07-02", {"instant", "open end"}),
            ("2023-07-03", "2023-07-03", {"open end"}),
            ("9999", "", {"open end"}),
            ("", "0001", {"open start"}),
            ("2021-05-31", "2021-05-31", set()),
            ("2021-06-01", "2021-06-01", {"open end"}),
            ("2018-03-01", "2018-03-01", {"open start"}),
            ("2018-03-02", "2018-12-31", set()),
            ("2023", "", {"instant", "open end"}),
            ("", "2018", {"open start"}),
            ("0001", "9999", set(DATES) - {"undated"}),
        ],
    )
    def test_an_article_is_found_where_its_span_overlaps(self, client, since, until, found):
        assert set(headlines(client, "/articles.json", since=since, until=until)) == found

    @pytest.mark.parametrize("parameter", ["since", "until"])
    @pytest.mark.parametrize(
        "value",
        ["0000", "2023-13", "2023-02-30", "2023-21", "23", "yesterday", "2023-7", "2023/07/03",
         "2023-07-03T10:00:00Z", "2023?", "[2020..2021]", "-2023", "99999", "2023-00", "20 23",
         "۰۰۰۰", "²⁰²³"],
    )  # fmt: skip
    def test_a_day_that_is_none_shows_nothing_and_says_why(self, client, parameter, value):
        page = client.get("/articles/", {parameter: value})
        answer = client.get("/articles.json", {parameter: value})

        assert (page.status_code, shown(page)) == (200, [])
        assert "not understood" in words_of(page)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [parameter])

    @pytest.mark.parametrize(
        ("since", "until"), [("2021", "2020"), ("2020-05-02", "2020-05-01"), ("2020-06", "2020-05")]
    )
    def test_an_end_before_the_beginning_is_refused(self, client, since, until):
        query = {"since": since, "until": until}

        answer = client.get("/articles.json", query)

        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["until"])
        page = client.get("/articles/", query)
        assert shown(page) == []
        assert f"{until} is before {since}" in words_of(page)

    def test_a_year_may_end_in_the_month_in_which_it_begins(self, client):
        assert headlines(client, "/articles.json", since="2020-05-05", until="2020-05")


NEWEST = ["instant", "interval", "month", "day", "span", "year", "open start"]


@pytest.mark.usefixtures("reports")
class TestOrder:
    def test_newest_is_by_the_latest_possible_day_and_the_undated_come_last(self, client):
        # An open end has no latest day: it stands with the undated.
        assert headlines(client, "/articles.json") == [*NEWEST, "undated", "open end"]
        assert headlines(client, "/articles.json", order="newest")[:7] == NEWEST

    def test_oldest_is_the_exact_reverse_but_the_undated_still_come_last(self, client):
        assert headlines(client, "/articles.json", order="oldest") == [
            *reversed(NEWEST),
            "open end",
            "undated",
        ]

    def test_added_is_by_the_time_of_entry_the_last_first(self, client):
        assert headlines(client, "/articles.json", order="added") == [*reversed(DATES)]

    @pytest.mark.parametrize("order", ["relevance", "sideways", "NEWEST", "-newest", "null"])
    def test_an_order_that_is_none_or_needs_words_is_refused(self, client, order):
        page = client.get("/articles/", {"order": order})
        answer = client.get("/articles.json", {"order": order})

        assert (page.status_code, shown(page)) == (200, [])
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["order"])

    def test_pages_and_json_show_the_same_articles_in_the_same_order(self, client):
        for order in ("newest", "oldest", "added"):
            listed = client.get("/articles.json", {"order": order}).json()["results"]
            addresses = [f"/articles/{result['slug']}/" for result in listed]
            assert shown(client.get("/articles/", {"order": order})) == addresses


def test_relevance_puts_a_word_in_the_headline_before_one_in_the_text(client):
    make_article("Nothing of note", body="They spoke of a pipeline and of much else besides.")
    make_article("A pipeline is laid", body="They spoke of this and that and of much else too.")

    found = headlines(client, "/articles.json", q="pipeline", order="relevance")

    assert found == ["A pipeline is laid", "Nothing of note"]
