"""What is shown, said in a sentence; and chips and forms that say and change one choice each."""

from urllib.parse import urlsplit

import pytest
from django.http import QueryDict

from articles.models import Article
from tests.articles.views.reading import links, sent_by_form, words_of
from tests.make import (
    make_article,
    make_country,
    make_membership,
    make_person,
    make_post,
    make_source,
    make_topic,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def reports():
    """Three reports on Azerbaijan and Iran, one of them on Armenia too."""
    countries = [make_country(name) for name in ("Azerbaijan", "Iran")]
    armenia = make_country("Armenia")
    leyla = make_person("Leyla Hasanova")
    make_membership(leyla, make_post(country=countries[0]), "2019-01-01", "2022-12-31")
    for headline, extra in (("Trade talks", []), ("More trade", []), ("Last word", [armenia])):
        everyone = [*countries, *extra]
        make_article(
            headline,
            everyone,
            [leyla],
            [make_topic(headline)],
            body=f"{headline}. They met.",
            published="2020-05-01",
        )


@pytest.mark.usefixtures("reports")
class TestSentences:
    @pytest.mark.parametrize(
        ("path", "sentence"),
        [
            ("/articles.json", "3 articles, newest first"),
            ("/articles.json?order=added", "3 articles, last added first"),
            ("/articles.json?country=iran", "3 articles on Iran, newest first"),
            ("/articles.json?country=IR&country=AM&country=iran", None),
            (
                "/articles.json?country=iran&country=azerbaijan&since=2020&order=oldest",
                "3 articles on Iran and Azerbaijan, since 2020, oldest first",
            ),
            (
                "/relations/azerbaijan/iran.json?country=armenia",
                "1 article on Azerbaijan, Iran and Armenia",
            ),
            ("/countries/armenia.json?since=2021", "No article on Armenia, since 2021"),
            ("/articles.json?until=2020-05", "3 articles, until May 2020, newest first"),
            (
                "/articles.json?since=2020-05-01&until=2020-05-01",
                "3 articles, 1 May 2020 to 1 May 2020, newest first",
            ),
            ("/articles.json?q=trade", "2 articles with “trade”, newest first"),
            (
                '/articles.json?q="more trade" -x&order=relevance',
                "1 article with “\"more trade\" -x”",
            ),
            ("/articles.json?q=trade&order=relevance", "2 articles with “trade”, best match first"),
            ("/articles.json?q=nowhere", "No article with “nowhere”"),
            ("/people/leyla-hasanova.json", "3 articles naming Leyla Hasanova, newest first"),
            ("/sources/test-agency.json", "3 articles from Test Agency, newest first"),
            ("/articles.json?language=en", "3 articles in English, newest first"),
            (
                "/articles.json?topic=trade-talks&topic=last-word",
                "2 articles about trade talks or last word, newest first",
            ),
        ],
    )  # fmt: skip
    def test_a_sentence_says_what_is_shown(self, client, path, sentence):
        if sentence is None:
            assert client.get(path).status_code == 400  # AM is nobody's code here
            return
        assert client.get(path).json()["sentence"] == sentence

    def test_a_page_says_the_same_sentence(self, client):
        query = "country=iran&q=trade&since=2020"
        sentence = client.get(f"/articles.json?{query}").json()["sentence"]

        assert f"{sentence} · Diplomacy Archive" in words_of(client.get(f"/articles/?{query}"))
        assert sentence in words_of(client.get(f"/countries/iran/?{query}"))

    def test_the_words_stand_in_the_sentence_as_they_were_typed(self, client):
        assert "“a,, b”" in client.get("/articles.json", {"q": "a,, b"}).json()["sentence"]

    def test_a_great_number_is_written_with_a_comma(self, client):
        source = make_source("Wire")
        Article.objects.bulk_create(
            Article(
                slug=f"wire-{n}",
                headline=f"Wire {n}",
                body="x",
                source=source,
                status="published",
                import_ref=str(n),
            )
            for n in range(1204)
        )

        answer = client.get("/sources/wire.json").json()

        assert answer["count"] == 1204
        assert answer["sentence"] == "1,204 articles from Wire, newest first"


CHOSEN = (
    "q=trade&country=iran&country=azerbaijan&person=leyla-hasanova&source=test-agency"
    "&office=foreign-minister-of-azerbaijan&topic=trade-talks&topic=more-trade&language=en"
    "&since=2020&until=2020-12&order=oldest"
)


@pytest.mark.usefixtures("reports")
class TestChips:
    def test_each_chip_takes_exactly_its_own_value_out(self, client):
        asked = QueryDict(CHOSEN)
        page = client.get(f"/articles/?{CHOSEN}")
        chips = [chip for chip in links(page, 'aria-label="Chosen filters"') if "Remove" in chip[1]]

        removed = []
        for address, _ in chips:
            left = QueryDict(urlsplit(address).query)
            gone = [
                (name, value)
                for name, values in asked.lists()
                for value in values
                if value not in left.getlist(name)
            ]
            assert len(gone) == 1, address
            assert sum(map(len, dict(left.lists()).values())) == len(CHOSEN.split("&")) - 1
            removed += gone
        chosen = [(n, v) for n, vs in asked.lists() for v in vs if n != "order"]
        assert sorted(removed) == sorted(chosen)

    def test_chips_name_what_was_chosen_in_words(self, client):
        page = client.get(f"/articles/?{CHOSEN}")
        labels = [text for _, text in links(page, 'aria-label="Chosen filters"')]

        for words in ("words: trade", "Iran", "Azerbaijan", "Leyla Hasanova", "Test Agency",
                      "English", "from 2020", "to 2020-12", "Trade talks"):  # fmt: skip
            assert f"Remove: {words}×" in labels, words

    def test_following_a_chip_leaves_the_place_in_the_list(self, client):
        for number in range(30):
            make_article(f"Report {number}", published="2020")
        following = client.get("/articles.json?language=en").json()["next"]

        page = client.get(f"/articles/?{urlsplit(following).query}")
        ((address, _), *_) = links(page, 'aria-label="Chosen filters"')

        assert address == "/articles/"

    def test_the_choice_of_the_page_itself_is_no_chip(self, client):
        page = client.get("/relations/azerbaijan/iran/?country=armenia")
        chips = [text for _, text in links(page, 'aria-label="Chosen filters"') if "×" in text]

        assert chips == ["Remove: Armenia×"]

    def test_nothing_found_offers_to_take_each_filter_out(self, client):
        page = client.get("/articles/?country=armenia&q=trade")

        offered = [(url, text) for url, text in links(page) if text.startswith("without")]
        assert offered == [
            ("/articles/?country=armenia", "without words: trade"),
            ("/articles/?q=trade", "without Armenia"),
        ]


def in_any_order(query):
    lists = query.lists() if isinstance(query, QueryDict) else query.items()
    return {name: sorted(values) for name, values in lists}


@pytest.mark.usefixtures("reports")
class TestForms:
    def test_the_filters_sent_unchanged_ask_the_same_question(self, client):
        page = client.get(f"/articles/?{CHOSEN}")

        assert in_any_order(sent_by_form(page, "fields")) == in_any_order(QueryDict(CHOSEN))

    def test_the_search_box_keeps_the_filters(self, client):
        page = client.get(f"/articles/?{CHOSEN}")

        assert in_any_order(sent_by_form(page, "find")) == in_any_order(QueryDict(CHOSEN))

    def test_what_was_typed_stays_in_the_form_though_it_is_wrong(self, client):
        page = client.get("/articles/?country=narnia&since=soon&person=Nobody")

        assert sent_by_form(page, "fields") == {
            "country": ["narnia"],
            "since": ["soon"],
            "person": ["Nobody"],
        }
        assert page.content.decode().count('aria-invalid="true"') == 3

    @pytest.mark.parametrize(
        "name", ["q", "country", "person", "office", "source", "topic", "language", "since",
                 "until", "order"]
    )  # fmt: skip
    def test_no_error_leads_nowhere(self, client, name):
        value = "-" if name == "q" else "zz"
        page = client.get(f"/articles/?{name}={value}")

        targets = {href for href, _ in links(page, 'role="alert"')}
        source = page.content.decode()
        assert all(target.startswith("#") and f'id="{target[1:]}"' in source for target in targets)
