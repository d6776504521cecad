"""Certain is what is so in every world that the dates allow, possible what is so in at least one.

Worlds are made by hand here: each day that a start may be with each that an end may be, and an
article on each day that its own date allows. Days before and after all of those stand for open
ends.
"""

from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from articles import dates, directory, search
from articles.models import Article, Membership, Person
from articles.models.office import on_the_day
from tests.make import made_at_once, make_article, make_membership, make_person, make_post

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2019, 11, 1), date(2021, 2, 28)  # everything below lies between them
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]

days = st.dates(date(2019, 12, 1), date(2021, 1, 31)).map(str)
months = st.sampled_from(["2019-12", "2020-02", "2020-03", "2020-12", "2021-01"])
exact = days | months | st.just("2020")
closed = (
    exact
    | exact.map("{}?".format)
    | exact.map("{}~".format)
    | st.tuples(days, days).map(lambda two: f"[{min(two)}..{max(two)}]")
)
dated = closed | days.map("[{}..]".format) | days.map("[..{}]".format)
ends = dated | st.just("")


def is_in_order(term):
    """What the database lets in: a term that may end no earlier than it may begin."""
    started, ended = dates.span(term[0]), dates.span(term[1])
    return not (started.earliest and ended.latest and ended.latest < started.earliest)


terms = st.tuples(ends, ends, st.booleans()).filter(is_in_order)
spans = dated | st.tuples(days, days).map(lambda two: f"{min(two)}/{max(two)}") | st.just("")
quiet = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
costly = settings(quiet, max_examples=60)


def allowed(text):
    """The first and the last of DAYS that a date allows."""
    known = dates.span(text)
    return known.earliest or FIRST, known.latest or LAST


def worlds(started, ended, published):
    """{whether the office was held on the article's day} in all worlds; none for the undated.

    In a world the office is held from its start to its end, both of these days among them. Between
    the days next to a bound nothing changes: those are all that need to be tried. Where a date is
    doubted (`2020?`) there is a world in which it was another.
    """
    if not published:
        return set()
    start, end, day = allowed(started), allowed(ended), allowed(published)
    near = {bound + timedelta(days=n) for bound in (*start, *end, *day) for n in (-1, 0, 1)}

    def within(bounds):
        return [one for one in near if bounds[0] <= one <= bounds[1]]

    seen = {
        began <= today <= over
        for began in within(start)
        for over in within(end)
        for today in within(day)
    }
    return seen | {False} if dates.is_doubted(started + ended + published) else seen


def as_told(seen):
    """certain, uncertain or None, by what is so in the worlds."""
    if seen == {True}:
        return "certain"
    return "uncertain" if True in seen else None


def told(term, published):
    """The same as the archive tells it."""
    span = dates.span(published)
    if term.is_certain_during(span):
        return "certain"
    return "uncertain" if term.is_possible_during(span) else None


@quiet
@given(term=terms, published=spans)
@example(term=("2020-03-01", "2020-03-01", False), published="2020-03-01")
@example(term=("2020", "2020", False), published="2020-06-15")
@example(term=("2020-03", "", False), published="2020-03-31")
@example(term=("", "", False), published="2020")
@example(term=("[..2020-03-01]", "[2020-03-01..]", False), published="2020-03-01")
def test_a_term_is_certain_in_all_worlds_and_possible_in_one(term, published):
    started, ended, is_acting = term
    membership = Membership(started=started, ended=ended, is_acting=is_acting)

    assert told(membership, published) == as_told(worlds(started, ended, published))


@given(term=terms, published=spans)
def test_fewer_worlds_are_tried_than_there_are_and_the_others_are_like_them(term, published):
    """The worlds of `worlds` are as good as those of all days, one by one."""
    started, ended, _ = term
    seen = set()
    if published:
        start, end, day = allowed(started), allowed(ended), allowed(published)
        possible_days = [one for one in DAYS if day[0] <= one <= day[1]]
        in_all = all(max(start) <= one <= min(end) for one in possible_days)
        in_one = any(min(start) <= one <= max(end) for one in possible_days)
        in_all = in_all and not dates.is_doubted(started + ended + published)
        seen = {True} if in_all else {True, False} if in_one else {False}
    assert as_told(seen) == as_told(worlds(started, ended, published))


@quiet
@given(held=st.lists(terms, max_size=4, unique_by=lambda term: term[0]), published=spans)
def test_of_several_offices_all_are_told_each_as_sure_as_it_is(held, published):
    posts = [make_post(f"Office {n}", slug=f"office-{next(numbers)}") for n in range(len(held))]
    person = make_person("Leyla Hasanova", slug=f"leyla-{next(numbers)}")
    expected = {}
    for post, (started, ended, is_acting) in zip(posts, held, strict=True):
        make_membership(person, post, started, ended, is_acting=is_acting)
        expected[post.slug] = as_told(worlds(started, ended, published))

    found = person.on_the_day(dates.span(published))

    assert {term.post.slug for term in found.certain} == {
        slug for slug, how in expected.items() if how == "certain"
    }
    assert {term.post.slug for term in found.possible} == {
        slug for slug, how in expected.items() if how == "uncertain"
    }
    best = "certain" if found.certain else "uncertain" if found.possible else None
    if not published:
        best = "date unknown" if held else "none recorded"
    assert found.held == (best or "none recorded")
    acting = [term.is_acting for term in found.certain]
    assert acting == sorted(acting), "an office held in full is told before an acting one"
    assert found.post == (found.certain[0].post if found.certain else None)


numbers = count(1)


