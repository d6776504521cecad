"""Choosing articles by country: by any name or code, and by several countries at once."""

import pytest

from tests.articles.views.reading import headlines, shown, words_of
from tests.make import make_article, make_country

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("starter_archive")
class TestCountriesOfTheStarterArchive:
    @pytest.mark.parametrize(
        "code",
        [
            "azerbaijan",
            "Azerbaijan",
            "AZ",
            "az",
            "AZE",
            "aze",
            "373",
            " AZ ",
            "Republic of Azerbaijan",
        ],
    )
    def test_a_country_is_known_by_slug_name_iso_codes_and_cow_number(self, client, code):
        by_slug = headlines(client, "/articles.json", country="azerbaijan")

        assert len(by_slug) > 3
        assert headlines(client, "/articles.json", country=code) == by_slug

    @pytest.mark.parametrize(
        "asked",
        [
            ["azerbaijan", "iran"],
            ["iran", "azerbaijan"],
            ["AZE", "IR"],
            ["373", "630"],
            ["AZ", "iran", "IRN", "Iran"],
        ],
    )
    def test_two_countries_are_the_articles_on_both_however_they_are_written(self, client, asked):
        both = client.get("/relations/azerbaijan/iran.json").json()
        one = headlines(client, "/articles.json", country="azerbaijan")

        found = client.get("/articles.json", {"country": asked}).json()

        assert 0 < found["count"] < len(one)
        assert found["results"] == both["results"]
        assert all({"azerbaijan", "iran"} <= set(r["countries"]) for r in found["results"])

    def test_a_third_country_narrows_further(self, client):
        found = client.get("/articles.json", {"country": ["azerbaijan", "iran", "armenia"]}).json()

        assert found["count"] == 1
        assert found["results"][0]["source"]["slug"] == "anadolu-agency"

    def test_the_country_of_a_page_counts_with_the_one_that_is_asked_for(self, client):
        assert headlines(client, "/countries/iran.json", country="AZ") == headlines(
            client, "/relations/azerbaijan/iran.json"
        )

    @pytest.mark.parametrize(("code", "slug"), [("SU", "soviet-union"), ("DD", "east-germany")])
    def test_the_code_of_a_former_state_means_that_state(self, client, code, slug):
        found = client.get("/articles.json", {"country": code}).json()["results"]

        assert found
        assert all(slug in result["countries"] for result in found)

    def test_a_country_that_is_unknown_gives_no_result_and_the_reason(self, client):
        page = client.get("/articles/?country=narnia")

        assert page.status_code == 200
        assert shown(page) == []
        assert "No country has the name or code “narnia”" in words_of(page)

    def test_a_country_that_is_unknown_is_refused_in_json_with_the_reason(self, client):
        answer = client.get("/articles.json?country=iran&country=narnia")

        assert answer.status_code == 400
        assert (answer.json()["count"], answer.json()["results"]) == (0, [])
        assert list(answer.json()["errors"]) == ["country"]
        assert "“narnia”" in answer.json()["errors"]["country"][0]

    def test_a_slip_of_the_pen_is_answered_with_what_may_be_meant(self, client):
        page = client.get("/articles/?country=azerbajan")

        assert "Did you mean Azerbaijan?" in words_of(page)


def test_a_code_that_two_states_bore_means_the_one_that_bears_it_today(client):
    old = make_country("Afars", iso_alpha2="AI", status="former-state", valid_until="1977")
    anguilla = make_country("Anguilla", iso_alpha2="AI", status="territory")
    make_article("Then", [old]), make_article("Now", [anguilla])

    assert headlines(client, "/articles.json", country="AI") == ["Now"]


def test_a_code_that_only_former_states_bore_is_refused_and_names_them(client):
    make_country("Czechoslovakia", iso_alpha2="CS", status="former-state", valid_until="1992")
    make_country(
        "Serbia and Montenegro", iso_alpha2="CS", status="former-state", valid_until="2006"
    )

    page = client.get("/articles/?country=CS")
    answer = client.get("/articles.json?country=CS")

    assert page.status_code == 200 and answer.status_code == 400
    for told in (words_of(page), answer.json()["errors"]["country"][0]):
        assert "Czechoslovakia" in told and "Serbia and Montenegro" in told
