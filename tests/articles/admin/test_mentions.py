"""The desk of names in texts: suggestions confirmed and rejected, many at once."""

import pytest
from django.test import Client

from articles import mentions
from articles.models import Article, Mention, Suggestion
from tests.make import make_article, make_colleague, make_country, make_mention, make_person

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
