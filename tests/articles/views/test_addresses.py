"""Every address answers: with nothing, one article, many, or the starter archive to show."""

import pytest
from django.urls import reverse

from articles.models import Article, Event
from articles.urls import urlpatterns
from tests.articles.views.reading import shown, words_of
from tests.make import (
    make_article,
    make_country,
    make_event,
    make_membership,
    make_person,
    make_post,
    make_source,
)

pytestmark = pytest.mark.django_db

# Of every address but the plain ones: what it is made of, by the name of what it shows.
OF_ONE = {
    "article": "article",
    "article-json": "article",
    "article-text": "article",
    "versions": "article",
    "version": "version",
    "version-json": "version",
    "short-link": "number",
    "country": "country",
    "relation": "pair",
    "person": "person",
    "office": "office",
    "source": "source",
    "event": "event",
}
LISTS = ["articles", "countries", "relations", "people", "offices", "sources", "events"]
PAGES = ["front", "about", "about-integrity", "robots", "favicon"]


def addresses(**names):
    """(name, path) of every address in the table of contents, made of these slugs and numbers."""
    for pattern in urlpatterns:
        name, suffix = pattern.name.removesuffix("-as"), ["json"] * pattern.name.endswith("-as")
        if name in OF_ONE:
            yield pattern.name, reverse(pattern.name, args=[*names[OF_ONE[name]], *suffix])
        else:
            assert name in LISTS + PAGES, f"a new address, {name}: say here what it shows"
            yield pattern.name, reverse(pattern.name, args=suffix)


def assert_all_answer(client, **names):
    answers = {
        path: client.get(path, follow=path != "/favicon.ico")  # the file itself is not there
        for _, path in addresses(**names)
    }
    assert {path: a.status_code for path, a in answers.items()} == {
        path: 302 if path == "/favicon.ico" else 200 for path in answers
    }
    for path, answer in answers.items():
        if path.endswith(".json"):
            assert answer["Content-Type"] == "application/json", path
        elif path.endswith("/"):
            assert answer["Content-Type"] == "text/html; charset=utf-8", path
            assert answer.content.count(b"<h1") == 1, path


def made_archive(articles):
    """An archive with one of everything and so many articles; the names for `addresses`."""
    azerbaijan, iran = make_country("Azerbaijan"), make_country("Iran")
    minister = make_person("Leyla Hasanova")
    office = make_post("Foreign minister of Azerbaijan", azerbaijan)
    make_membership(minister, office, "2019-01-01", "2022-12-31")
    reports = [
        make_article(f"Report {n}", [azerbaijan, iran], [minister], published="2020-05-01")
        for n in range(articles)
    ]
    event = make_event("Ministers speak", [azerbaijan], [iran])
    return {
        "article": [reports[0].slug],
        "version": [reports[0].slug, 1],
        "number": [reports[0].pk],
        "country": ["iran"],
        "pair": ["azerbaijan", "iran"],
        "person": ["leyla-hasanova"],
        "office": ["foreign-minister-of-azerbaijan"],
        "source": ["test-agency"],
        "event": [event.pk],
    }


def test_every_address_answers_with_one_article(client):
    assert_all_answer(client, **made_archive(articles=1))


def test_every_address_answers_with_more_articles_than_a_page_holds(client):
    assert_all_answer(client, **made_archive(articles=60))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("front", "The archive is empty"),
        ("articles", "The archive holds no article here yet"),
        ("countries", "No country yet"),
        ("relations", "No article names two countries yet"),
        ("people", "No person is recorded yet"),
        ("offices", "No office is recorded yet"),
        ("sources", "No source is recorded yet"),
        ("events", "No event has been confirmed yet"),
    ],
)
def test_an_empty_archive_says_in_its_own_words_that_it_is_empty(client, name, said):
    answer = client.get(reverse(name))

    assert answer.status_code == 200
    assert said in words_of(answer)


@pytest.mark.parametrize("name", LISTS)
def test_an_empty_list_in_json_is_a_list_of_nothing(client, name):
    answer = client.get(reverse(f"{name}-as", args=["json"]))

    assert answer.status_code == 200
    assert (answer.json()["count"], answer.json()["results"]) == (0, [])
    assert answer.json()["sentence"].startswith("No ")


def test_the_about_page_and_robots_need_no_article(client):
    assert "PLOVER" in words_of(client.get("/about/"))
    assert "Disallow: /admin/" in client.get("/robots.txt").content.decode()


def test_what_nothing_was_reported_on_yet_has_a_page_that_says_so(client):
    make_country("Narnia")
    make_person("Edmund Pevensie")
    make_post("King of Narnia")
    make_source("Cair Paravel Herald")

    for path in (
        "/countries/narnia/",
        "/people/edmund-pevensie/",
        "/offices/king-of-narnia/",
        "/sources/cair-paravel-herald/",
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "The archive holds no article here yet" in words_of(answer), path
        assert shown(answer) == [], path


@pytest.mark.usefixtures("starter_archive")
class TestTheStarterArchive:
    def test_every_address_answers(self, client):
        report = Article.objects.exclude(original=None).get()
        event = Event.objects.confirmed().first()
        assert_all_answer(
            client,
            article=[report.slug],
            version=[report.slug, report.version],
            number=[report.pk],
            country=["soviet-union"],
            pair=["azerbaijan", "iran"],
            person=["jeyhun-bayramov"],
            office=["foreign-minister-of-iran"],
            source=["anadolu-agency"],
            event=[event.pk],
        )

    @pytest.mark.parametrize("name", LISTS)
    def test_everything_in_a_list_has_an_address_that_answers(self, client, name):
        listed = client.get(reverse(f"{name}-as", args=["json"])).json()["results"]
        assert listed

        wrong = {}
        for result in listed[:80]:
            for address in (result["url"], f"{result['url'].rstrip('/')}.json"):
                if name == "events" and address.endswith(".json"):
                    continue
                answer = client.get(address)
                if answer.status_code != 200:
                    wrong[address] = answer.status_code
        assert wrong == {}

    def test_every_article_answers_as_text_and_by_its_number_and_many_in_every_format(self, client):
        wrong = []
        for number, report in enumerate(Article.objects.order_by("pk")):
            for ending in ("/", ".json", ".txt") if number % 5 == 0 else (".txt",):
                if client.get(f"/articles/{report.slug}{ending}").status_code != 200:
                    wrong.append(f"{report.slug}{ending}")
            target = client.get(f"/a/{report.pk}/")["Location"]
            if target != f"/articles/{report.slug}/":
                wrong.append(target)
        assert wrong == []
