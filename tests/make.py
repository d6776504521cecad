"""Plain functions that make what a test needs, saying only what the test is about."""

from importlib import import_module
from itertools import count
from types import SimpleNamespace

from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db import connection

from articles import integrity
from articles.models import (
    Article,
    Change,
    Country,
    Event,
    Membership,
    Mention,
    Party,
    Person,
    Post,
    Record,
    Seal,
    Source,
    Suggestion,
    Topic,
    Verification,
    Version,
)
from articles.models.slugs import slug_base

# What triggers and seals write of all the others.
JOURNAL = {Change, Record, Seal, Verification, Version}
_numbers = count(1)


def by_sql(statement, *params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params or None)


def make_country(name="Azerbaijan", **fields):
    return Country.objects.create(**{"slug": slug_base(name), "name": name} | fields)


def make_source(name="Test Agency", **fields):
    return Source.objects.create(
        **{"slug": slug_base(name), "name": name, "kind": "agency"} | fields
    )


def make_topic(name="Visits", **fields):
    return Topic.objects.create(**{"slug": slug_base(name), "name": name} | fields)


def make_person(name="Leyla Hasanova", **fields):
    return Person.objects.create(**{"slug": slug_base(name), "name": name} | fields)


def make_post(label="Foreign minister of Azerbaijan", country=None, **fields):
    role = {"role": "foreign-minister"}
    return Post.objects.create(
        **{"slug": slug_base(label), "label": label, "country": country} | role | fields
    )


def make_membership(person, post, started, ended="", **fields):
    return Membership.objects.create(
        person=person, post=post, started=started, ended=ended, **fields
    )


def made_at_once():
    """Within, all that is made is one change: quicker than one for each."""
    return integrity.change("tests", "Made for a test")


def make_article(headline="Ministers meet in Baku", countries=(), people=(), topics=(), **fields):
    """A published article; its source is made, or the one test source is taken."""
    body = f"They met and spoke of trade. This is report {next(_numbers)}."
    with made_at_once():  # all of it is its first version
        source = fields.pop("source", None)
        if source is None:
            source = Source.objects.filter(slug="test-agency").first() or make_source()
        article = Article.objects.create(
            **{"headline": headline, "body": body, "source": source, "status": "published"} | fields
        )
        article.countries.set(countries)
        article.people.set(people)
        article.topics.set(topics)
    return article


def save(thing, **values):
    for name, value in values.items():
        setattr(thing, name, value)
    thing.save()


def make_event(title="Ministers meet", actors=(), recipients=(), **fields):
    """A confirmed CONSULT event between the countries."""
    coding = {"event_type": "CONSULT", "status": "confirmed", "date": "2020-05-01"}
    event = Event.objects.create(
        **{"ref": f"event-{next(_numbers)}", "title": title} | coding | fields
    )
    for role, countries in (("actor", actors), ("recipient", recipients)):
        for country in countries:
            Party.objects.create(event=event, role=role, country=country)
    return event


def _naming(article, named, text):
    text = text or str(named)
    start = article.body.index(text)
    kind = "country" if isinstance(named, Country) else "person"
    words = {"start": start, "end": start + len(text), "text": text, "kind": "name"}
    return {"article": article, kind: named, **words}


def make_suggestion(article, named, text="", **fields):
    """Words of the body, the name by default, in which detection sees a country or a person."""
    return Suggestion.objects.create(**_naming(article, named, text) | {"times": 1} | fields)


def make_mention(article, named, text="", **fields):
    """The same, as an editor confirmed it."""
    said = {"status": "confirmed", "said_by": "leyla", "target": named.slug}
    return Mention.objects.create(**_naming(article, named, text) | said | fields)


def make_small_archive():
    """A little of everything that pages show, so that a test of many requests stays quick."""
    azerbaijan = make_country("Azerbaijan", iso_alpha2="AZ", iso_alpha3="AZE")
    iran = make_country("Iran", iso_alpha2="IR", iso_alpha3="IRN")
    post = make_post("Foreign minister of Iran", iran)
    people = [make_person("Jeyhun Bayramov"), make_person("Hossein Amir-Abdollahian")]
    make_membership(people[1], post, "2021-08-25", "2024-05-19")
    agency, topic = make_source("Anadolu Agency"), make_topic("Visits")
    for date in ("2023-07-02", "", "[2021-08-25..2023-09-19]"):
        report = make_article(
            f"Ministers speak {date}", [azerbaijan, iran], people, [topic],
            source=agency, published=date,
        )  # fmt: skip
    event = make_event("Ministers speak", [azerbaijan, iran])
    event.evidence.create(article=report, start=0, end=4, text=report.body[:4])
    return report


def get_group(name):
    """A group of the desk: Contributors, Editors, Chiefs."""
    if not Group.objects.filter(name=name).exists():
        # A test with real transactions ends in a flush, which takes the migrations' rows along.
        groups = import_module("articles.migrations.0003_groups")
        groups.make_groups(apps, SimpleNamespace(connection=connection))
        redaction = import_module("articles.migrations.0005_redaction")
        redaction.allow_chiefs(apps, SimpleNamespace(connection=connection))
        mentions = import_module("articles.migrations.0006_mentions")
        mentions.allow_groups(apps, SimpleNamespace(connection=connection))
    return Group.objects.get(name=name)


def make_colleague(group, name="leyla", password="a long password"):
    """One of a group of the desk, without superuser's rights."""
    user = User.objects.create_user(name, password=password, is_staff=True)
    user.groups.add(get_group(group))
    return user
