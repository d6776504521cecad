"""Merging at the desk: into what, why, what that would do; then it is done."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from articles.models import Article, Change, FormerSlug, Person
from tests.forms import change_form
from tests.forms import form_of as form_of_page
from tests.make import (
    make_article,
    make_colleague,
    make_event,
    make_membership,
    make_person,
    make_post,
    make_source,
    save,
)

pytestmark = pytest.mark.django_db

WHY = "The agency sent it twice."


@pytest.fixture
def chief(client):
    client.force_login(make_colleague("Chiefs"))
    return client


@pytest.fixture
def two():
    again = make_article("Sent again", body="They met and spoke.")
    return again, make_article("Sent first", body="In Baku they met.", source=make_source("Other"))


def page(thing):
    return reverse(f"admin:articles_{thing._meta.model_name}_merge", args=[thing.pk])


def form_of(thing):
    return reverse(f"admin:articles_{thing._meta.model_name}_change", args=[thing.pk])


def merge(client, thing, into, reason=WHY, **more):
    """Sends the form; with `confirmed`, that of the page which showed what would be done."""
    sent = {"into": into, "reason": reason}
    if more:
        shown = client.post(page(thing), sent)
        sent = {"_seen": form_of_page(shown, "merge").get("_seen", ""), **sent, **more}
    return client.post(page(thing), sent, follow=True)


class TestArticles:
    def test_the_form_leads_to_the_page_for_those_who_may(self, chief, client, two):
        assert page(two[0]) in chief.get(form_of(two[0])).text
        client.force_login(make_colleague("Editors", name="rauf"))
        assert page(two[0]) not in client.get(form_of(two[0])).text
        assert client.get(page(two[0])).status_code == 403
        assert merge(client, two[0], two[1].pk, confirmed="x").status_code == 403
        assert not Article.objects.filter(status="merged").exists()

    def test_it_shows_what_would_be_done_and_does_nothing_yet(self, chief, two):
        event = make_event("Ministers meet")
        event.evidence.create(article=two[0], start=5, end=8, text="met")
        event.evidence.create(article=two[0], start=0, end=4, text="They")

        answer = merge(chief, two[0], two[1].pk)

        assert "Sent first" in answer.text and 'name="confirmed"' in answer.text
        assert "will be shown in the other: “met”" in answer.text
        assert "stay with the duplicate, as the words do not stand there" in answer.text
        assert not Article.objects.filter(status="merged").exists()

    def test_confirmed_it_is_done_logged_and_what_was_left_is_told(self, chief, two):
        event = make_event("Ministers meet")
        event.evidence.create(article=two[0], start=0, end=4, text="They")

        answer = merge(chief, two[0], two[1].pk, confirmed="x")

        again = Article.objects.get(pk=two[0].pk)
        assert (again.status, again.merged_into) == ("merged", two[1])
        assert "was merged into" in answer.text
        assert "stayed with the duplicate" in answer.text
        made = Change.objects.last()
        assert (made.kind, made.made_by, made.reason) == ("merger", "leyla", WHY)
        assert WHY in LogEntry.objects.latest("pk").change_message

    @pytest.mark.parametrize(
        "named",
        ["{pk}", "#{pk}", "{slug}", "old-slug", "/a/{pk}/", "/articles/{slug}/",
         "http://testserver/articles/{slug}.json", "/admin/articles/article/{pk}/change/"],
    )  # fmt: skip
    def test_the_other_is_named_by_number_or_any_of_its_addresses(self, chief, two, named):
        FormerSlug.objects.create(slug="old-slug", article=two[1])
        into = named.format(pk=two[1].pk, slug=two[1].slug)
        assert "Sent first" in merge(chief, two[0], into).text

    @pytest.mark.parametrize(
        ("into", "told"),
        [("", "required"), ("nothing", "Nothing here"), ("9" * 40, "Nothing here"),
         ("-1", "Nothing here"), ("/", "Nothing here"), ("//", "Nothing here"),
         ("x\0y", "Null"), ("http://", "Nothing here"), ("http://[", "Nothing here"),
         ("é" * 600, "at most 500"),
         ("sent-again", "into itself"), ("a-thought", "led to nothing")],
    )  # fmt: skip
    def test_what_cannot_be_is_refused_in_words(self, chief, two, into, told):
        make_article("A thought", status="draft")
        answer = merge(chief, two[0], into, confirmed="x")
        assert answer.status_code == 200 and told in answer.text
        assert not Article.objects.filter(status="merged").exists()

    def test_readers_are_told_why_so_a_reason_is_asked_for(self, chief, two):
        for reason in ("", " \n", "x" * 2001, "a\0b"):
            assert "errorlist" in merge(chief, two[0], two[1].pk, reason, confirmed="x").text
        assert not Article.objects.filter(status="merged").exists()

    def test_a_circle_is_refused(self, chief, two):
        merge(chief, two[0], two[1].pk, confirmed="x")
        assert "one another" in merge(chief, two[1], two[0].pk, confirmed="x").text

    @pytest.mark.parametrize("number", ["4711", "9" * 40, "x"])
    def test_of_what_is_not_there_no_page_is_there(self, chief, number):
        for action in ("merge", "redact"):
            assert chief.get(f"/admin/articles/article/{number}/{action}/").status_code == 404

    def test_a_merged_story_is_changed_by_chiefs_alone(self, chief, client, two):
        merge(chief, two[0], two[1].pk, confirmed="x")
        assert chief.get(form_of(two[0])).status_code == 200
        client.force_login(make_colleague("Editors", name="rauf"))
        assert client.post(form_of(two[0]), {"headline": "x"}).status_code == 403


class TestPeople:
    @pytest.fixture
    def editor(self, client):
        client.force_login(make_colleague("Editors"))
        return client

    @pytest.fixture
    def leyla(self):
        return make_person("Leyla Hasanova")

    @pytest.fixture
    def again(self):
        return make_person("Leyla Gasanova")

    def test_an_editor_merges_them_and_everything_moves(self, editor, leyla, again):
        report = make_article(people=[again])
        assert page(again) in editor.get(form_of(again)).text

        asked = merge(editor, again, "/people/leyla-hasanova/", "One woman.")
        assert "Articles: 1 will name the other" in asked.text
        assert report.people.get() == again
        merge(editor, again, "/people/leyla-hasanova/", "One woman.", confirmed="x")

        assert report.people.get() == leyla
        assert list(Person.objects.unmerged()) == [leyla]

    def test_terms_that_contradict_each_other_are_refused_in_words(self, editor, leyla, again):
        post = make_post()
        make_membership(leyla, post, "2019", "2021")
        make_membership(again, post, "2019", "2022")
        assert "not alike" in merge(editor, again, leyla.pk, confirmed="x").text
        assert Person.objects.unmerged().count() == 2

    def test_contributors_may_not(self, client, leyla, again):
        client.force_login(make_colleague("Contributors"))
        assert page(again) not in client.get(form_of(again)).text
        assert merge(client, again, leyla.pk, confirmed="x").status_code == 403

    def test_a_duplicate_is_offered_nowhere_and_taken_by_no_form(self, editor, leyla, again):
        merge(editor, again, leyla.pk, "One woman.", confirmed="x")
        asked = {"app_label": "articles", "model_name": "article", "field_name": "people"}
        offered = editor.get("/admin/autocomplete/", {**asked, "term": "Leyla"}).json()["results"]
        assert [choice["text"] for choice in offered] == ["Leyla Hasanova"]
        report = make_article()
        sent = change_form(editor, form_of(report)) | {"people": [again.pk]}
        answer = editor.post(form_of(report), sent)
        assert "people" in answer.context["adminform"].form.errors
        assert not report.people.exists()

    def test_a_duplicate_is_neither_changed_nor_deleted_nor_merged_again(
        self, editor, leyla, again
    ):
        merge(editor, again, leyla.pk, "One woman.", confirmed="x")
        assert page(again) not in editor.get(form_of(again)).text
        assert editor.post(form_of(again), {"name": "x"}).status_code == 403
        delete = reverse("admin:articles_person_delete", args=[again.pk])
        assert "its address leads to" in editor.get(delete).text
        editor.post(delete, {"post": "yes"})
        assert "already" in merge(editor, again, make_person("Third").pk, confirmed="x").text
        assert Person.objects.filter(pk=again.pk).exists()


@pytest.mark.parametrize("which", [0, 1])
def test_what_was_changed_since_it_was_shown_is_shown_again_with_nothing_done(chief, two, which):
    shown = form_of_page(merge(chief, two[0], two[1].pk), "merge")
    save(two[which], summary="Changed meanwhile.")
    answer = chief.post(page(two[0]), {**shown, "confirmed": "x"})
    assert answer.status_code == 409
    assert f"“{two[which]}” was changed since you looked" in answer.text
    assert not Article.objects.filter(status="merged").exists()

    again = form_of_page(answer, "merge")
    assert chief.post(page(two[0]), {**again, "confirmed": "x"}).status_code == 302
    assert Article.objects.get(status="merged") == two[0]


def test_a_page_that_does_not_say_what_it_showed_merges_nothing(chief, two):
    answer = merge(chief, two[0], two[1].pk, confirmed="x", _seen="")
    assert answer.status_code == 409
    assert not Article.objects.filter(status="merged").exists()
