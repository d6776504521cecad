"""Redacting at the desk: chiefs alone, how often the words stand is shown, then they are gone."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from articles import integrity
from articles.models import Article, Change, Version
from tests.forms import form_of
from tests.make import make_article, make_colleague, save

pytestmark = pytest.mark.django_db

WHY = "Ordered by a court on 3 May 2024."


@pytest.fixture
def story():
    story = make_article("Envoy named", body="Rauf Aliyev met the envoy. Rauf Aliyev left.")
    save(story, summary="Of Rauf Aliyev.")
    return story


@pytest.fixture
def chief(client):
    client.force_login(make_colleague("Chiefs"))
    return client


def page(story):
    return reverse("admin:articles_article_redact", args=[story.pk])


def send(client, story, confirmed=None, **sent):
    """Sends the form; with `confirmed`, that of the page which showed what would be done."""
    sent = {"words": "Rauf Aliyev", "reason": WHY, **sent}
    if confirmed:
        shown = client.post(page(story), sent)
        sent = {"_seen": form_of(shown, "redact").get("_seen", ""), **sent, "confirmed": confirmed}
    return client.post(page(story), sent, follow=True)


def test_chiefs_find_the_page_from_the_form_and_others_do_not(chief, client, story):
    form = reverse("admin:articles_article_change", args=[story.pk])
    assert page(story) in chief.get(form).text
    client.force_login(make_colleague("Editors", name="rauf"))
    assert page(story) not in client.get(form).text
    assert client.get(page(story)).status_code == 403
    assert send(client, story, confirmed="x").status_code == 403
    assert "Rauf" in Article.objects.get().body


def test_who_may_withdraw_may_not_redact_for_that(client, story, django_user_model):
    user = django_user_model.objects.create_user("nina", is_staff=True)
    user.user_permissions.set(Permission.objects.exclude(codename="redact_article"))
    client.force_login(user)
    assert send(client, story, confirmed="x").status_code == 403


def test_it_shows_how_often_in_which_version_and_does_nothing_yet(chief, story):
    answer = send(chief, story)
    assert "Version 1: 2 times" in answer.text
    assert "Version 2, which stands now: 3 times" in answer.text
    assert 'name="confirmed"' in answer.text
    assert "Rauf" in Article.objects.get().body


def test_confirmed_the_words_are_gone_and_readers_are_told_when_and_why(chief, story, client):
    answer = send(chief, story, confirmed="x")
    assert "The words were removed." in answer.text and "still hold the words" in answer.text
    made = Change.objects.last()
    assert (made.kind, made.made_by, made.reason) == ("redaction", "leyla", WHY)
    page = client.get(story.get_absolute_url()).text
    assert "Rauf" not in page and "████ ██████ met the envoy" in page
    today = made.at.date()
    told = f"Words were removed from this article on {today.day} {today:%B} {today.year}: {WHY}"
    assert told in page
    assert "Rauf" not in str(list(Version.objects.values_list("state")))


def test_the_whole_text(chief, story):
    answer = send(chief, story, words="", whole="on")
    assert 'name="confirmed"' in answer.text
    send(chief, story, words="", whole="on", confirmed="x")
    assert set(Article.objects.get().body) == {"█", " "}


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"words": ""}, "Write the words"),
        ({"words": "ab"}, "at least 3"),
        ({"words": "rauf aliyev"}, "no version"),
        ({"words": "x" * 5001}, "at most 5000"),
        ({"words": "a\0bc"}, "Null"),
        ({"reason": ""}, "Readers are told why"),
        ({"reason": "x" * 2001}, "at most 2000"),
        ({"reason": "Rauf Aliyev asked."}, "must not repeat"),
    ],
)
def test_what_cannot_be_is_refused_in_words(chief, story, sent, told):
    answer = send(chief, story, confirmed="x", **sent)
    assert answer.status_code == 200 and told in answer.text
    assert "Rauf" in Article.objects.get().body


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_whatever_its_status(chief, status):
    story = make_article("Envoy named", body="Rauf Aliyev met.", status=status)
    send(chief, story, confirmed="x")
    assert "Rauf" not in Article.objects.get().body


def test_earlier_reasons_that_quote_the_words_are_told(chief, story):
    with integrity.change("leyla", "Rauf Aliyev wrote to us"):
        save(story, byline="Nina")
    assert "1 earlier change quotes the words" in send(chief, story).text


@pytest.mark.parametrize("seen", ["", "1.1.1", None])
def test_what_was_changed_since_it_was_shown_is_shown_again_with_nothing_done(chief, story, seen):
    if seen is None:
        shown = send(chief, story)
        seen = form_of(shown, "redact")["_seen"]
        save(Article.objects.get(), summary="Of Rauf Aliyev and of others.")
    answer = send(chief, story, confirmed="x", _seen=seen)
    assert answer.status_code == 409
    assert "was changed since you looked" in answer.text
    assert "Rauf" in Article.objects.get().body

    again = form_of(answer, "redact")
    assert chief.post(page(story), {**again, "confirmed": "x"}).status_code == 302
    assert "Rauf" not in Article.objects.get().body
