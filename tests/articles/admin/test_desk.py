"""The editors' desk: every noun is listed, searched, added and chosen; a story is edited."""

import pytest
from django.contrib import admin
from django.urls import reverse

from articles import models
from articles.models import Article, Event, Membership, Person
from tests.forms import WHY, change_form
from tests.make import (
    make_article,
    make_country,
    make_event,
    make_membership,
    make_mention,
    make_person,
    make_post,
    make_source,
    make_suggestion,
    make_topic,
)

pytestmark = pytest.mark.django_db

DESKS = [
    desk for model, desk in admin.site._registry.items() if model._meta.app_label == "articles"
]
NAMES = [desk.opts.model_name for desk in DESKS]


@pytest.fixture
def archive():
    """One of everything that an editor may open."""
    azerbaijan = make_country("Azerbaijan", iso_alpha2="AZ", iso_alpha3="AZE")
    leyla = make_person("Leyla Hasanova")
    leyla.other_names.create(name="Leyla Həsənova", kind="native")
    make_membership(leyla, make_post(country=azerbaijan), "2019-01-01")
    report = make_article("Ministers meet", [azerbaijan], [leyla], [make_topic("Visits")])
    event = make_event("Ministers meet", [azerbaijan])
    event.evidence.create(article=report, start=0, end=4, text=report.body[:4])
    make_mention(report, azerbaijan, "They")
    make_suggestion(report, leyla, "They")
    return report


def address(name, page, *args):
    return reverse(f"admin:articles_{name}_{page}", args=args)


@pytest.mark.parametrize("name", NAMES)
def test_every_noun_can_be_listed_and_searched(admin_client, archive, name):
    for query in ({}, {"q": "meet"}, {"q": "'\" -"}, {"q": "Leyla Həsənova"}, {"o": "-1"}):
        assert admin_client.get(address(name, "changelist"), query).status_code == 200, query


@pytest.mark.parametrize("name", NAMES)
def test_every_noun_can_be_added_but_what_no_editor_writes(admin_client, name):
    expected = 403 if name in ("importrun", "mention", "suggestion") else 200

    assert admin_client.get(address(name, "add")).status_code == expected


@pytest.mark.parametrize("desk", DESKS, ids=NAMES)
def test_everything_that_is_there_can_be_opened(admin_client, archive, desk):
    for thing in desk.model.objects.all():
        name = desk.opts.model_name
        assert admin_client.get(address(name, "change", thing.pk)).status_code == 200
        delete = admin_client.get(address(name, "delete", thing.pk))
        is_kept = name in ("article", "event", "mention", "suggestion")
        assert delete.status_code == (403 if is_kept else 200)
        assert admin_client.get(address(name, "history", thing.pk)).status_code == 200


def choosers():
    """(model, field) of every field that is filled by choosing, on the desks and within them."""
    for desk in DESKS:
        for part in [desk, *(inline(desk.model, admin.site) for inline in desk.inlines)]:
            for field in part.autocomplete_fields:
                yield part.model._meta.model_name, field


@pytest.mark.parametrize(("model", "field"), sorted(set(choosers())))
def test_whatever_is_chosen_is_offered_by_its_name(admin_client, archive, model, field):
    event = Event.objects.get()
    wanted = {"country": "Azerbaijan", "countries": "Azerbaijan", "successors": "Azerbaijan",
              "people": "Leyla Hasanova", "person": "Leyla Hasanova", "source": "Test Agency",
              "topics": "Visits", "post": "Foreign minister of Azerbaijan",
              "article": archive.headline, "event": event.title}[field]  # fmt: skip
    asked = {"app_label": "articles", "model_name": model, "field_name": field}

    offered = admin_client.get("/admin/autocomplete/", {**asked, "term": wanted})
    nothing = admin_client.get("/admin/autocomplete/", {**asked, "term": "zzzzz"})

    assert [result["text"] for result in offered.json()["results"]] == [wanted]
    assert nothing.json()["results"] == []


