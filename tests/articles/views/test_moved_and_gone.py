"""Old addresses lead to the new one; what is gone says why; what never was is a 404."""

import re

import pytest

from articles.models import FormerSlug
from tests.articles.views.reading import words_of
from tests.make import make_article, make_country, make_event

pytestmark = pytest.mark.django_db

ENDINGS = ["/", ".json", ".txt"]


def test_a_relation_in_the_other_order_leads_to_the_alphabetical_one_for_good(client):
    make_country("Azerbaijan"), make_country("Iran")

    answer = client.get("/relations/iran/azerbaijan/")

    assert (answer.status_code, answer["Location"]) == (301, "/relations/azerbaijan/iran/")


@pytest.mark.parametrize("ending", ["/", ".json"])
def test_the_way_to_the_alphabetical_order_keeps_the_question_as_it_was_written(client, ending):
    make_country("Azerbaijan"), make_country("Iran")
    query = "q=%22gas%20pipe%22&since=2020&source=a&source=b&x=%C9%99"

    answer = client.get(f"/relations/iran/azerbaijan{ending}?{query}")

    assert answer.status_code == 301
    assert answer["Location"] == f"/relations/azerbaijan/iran{ending}?{query}"


@pytest.mark.parametrize(
    "path",
    [
        "/relations/iran/iran/",
        "/relations/iran/narnia/",
        "/relations/narnia/iran/",
        "/relations/IR/AZ/",
        "/countries/narnia/",
        "/people/nobody/",
        "/offices/king-of-narnia/",
        "/sources/daily-nothing/",
        "/events/4711/",
        "/articles/never-written/",
        "/articles/never-written.txt",
        "/a/4711/",
        "/a/99999999999999999999999999/",
        "/events/99999999999999999999999999/",
        "/a/-1/",
        "/nothing/at/all",
        "/articles.xlsx",
        "/countries/<script>/",
    ],
)
def test_what_never_was_is_not_found_in_the_words_of_the_archive(client, path):
    make_country("Iran")

    answer = client.get(path)

    assert answer.status_code == 404
    assert "No page has this address" in words_of(answer)
    assert b"<script>" not in answer.content


def test_the_number_of_an_article_leads_to_its_address(client):
    report = make_article("Ministers meet in Baku")

    answer = client.get(f"/a/{report.pk}/")

    assert answer.status_code in (301, 302)
    assert answer["Location"] == "/articles/ministers-meet-in-baku/"


def test_the_canonical_address_of_an_article_is_the_one_with_its_words(client):
    make_article("Ministers meet in Baku")

    page = client.get("/articles/ministers-meet-in-baku/").content.decode()

    canonical = re.search(r'<link rel="canonical" href="([^"]*)"', page)
    assert canonical[1] == "http://testserver/articles/ministers-meet-in-baku/"


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_address_that_an_article_had_leads_to_its_present_one_for_good(client, ending):
    report = make_article("Ministers meet in Baku")
    for slug in ("ministers-meet", "a-meeting", "baku-meeting"):
        report.slug = slug
        report.save()

    for old in ("ministers-meet-in-baku", "ministers-meet", "a-meeting"):
        answer = client.get(f"/articles/{old}{ending}")
        assert answer.status_code == 301, old
        assert answer["Location"] == f"/articles/baku-meeting{ending}"


def test_an_address_taken_back_is_the_article_again_and_no_circle(client):
    report = make_article("Ministers meet in Baku")
    for slug in ("a-meeting", "ministers-meet-in-baku"):
        report.slug = slug
        report.save()

    assert client.get("/articles/ministers-meet-in-baku/").status_code == 200
    assert client.get("/articles/a-meeting/")["Location"] == "/articles/ministers-meet-in-baku/"


def withdrawn(**fields):
    reason = "The agency retracted it on 3 May."
    return make_article(
        "Envoy “expelled”", **{"status": "withdrawn", "withdrawal_reason": reason} | fields
    )


@pytest.mark.parametrize("ending", ["/", ".txt"])
def test_a_withdrawn_article_answers_410_with_the_reason(client, ending):
    report = withdrawn(body="The secret words.")

    answer = client.get(f"/articles/{report.slug}{ending}")

    assert answer.status_code == 410
    assert "The agency retracted it on 3 May." in words_of(answer)
    assert b"secret words" not in answer.content


def test_a_withdrawn_article_answers_410_with_the_reason_in_json(client):
    report = withdrawn(body="The secret words.")

    answer = client.get(f"/articles/{report.slug}.json")

    assert answer.status_code == 410
    assert answer["Content-Type"] == "application/json"
    assert "The agency retracted it on 3 May." in str(answer.json()["errors"])
    assert b"secret words" not in answer.content


def test_a_withdrawal_without_a_reason_says_that_none_was_recorded(client):
    report = withdrawn(withdrawal_reason="")

    answer = client.get(f"/articles/{report.slug}/")

    assert answer.status_code == 410
    assert "No reason was recorded" in words_of(answer)


def test_the_number_and_the_old_address_of_a_withdrawn_article_still_lead_to_the_reason(client):
    report = withdrawn()
    FormerSlug.objects.create(slug="envoy", article=report)

    for path in (f"/a/{report.pk}/", "/articles/envoy/"):
        answer = client.get(path, follow=True)
        assert answer.status_code == 410, path
        assert "retracted" in words_of(answer)


def test_a_withdrawn_article_stands_in_no_list_and_in_no_count(client):
    azerbaijan, iran = make_country("Azerbaijan"), make_country("Iran")
    report = withdrawn()
    report.countries.set([azerbaijan, iran])

    for path in (
        "/articles.json",
        "/articles.json?q=envoy",
        "/countries/iran.json",
        "/relations.json",
        "/relations/azerbaijan/iran.json",
    ):
        assert client.get(path).json()["count"] == 0, path


@pytest.mark.parametrize("status", ["suggested", "rejected"])
def test_an_event_that_no_editor_confirmed_has_no_page_and_stands_in_no_list(client, status):
    azerbaijan, iran = make_country("Azerbaijan"), make_country("Iran")
    event = make_event("Rumoured call", [azerbaijan], [iran], status=status)

    assert client.get(f"/events/{event.pk}/").status_code == 404
    assert client.get("/events.json").json()["count"] == 0
    assert client.get("/relations.json").json()["count"] == 0
    for path in ("/", "/events/", "/relations/azerbaijan/iran/"):
        assert "Rumoured call" not in words_of(client.get(path)), path
