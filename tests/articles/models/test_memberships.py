"""Who held which office on a day: what is certain, what is possible, and what nobody knows."""

import pytest

from articles import search
from articles.dates import span
from articles.models import Article, Person
from tests.make import make_article, make_membership, make_person, make_post

pytestmark = pytest.mark.django_db


def held(started, ended):
    return make_membership(make_person("Leyla Hasanova"), make_post(), started, ended)


@pytest.mark.parametrize(
    ("started", "ended", "day", "is_certain", "is_possible"),
    [
        # Both days known.
        ("2020-07-16", "2024-05-19", "2020-07-15", False, False),
        ("2020-07-16", "2024-05-19", "2020-07-16", True, True),
        ("2020-07-16", "2024-05-19", "2024-05-19", True, True),
        ("2020-07-16", "2024-05-19", "2024-05-20", False, False),
        ("2020-07-16", "2020-07-16", "2020-07-16", True, True),
        # A span of days: certain is every one of them, possible is any.
        ("2020-07-16", "2024-05-19", "[2021-08-25..2023-09-19]", True, True),
        ("2020-07-16", "2024-05-19", "2020", False, True),
        ("2020-07-16", "2024-05-19", "2019", False, False),
        ("2020-07-16", "2024-05-19", "2023-12-31/2025", False, True),
        ("2020-07-16", "2024-05-19", "[2022..]", False, True),
        ("2020-07-16", "2024-05-19", "[..2022]", False, True),
        ("2020-07-16", "2024-05-19", "[2024-05-20..]", False, False),
        ("2020-07-16", "2024-05-19", "[..2020-07-15]", False, False),
        # Only the month or year of the beginning or the end is known.
        ("2020-07", "2024", "2020-07-15", False, True),
        ("2020-07", "2024", "2020-07-31", True, True),
        ("2020-07", "2024", "2024-01-01", True, True),
        ("2020-07", "2024", "2024-01-02", False, True),
        ("2020-07", "2024", "2025-01-01", False, False),
        # No end recorded; seen in office on a day; no beginning recorded.
        ("2020-07-16", "", "2021", False, True),
        ("2020-07-16", "", "2020-07-15", False, False),
        ("2020-07-16", "[2025-08-08..]", "2025-08-08", True, True),
        ("2020-07-16", "[2025-08-08..]", "2025-08-09", False, True),
        ("2020-07-16", "[2025-08-08..]", "2020-07-15", False, False),
        ("", "2024-05-19", "2024-05-19", False, True),
        ("", "2024-05-19", "2024-05-20", False, False),
        ("", "", "2020", False, True),
        # Nothing is held on an unknown day.
        ("2020-07-16", "2024-05-19", "", False, False),
        ("", "", "", False, False),
    ],
)
def test_an_office_was_held_on_a_day(started, ended, day, is_certain, is_possible):
    membership = held(started, ended)
    assert membership.is_certain_during(span(day)) is is_certain
    assert membership.is_possible_during(span(day)) is is_possible


def test_what_is_possible_is_told_after_what_is_certain_and_what_is_excluded_is_not_told():
    minister = make_person("Leyla Hasanova")
    possible = make_membership(minister, make_post("Ambassador to Iran"), "2018", "")
    certain = make_membership(minister, make_post("Foreign minister"), "2020-07-16", "2024-05-19")
    make_membership(minister, make_post("Speaker of parliament"), "2024-06-01", "")
    assert minister.on_the_day(span("2022-01-01")).terms == [certain, possible]
    assert minister.on_the_day(span("")).terms == []


def test_a_person_with_an_acting_office_too_is_called_by_the_full_one_once_that_is_certain():
    minister = make_person("Leyla Hasanova")
    acting = make_post("Acting head of government")
    ministry = make_post("Foreign minister of Azerbaijan")
    make_membership(minister, acting, "2019", "2024", is_acting=True)
    make_membership(minister, ministry, "2020", "2024")
    assert minister.on_the_day(span("2022")).post == ministry
    assert minister.on_the_day(span("2019")).post is None
    assert minister.on_the_day(span("2020-01")).post == acting


def test_a_person_without_a_certain_office_has_none():
    minister = make_person("Leyla Hasanova")
    make_membership(minister, make_post(), "2020-07-16", "")
    assert minister.on_the_day(span("2022")).post is None
    assert make_person("Nobody Known").on_the_day(span("2022")).post is None


def test_an_article_tells_everyone_it_names_with_the_office_of_that_day_or_none():
    minister, envoy = make_person("Leyla Hasanova"), make_person("Darius Karimi")
    ministry = make_post()
    make_membership(minister, ministry, "2020-07-16", "2024-05-19")
    article = make_article(published="2022-02-03", people=[minister, envoy])
    offices = {person: held.post for person, held in article.people_on_the_day()}
    assert offices == {minister: ministry, envoy: None}
    undated = make_article(published="", people=[minister])
    ((person, held),) = undated.people_on_the_day()
    assert (person, held.post) == (minister, None)


def test_holders_of_an_office_come_in_the_order_of_their_terms_the_unknown_first():
    office = make_post()
    for name, started in [("Third", "2020"), ("First", ""), ("Second", "1999-05")]:
        make_membership(make_person(name), office, started)
    holders = [membership.person.name for membership in office.memberships.through_time()]
    assert holders == ["First", "Second", "Third"]


DOUBTED = [("2020?", "2024"), ("2020", "2024~"), ("2020%", "2024?"), ("2020-07?", "[2024-01-01..]")]


@pytest.mark.parametrize(("started", "ended"), DOUBTED)
def test_a_term_of_a_doubted_date_is_never_certain(started, ended):
    minister, ministry = make_person("Leyla Hasanova"), make_post()
    make_membership(minister, ministry, started, ended)
    held = Person.objects.get().on_the_day(span("2022-05-01"))
    assert (held.held, held.post) == ("uncertain", None)
    report = make_article(people=[minister], published="2022-05-01")
    assert list(Article.objects.naming_holder_of(ministry)) == []
    assert list(Article.objects.naming_holder_of(ministry, uncertain=True)) == [report]
    everything = search.everything()
    assert len(everything.naming_holder_of(ministry)) == 0
    assert len(everything.naming_holder_of(ministry, uncertain=True)) == 1


@pytest.mark.parametrize("published", ["2022?", "2022-05~", "2022-05-01%"])
def test_an_article_of_a_doubted_date_names_nobody_as_certainly_in_office(published):
    minister, ministry = make_person("Leyla Hasanova"), make_post()
    make_membership(minister, ministry, "2020", "2024")
    report = make_article(people=[minister], published=published)
    ((_, held),) = report.people_on_the_day()
    assert held.held == "uncertain"
    assert list(Article.objects.naming_holder_of(ministry)) == []
    assert list(Article.objects.naming_holder_of(ministry, uncertain=True)) == [report]
    everything = search.everything()
    assert len(everything.naming_holder_of(ministry)) == 0
    assert len(everything.naming_holder_of(ministry, uncertain=True)) == 1