def test_an_editor_finds_stories_by_their_words_through_the_index(admin_client):
    make_article("First", body="The negotiators spoke of pipelines.", status="draft")
    make_article("Second", body="They spoke of grain.")

    for words, found in (
        ("pipeline", ["First"]),
        ("negotiator -grain", ["First"]),
        ('"spoke of grain"', ["Second"]),
        ("spoke", ["Second", "First"]),
        ("-", []),
        ("nowhere", []),
    ):
        page = admin_client.get(address("article", "changelist"), {"q": words})
        assert [story.headline for story in page.context["cl"].result_list] == found, words


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("lookup", "value"),
    [("headline__regex", "["), ("name__iregex", "("), ("added_at__year", "0"),
     ("started_at__year", "10000"), ("pk__in", "x"), ("source__name__contains", "a"),
     ("nothing", "1")],
)  # fmt: skip
def test_a_list_is_asked_by_its_own_filters_and_by_nothing_else(admin_client, name, lookup, value):
    answer = admin_client.get(address(name, "changelist"), {lookup: value})

    assert answer.status_code == 400


def test_the_filters_beside_a_list_work(admin_client):
    make_article("First", status="draft")
    second = make_article("Second")

    for query in ({"status__exact": "published"}, {"source": second.source.slug, "o": "1"}):
        page = admin_client.get(address("article", "changelist"), query)
        assert second in page.context["cl"].result_list, query
        links = [choice["query_string"] for spec in page.context["cl"].filter_specs
                 for choice in spec.choices(page.context["cl"])]  # fmt: skip
        for link in links:
            assert admin_client.get(address("article", "changelist") + link).status_code == 200


def test_readers_and_strangers_see_no_desk(client):
    for name in NAMES:
        answer = client.get(address(name, "changelist"))
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/admin/login/")


def form(agency, **fields):
    """What the desk's form of a story sends."""
    empty = dict.fromkeys(
        ["summary", "byline", "dateline", "credit", "url", "published", "published_note",
         "usage_terms", "retrieved_at_0", "retrieved_at_1", "slug"], ""
    )  # fmt: skip
    story = {"headline": "Ministers meet in Baku", "body": "They met.\n\nThey spoke."}
    return {
        **empty,
        **story,
        "source": agency.pk,
        "language": "en",
        "_step_publish": "Save and publish",
        **fields,
    }


class TestAStory:
    @pytest.fixture(autouse=True)
    def _source(self):
        self.source = make_source()

    def add(self, admin_client, **fields):
        return admin_client.post(address("article", "add"), form(self.source, **fields))

    def change(self, admin_client, story, **fields):
        form = address("article", "change", story.pk)
        return admin_client.post(form, change_form(admin_client, form) | WHY | fields)

    def test_it_is_added_and_readers_find_it(self, admin_client, client):
        iran = make_country("Iran")

        answer = self.add(admin_client, countries=[iran.pk], published="[2021-08-25..2023-09-19]")

        assert answer.status_code == 302
        story = Article.objects.get()
        assert (story.slug, story.version) == ("ministers-meet-in-baku", 1)
        assert str(story.published_latest) == "2023-09-19"
        assert client.get("/articles/ministers-meet-in-baku/").status_code == 200
        assert client.get("/articles.json?q=spoke&country=iran").json()["count"] == 1

    def test_each_change_is_a_version_and_the_index_follows(self, admin_client, client):
        self.add(admin_client)
        story = Article.objects.get()

        assert self.change(admin_client, story, body="They parted.").status_code == 302

        story.refresh_from_db()
        assert (story.version, story.body) == (2, "They parted.")
        assert client.get("/articles.json?q=parted").json()["count"] == 1
        assert client.get("/articles.json?q=spoke").json()["count"] == 0

    def test_saving_without_a_change_is_no_version(self, admin_client):
        self.add(admin_client)
        story = Article.objects.get()

        assert self.change(admin_client, story).status_code == 302

        story.refresh_from_db()
        assert story.version == 1

    def test_a_new_address_leaves_the_old_one_leading_to_it(self, admin_client, client):
        self.add(admin_client)

        self.change(admin_client, Article.objects.get(), slug="baku-meeting")

        answer = client.get("/articles/ministers-meet-in-baku/")
        assert (answer.status_code, answer["Location"]) == (301, "/articles/baku-meeting/")

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("headline", ""),
            ("body", " "),
            ("headline", "x" * 501),
            ("headline", "a\x00b"),
            ("published", "yesterday"),
            ("published", "2023-02-30"),
            ("slug", "Not A Slug"),
            ("slug", "über"),
            ("language", ""),
            ("url", "javascript:alert(1)"),
            ("source", "9" * 20),
            ("source", "narnia"),
            ("countries", "9" * 20),
            ("people", "x"),
        ],
    )
    def test_what_cannot_be_kept_is_said_beside_its_field(self, admin_client, field, value):
        answer = self.add(admin_client, **{field: value})

        assert answer.status_code == 200
        assert field in answer.context["adminform"].form.errors
        assert not Article.objects.exists()

    def test_the_address_of_another_story_is_refused(self, admin_client):
        self.add(admin_client)

        answer = self.add(admin_client, slug="ministers-meet-in-baku", body="Other words.")

        assert "slug" in answer.context["adminform"].form.errors

    def test_an_address_taken_in_the_same_instant_is_no_fault(self, admin_client, monkeypatch):
        """Another editor's story takes it after this form was checked, before it is saved."""
        chosen, editors = models.article.free_slugs, iter(["the other editor"])

        def free_slugs(headlines):
            slugs = chosen(headlines)
            for _ in editors:
                make_article(headlines[0], slug=slugs[0], source=self.source)
            return slugs

        monkeypatch.setattr(models.article, "free_slugs", free_slugs)

        answer = self.add(admin_client)

        assert answer.status_code == 302
        assert Article.objects.filter(body="They met.\n\nThey spoke.").count() == 1

    def test_the_same_story_twice_is_refused_in_words(self, admin_client):
        self.add(admin_client)

        answer = self.add(admin_client)

        assert answer.status_code == 200
        assert answer.context["adminform"].form.errors
        assert Article.objects.count() == 1


