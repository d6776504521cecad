"""Two countries in one order, whichever was named first, and what the archive holds on them."""

import pytest

from articles import directory
from articles.models import Party
from articles.pair import Counts, Pair
from tests.make import make_article, make_country, make_event

pytestmark = pytest.mark.django_db


def reported_pairs(country=None, most=None):
    return directory.current().reported_pairs(country, most)


@pytest.fixture
def azerbaijan():
    return make_country("Azerbaijan")


@pytest.fixture
def iran():
    return make_country("Iran")


@pytest.fixture
def turkiye():
    return make_country("Türkiye")


def test_a_pair_is_the_same_whichever_is_named_first(azerbaijan, iran):
    assert Pair.of(iran, azerbaijan) == Pair.of(azerbaijan, iran)
    assert len({Pair.of(iran, azerbaijan), Pair.of(azerbaijan, iran)}) == 1
    assert list(Pair.of(iran, azerbaijan)) == [azerbaijan, iran]


def test_a_pair_has_one_address_with_its_slugs_in_alphabetical_order(azerbaijan, iran):
    pair = Pair.of(iran, azerbaijan)
    assert pair.slugs == ("azerbaijan", "iran")
    assert pair.get_absolute_url() == "/relations/azerbaijan/iran/"
    assert str(pair) == "Azerbaijan–Iran"


def test_the_order_goes_by_the_slug_and_not_by_the_name():
    ivory_coast = make_country("Côte d'Ivoire", slug="ivory-coast")
    ghana = make_country("Ghana")
    assert Pair.of(ivory_coast, ghana).slugs == ("ghana", "ivory-coast")


def test_a_country_has_no_relation_with_itself(iran):
    with pytest.raises(ValueError, match="different"):
        Pair.of(iran, iran)


def test_the_archive_counts_what_it_holds_on_a_pair(azerbaijan, iran):
    make_article(countries=[iran, azerbaijan])
    make_article(countries=[azerbaijan, iran])
    make_event(actors=[iran, azerbaijan])
    make_article(countries=[iran])
    make_event(actors=[iran])
    assert reported_pairs() == [(Pair.of(azerbaijan, iran), Counts(articles=2, events=1))]


def test_what_readers_do_not_see_does_not_count(azerbaijan, iran):
    for status in ("draft", "review", "withdrawn"):
        make_article(countries=[azerbaijan, iran], status=status)
    for status in ("suggested", "rejected"):
        make_event(actors=[azerbaijan], recipients=[iran], status=status)
    assert reported_pairs() == []


def test_an_article_on_three_countries_counts_for_three_pairs(azerbaijan, iran, turkiye):
    make_article(countries=[turkiye, azerbaijan, iran])
    pairs = {pair.slugs for pair, counts in reported_pairs() if counts == Counts(articles=1)}
    assert pairs == {("azerbaijan", "iran"), ("azerbaijan", "turkiye"), ("iran", "turkiye")}


def test_an_event_counts_once_however_many_parties_a_country_has_in_it(azerbaijan, iran):
    event = make_event(actors=[azerbaijan, iran], recipients=[azerbaijan, iran])
    Party.objects.create(event=event, role="actor", country=iran, sector="MIL")
    assert reported_pairs() == [(Pair.of(azerbaijan, iran), Counts(events=1))]


def test_the_most_reported_pair_comes_first_and_events_break_a_tie(azerbaijan, iran, turkiye):
    make_article(countries=[azerbaijan, iran])
    make_article(countries=[azerbaijan, iran])
    make_article(countries=[azerbaijan, turkiye])
    make_article(countries=[iran, turkiye])
    make_event(actors=[iran, turkiye])
    ranked = [
        ("azerbaijan", "iran"),
        ("iran", "turkiye"),
        ("azerbaijan", "turkiye"),
    ]
    assert [pair.slugs for pair, _ in reported_pairs()] == ranked
    assert [pair.slugs for pair, _ in reported_pairs(most=2)] == ranked[:2]


def test_a_country_is_told_its_own_pairs_only(azerbaijan, iran, turkiye):
    make_article(countries=[azerbaijan, iran])
    make_article(countries=[iran, turkiye])
    make_event(actors=[azerbaijan], recipients=[turkiye])
    pairs = {pair.slugs for pair, _ in reported_pairs(azerbaijan)}
    assert pairs == {("azerbaijan", "iran"), ("azerbaijan", "turkiye")}
    assert [pair.slugs for pair, _ in reported_pairs(iran, most=1)] in (
        [("azerbaijan", "iran")],
        [("iran", "turkiye")],
    )
