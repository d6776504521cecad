"""Walking a list page by page: every article once, in the right order, whatever its date."""

from datetime import date
from urllib.parse import urlsplit

import pytest

from articles.models import Article
from articles.views import paging
from tests.articles.views.reading import next_page, shown
from tests.make import made_at_once, make_article

pytestmark = pytest.mark.django_db

DATES = ["2020-05-01", "2020-05", "", "[2019-12-30..2020-05-01]", "1999", "[..2020-05-01]", "2020",
         "[2021-06-01..]", "", "2020-05-01", "1999-12-31", "2023-07-02T23:30:00-05:00"]  # fmt: skip


@pytest.fixture
def reports():
    """57 articles, many of one day, some of a span, some open, some without any date."""
    with made_at_once():
        return [
            make_article(
                f"Pipeline report {n}" if n % 3 else f"Report {n}",
                body=f"They spoke of the pipeline in part {n} of the talks.",
                published=DATES[n % len(DATES)],
            )
            for n in range(57)
        ]


def walk(client, address):
    """The slugs on each page of a JSON list, from the first to the last."""
    pages = []
    while address:
        answer = client.get(address)
        assert answer.status_code == 200, address
        pages.append([result["slug"] for result in answer.json()["results"]])
        address = answer.json()["next"]
        assert len(pages) < 20, "the list does not end"
    return pages


def expected(order):
    """The order by the promise: latest possible day, then id; the undated last."""
    everything = list(Article.objects.all())
    dated = [a for a in everything if a.published_latest]
    undated = [a for a in everything if not a.published_latest]
    if order == "added":
        ordered = sorted(everything, key=lambda a: -a.pk)
    elif order == "oldest":
        ordered = sorted(dated, key=lambda a: (a.published_latest, a.pk))
        ordered += sorted(undated, key=lambda a: a.pk)
    else:
        ordered = sorted(dated, key=lambda a: (a.published_latest, a.pk), reverse=True)
        ordered += sorted(undated, key=lambda a: -a.pk)
    return [article.slug for article in ordered]


@pytest.mark.parametrize("order", ["newest", "oldest", "added"])
def test_every_article_comes_exactly_once_and_in_order(client, reports, order):
    pages = walk(client, f"/articles.json?order={order}")

    assert [len(page) for page in pages] == [25, 25, 7]
    assert sum(pages, []) == expected(order)


def test_by_relevance_every_article_comes_exactly_once_the_better_matches_first(client, reports):
    found = sum(walk(client, "/articles.json?order=relevance&q=pipeline"), [])

    assert sorted(found) == sorted(expected("newest"))
    in_headline = [slug.startswith("pipeline") for slug in found]
    assert in_headline == sorted(in_headline, reverse=True)
    # Equal matches stand as the newest do.
    equal = [slug for slug in expected("newest") if not slug.startswith("pipeline")]
    assert found[-len(equal) :] == equal


@pytest.mark.parametrize("order", ["newest", "oldest", "added", "relevance"])
def test_the_pages_for_people_show_what_json_does(client, reports, order):
    query = f"order={order}&q=pipeline"
    address, pages = f"/articles/?{query}", []
    while address:
        answer = client.get(address)
        pages.append([path.split("/")[2] for path in shown(answer)])
        address = next_page(answer)
        address = address and f"/articles/?{urlsplit(address).query}"

    assert pages == walk(client, f"/articles.json?{query}")


def test_the_number_of_all_stays_the_same_on_every_page(client, reports):
    first = client.get("/articles.json").json()
    second = client.get(first["next"]).json()

    assert first["count"] == second["count"] == 57
    assert first["sentence"] == second["sentence"]


def test_filters_go_along_to_the_next_page(client, reports):
    pages = walk(client, "/articles.json?since=2020&until=2020&q=pipeline")

    assert len(pages) == 2
    found = Article.objects.filter(slug__in=sum(pages, []))
    assert found.count() == len(sum(pages, []))
    assert not found.filter(published__in=["", "1999", "1999-12-31"]).exists()


