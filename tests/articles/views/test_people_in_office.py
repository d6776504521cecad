"""Wherever somebody is named, the office held that day stands beside the name: never a guess."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from articles import integrity
from articles.models import Evidence
from articles.models.links import address
from tests.articles.views.reading import words_of
from tests.make import (
    make_article,
    make_country,
    make_event,
    make_membership,
    make_person,
    make_post,
    save,
)

pytestmark = pytest.mark.django_db

ACTING = ("2018", "2023", True)


def told(client, day, *terms, end_date=""):
    """What is told of somebody with these terms, named in an article and an event of that day."""
    azerbaijan, iran = make_country("Azerbaijan"), make_country("Iran")
    leyla = make_person("Leyla Hasanova")
    for number, (started, ended, *is_acting) in enumerate(terms, 1):
        post = make_post(f"Office {number}", azerbaijan)
        make_membership(leyla, post, started, ended, is_acting=bool(is_acting))
    report = make_article("Ministers speak", [azerbaijan, iran], [leyla], published=day)
    event = make_event("They speak", [azerbaijan], [iran], date=day, end_date=end_date)
    event.parties.get(role="actor").people.add(leyla)
    Evidence.objects.create(event=event, article=report, start=0, end=4, text=report.body[:4])
    today = f"{report.record.change.at:%Y-%m-%d}"
    pages = {
        "article": report.get_absolute_url(),
        "article as of today": f"{report.get_absolute_url()}?as-of={today}",
        "version": address("version", report.slug, 1),
        "event": event.get_absolute_url(),
        "events": address("events"),
        "relation": address("relation", "azerbaijan", "iran"),
    }
    as_json = client.get(f"/articles/{report.slug}.json").json()
    (listed,) = client.get("/articles.json").json()["results"]
    (in_events,) = client.get("/events.json").json()["results"]
    return SimpleNamespace(
        pages={name: words_of(client.get(page)) for name, page in pages.items()},
        people=[
            as_json["people"][0],
            listed["people"][0],
            as_json["events"][0]["actors"][0]["people"][0],
            in_events["actors"][0]["people"][0],
        ],
    )


def all_alike(people):
    first, *others = people
    assert others == [first] * len(others)
    return first


def test_an_office_that_was_certainly_held_that_day(client):
    found = told(client, "2020-05-01", ("2019-01-01", "2022-12-31"))

    assert all_alike(found.people) == {
        "slug": "leyla-hasanova",
        "name": "Leyla Hasanova",
        "office": "office-1",
        "held": "certain",
        "offices": [{"office": "office-1", "held": "certain", "is_acting": False}],
    }
    for name, words in found.pages.items():
        assert "Office 1" in words, name
        assert "uncertain" not in words.lower().replace("uncertain holders", ""), name


@pytest.mark.parametrize(
    ("day", "term"),
    [
        ("2020-05-01", ("2019", "")),
        ("2020-05-01", ("2020", "2022")),
        ("2020-05", ("2020-05-02", "2022")),
        ("2020-05-01", ("", "")),
    ],
)
def test_where_the_dates_do_not_decide_it_the_word_uncertain_stands_there(client, day, term):
    found = told(client, day, term)

    person = all_alike(found.people)
    assert (person["office"], person["held"]) == (None, "uncertain")
    assert person["offices"] == [{"office": "office-1", "held": "uncertain", "is_acting": False}]
    for name, words in found.pages.items():
        assert "uncertain: Office 1" in words or "uncertain whether in office that day" in words, (
            name
        )


@pytest.mark.parametrize("terms", [[], [("2021", "2022")], [("2001-01-01", "2020-04-30")]])
def test_where_no_office_is_recorded_for_the_day_that_is_said_and_no_other_one(client, terms):
    found = told(client, "2020-05-01", *terms)

    person = all_alike(found.people)
    assert (person["office"], person["held"], person["offices"]) == (None, "none recorded", [])
    for name in ("article", "article as of today", "version", "event", "events"):
        assert "no office recorded for that day" in found.pages[name], name
        assert "Office 1" not in found.pages[name], name


def test_on_an_unknown_day_the_date_is_said_to_be_unknown(client):
    found = told(client, "", ("2001", "2022"))

    person = all_alike(found.people)
    assert (person["office"], person["held"], person["offices"]) == (None, "date unknown", [])
    for name in ("article", "article as of today", "version", "event", "events"):
        assert "date unknown, so the office is uncertain" in found.pages[name], name
        assert "Office 1" not in found.pages[name], name


def test_several_offices_are_all_told_and_the_acting_one_says_so(client):
    found = told(client, "2020-05-01", ACTING, ("2019", "2021"), ("2020", ""))

    person = all_alike(found.people)
    assert person["office"] == "office-2"
    assert [(one["office"], one["held"], one["is_acting"]) for one in person["offices"]] == [
        ("office-2", "certain", False),
        ("office-1", "certain", True),
        ("office-3", "uncertain", False),
    ]
    for name in ("version", "events", "relation"):
        assert "Office 2; Office 1, acting; uncertain: Office 3" in found.pages[name], name
    for name in ("article", "article as of today", "event"):
        assert "Office 1 , acting" in found.pages[name], name


def test_the_day_of_a_hand_over_is_told_as_the_last_and_as_the_first_of_a_term(client):
    found = told(client, "2020-05-01", ("2018-01-01", "2020-05-01"), ("2020-05-01", "2022-01-01"))

    assert [one["held"] for one in all_alike(found.people)["offices"]] == ["certain", "certain"]
    for name in ("article", "article as of today", "event"):
        assert "in office that day, the last of the term" in found.pages[name], name
        assert "in office that day, the first of the term" in found.pages[name], name


def test_in_an_event_of_several_days_an_office_is_certain_only_if_held_on_all_of_them(client):
    azerbaijan, leyla = make_country("Azerbaijan"), make_person("Leyla Hasanova")
    make_membership(leyla, make_post(), "2018-01-01", "2020-05-02")
    for first, last in (("2020-05-01", "2020-05-02"), ("2020-05-01", "2020-05-03")):
        event = make_event("A conference", [azerbaijan], date=first, end_date=last)
        event.parties.get().people.add(leyla)

    longer, shorter = client.get("/events.json").json()["results"]

    held = [event["actors"][0]["people"][0]["held"] for event in (shorter, longer)]
    assert held == ["certain", "uncertain"]


def on(day):
    """A change made at noon of a day of 2020."""
    return integrity.change("tests", "Made for a test", at=datetime(2020, 1, day, 12, tzinfo=UTC))


def test_what_stood_then_is_told_with_the_office_that_was_recorded_then(client):
    with on(1):
        azerbaijan, leyla = make_country("Azerbaijan"), make_person("Leyla Hasanova")
        term = make_membership(leyla, make_post(), "2018", "2022")
        event = make_event("A call", [azerbaijan], date="2020-05-01")
        event.parties.get().people.add(leyla)
        report = make_article(published="2020-05-01")  # which does not name her itself
        Evidence.objects.create(event=event, article=report, start=0, end=4, text=report.body[:4])
    with on(3):
        save(term, ended="2019")

    def held(**asked):
        found = client.get(f"/articles/{report.slug}.json", asked).json()
        return found["events"][0]["actors"][0]["people"][0]["held"]

    assert held(**{"as-of": "2020-01-02"}) == "certain"
    assert held(**{"as-of": "2020-01-03"}) == "none recorded"
    assert held() == "none recorded"


def test_a_name_is_escaped_beside_its_office(client):
    country, person = make_country("Azerbaijan"), make_person("<i>Leyla</i>", slug="leyla")
    make_membership(person, make_post("Minister of <b>Trade</b>"), "2018", "2022")
    event = make_event("A call", [country], date="2020-05-01")
    event.parties.get().people.add(person)

    for page in ("/events/", event.get_absolute_url()):
        source = client.get(page).content.decode()
        assert "<i>Leyla" not in source and "<b>Trade" not in source
        assert "&lt;i&gt;Leyla&lt;/i&gt;" in source


@pytest.mark.parametrize("page", ["/events/", "/events.json", "/relations/azerbaijan/iran/"])
def test_the_offices_of_many_cost_no_more_than_those_of_one(
    client, page, django_assert_max_num_queries
):
    countries = [make_country("Azerbaijan"), make_country("Iran")]

    def meet(number):
        event = make_event(f"Event {number}", countries, date="2020-05-01")
        for party in event.parties.all():
            person = make_person(f"Person {party.pk}")
            make_membership(person, make_post(f"Office {party.pk}"), "2019", "2021")
            party.people.add(person)

    meet(1)
    with django_assert_max_num_queries(30) as few:
        client.get(page)
    for number in range(2, 10):
        meet(number)
    with django_assert_max_num_queries(len(few)):
        client.get(page)
