"""A name of which a longer name of somebody else has all words."""

import pytest

from articles.models import OtherName
from tests.make import made_at_once, make_article, make_person

pytestmark = pytest.mark.django_db

TEXTS = {
    "son": "George W. Bush spoke.",
    "spelled": "George Walker Bush spoke.",
    "turned": "Bush, George W., spoke.",
    "father": "George H. W. Bush spoke.",
    "both": "George H. W. Bush and his son George W. Bush spoke.",
    "twice": "Abdullah Abdullah spoke.",
    "once": "Abdullah Gül spoke.",
    "trade": "George H. W. Bush spoke of trade with W. George.",
}


@pytest.fixture(autouse=True)
def _archive():
    with made_at_once():
        son = make_person("George W. Bush")
        OtherName.objects.create(person=son, name="George Walker Bush", kind="full")
        for name in ("George H. W. Bush", "Abdullah Abdullah", "Abdullah Gül"):
            make_person(name)
        for slug, body in TEXTS.items():
            make_article(slug=slug, import_ref=slug, body=body)


@pytest.mark.parametrize(
    ("q", "slugs"),
    [
        ("George W. Bush", "son spelled turned both"),
        ("george bush w", "son turned both father trade"),
        ('"George W. Bush"', "son both spelled"),
        ("George W. Bush -father", "son spelled turned both"),
        ("George W. Bush trade", ""),
        ("George H. W. Bush", "father both trade"),
        ("headline:George W. Bush", ""),
        ("Abdullah Abdullah", "twice"),
        ("Abdullah", "twice once"),
        ("Gül OR George Walker Bush", "once son spelled both"),
    ],
)
def test_is_found_without_what_names_the_other_alone(client, q, slugs):
    found = client.get("/articles.json", {"q": q}).json()["results"]
    assert {result["slug"] for result in found} == set(slugs.split())


def test_exact_words_are_found_wherever_they_stand(client):
    found = client.get("/articles.json", {"q": "George W. Bush", "exact": "1"}).json()["results"]
    assert {result["slug"] for result in found} == {"son", "turned", "father", "both", "trade"}


def test_a_name_of_one_word_twice_that_nothing_names_is_answered(client):
    page = client.get("/articles/", {"q": "Abdullah Abdullah", "since": "2020"})
    assert page.status_code == 200
    assert "Abdullah Abdullah" in page.text
