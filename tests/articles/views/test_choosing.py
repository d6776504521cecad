"""Choosing articles by person, office, source, topic and language."""

import pytest

from tests.articles.views.reading import headlines, shown, words_of
from tests.make import (
    make_article,
    make_membership,
    make_person,
    make_post,
    make_source,
    make_topic,
)

pytestmark = pytest.mark.django_db


class TestPeople:
    @pytest.fixture(autouse=True)
    def _reports(self):
        leyla, omid = make_person("Leyla Hasanova"), make_person("Omid Karimi")
        leyla.other_names.create(name="Leyla Həsənova", kind="native")
        omid.other_names.create(name="امید\u200cکریمی", kind="native")
        make_article("Leyla alone", people=[leyla])
        make_article("Omid alone", people=[omid])
        make_article("Both of them", people=[leyla, omid])

    @pytest.mark.parametrize(
        "name", ["leyla-hasanova", "Leyla Hasanova", "LEYLA HASANOVA", "Leyla Həsənova"]
    )
    def test_a_person_is_known_by_slug_and_every_recorded_name(self, client, name):
        assert set(headlines(client, "/articles.json", person=name)) == {
            "Leyla alone",
            "Both of them",
        }

    @pytest.mark.parametrize(
        "name",
        ["امید\u200cکریمی", "اميد\u200cكريمي"],
        ids=["Persian letters", "Arabic letters"],
    )
    def test_a_persian_name_may_be_written_with_the_joiner_that_persian_has(self, client, name):
        assert set(headlines(client, "/articles.json", person=name)) == {
            "Omid alone",
            "Both of them",
        }

    def test_two_people_are_the_articles_that_name_both(self, client):
        asked = ["leyla-hasanova", "Omid Karimi"]

        assert headlines(client, "/articles.json", person=asked) == ["Both of them"]

    def test_a_name_that_two_people_bear_is_refused_and_says_so(self, client):
        make_person("Leyla Hasanova", slug="leyla-hasanova-2")

        assert client.get("/articles.json", {"person": "Leyla Hasanova"}).status_code == 400
        assert "Several people bear the name" in words_of(
            client.get("/articles/", {"person": "Leyla Hasanova"})
        )
        assert headlines(client, "/articles.json", person="leyla-hasanova-2") == []


class TestAnOfficeOnTheDay:
    @pytest.fixture(autouse=True)
    def _minister(self):
        self.post = make_post("Foreign minister of Iran")
        self.omid = make_person("Omid Karimi")
        make_membership(self.omid, self.post, "2021-08-25", "2024-05-19")

    @pytest.mark.parametrize(
        ("published", "is_found"),
        [
            ("2021-08-25", True),
            ("2024-05-19", True),
            ("2022", True),
            ("[2021-08-25..2023-09-19]", True),
            ("2023-07-02T23:30:00-05:00", True),
            ("2021-08-24", False),
            ("2024-05-20", False),
            ("2021", False),
            ("2021-08", False),
            ("[2021-08-24..2021-08-26]", False),
            ("[2022-01-01..]", False),
            ("[..2022-01-01]", False),
            ("", False),
        ],
    )
    def test_the_holder_counts_only_where_it_is_certain(self, client, published, is_found):
        make_article("Omid speaks", people=[self.omid], published=published)

        for path in ("/articles.json", "/offices/foreign-minister-of-iran.json"):
            query = {"office": "foreign-minister-of-iran"} if path == "/articles.json" else {}
            assert bool(headlines(client, path, **query)) is is_found

    @pytest.mark.parametrize("name", ["Foreign minister of IRAN", "foreign minister of ıran"])
    def test_an_office_is_known_by_its_label_in_any_spelling(self, client, name):
        make_article("Omid speaks", people=[self.omid], published="2022")

        assert headlines(client, "/articles.json", office=name) == ["Omid speaks"]

    def test_a_report_that_names_another_than_the_holder_is_not_found(self, client):
        make_article("Leyla speaks", people=[make_person()], published="2022-01-01")

        assert headlines(client, "/offices/foreign-minister-of-iran.json") == []

    def test_a_term_of_which_an_end_is_not_recorded_is_never_certain(self, client):
        make_membership(make_person("Sara Ahmadi"), self.post, "2024-08-21")
        sara = self.post.memberships.get(ended="").person
        make_article("Sara speaks", people=[sara], published="2024-08-22")

        assert headlines(client, "/offices/foreign-minister-of-iran.json") == []

    def test_a_holder_known_to_be_still_in_office_on_a_day_counts_until_that_day(self, client):
        sara = make_person("Sara Ahmadi")
        make_membership(sara, self.post, "2024-08-21", "[2025-08-08..]")
        make_article("On the day", people=[sara], published="2025-08-08")
        make_article("The day after", people=[sara], published="2025-08-09")

        assert headlines(client, "/offices/foreign-minister-of-iran.json") == ["On the day"]

    def test_an_office_that_is_unknown_is_refused(self, client):
        assert client.get("/articles.json?office=king-of-narnia").status_code == 400


