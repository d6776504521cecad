"""What others lean on is not deleted: a source with articles, an office that was held ..."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from articles.models import Article, Event
from tests.make import (
    make_article,
    make_country,
    make_event,
    make_membership,
    make_person,
    make_post,
    make_source,
    save,
)

pytestmark = pytest.mark.django_db


def make_what_leans():
    """{thing: what leans on it} with one thing of every kind that is protected."""
    azerbaijan, turkiye, iran = map(make_country, ["Azerbaijan", "Türkiye", "Iran"])
    anadolu = make_source("Anadolu Agency", country=turkiye)
    hasanova, office = make_person("Leyla Hasanova"), make_post(country=azerbaijan)
    make_membership(hasanova, office, "2019")
    article = make_article(source=anadolu)
    event = make_event(actors=[iran])
    event.evidence.create(article=article, start=0, end=8, text="They met")
    named, told, renamed = make_person("Rauf Aliyev"), make_event(), make_article()
    named.other_names.create(name="Rauf Əliyev")
    told.evidence.create(article=article, start=0, end=8, text="They met")
    save(renamed, slug="another-address")
    return {
        "a country that has an office": azerbaijan,
        "a country that has a source": turkiye,
        "a country that is party to an event": iran,
        "a source that has an article": anadolu,
        "an office that was held": office,
        "an article that is evidence of an event": article,
        "an event that has a party": event,
        "an event that has evidence": told,
        "a person who has another name": named,
        "a person who held an office": hasanova,
        "an article that had another address": renamed,
    }


LEANED_ON = [
    "a country that has an office",
    "a country that has a source",
    "a country that is party to an event",
    "a source that has an article",
    "an office that was held",
    "an article that is evidence of an event",
    "an event that has a party",
    "an event that has evidence",
    "a person who has another name",
    "a person who held an office",
    "an article that had another address",
]


@pytest.mark.parametrize("what", LEANED_ON)
def test_what_others_lean_on_is_not_deleted(what):
    thing = make_what_leans()[what]
    with pytest.raises(ProtectedError):
        thing.delete()
    assert type(thing).objects.filter(pk=thing.pk).exists()


@pytest.mark.parametrize("what", LEANED_ON)
def test_what_others_lean_on_is_not_deleted_by_sql_either(what):
    thing = make_what_leans()[what]
    with pytest.raises(IntegrityError), transaction.atomic():
        rows = type(thing).objects.filter(pk=thing.pk)
        rows._raw_delete(rows.db)
        connection.check_constraints()
    assert type(thing).objects.filter(pk=thing.pk).exists()


def test_an_event_goes_after_its_parties_and_evidence():
    article = make_article(status="draft")
    iran, iraq = make_country("Iran"), make_country("Iraq")
    event = make_event(actors=[iran], recipients=[iraq], status="suggested")
    event.evidence.create(article=article, start=0, end=8, text="They met")
    event.parties.all().delete()
    event.evidence.all().delete()
    event.delete()
    assert not Event.objects.exists()
    article.delete()
    assert not Article.objects.exists()
