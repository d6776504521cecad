"""What is not published is not there for a reader: in no list, no count, no search, no proof."""

import json
import re

import pytest

from articles.models import Evidence, FormerSlug
from tests.articles.views.reading import words_of
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

SECRET = "Zanzibarite envoy recalled"


@pytest.fixture(params=["draft", "review"])
def draft(request):
    """A story that an editor works on, with everything a published one has."""
    azerbaijan, iran = make_country("Azerbaijan"), make_country("Iran")
    minister = make_person("Leyla Hasanova")
    make_membership(minister, make_post(country=azerbaijan), "2019-01-01", "2022-12-31")
    report = make_article(
        SECRET,
        [azerbaijan, iran],
        [minister],
        [make_topic("Visits")],
        source=make_source("Desk of Baku"),
        published="2020-05-01",
        language="az",
        status=request.param,
    )
    event = make_event("Ministers speak", [azerbaijan], [iran])
    proof = report.body[:14]
    Evidence.objects.create(event=event, article=report, start=0, end=14, text=proof)
    FormerSlug.objects.create(slug="envoy-recalled", article=report)
    return report


def test_no_page_shows_a_draft(client, draft):
    event = draft.events.get()
    for path in (
        "/",
        "/articles/",
        "/articles/?q=zanzibarite",
        "/articles/?q=-nothing",
        "/articles/?order=added",
        "/articles/?topic=visits",
        "/countries/iran/",
        "/relations/azerbaijan/iran/",
        "/people/leyla-hasanova/",
        "/offices/foreign-minister-of-azerbaijan/",
        "/sources/desk-of-baku/",
        f"/events/{event.pk}/",
        "/events/",
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert SECRET not in answer.content.decode(), path
        assert draft.slug not in answer.content.decode(), path


@pytest.mark.parametrize(
    "path",
    [
        "/articles.json",
        "/articles.json?q=zanzibarite",
        "/articles.json?q=zanzibarite&order=relevance",
        "/articles.json?country=iran",
        "/articles.json?person=leyla-hasanova",
        "/articles.json?office=foreign-minister-of-azerbaijan",
        "/articles.json?source=desk-of-baku",
        "/articles.json?topic=visits",
        "/articles.json?since=2020&until=2020",
        "/countries/iran.json",
        "/relations/azerbaijan/iran.json",
        "/people/leyla-hasanova.json",
        "/offices/foreign-minister-of-azerbaijan.json",
        "/sources/desk-of-baku.json",
    ],
)
def test_no_list_in_json_holds_or_counts_a_draft(client, draft, path):
    answer = client.get(path)

    assert answer.status_code == 200
    assert (answer.json()["count"], answer.json()["results"]) == (0, [])


def test_a_language_in_which_only_drafts_are_written_is_not_known_yet(client, draft):
    assert client.get("/articles.json?language=az").status_code == 400


def test_a_draft_has_no_address_in_any_form(client, draft):
    for path in (
        f"/articles/{draft.slug}/",
        f"/articles/{draft.slug}.json",
        f"/articles/{draft.slug}.txt",
        f"/a/{draft.pk}/",
        "/articles/envoy-recalled/",
        "/articles/envoy-recalled.json",
        "/articles/envoy-recalled.txt",
    ):
        assert client.get(path).status_code == 404, path


def test_an_event_does_not_quote_a_draft(client, draft):
    event = draft.events.get()

    listed = client.get("/events.json").json()["results"]

    assert listed[0]["id"] == event.pk
    assert listed[0]["evidence"] == []
    assert draft.body[:14] not in words_of(client.get(f"/events/{event.pk}/"))


def test_an_event_proved_by_a_draft_alone_says_that_no_report_is_bound_to_it(client, draft):
    page = client.get(f"/events/{draft.events.get().pk}/")

    assert "No report is bound to it yet" in words_of(page)


def test_a_draft_is_no_other_report_of_an_event_and_no_neighbour(client, draft):
    countries = draft.countries.all()
    public = make_article("Ministers speak", countries, published="2020-05-02")
    text = public.body[:9]
    Evidence.objects.create(event=draft.events.get(), article=public, start=0, end=9, text=text)

    page = client.get(f"/articles/{public.slug}/")
    data = client.get(f"/articles/{public.slug}.json").json()

    assert SECRET not in words_of(page)
    assert draft.slug not in json.dumps(data)
    assert len(data["events"][0]["evidence"]) == 1


def test_pairs_and_sources_count_only_what_is_published(client, draft):
    make_article("Ministers speak", draft.countries.all(), source=draft.source)

    (relation,) = client.get("/relations.json").json()["results"]
    sources = words_of(client.get("/sources/"))

    assert (relation["articles"], relation["events"]) == (1, 1)
    assert "Desk of Baku news agency 1" in sources


def test_a_draft_is_no_bar_and_no_line_in_the_picture_of_a_relation(client, draft):
    source = client.get("/relations/azerbaijan/iran/").content.decode()

    # Year, articles of it, articles that may be of it.
    cells = r'<th scope="row">(\d+)</th><td class="num">(\d+)</td><td class="num">(\d+)</td>'
    assert re.findall(cells, source) == [("2020", "0", "0")]


def test_the_front_page_counts_no_draft(client, draft):
    assert "The archive holds articles 0 countries" in words_of(client.get("/"))
