"""The shapes of the JSON, which are a promise to programs; and what every answer says of itself."""

from datetime import UTC, datetime

import pytest

from articles.models import Evidence
from tests.make import (
    make_article,
    make_country,
    make_event,
    make_membership,
    make_person,
    make_post,
    make_topic,
)

pytestmark = pytest.mark.django_db

LIST = {"count", "count_is_exact", "sentence", "next", "errors", "results"}
BODY = "Leyla Hasanova spoke by telephone with Omid Karimi.\n\nThey spoke of trade."
# People with the office that they held on the day.
LEYLA = {
    "slug": "leyla-hasanova",
    "name": "Leyla Hasanova",
    "office": "foreign-minister-of-azerbaijan",
    "held": "certain",
    "offices": [
        {"office": "foreign-minister-of-azerbaijan", "held": "certain", "is_acting": False}
    ],
}
OMID = {
    "slug": "omid-karimi",
    "name": "Omid Karimi",
    "office": None,
    "held": "none recorded",
    "offices": [],
}


@pytest.fixture
def report():
    azerbaijan, iran = make_country("Azerbaijan"), make_country("Iran")
    leyla, omid = make_person("Leyla Hasanova"), make_person("Omid Karimi")
    make_membership(leyla, make_post(country=azerbaijan), "2019-01-01", "2022-12-31")
    article = make_article(
        "Ministers speak",
        [azerbaijan, iran],
        [leyla, omid],
        [make_topic("Trade")],
        summary="A call.",
        body=BODY,
        byline="A. Writer",
        dateline="BAKU",
        credit="Turan",
        url="https://agency.example/1",
        published="[2020-05-01..2020-05-03]",
        published_note="It names the feast.",
        usage_terms="Quote only",
        retrieved_at=datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC),
    )
    event = make_event(
        "Ministers speak by telephone",
        [azerbaijan],
        [iran],
        mode="phone",
        contexts=["diplomatic"],
        cameo="041",
        date="[2020-05-01..2020-05-03]",
        place="Baku",
    )
    event.parties.get(role="actor").people.add(leyla)
    Evidence.objects.create(event=event, article=article, start=15, end=33, text=BODY[15:33])
    return article


def in_list(report):
    """What a list promises of an article."""
    return {
        "id": report.pk,
        "slug": "ministers-speak",
        "url": "http://testserver/articles/ministers-speak/",
        "headline": "Ministers speak",
        "summary": "A call.",
        "source": {"slug": "test-agency", "name": "Test Agency"},
        "credit": "Turan",
        "published": "[2020-05-01..2020-05-03]",
        "published_earliest": "2020-05-01",
        "published_latest": "2020-05-03",
        "language": "en",
        "countries": ["azerbaijan", "iran"],
        "people": [LEYLA, OMID],
        "topics": ["trade"],
        "original_url": "https://agency.example/1",
        "usage_terms": "Quote only",
        "status": "published",
        "version": 1,
        "checksum": report.record.seals.get().sha256,
    }


def event_of(report):
    """What is promised of an event; its title and the codebook go with it."""
    event = report.events.get()
    return {
        "id": event.pk,
        "url": f"http://testserver/events/{event.pk}/",
        "title": "Ministers speak by telephone",
        "date": "[2020-05-01..2020-05-03]",
        "end_date": None,
        "event": "CONSULT",
        "mode": "phone",
        "contexts": ["diplomatic"],
        "quad_code": 1,
        "score": 1.5,
        "cameo": "041",
        "goldstein": 1.0,
        "actors": [{"country": "azerbaijan", "sector": "GOV", "people": [LEYLA]}],
        "recipients": [{"country": "iran", "sector": "GOV", "people": []}],
        "place": "Baku",
        "status": "confirmed",
        "codebook": "plover-archive-1",
        "evidence": [
            {
                "article": "http://testserver/articles/ministers-speak/",
                "start": 15,
                "end": 33,
                "text": "spoke by telephone",
            }
        ],
    }


def test_a_list_is_what_was_promised(client, report):
    answer = client.get("/articles.json").json()

    assert set(answer) == LIST
    assert answer["count"] == 1
    assert answer["count_is_exact"] is True
    assert answer["next"] is None
    assert answer["errors"] == {}
    assert answer["results"] == [in_list(report)]