class TestSourcesTopicsAndLanguages:
    @pytest.fixture(autouse=True)
    def _reports(self):
        visits, trade = make_topic("Visits"), make_topic("Trade")
        for agency, topics, language in (
            ("Baku Agency", [visits], "az"),
            ("Tehran Agency", [trade], "fa"),
            ("Ankara Agency", [visits, trade], "zh-Hant"),
            ("Paris Agency", [], "fr"),
        ):
            source = make_source(agency)
            make_article(agency, (), (), topics, source=source, language=language)

    @pytest.mark.parametrize(
        ("parameter", "values", "found"),
        [
            ("source", ["baku-agency"], {"Baku Agency"}),
            ("source", ["Baku agency", "TEHRAN AGENCY"], {"Baku Agency", "Tehran Agency"}),
            ("topic", ["visits"], {"Baku Agency", "Ankara Agency"}),
            ("topic", ["visits", "trade"], {"Baku Agency", "Tehran Agency", "Ankara Agency"}),
            ("language", ["az"], {"Baku Agency"}),
            ("language", ["AZ", "fa"], {"Baku Agency", "Tehran Agency"}),
            ("language", ["zh-Hant"], {"Ankara Agency"}),
            ("language", ["zh-hant"], {"Ankara Agency"}),
        ],
    )
    def test_any_of_them_will_do(self, client, parameter, values, found):
        assert set(headlines(client, "/articles.json", **{parameter: values})) == found

    @pytest.mark.parametrize("parameter", ["source", "topic", "language"])
    def test_one_that_is_unknown_among_known_ones_shows_nothing(self, client, parameter):
        known = {"source": "baku-agency", "topic": "visits", "language": "az"}[parameter]
        query = {parameter: [known, "zz"]}

        assert shown(client.get("/articles/", query)) == []
        answer = client.get("/articles.json", query)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [parameter])

    def test_different_filters_narrow_together(self, client):
        query = {"topic": ["visits", "trade"], "language": ["az", "fa"], "source": ["baku-agency"]}

        assert headlines(client, "/articles.json", **query) == ["Baku Agency"]


def test_empty_values_ask_nothing(client):
    make_article("Ministers meet")
    query = "q=&country=&country=+&person=&office=&source=&topic=&language=&since=&until=&order="

    assert headlines(client, f"/articles.json?{query}") == ["Ministers meet"]
    assert len(shown(client.get(f"/articles/?{query}"))) == 1


def test_a_parameter_that_no_list_knows_is_ignored_by_pages_and_refused_by_json(client):
    make_article("Ministers meet")

    assert len(shown(client.get("/articles/?colour=red&Country=narnia"))) == 1
    answer = client.get("/articles.json?colour=red&Country=narnia")
    assert (answer.status_code, answer.json()["results"]) == (400, [])
    assert set(answer.json()["errors"]) == {"colour", "Country"}


@pytest.mark.parametrize("name", ["countries", "people", "offices", "sources", "events"])
def test_the_other_lists_refuse_what_they_do_not_know_too(client, name):
    assert client.get(f"/{name}/?colour=red").status_code == 200
    answer = client.get(f"/{name}.json?colour=red")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["colour"])


@pytest.mark.parametrize("parameter", ["q", "since", "until", "order"])
def test_what_can_be_said_once_and_is_said_twice_never_shows_everything(client, parameter):
    first = {"q": "nowhere", "since": "2030", "until": "1900", "order": "sideways"}[parameter]
    make_article("Ministers meet", published="2020-05-01")

    page = client.get("/articles/", {parameter: [first, ""]})

    assert shown(page) == []
    assert client.get("/articles.json", {parameter: [first, ""]}).json()["results"] == []
