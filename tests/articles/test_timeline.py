"""The years of a relation: as data, as a picture, and as the table that says the same."""

import re

import pytest

from articles import search
from articles.models import Event
from articles.pair import Pair
from articles.timeline import timeline
from tests.articles.views.reading import words_of
from tests.make import make_article, make_country, make_event, make_membership, make_person
from tests.make import make_post as post

pytestmark = pytest.mark.django_db

ADDRESS = "/relations/azerbaijan/iran/"


@pytest.fixture
def pair():
    return Pair.of(make_country("Iran"), make_country("Azerbaijan"))


def drawn(pair):
    return timeline(
        search.everything().involving(*pair),
        Event.objects.confirmed().involving(*pair),
        pair,
    )


def report(pair, *dates):
    for date in dates:
        make_article(f"Report of {date or 'no day'}", pair, published=date)


def test_the_years_follow_one_another_without_a_gap(pair):
    report(pair, "1992-03-12", "1992", "1999-05", "2003-01-01")

    years = drawn(pair).years

    assert [year.year for year in years] == list(range(1992, 2004))
    counted = {year.year: year.articles for year in years if year.articles}
    assert counted == {1992: 2, 1999: 1, 2003: 1}


def test_an_article_of_several_possible_years_is_counted_in_none_and_may_be_of_each(pair):
    report(pair, "[2021-08-25..2023-09-19]", "[2021-08-25..2023-09-19]", "2022-03-01")

    found = drawn(pair)

    assert [(y.year, y.articles, y.possible) for y in found.years] == [
        (2021, 0, 2),
        (2022, 1, 2),
        (2023, 0, 2),
    ]
    assert [(dots.first, dots.last, dots.articles) for dots in found.spans] == [(2021, 2023, 2)]


def test_a_span_within_one_year_is_certainly_of_that_year(pair):
    report(pair, "[2021-02-01..2021-11-30]")

    (year,) = drawn(pair).years
    assert (year.year, year.articles, year.possible) == (2021, 1, 0)


def test_an_open_end_may_be_of_every_year_after(pair):
    report(pair, "2019", "[2020-06-01..]", "2022")

    found = drawn(pair)

    assert [(y.year, y.possible) for y in found.years] == [
        (2019, 0),
        (2020, 1),
        (2021, 1),
        (2022, 1),
    ]
    assert [(dots.first, dots.last) for dots in found.spans] == [(2020, None)]


def test_the_undated_are_counted_apart(pair):
    report(pair, "", "", "2020")

    found = drawn(pair)

    assert (found.undated, len(found.years)) == (2, 1)


def test_drafts_and_reports_on_one_country_alone_are_not_of_it(pair):
    make_article("Draft", pair, published="2020", status="draft")
    make_article("Alone", [pair.first], published="2020")

    assert drawn(pair).years == []


def test_events_stand_in_the_year_of_their_latest_day_and_in_order(pair):
    late = make_event("Late", [pair.first], [pair.second], date="2003-05-01")
    early = make_event("Early", [pair.second], [pair.first], date="1992-03-12")
    span = make_event("Span", pair, date="[2001-08-25..2003-02-01]")
    make_event("Elsewhere", [pair.first], date="2003")
    make_event("Rumour", pair, date="2003", status="suggested")

    found = drawn(pair)

    assert found.events == [early, span, late]
    assert (found.first, found.last) == (1992, 2003)
    assert {y.year: y.events for y in found.years if y.events} == {
        1992: [early],
        2003: [span, late],
    }


def test_terms_that_may_touch_the_years_are_shown_and_others_not(pair):
    report(pair, "2000", "2010")
    office = post(country=pair.first)
    for name, started, ended in (
        ("Before", "1990", "1999-12-31"),
        ("Into", "1998", "2000"),
        ("Open", "2005", ""),
        ("Unknown", "", ""),
        ("After", "2011-01-01", "2012"),
    ):
        make_membership(make_person(name), office, started, ended)

    (row,) = drawn(pair).offices
    assert row.post == office
    assert {term.person.name for term in row.terms} == {"Into", "Open", "Unknown"}


def test_a_pair_without_reports_has_a_page_that_says_so(client, pair):
    page = client.get(ADDRESS)

    assert page.status_code == 200
    said = words_of(page)
    assert "No article on Azerbaijan and Iran" in said
    assert "No event has been confirmed yet" in said
    assert "Nothing to draw yet" in said
    assert "<figure" not in page.content.decode()


def test_a_confirmed_event_without_a_day_is_not_denied(client, pair):
    make_event("A treaty of old", [pair.first], [pair.second], date="")

    said = words_of(client.get(ADDRESS))

    assert "No event has been confirmed yet" not in said
    assert "A treaty of old" in said