def test_an_article_that_comes_in_between_two_pages_moves_nothing(client, reports):
    first = client.get("/articles.json").json()
    make_article("Just in", published="2025-01-01")
    second = client.get(first["next"]).json()

    slugs = [result["slug"] for result in first["results"] + second["results"]]
    assert slugs == [slug for slug in expected("newest") if slug != "just-in"][:50]


def test_an_article_withdrawn_between_two_pages_breaks_no_cursor(client, reports):
    first = client.get("/articles.json").json()
    last = Article.objects.get(slug=first["results"][-1]["slug"])
    last.status = "withdrawn"
    last.save()

    second = client.get(first["next"])

    assert [result["slug"] for result in second.json()["results"]] == expected("newest")[25:50]


def test_exactly_one_full_page_has_no_next(client):
    for number in range(25):
        make_article(f"Report {number}", published="2020")

    assert client.get("/articles.json").json()["next"] is None
    assert next_page(client.get("/articles/")) is None


UNUSABLE = {
    "newest": ["x", "_", "5", "2023-02-30_1", "2023-01-01_", "2023-01-01_x", "0000-01-01_1",
               "2023-01-01_1_2", "-1", "_-1", "٢٠٢٣-٠١-٠١_١", "_" + "9" * 400, "2023_1",
               "None_1", "2023-01-01_1\n"],
    "added": ["x", "_1", "-1", "1.5", "1e3", "١٢", "9" * 400, "2023-01-01_1", "0x10"],
    "relevance": ["x", "_1", "-25", "2.5", "٢٥", "9" * 400],
}  # fmt: skip
UNUSABLE["oldest"] = UNUSABLE["newest"]

BEYOND = {
    "newest": ["_0", "_1"],
    "oldest": ["_999999999999999999"],
    "added": ["0", "1"],
    "relevance": ["57", "1000", "999999999999999999"],
}


@pytest.mark.parametrize(
    ("order", "cursor"),
    [
        (order, cursor)
        for cursors in (UNUSABLE, BEYOND)
        for order in cursors
        for cursor in cursors[order]
    ],
)
def test_a_cursor_that_is_none_or_leads_beyond_the_end_is_not_found(client, order, cursor):
    # One article, undated, and so the last in every order.
    make_article("A pipeline is laid", pk=1)
    query = {"order": order, "q": "pipeline"}
    assert client.get("/articles.json", query).json()["count"] == 1
    query["cursor"] = cursor

    page, answer = client.get("/articles/", query), client.get("/articles.json", query)

    assert (page.status_code, answer.status_code) == (404, 404)
    assert answer["Content-Type"] == "application/json"
    assert list(answer.json()["errors"]) == ["cursor"]
    assert answer.json()["results"] == []


@pytest.mark.parametrize("path", ["/countries/", "/about/"])
def test_a_page_without_pages_does_not_mind_a_cursor(client, path):
    assert client.get(f"{path}?cursor=x").status_code == 200


def test_ranked_hits_end_at_the_most_that_are_ranked(client, reports, monkeypatch):
    monkeypatch.setattr(paging, "MOST_BY_RELEVANCE", 50)
    address = "/articles.json?q=pipeline&order=relevance"

    assert [len(page) for page in walk(client, address)] == [25, 25]
    assert client.get(f"{address}&cursor=50").status_code == 404


def test_a_day_far_away_is_a_place_in_the_list_too(client):
    make_article("First", published="0001-01-01")
    make_article("Last", published="9999-12-31")

    assert client.get(f"/articles.json?cursor={date.max}_1").status_code in (200, 404)
    after = client.get("/articles.json?cursor=9999-01-01_1").json()["results"]
    assert [result["headline"] for result in after] == ["First"]
    before = client.get("/articles.json?order=oldest&cursor=0001-01-02_1").json()["results"]
    assert [result["headline"] for result in before] == ["Last"]
