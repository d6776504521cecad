"""What stood there then is told the same for ever, whatever is corrected later."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import integrity
from articles.integrity import past
from articles.models import Article, Evidence, Membership, Party, Version
from tests.make import (
    make_article,
    make_country,
    make_event,
    make_membership,
    make_person,
    make_post,
    make_topic,
    save,
)

pytestmark = pytest.mark.django_db

START = datetime(2020, 1, 1, 12, tzinfo=UTC)
BODY = "Leyla Hasanova spoke by telephone with Omid Karimi.\n\nThey spoke of trade."


def on(day):
    """A change made on so many days after the start."""
    return integrity.change("tests", "Made for a test", at=START + timedelta(days=day))


@pytest.fixture
def archive():
    with on(0):
        return Archive()


class Archive:
    """A report, an event that it and another report prove, and all that belongs to them."""

    def __init__(self):
        self.countries = [make_country(name) for name in ("Azerbaijan", "Georgia", "Iran")]
        self.people = [make_person(name) for name in ("Leyla Hasanova", "Omid Karimi")]
        self.topics = [make_topic("Trade"), make_topic("Visits")]
        self.post = make_post(country=self.countries[0])
        make_membership(self.people[0], self.post, "2019", "2022")
        self.report = make_article(
            "Ministers speak", self.countries[:2], self.people, self.topics[:1],
            body=BODY, published="2020-05-01", retrieved_at=START,
        )  # fmt: skip
        self.other = make_article("They spoke", body=BODY)
        self.event = make_event("A call", self.countries[:1], self.countries[2:])
        self.event.parties.first().people.set(self.people)
        for report in (self.report, self.other):
            self.event.evidence.create(article=report, start=15, end=33, text=BODY[15:33])

    def changes(self, any_one, number):
        """Ways to change something that the report's page or JSON shows; `any_one` chooses."""
        yield lambda: save(self.report, headline=f"Headline {number}", byline=f"Writer {number}")
        yield lambda: save(self.report, slug=f"slug-{number}")
        yield lambda: save(self.report, body=f"{BODY} {number}", published=f"20{number % 30:02}")
        yield lambda: self.report.countries.set(any_one.sample(self.countries, 2))
        yield lambda: self.report.people.set(any_one.sample(self.people, any_one.randint(0, 2)))
        yield lambda: self.report.topics.set(any_one.sample(self.topics, 1))
        yield lambda: save(any_one.choice(self.people), name=f"Name {number}")
        yield lambda: save(any_one.choice(self.people), slug=f"person-{number}")
        yield lambda: save(any_one.choice(self.countries), slug=f"country-{number}")
        yield lambda: save(any_one.choice(self.topics), slug=f"topic-{number}")
        yield lambda: save(self.report.source, name=f"Agency {number}", slug=f"agency-{number}")
        yield lambda: save(self.post, slug=f"office-{number}")
        yield lambda: make_membership(any_one.choice(self.people), self.post, f"{2000 + number}")
        yield lambda: Membership.objects.update(ended=f"{2019 + number % 5}")
        yield (
            lambda: (
                any_one.choice([*Membership.objects.all(), Membership()]).pk
                and (Membership.objects.order_by("pk").first().delete())
            )
        )
        yield lambda: Membership.objects.filter(started="2019").update(
            person=any_one.choice(self.people)
        )
        yield lambda: Evidence.objects.filter(start=15, article=self.other).update(
            article=self.report, start=number
        )
        yield lambda: save(self.event, title=f"Call {number}", date=f"20{number % 30:02}")
        yield lambda: save(self.event, status=any_one.choice(["confirmed", "rejected"]))
        yield lambda: Party.objects.get_or_create(
            event=self.event, role="actor", country=any_one.choice(self.countries)
        )
        yield lambda: self.event.parties.last() and self.event.parties.last().delete()
        yield lambda: [p.people.set(any_one.sample(self.people, 1)) for p in Party.objects.all()]
        yield lambda: save(self.other, slug=f"other-{number}")
        yield lambda: save(self.other, status=any_one.choice(["published", "review"]))
        yield lambda: Evidence.objects.update(text=f"words {number}")
        yield lambda: self.event.evidence.first() and self.event.evidence.first().delete()
        yield lambda: Evidence.objects.get_or_create(
            event=self.event, article=self.report, start=number, end=99, defaults={"text": "x"}
        )
        yield lambda: integrity.settle()


def as_of(client, article, day):
    slug = Article.objects.get(pk=article.pk).slug
    moment = (START + timedelta(days=day)).date().isoformat()
    answer = client.get(f"/articles/{slug}.json", {"as-of": moment})
    assert answer.status_code == 200, answer.content
    return answer.content