@pytest.mark.parametrize(
    "date", ["0001-01-01", "9999-12-31", "[..1990-01-01]", "1999/2001", "20XX"]
)
def test_every_kind_of_date_is_drawn(client, pair, date):
    report(pair, date)
    make_event("Something", pair, date=date)
    make_membership(make_person(), post(country=pair.first), date)

    page = client.get(ADDRESS)

    assert page.status_code == 200
    assert "<figure" in page.content.decode()


class TestThePicture:
    @pytest.fixture
    def page(self, client, pair):
        report(pair, "1992-03-12", "1992", "1994", "[1993-02-01..1995-01-01]", "")
        make_event("Ties begin", [pair.first], [pair.second], date="1992-03-12")
        make_event("Envoy out", [pair.first], [pair.second], event_type="SANCTION", date="1994")
        make_membership(make_person(), post(country=pair.first), "1991", "1995")
        return client.get(ADDRESS)

    def test_it_has_no_style_of_its_own(self, page):
        assert not re.search(r"<[^>]*\sstyle=", page.content.decode())

    def test_every_place_in_it_lies_within_it(self, page):
        places = re.findall(r'x[12]?="(-?[\d.]+)%"', page.content.decode())

        assert len(places) > 10
        assert all(0 <= float(place) <= 100 for place in places)

    def test_there_is_a_bar_for_each_year_with_reports_the_highest_for_the_most(self, page):
        bars = re.findall(r'<rect class="bar" width="100%" height="(\d+)"', page.content.decode())

        assert len(bars) == 2
        assert int(bars[0]) > int(bars[1]) > 0

    def test_the_table_says_what_the_picture_shows(self, page):
        table = page.content.decode().split("by year. “May be”")[1].split("</table>")[0]
        rows = re.findall(
            r'<th scope="row">(\d+)</th><td class="num">(\d+)</td><td class="num">(\d+)</td>'
            r"<td>(.*?)</td>",
            table,
        )

        assert rows == [
            ("1992", "2", "0", "Ties begin"),
            ("1993", "0", "1", ""),
            ("1994", "1", "1", "Envoy out"),
            ("1995", "0", "1", ""),
        ]

    def test_events_bear_the_numbers_of_the_table_below(self, page):
        source = page.content.decode()
        numbers = re.findall(r'<text class="k"[^>]*>(\d+)</text>', source)
        rows = re.findall(r'<tr><td class="num">(\d+)</td>.*?<a href="[^"]*">([^<]*)</a>', source)

        assert numbers == ["1", "2"]
        assert rows == [("1", "Ties begin"), ("2", "Envoy out")]

    def test_cooperation_is_above_the_line_and_conflict_below(self, page):
        source = page.content.decode()
        middle = float(re.search(r'<line class="ax"[^>]*y1="([\d.]+)"', source)[1])
        marks = re.findall(r'<g class="(co|cf)">.*?<svg x="[\d.]+%" y="([\d.]+)"', source)

        assert [side for side, _ in marks] == ["co", "cf"]
        assert float(marks[0][1]) < middle < float(marks[1][1])

    def test_it_says_in_words_what_it_shows_and_what_it_leaves_out(self, page):
        source = page.content.decode()

        assert "2 events between Azerbaijan and Iran, 1992 to 1995" in source
        assert "Articles a year on Azerbaijan and Iran, 1992 to 1995, at most 2" in source
        assert "1 article without any date is not in the picture" in words_of(page)


def test_numbers_that_would_touch_are_drawn_as_one(client, pair):
    for date in ("1995-01-01", "2010-01-01", "2010-02-01", "2010-03-01", "2024-06-01"):
        make_event(f"Talks of {date}", [*pair], date=date)
    make_event("Envoy out", [*pair][:1], [*pair][1:], event_type="SANCTION", date="2010-04-01")

    source = client.get(pair.get_absolute_url()).text

    numbers = re.findall(r'<text class="k"[^>]*>([^<]*)</text>', source)
    assert numbers == ["1", "2–4", "6", "5"]


@pytest.mark.parametrize("number", [1, 6])
def test_the_offices_cost_the_same_whether_few_or_many(pair, django_assert_max_num_queries, number):
    report(pair, "2020")
    for n in range(number):
        office = post(f"Minister {n}", country=[*pair][n % 2])
        make_membership(make_person(f"Omid {n}", slug=f"omid-{n}"), office, "2019", "2021")
    with django_assert_max_num_queries(5):
        assert len(drawn(pair).offices) == number
