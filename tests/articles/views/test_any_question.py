"""Whatever is asked, the site answers: never with a fault of its own, never with everything."""

from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article, Country, Source
from tests.articles.views.reading import shown

pytestmark = pytest.mark.django_db

RIGHT = {
    "q": ["treaty", '"peace treaty"', "treaty -iran", "treaty OR ceasefire", "headline:iran"],
    "country": ["iran", "AZ", "USA", "365", "Soviet Union", "azerbaijan"],
    "person": ["jeyhun-bayramov", "Hossein Amir-Abdollahian", "ilham-aliyev"],
    "office": ["foreign-minister-of-iran", "president-of-azerbaijan"],
    "source": ["anadolu-agency", "Archive chronicle"],
    "topic": ["diplomatic-relations", "treaties-and-agreements"],
    "language": ["en", "EN"],
    "since": ["1970", "1992-03", "2023-01-29", "0001"],
    "until": ["1971", "2023-03", "9999-12-31"],
    "order": ["newest", "oldest", "added"],
}
# Never right, whatever the parameter but q, which takes any words.
WRONG = ["narnia", "-1", "%", "_", "\u202e", "[2020..2021]", "zz-ZZ-zz", "{{7}}", "😀", "٤٢٤٢٤٢٤٢"]
WRONG += ["NULL", "1e9", "2023-2-3"]
WRONG += ["x\x01y", "9" * 60, "a" * 300, "'; DROP TABLE articles_article; --"]
NO_WORDS = ["\x01", '"', '"" ""', "-", "- -", "OR", "…", "a" * 201, "😀"]
NASTY = [*WRONG, *NO_WORDS, "²⁰²³", "۲۰۲۳", "2023-02-30", "0000", "\ud800", "\r\nX: y", "null", " "]

PATHS = [
    "/articles/",
    "/countries/iran/",
    "/relations/azerbaijan/iran/",
    "/offices/foreign-minister-of-iran/",
    "/people/jeyhun-bayramov/",
    "/sources/archive-chronicle/",
]

names = st.sampled_from([*RIGHT, "cursor", "facets", "colour"])
right = st.sampled_from(sum(RIGHT.values(), []))
values = st.one_of(
    right, st.sampled_from(NASTY), st.text(max_size=20), st.integers().map(str), st.dates().map(str)
)
questions = st.lists(st.tuples(names, values), max_size=6)
quiet = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])


def ask(path, pairs):
    query = urlencode([(name, value.encode(errors="surrogatepass")) for name, value in pairs])
    return Client().get(f"{path}?{query}")


def as_json(path):
    return f"{path.rstrip('/')}.json"


@pytest.mark.usefixtures("starter_archive")
class TestAnyQuestion:
    @quiet
    @given(
        path=st.sampled_from(
            [*PATHS, "/relations/", "/countries/", "/events/", "/people/", "/offices/"]
        ),
        ask_=questions,
    )
    def test_no_question_is_a_fault_of_the_site(self, path, ask_):
        assert ask(path, ask_).status_code in (200, 302, 400, 404)
        answer = ask(as_json(path), ask_)
        assert answer.status_code in (200, 400, 404)
        assert answer["Content-Type"] == "application/json"
        assert bool(answer.json()["errors"]) is (answer.status_code != 200)

    @quiet
    @given(
        path=st.sampled_from(PATHS),
        wrong=st.tuples(st.sampled_from([n for n in RIGHT if n != "q"]), st.sampled_from(WRONG))
        | st.tuples(st.just("q"), st.sampled_from(NO_WORDS)),
        others=st.fixed_dictionaries(
            {}, optional={name: st.sampled_from(some) for name, some in RIGHT.items()}
        ),
    )
    def test_a_value_that_is_wrong_shows_nothing_whatever_else_is_asked(self, path, wrong, others):
        name, value = wrong
        pairs = [pair for pair in others.items() if pair[0] != name]
        if name in ("country", "person", "office", "source", "topic", "language"):
            pairs += [(name, RIGHT[name][0])]  # a right one beside it helps nothing
        pairs += [(name, value)]

        page, answer = ask(path, pairs), ask(as_json(path), pairs)

        assert (page.status_code, shown(page)) == (200, [])
        assert (answer.status_code, answer.json()["results"]) == (400, [])
        assert name in answer.json()["errors"]

    @quiet
    @given(
        path=st.sampled_from(PATHS),
        asked=st.fixed_dictionaries(
            {}, optional={name: st.sampled_from(some) for name, some in RIGHT.items()}
        ),
    )
    def test_the_page_shows_what_json_does(self, path, asked):
        page, answer = ask(path, asked.items()), ask(as_json(path), asked.items())

        assert page.status_code == 200
        listed = [f"/articles/{r['slug']}/" for r in answer.json()["results"]]
        assert shown(page) == listed
        for result in answer.json()["results"]:
            report = Article.objects.get(pk=result["id"])
            assert report.status == "published"
            if "country" in asked:
                chosen = Country.objects.resolve(asked["country"])
                assert chosen.slug in result["countries"]
            if "source" in asked:
                assert result["source"]["slug"] == Source.objects.resolve(asked["source"]).slug
            if "topic" in asked:
                assert asked["topic"] in result["topics"]
            if "office" in asked:
                assert asked["office"] in [person["office"] for person in result["people"]]

    @pytest.mark.parametrize("name", [*RIGHT, "cursor", "colour"])
    @pytest.mark.parametrize("path", ["/articles/", "/articles.json", "/relations/"])
    def test_three_hundred_values_are_answered_and_show_nothing(self, path, name):
        answer = ask(path, [(name, f"value {n}") for n in range(300)])

        assert answer.status_code in (200, 400, 404)
        if name not in ("q", "colour"):
            assert shown(answer) == []

    @pytest.mark.parametrize("path", ["/articles/", "/articles.json"])
    def test_more_parameters_than_anyone_needs_are_refused(self, path):
        assert ask(path, [("country", "iran")] * 1001).status_code == 400

    @pytest.mark.parametrize("path", ["/articles/", "/articles.json"])
    @pytest.mark.parametrize(
        "query", ["%", "%zz", "q=%FF%FE", "=", "&&&", "q", "q[]=1", "country=%ED%A0%80"]
    )
    def test_a_broken_address_is_answered(self, path, query):
        assert Client().get(f"{path}?{query}").status_code in (200, 400)
