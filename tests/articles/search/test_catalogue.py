"""The catalogue in memory: whatever changed since it was read, it says what the archive says."""

import random
from datetime import date
from itertools import combinations

import pytest
from django.db import connection

from articles import search
from articles.models import Article, Country
from articles.search import catalogue, selection, upkeep
from tests.make import make_article, make_country, make_membership, make_person, make_post
from tests.make import make_source as source
from tests.make import make_topic as topic

pytestmark = pytest.mark.django_db

DATES = ("2020-05-01", "2020-05", "2019", "[2018-03-01..2021-06-30]", "[2021-01-01..]", "", "2022~")


def read():
    era, tick, is_waiting = upkeep.moment(connection)
    assert not is_waiting
    return catalogue._read(connection, era, tick)


def taken_in(kept):
    search.catch_up()
    return catalogue._taken_in(kept, connection, upkeep.moment(connection)[1])


def told(made):
    """All that lists are made from."""
    everything = selection.of(made)
    orders = {order: everything.page(order, 1000) for order in ("newest", "oldest", "added")}
    counts = {
        name: everything.counts(name) for name in ("sources", "countries", "people", "topics")
    }
    narrowed = everything.between(date(2020, 1, 1), date(2020, 12, 31)).page("newest", 1000)
    figures = (everything.count(), everything.number_bounded(), everything.years)
    return orders, counts, narrowed, figures, everything.tags(), everything.pairs()


@pytest.fixture
def archive():
    chosen = random.Random(5)
    countries = [make_country(name) for name in ("Iran", "Türkiye", "Armenia", "Georgia")]
    people = [make_person(name) for name in ("Leyla Hasanova", "Omid Karimi")]
    sources, topics = [source("Wire"), source("Gazette")], [topic("Visits"), topic("Gas")]

    def article(**fields):
        return make_article(
            "Talks",
            chosen.sample(countries, chosen.randrange(4)),
            chosen.sample(people, chosen.randrange(3)),
            chosen.sample(topics, chosen.randrange(2)),
            **{
                "source": chosen.choice(sources),
                "published": chosen.choice(DATES),
                "language": chosen.choice(["en", "az", "fa"]),
                "status": chosen.choice(["published", "published", "draft"]),
            }
            | fields,
        )

    for _ in range(40):
        article()
    return article


@pytest.mark.parametrize("most_apart", [2, 10_000])
def test_what_changed_since_it_was_read_is_taken_in(archive, monkeypatch, most_apart):
    monkeypatch.setattr(catalogue, "MOST_APART", most_apart)
    chosen, kept = random.Random(7), read()
    for _ in range(25):
        change = chosen.randrange(5)
        one = chosen.choice(list(Article.objects.all()))
        if change == 0:
            archive(language=chosen.choice(["en", "ka"]))
        elif change == 1:
            Article.objects.filter(pk=one.pk).update(status=chosen.choice(["published", "review"]))
        elif change == 2:
            one.published = chosen.choice(DATES)
            one.save()
        elif change == 3:
            one.countries.clear()
        else:
            Article.objects.exclude(pk=one.pk).update(language="hy")
        kept = taken_in(kept)
        assert told(kept) == told(read())


def test_beside_an_article_stands_what_stands_beside_it_in_the_list(archive):
    kept = read()
    for article in Article.objects.published()[::3]:  # so that some are struck out, some apart
        article.headline = "Talks again"
        article.save()
        archive(status="published")
    made = taken_in(kept)
    assert made.number_dead and len(made.small)
    everything, seen = selection.of(made), 0
    for pair in combinations(Country.objects.all(), 2):
        listed = everything.involving(*pair).page("oldest", 1000)
        dated = [(day, pk) for day, pk in listed if day]
        ids = [None, *[pk for _, pk in dated], None]
        for place, (day, pk) in enumerate(dated):
            assert everything.beside(day, pk, pair) == (ids[place], ids[place + 2])
        seen += len(dated)
    assert seen > 20


def test_a_draft_that_was_deleted_is_gone_from_it(archive):
    gone = archive(status="draft")
    kept = taken_in(read())
    gone.delete()
    assert told(taken_in(kept)) == told(read())


def test_an_empty_archive_has_an_empty_catalogue():
    everything = search.everything()
    assert (everything.count(), everything.page("newest", 10), everything.pairs()) == (0, [], {})
    assert everything.years == ({}, 0)


def test_ids_may_be_as_far_apart_as_numbers_go(archive):
    far = make_article("Far", [make_country("Chile")], pk=2**60, published="2020")
    found = search.everything().search(search.parse("far"))
    assert found.page("newest", 5) == [(date(2020, 12, 31), far.pk)]
    assert found.counts("countries") == {far.countries.get().pk: 1}


@pytest.mark.django_db(transaction=True)
def test_what_others_committed_is_seen_at_the_next_question_and_nothing_is_read_twice(
    django_assert_num_queries,
):
    make_article("Talks in Baku", [make_country("Iran")])
    assert search.everything().count() == 1
    make_article("Talks in Tehran")
    assert search.everything().count() == 2
    with django_assert_num_queries(1):
        assert search.everything().count() == 2


class TestAsTheQueriesSay:
    """A Selection and a queryset narrowed by the same verbs are the same articles."""

    @pytest.fixture(autouse=True)
    def _archive(self, archive):
        self.post = make_post("Foreign minister of Iran")
        for person, start, end in (
            ("leyla-hasanova", "2019-05", "2020-05-01"),
            ("omid-karimi", "2020-05-01", "[2021-08-08..]"),
        ):
            from articles.models import Person

            make_membership(Person.objects.get(slug=person), self.post, start, end)

    def same(self, narrow):
        selected = narrow(search.everything())
        queried = narrow(Article.objects.published())
        newest = list(queried.newest().values_list("pk", flat=True))
        assert [pk for _, pk in selected.page("newest", 1000)] == newest
        oldest = list(queried.oldest().values_list("pk", flat=True))
        assert [pk for _, pk in selected.page("oldest", 1000)] == oldest
        assert selected.count() == len(newest)
        return newest

    @pytest.mark.parametrize("uncertain", [False, True])
    def test_by_the_office_held_on_the_day(self, uncertain):
        assert self.same(lambda some: some.naming_holder_of(self.post, uncertain=uncertain))

    @pytest.mark.parametrize(
        ("since", "until"),
        [
            (date(2020, 5, 1), None),
            (None, date(2019, 12, 31)),
            (date(2019, 6, 1), date(2020, 5, 1)),
            (date(2021, 6, 30), date(2021, 6, 30)),
        ],
    )
    def test_by_days(self, since, until):
        assert self.same(lambda some: some.between(since, until))

    def test_by_words(self):
        assert self.same(lambda some: some.search(search.parse("talks")))
        assert not self.same(lambda some: some.search(search.parse("talks -talks")))
        assert self.same(lambda some: some.search(search.parse("-nothing")))

    def test_page_after_page(self):
        for order, ordered in (("newest", "newest"), ("oldest", "oldest")):
            whole = list(
                getattr(Article.objects.published(), ordered)().values_list("pk", flat=True)
            )
            found, after = [], None
            while page := search.everything().page(order, 7, after):
                found += [pk for _, pk in page]
                after = page[-1]
            assert found == whole