@pytest.mark.parametrize("seed", range(2))
def test_after_any_changes_every_day_is_told_as_it_was_told_then(archive, client, seed):
    any_one, told = random.Random(seed), {}
    for day in range(1, 41):
        with on(day):
            any_one.choice(list(archive.changes(any_one, day)))()
        archive.report.refresh_from_db()
        stands = client.get(f"/articles/{archive.report.slug}.json").content
        told[day] = as_of(client, archive.report, day)
        assert told[day] == stands, "what is told of a day is what stood at its end"

    assert len(set(told.values())) > 15
    assert {day: as_of(client, archive.report, day) for day in told} == told


def test_each_kind_of_change_alters_what_stands_and_not_what_stood(archive, client):
    """None of the changes that the test above chooses from does nothing for good."""
    any_one = random.Random(1)
    stood = as_of(client, archive.report, 0)
    for day in range(1, 3):
        for number, change in enumerate(archive.changes(any_one, day)):
            with on(day * 100 + number):
                change()
            archive.report.refresh_from_db()
            assert as_of(client, archive.report, 0) == stood, number
    assert as_of(client, archive.report, 500) != stood
    assert Version.objects.count() > 25


def test_the_bytes_that_came_in_and_every_field_are_those_of_then(archive):
    fields = {
        "summary": "A call.", "byline": "A. Writer", "dateline": "BAKU", "credit": "Turan",
        "url": "https://agency.example/1", "published": "[2020-05-01..2020-05-03]",
        "published_note": "It names the feast.", "language": "az", "usage_terms": "Quote only",
        "retrieved_at": datetime(2024, 1, 2, 3, 4, 5, 678, tzinfo=UTC),
        "original": b"\xef\xbb\xbfany bytes \xff", "import_ref": "a1",
    }  # fmt: skip
    with on(1):
        save(archive.report, **fields)
    with on(2):
        blank = dict.fromkeys(fields, "") | {"retrieved_at": None, "original": None}
        save(archive.report, **blank | {"language": "en", "import_ref": "a2"})

    then, _ = past.as_of(archive.report, START + timedelta(days=1, hours=1))
    since, _ = past.as_of(archive.report, START + timedelta(days=2, hours=1))

    assert {name: getattr(then, name) for name in fields} == fields
    assert str(then.published_earliest) == "2020-05-01"
    assert (since.retrieved_at, since.original, since.published_earliest) == (None, None, None)
    assert (then.pk, then.version) == (archive.report.pk, 2)


def test_what_was_deleted_stands_where_it_stood(archive):
    leyla = archive.people[0]
    with on(1):
        Membership.objects.get().delete()
        Party.objects.filter(event=archive.event).delete()
        leyla.articles.clear()
        leyla.delete()

    then, events = past.as_of(archive.report, START + timedelta(hours=1))
    since, _ = past.as_of(archive.report, START + timedelta(days=2))

    on_the_day = then.people_on_the_day()
    people = {person.name: held.post and held.post.label for person, held in on_the_day}
    assert people == {
        "Leyla Hasanova": "Foreign minister of Azerbaijan",
        "Omid Karimi": None,
    }
    assert [party.country.name for party in events[0].actors] == ["Azerbaijan"]
    assert [person.name for person in since.people.all()] == ["Omid Karimi"]


def test_a_change_counts_from_its_instant_on(archive):
    with on(1):
        save(archive.report, headline="Ministers spoke")
    moment = START + timedelta(days=1)

    def headline(before):
        return past.as_of(archive.report, before)[0].headline

    assert headline(moment) == "Ministers speak"
    assert headline(moment + timedelta(microseconds=1)) == "Ministers spoke"


def test_before_it_was_there_nothing_stood(archive):
    assert past.as_of(archive.report, START) == (None, [])


def test_what_an_article_named_is_there_even_when_it_is_filed_under_a_later_day():
    source_of_today = make_country("Iran")
    with on(0):
        report = make_article("Ministers speak", [source_of_today])
    save(source_of_today, name="Persia")

    then, _ = past.as_of(report, START + timedelta(days=1))

    assert [country.name for country in then.countries.all()] == ["Iran"]


def test_the_words_of_a_story_that_is_withdrawn_today_are_closed_on_every_day(archive):
    before, after = START + timedelta(hours=1), START + timedelta(days=3)
    _, (event,) = past.as_of(archive.report, before)
    assert len(event.public_evidence) == 2
    with on(1):
        save(archive.other, status="withdrawn", withdrawal_reason="Retracted.")

    for moment in (before, after):
        _, (event,) = past.as_of(archive.report, moment)
        assert [words.article.pk for words in event.public_evidence] == [archive.report.pk]


def test_what_it_costs_does_not_grow(archive):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            past.as_of(archive.report, START + timedelta(days=500))
        return len(queries)

    before = cost()
    for number in range(6):
        with on(number):
            person = make_person(f"Person {number}")
            archive.report.people.add(person)
            make_membership(person, make_post(f"Office {number}"), "2019")
            event = make_event(f"Event {number}", archive.countries, archive.countries)
            event.evidence.create(article=archive.report, start=number, end=9, text="x")
            event.evidence.create(article=make_article(f"R {number}"), start=1, end=9, text="x")
    assert cost() == before <= 45
