"""What others name is not deleted: not by the desk, not by the ORM, not in bulk."""

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse

from articles.models import Article, Event, Person
from tests.forms import change_form, form_of
from tests.make import (
    make_article,
    make_country,
    make_event,
    make_membership,
    make_person,
    make_post,
    make_topic,
)

pytestmark = pytest.mark.django_db

MAKE = {"countries": make_country, "people": make_person, "topics": make_topic}


@pytest.mark.parametrize("relation", MAKE)
def test_what_an_article_names_is_not_deleted(relation):
    thing = MAKE[relation]()
    report = make_article(**{relation: [thing]})
    with pytest.raises(ProtectedError, match="named by 1 article"), transaction.atomic():
        thing.delete()
    with pytest.raises(ProtectedError), transaction.atomic():
        type(thing).objects.all().delete()
    assert list(getattr(report, relation).all()) == [thing]
    getattr(report, relation).clear()
    thing.delete()
    assert not type(thing).objects.exists()


def test_a_person_in_an_event_is_not_deleted():
    leyla = make_person()
    party = make_event(actors=[make_country()]).parties.get()
    party.people.add(leyla)
    with pytest.raises(ProtectedError, match="1 party to an event"), transaction.atomic():
        leyla.delete()
    assert party.people.get() == leyla


def test_a_story_that_was_published_once_is_not_deletable_though_a_draft_now():
    report = make_article()
    assert not report.is_deletable
    Article.objects.update(status="draft")
    assert not Article.objects.get().is_deletable
    assert make_article("A thought", status="draft").is_deletable


class TestTheDesk:
    """Says what keeps a thing, and answers no fault."""

    def answer(self, client, thing):
        address = reverse(f"admin:articles_{thing._meta.model_name}_delete", args=[thing.pk])
        seen = change_form(client, address.replace("/delete/", "/change/"))["_seen"]
        shown, sent = client.get(address), client.post(address, {"post": "yes", "_seen": seen})
        assert shown.status_code == sent.status_code == 200
        assert type(thing).objects.filter(pk=thing.pk).exists()
        return shown.text

    def test_of_an_event(self, admin_client):
        event = make_event("Ministers meet", [make_country("Iran")], status="suggested")
        report = make_article(body="They met.")
        event.evidence.create(article=report, start=0, end=4, text="They")
        told = self.answer(admin_client, event)
        assert "Iran (GOV)" in told and "They" in told

    def test_of_a_person(self, admin_client):
        leyla = make_person()
        leyla.other_names.create(name="L. Hasanova")
        make_membership(leyla, make_post(), "2019")
        told = self.answer(admin_client, leyla)
        assert "L. Hasanova" in told and "Foreign minister" in told

    def test_of_a_story_that_was_published_once(self, admin_client):
        report = make_article()
        Article.objects.update(status="draft")
        address = reverse("admin:articles_article_delete", args=[report.pk])
        assert admin_client.post(address, {"post": "yes"}).status_code == 403

    @pytest.mark.parametrize("model", [Event, Person])
    def test_of_several_at_once(self, admin_client, model):
        country = make_country()
        leyla = make_person()
        event = make_event(actors=[country])
        event.parties.get().people.add(leyla)
        thing = {Event: event, Person: leyla}[model]
        address = reverse(f"admin:articles_{model._meta.model_name}_changelist")
        sent = form_of(admin_client.get(address), "changelist-form")
        del sent["select_across"]
        sent |= {"action": "delete_selected", "_selected_action": [thing.pk], "post": "yes"}
        answer = admin_client.post(address, sent)
        assert answer.status_code == 200
        assert model.objects.filter(pk=thing.pk).exists()
