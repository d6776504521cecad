"""The list of events comes by pages, each event once, in whatever format."""

import pytest

from articles.views.paging import SIZE
from tests.make import make_country, make_event

pytestmark = pytest.mark.django_db

DATES = ["2020-05-01", "2020-05", "2019", "", "[2018-01-01..2018-03-01]", "[..2017-01-01]"]


@pytest.fixture
def events():
    country = make_country()
    return [
        make_event(f"Event {number}", [country], date=DATES[number % len(DATES)])
        for number in range(2 * SIZE + 7)
    ]


def test_following_the_pages_shows_each_event_once_the_newest_first_and_the_undated_last(
    client, events
):
    seen, address, pages = [], "/events.json", 0
    while address:
        answer = client.get(address).json()
        assert answer["count"] == len(events)
        seen += [(event["date"] or "", event["id"]) for event in answer["results"]]
        address, pages = answer["next"], pages + 1

    assert pages == 3
    assert sorted(pk for _, pk in seen) == sorted(event.pk for event in events)
    dated = [date for date, _ in seen if date]
    assert [date for date, _ in seen][: len(dated)] == dated
    assert dated == sorted(dated, key=lambda date: ["2020-05", "2020-05-01", "2019",
        "[2018-01-01..2018-03-01]", "[..2017-01-01]"].index(date))  # fmt: skip


def test_the_page_shows_a_part_and_leads_to_the_next(client, events):
    first = client.get("/events/")
    assert first.text.count("<tr>") == SIZE + 1
    following = first.context["next_url"]
    assert f'href="{following}" rel="next"' in first.text

    second = client.get(following)
    assert "Back to the first page" in second.text
    shown = [set(page.context["events"]) for page in (first, second)]
    assert not shown[0] & shown[1]


@pytest.mark.parametrize(
    "cursor", ["x", "2020-05-01", "2020-13-01_1", "_0", "9" * 30, "_" + "9" * 19]
)
def test_a_cursor_that_is_none_or_beyond_the_end_is_not_found(client, cursor):
    make_event("One", [make_country()])
    assert client.get("/events/", {"cursor": cursor}).status_code == 404
    answer = client.get("/events.json", {"cursor": cursor})
    assert (answer.status_code, list(answer.json()["errors"])) == (404, ["cursor"])


def test_an_unknown_parameter_is_ignored_on_the_page_and_named_in_json(client):
    assert client.get("/events/?colour=red").status_code == 200
    answer = client.get("/events.json?colour=red")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["colour"])


def test_an_event_leads_to_the_relations_of_its_parties(client):
    event = make_event("Ministers meet", [make_country("Iran"), make_country("Azerbaijan")])
    assert 'href="/relations/azerbaijan/iran/"' in client.get(f"/events/{event.pk}/").text
