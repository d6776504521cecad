"""The gazetteer of the archive: what it holds, and when it is made anew."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import dates, gazetteer
from articles.models import Article, Country, Membership, OtherName, Person, Post, Source
from articles.names.detect import detect, people_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch):
    monkeypatch.setattr(gazetteer, "_kept", {})


@pytest.fixture
def iran():
    return Country.objects.create(
        slug="iran", name="Iran", iso_alpha2="IR", iso_alpha3="IRN", adjectives=["Iranian"]
    )


@pytest.fixture
def minister(iran):
    person = Person.objects.create(slug="abbas-araghchi", name="Abbas Araghchi")
    OtherName.objects.create(person=person, name="عباس عراقچی", kind="native", script="Arab")
    post = Post.objects.create(
        slug="foreign-minister-of-iran",
        label="Foreign minister of Iran",
        country=iran,
        role="foreign-minister",
    )
    Membership.objects.create(
        person=person, post=post, started="2024-08-21", ended="[2025-08-08..]"
    )
    return person


def test_it_holds_countries_and_people_with_their_names_and_terms(minister):
    known = gazetteer.current()
    assert known.countries["iran"].adjectives == ("Iranian",)
    held = known.people["abbas-araghchi"]
    assert [(name.text, name.script) for name in held.names] == [("عباس عراقچی", "Arab")]
    (term,) = held.terms
    assert (term.role, term.country) == ("foreign-minister", "iran")
    assert term.is_certain_during(dates.span("2025-01-02"))
    mentions = detect("The Iranian foreign minister", known, dates.span("2025-01-02"))
    assert people_of(mentions) == ["abbas-araghchi"]


def test_a_duplicate_that_was_merged_is_left_out(minister):
    twin = Person.objects.create(slug="abbas-araqchi", name="Abbas Araqchi")
    Person.objects.filter(pk=twin.pk).update(merged_into=minister, merge_reason="The same man")
    assert set(gazetteer.current().people) == {"abbas-araghchi"}


def test_it_is_kept_while_nothing_changes_for_one_query(minister):
    known = gazetteer.current()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert gazetteer.current() is known
    assert len(asked) == 1


def test_a_new_article_changes_nothing_of_it(minister):
    known = gazetteer.current()
    source = Source.objects.create(slug="x", name="X")
    Article.objects.create(headline="A", body="B", source=source, status="published")
    assert gazetteer.current() is known


CHANGES = [
    lambda person: Person.objects.create(slug="b", name="B C"),
    lambda person: Person.objects.filter(pk=person.pk).update(name="Abbas Araqchi"),
    lambda person: OtherName.objects.create(person=person, name="A. Araqchi"),
    lambda person: OtherName.objects.all().delete(),
    lambda person: Membership.objects.update(ended="2025-09-01", ended_earliest="2025-09-01",
                                             ended_latest="2025-09-01"),
    lambda person: Post.objects.update(label="Minister of foreign affairs of Iran"),
    lambda person: Country.objects.update(adjectives=["Persian"]),
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_it_is_made_anew_when_people_countries_or_offices_change(minister, change):
    known = gazetteer.current()
    change(minister)
    assert gazetteer.current() is not known
    assert gazetteer.current() is gazetteer.current()
