"""The desk of names in texts: suggestions confirmed and rejected, many at once."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import integrity, mentions
from articles.models import Article, Mention, Person, Suggestion
from tests.forms import form_of
from tests.make import (
    make_article,
    make_colleague,
    make_country,
    make_mention,
    make_person,
    make_suggestion,
    save,
)

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/suggestion/"
BODY = "Iran and Azerbaijan spoke. Leyla Hasanova said that Iran agreed."


def at_the_desk(group):
    client = Client()
    client.force_login(make_colleague(group, f"one-of-{group.lower()}"))
    return client


@pytest.fixture
def editor():
    return at_the_desk("Editors")


@pytest.fixture
def stories():
    make_country("Iran"), make_country("Azerbaijan"), make_person("Leyla Hasanova")
    made = [make_article(f"Call {number}", body=f"{BODY} ({number})") for number in range(3)]
    mentions.suggest([story.pk for story in made])
    return made


def choose(client, action, suggestions, **more):
    chosen = [suggestion.pk for suggestion in suggestions]
    return client.post(LIST, {"action": action, "_selected_action": chosen} | more, follow=True)


def test_a_row_is_all_that_a_story_says_of_one(editor, stories):
    page = editor.get(LIST).text
    assert page.count('name="_selected_action"') == 9
    assert "and Azerbaijan spoke. <mark>Leyla Hasanova</mark> said that Iran" in page


def test_many_are_confirmed_at_once(editor, stories):
    answer = choose(editor, "confirm", Suggestion.objects.filter(country__slug="iran", times__gt=0))
    assert "3 confirmed." in answer.text
    assert Article.objects.filter(countries__slug="iran").count() == 3
    assert Mention.objects.filter(said_by="one-of-editors", status="confirmed").count() == 6
    made = stories[0].record.change
    assert (made.made_by, made.reason) == ("one-of-editors", "Names in texts confirmed at the desk")


def test_all_of_a_search_are_confirmed_at_once(editor, stories):
    first = Suggestion.objects.filter(times__gt=0)[:1]
    answer = editor.post(
        f"{LIST}?q=Leyla+Hasanova",
        {"action": "confirm", "_selected_action": [first[0].pk], "select_across": "1"},
        follow=True,
    )
    assert "3 confirmed." in answer.text
    assert Article.objects.filter(people__slug="leyla-hasanova").count() == 3
    assert not Article.objects.exclude(countries=None).exists()


def test_rejected_they_link_nothing(editor, stories):
    answer = choose(editor, "reject", Suggestion.objects.filter(times__gt=0))
    assert "9 rejected." in answer.text
    assert not Suggestion.objects.exists()
    assert not Article.objects.exclude(countries=None).exists()


def test_who_may_only_draft_sees_them_and_decides_nothing(stories):
    contributor = at_the_desk("Contributors")
    assert contributor.get(LIST).status_code == 200
    choose(contributor, "confirm", Suggestion.objects.filter(times__gt=0))
    assert not Mention.objects.exists()


@pytest.mark.parametrize(
    ("query", "number"),
    [("Iran", 3), ("leyla hasanova", 3), ("agreed", 9), ("nothing-such", 0), ('"', 0), ("OR", 0)],
)
def test_looking_for_one(editor, stories, query, number):
    page = editor.get(LIST, {"q": query}).text
    assert page.count('name="_selected_action"') == number


@pytest.mark.parametrize(
    ("asked", "number"),
    [({"of": "country"}, 6), ({"of": "person"}, 3), ({"of": "x"}, 9), ({"kind__exact": "name"}, 9),
     ({"story": "0"}, 0), ({"story": "x"}, 0)],
)  # fmt: skip
def test_filters(editor, stories, asked, number):
    page = editor.get(LIST, asked).text
    assert page.count('name="_selected_action"') == number


def test_the_form_of_a_story_leads_to_its_own(editor, stories):
    form = editor.get(f"/admin/articles/article/{stories[1].pk}/change/").text
    assert f"{LIST}?story={stories[1].pk}" in form
    assert editor.get(LIST, {"story": stories[1].pk}).text.count('name="_selected_action"') == 3


def test_a_story_is_read_when_it_is_saved(editor):
    make_country("Iran")
    source = make_article("Another").source
    sent = {"headline": "A call", "body": "Iran spoke.", "source": source.pk, "language": "en"}
    editor.post("/admin/articles/article/add/", sent)
    story = Article.objects.get(headline="A call")
    assert [s.named.slug for s in story.suggestions.all()] == ["iran"]


def test_what_was_said_may_be_said_otherwise(editor, stories):
    mention = make_mention(stories[0], make_country("Chad"), "spoke")
    address = f"/admin/articles/mention/{mention.pk}/change/"
    token = editor.get(address).context["token"]
    editor.post(address, {"status": "rejected", "_seen": token})
    mention.refresh_from_db()
    assert (mention.status, mention.said_by) == ("rejected", "one-of-editors")
    assert mention.record.number == 2


def test_what_is_suggested_no_more_is_told_so(editor, stories):
    shown = list(Suggestion.objects.filter(country__slug="iran", times__gt=0))
    mentions.reject(Suggestion.objects.all(), "another")
    address = f"{LIST}?of=country"
    sent = {"action": "confirm", "_selected_action": [one.pk for one in shown]}
    make_suggestion(stories[0], stories[0].mentions.first().country, "spoke")  # so there is a list
    assert "is suggested no more" in editor.post(address, sent, follow=True).text
    assert not Mention.objects.filter(status="confirmed").exists()


def test_what_is_confirmed_later_links_the_story_then(editor, stories):
    mentions.reject(stories[0].suggestions.filter(country__slug="iran"), "another")
    mention = stories[0].mentions.first()
    address = f"/admin/articles/mention/{mention.pk}/change/"
    say = lambda status: editor.post(  # noqa: E731
        address, {"status": status, "_seen": editor.get(address).context["token"]}, follow=True
    )
    say("confirmed")
    assert stories[0].countries.get().slug == "iran"
    assert "still linked to Iran" in say("rejected").text


def test_of_a_closed_story_who_may_withdraw_decides_alone(editor, stories):
    save(stories[0], status="withdrawn", withdrawal_reason="Retracted.")
    choose(editor, "confirm", stories[0].suggestions.filter(times__gt=0))
    assert not stories[0].mentions.exists()
    choose(at_the_desk("Chiefs"), "confirm", stories[0].suggestions.filter(times__gt=0))
    assert stories[0].countries.count() == 2


def test_a_story_brought_back_to_an_old_text_is_read_anew(editor, stories):
    with integrity.change("leyla", "Another text"):
        save(stories[0], body="Nothing was said.")
    address = f"/admin/articles/article/{stories[0].pk}/history/"
    token = editor.get(address).context["token"]
    editor.post(address, {"version": "1", "reason": "It was right", "_seen": token})
    assert stories[0].suggestions.filter(times__gt=0).count() == 3


def deleted(client, thing):
    address = f"/admin/articles/{thing._meta.model_name}/{thing.pk}/delete/"
    page = client.get(address)
    client.post(address, {"post": "yes", "_seen": page.context["token"]})
    assert not type(thing).objects.filter(pk=thing.pk).exists(), page.text
    return page.text


def test_a_draft_is_deleted_with_what_is_suggested_of_it_and_what_was_said(editor, stories):
    draft = make_article("A thought", body=BODY, status="draft")
    mentions.suggest([draft.pk])
    mentions.reject(draft.suggestions.filter(country__slug="iran"), "another")
    assert "Suggestion: " not in deleted(editor, draft)
    assert not Mention.objects.exists()
    assert Suggestion.objects.filter(times__gt=0).count() == 9


def test_a_draft_is_deleted_from_the_list_too(editor, stories):
    draft = make_article("A thought", body=BODY, status="draft")
    mentions.suggest([draft.pk])
    mentions.reject(draft.suggestions.filter(country__slug="iran"), "another")
    page = "/admin/articles/article/"
    form = form_of(editor.get(page), "changelist-form")
    sent = form | {"action": "delete_selected", "_selected_action": [draft.pk]}
    editor.post(page, form_of(editor.post(page, sent), "delete"))
    assert not Article.objects.filter(pk=draft.pk).exists()


def test_whom_a_program_alone_named_is_deleted(editor, stories):
    deleted(editor, Person.objects.get())
    assert not Suggestion.objects.exclude(person=None).exists()


def test_a_list_of_long_texts_reads_but_what_it_shows(editor, stories):
    long = make_article("Long", body="x " * 400_000 + BODY)
    mentions.suggest([long.pk])
    with CaptureQueriesContext(connection) as asked:
        page = editor.get(LIST).text
    assert "<mark>Leyla Hasanova</mark> said that Iran" in page
    assert len(page) < 100_000
    assert not [one for one in asked if '."body", "articles_article"' in one["sql"]]