@pytest.mark.parametrize(
    "path",
    [
        "/countries/iran.json",
        "/relations/azerbaijan/iran.json",
        "/people/leyla-hasanova.json",
        "/offices/foreign-minister-of-azerbaijan.json",
        "/sources/test-agency.json",
    ],
)
def test_an_article_looks_the_same_in_every_list(client, report, path):
    answer = client.get(path).json()

    assert set(answer) == LIST
    assert answer["results"] == [in_list(report)]


def test_an_article_is_what_was_promised(client, report):
    answer = client.get("/articles/ministers-speak.json").json()

    assert answer == {
        **in_list(report),
        "body": BODY,
        "byline": "A. Writer",
        "dateline": "BAKU",
        "published_note": "It names the feast.",
        "mentions": [],
        "events": [event_of(report)],
        "retrieved_at": "2024-01-02T03:04:05+00:00",
        "versions": [
            {
                "version": 1,
                "checksum": in_list(report)["checksum"],
                "at": report.record.change.at.isoformat(),
                "kind": "routine",
                "note": "",
            }
        ],
    }


def test_an_event_is_what_was_promised(client, report):
    assert client.get("/events.json").json()["results"] == [event_of(report)]


def test_what_is_not_known_is_null_or_empty(client):
    make_article("Ministers speak")

    answer = client.get("/articles/ministers-speak.json").json()

    for name in ("published", "published_earliest", "published_latest", "retrieved_at"):
        assert answer[name] is None, name
    for name in ("summary", "credit", "byline", "dateline", "published_note", "original_url"):
        assert answer[name] == "", name
    for name in ("countries", "people", "topics", "events", "mentions"):
        assert answer[name] == [], name


def test_an_open_end_is_null(client):
    make_article("Ministers speak", published="[2021-06-01..]")

    (result,) = client.get("/articles.json").json()["results"]

    assert (result["published_earliest"], result["published_latest"]) == ("2021-06-01", None)


def test_a_refusal_has_the_shape_of_a_list(client, report):
    answer = client.get("/articles.json?country=narnia&since=x&order=sideways&colour=red")

    assert answer.status_code == 400
    assert set(answer.json()) == LIST
    assert (answer.json()["count"], answer.json()["results"]) == (0, [])
    assert answer.json()["next"] is None
    assert set(answer.json()["errors"]) == {"country", "since", "order", "colour"}
    for messages in answer.json()["errors"].values():
        assert messages and all(isinstance(message, str) for message in messages)


def test_the_next_page_is_a_full_address_with_the_same_question(client):
    for number in range(26):
        make_article(f"Report {number}", body=f"Təbriz {number}", published="2020")

    following = client.get("/articles.json", {"q": "təbriz", "since": "2020"}).json()["next"]

    assert following.startswith("http://testserver/articles.json?q=t%C9%99briz&since=2020&cursor=")


def test_letters_of_every_script_stand_as_they_are(client):
    make_article("Nazirlər görüşdü", body="وزیران دیدار کردند")

    answer = client.get("/articles/nazirler-gorusdu.json")

    assert "Nazirlər görüşdü".encode() in answer.content
    assert "وزیران دیدار کردند".encode() in answer.content


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/articles.json", 200),
        ("/articles.json?country=narnia", 400),
        ("/articles.json?cursor=x", 404),
        ("/articles/ministers-speak.json", 200),
        ("/articles/gone.json", 410),
        ("/countries.json", 200),
        ("/countries.json?colour=red", 400),
        ("/relations/azerbaijan/iran.json", 200),
        ("/events.json", 200),
    ],
)
def test_pages_of_other_sites_may_read_the_json(client, report, path, status):
    make_article("Gone", status="withdrawn", withdrawal_reason="Retracted.")

    answer = client.get(path, headers={"origin": "https://reader.example"})

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Credentials" not in answer


def test_no_page_may_be_read_by_other_sites(client, report):
    for path in ("/", "/articles/", "/articles/ministers-speak/", "/admin/login/"):
        assert "Access-Control-Allow-Origin" not in client.get(path), path