def test_every_field_of_a_story_is_explained(admin_client):
    form = admin_client.get(address("article", "add")).context["adminform"].form
    explained = {name for name, field in form.fields.items() if field.help_text}

    assert set(form.fields) - explained == set()


def management(prefix):
    return {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}


class TestWhatEndsBeforeItBegins:
    """The database refuses it; the desk says so beside the form and does not break."""

    def test_a_life(self, admin_client):
        answer = admin_client.post(
            address("person", "add"),
            {"slug": "leyla", "name": "Leyla", "born": "1970", "died": "1960",
             **management("other_names"), **management("memberships")},
        )  # fmt: skip

        assert answer.status_code == 200
        assert not Person.objects.exists()

    def test_a_term(self, admin_client):
        person, post = make_person(), make_post()

        answer = admin_client.post(
            address("membership", "add"),
            {"person": person.pk, "post": post.pk, "started": "2020", "ended": "2010"},
        )

        assert answer.status_code == 200
        assert not Membership.objects.exists()

    def test_an_event(self, admin_client):
        answer = admin_client.post(
            address("event", "add"),
            {"ref": "e", "title": "E", "date": "2020", "end_date": "2019", "event_type": "CONSULT",
             "contexts": "[]", "codebook": "c", "status": "confirmed",
             **management("parties"), **management("evidence")},
        )  # fmt: skip

        assert answer.status_code == 200
        assert not Event.objects.exists()


def offered(admin_client, model, field, term):
    """What the desk offers to one who types `term` into a field of the model."""
    asked = {"app_label": "articles", "model_name": model, "field_name": field, "term": term}
    answer = admin_client.get("/admin/autocomplete/", asked)
    return [result["text"] for result in answer.json()["results"]]


class TestFinding:
    def test_a_word_half_typed_finds_the_story(self, admin_client):
        make_article("Karabakh talks resume")
        assert offered(admin_client, "evidence", "article", "karab") == ["Karabakh talks resume"]

    def test_only_the_last_word_may_be_half_typed(self, admin_client):
        make_article("Karabakh talks resume")
        for term, found in (
            ("talks karab", True),
            ("headline:karab", True),
            ("karab talks", False),
            ('"karab"', False),
            ("talks -karab", True),
            ("karab*", True),
            ("karabak", True),
            ("resum", True),
            ("resumi", True),  # longer than the stem
            ("k", False),
            ("k'\"", False),
        ):
            assert bool(offered(admin_client, "evidence", "article", term)) is found, term

    def test_a_country_is_found_by_its_other_names(self, admin_client):
        make_country("Türkiye", other_names=["Turkey"])
        assert offered(admin_client, "article", "countries", "turkey") == ["Türkiye"]

    def test_a_source_is_found_by_its_other_names(self, admin_client):
        make_source("Anadolu Agency", other_names=["Anadolu Ajansı"])
        assert offered(admin_client, "article", "source", "ajansi") == ["Anadolu Agency"]