@costly
@given(
    held=st.lists(st.tuples(st.integers(0, 2), terms), max_size=5),
    published=st.lists(spans, min_size=1, max_size=3),
    naming=st.sets(st.integers(0, 2)),
)
def test_the_filter_finds_the_same_in_the_database_and_in_the_catalogue(held, published, naming):
    with made_at_once():
        post = make_post(slug=f"office-{next(numbers)}")
        people = [make_person(f"Person {n}", slug=f"person-{next(numbers)}") for n in range(3)]
        known = {}
        for number, (started, ended, is_acting) in held:
            if (number, started) not in known:
                known[number, started] = ended
                make_membership(people[number], post, started, ended, is_acting=is_acting)
    named = [people[number] for number in sorted(naming)]
    articles = {make_article(people=named, published=day): day for day in published}

    def expected(*answers):
        return {
            article.pk
            for article, day in articles.items()
            if any(
                as_told(worlds(started, ended, day)) in answers
                for (number, started), ended in known.items()
                if number in naming
            )
        }

    for uncertain, answers in ((False, ["certain"]), (True, ["certain", "uncertain"])):
        in_database = Article.objects.naming_holder_of(post, uncertain=uncertain)
        in_catalogue = search.everything().naming_holder_of(post, uncertain=uncertain)
        assert set(in_database.values_list("pk", flat=True)) == expected(*answers)
        assert set(in_catalogue.ids.tolist()) == expected(*answers)
    counted = search.everything().offices(directory.current().terms)
    assert counted.get(post.pk, 0) == len(expected("certain"))
    in_full = Person.objects.prefetch_related("memberships__post").in_bulk([p.pk for p in named])
    for article in articles:
        certain = any(person.on_the_day(article.span).certain for person in in_full.values())
        assert (article.pk in expected("certain")) == certain


def on(day, *held):
    """OnTheDay of somebody with these terms (office, started, ended)."""
    person = make_person("Leyla Hasanova", slug=f"leyla-{next(numbers)}")
    for label, *term in held:
        post = make_post(label, slug=f"office-{next(numbers)}")
        make_membership(person, post, *term)
    return person.on_the_day(dates.span(day))


def labels(terms):
    return [term.post.label for term in terms]


class TestTheDayOfAHandOver:
    """A's term ends on the day on which B's begins: each held the office for a part of it."""

    def test_both_the_one_who_goes_and_the_one_who_comes_held_it_that_day(self):
        outgoing = on("2020-03-15", ("Foreign minister", "2018-01-01", "2020-03-15"))
        incoming = on("2020-03-15", ("Foreign minister", "2020-03-15", "2023-01-01"))

        assert (outgoing.held, incoming.held) == ("certain", "certain")

    def test_the_day_before_and_the_day_after_belong_to_one_of_them_alone(self):
        before, after = "2020-03-14", "2020-03-16"
        outgoing = ("Foreign minister", "2018-01-01", "2020-03-15")
        incoming = ("Foreign minister", "2020-03-15", "2023-01-01")

        assert [on(before, outgoing).held, on(before, incoming).held] == [
            "certain",
            "none recorded",
        ]
        assert [on(after, outgoing).held, on(after, incoming).held] == ["none recorded", "certain"]

    def test_where_only_the_month_of_it_is_known_both_are_uncertain(self):
        assert on("2020-03-15", ("Foreign minister", "2018", "2020-03")).held == "uncertain"
        assert on("2020-03-15", ("Foreign minister", "2020-03", "2023")).held == "uncertain"

    def test_a_report_of_some_day_around_it_proves_neither(self):
        around = "[2020-03-14..2020-03-16]"

        assert on(around, ("Minister", "2018-01-01", "2020-03-15")).held == "uncertain"
        assert on(around, ("Minister", "2020-03-15", "2023-01-01")).held == "uncertain"

    def test_who_goes_from_one_office_to_another_held_both_that_day(self):
        found = on(
            "2020-03-15",
            ("Prime minister", "2018-01-01", "2020-03-15"),
            ("President", "2020-03-15", "2025-01-01"),
        )

        assert labels(found.certain) == ["Prime minister", "President"]


def test_in_a_gap_between_two_terms_no_office_is_held():
    found = on(
        "2020-06-15",
        ("Prime minister", "2018-01-01", "2020-03-15"),
        ("Prime minister again", "2020-09-01", "2025-01-01"),
    )

    assert (found.held, found.terms, found.post) == ("none recorded", [], None)


def test_what_is_certain_does_not_hide_what_is_uncertain_beside_it():
    found = on(
        "2020-06-15",
        ("Prime minister", "2018-01-01", "2021-03-15"),
        ("Finance minister", "2020", ""),
    )

    assert (labels(found.certain), labels(found.possible)) == (
        ["Prime minister"],
        ["Finance minister"],
    )
    assert (found.held, found.post.label) == ("certain", "Prime minister")


def test_on_an_unknown_day_nobody_is_said_to_have_held_nothing():
    assert on("", ("Foreign minister", "2018", "2020")).held == "date unknown"
    assert on("").held == "none recorded"


def test_todays_holder_is_not_the_holder_of_then():
    found = on("1999-05-01", ("Foreign minister", "2020-03-15", ""))

    assert (found.held, found.terms) == ("none recorded", [])


def test_terms_tell_the_same_whatever_object_bears_them():
    post = make_post()
    term = make_membership(make_person(), post, "2018", "2020-03")

    found = on_the_day([term], dates.span("2019-05-01"))

    assert found.certain == [term]
    assert found.post == post
