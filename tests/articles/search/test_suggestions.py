"""What a search that finds nothing suggests: only what does find something."""

import re
from html import unescape
from urllib.parse import unquote_plus

import pytest

from articles.models import OtherName
from tests.make import make_article, make_country, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _archive():
    iran = make_country("Iran")
    make_country("Peru")
    make_article("Envoys in Karabakh", [iran], body="They spoke of negotiations and the corridor.")
    make_article("Visit", body="Hossein Amir-Abdollahian met Əliyev. Переговоры прошли.")
    minister = make_person("Hossein Amir-Abdollahian")
    OtherName.objects.create(person=minister, name="حسین امیرعبداللهیان", kind="native")
    make_person("Nobody Reported")


def suggested(client, q, **parameters):
    page = client.get("/articles/", {"q": q, **parameters})
    assert page.status_code == 200
    told = re.search(r"Did you mean (.*?)\?</p>", page.text)
    return [unescape(text) for text in re.findall(r">([^<]+)</a>", told[1])] if told else []


@pytest.mark.parametrize(
    ("q", "texts"),
    [
        ("karabkh", ["karabakh"]),
        ("Karabach", ["karabakh"]),
        ("KARABKAH", ["karabakh"]),
        ('"in Karabakj"', ['"in karabakh"']),
        ("headline:karabahk", ["headline:karabakh"]),
        ("karabkh corrider", ["karabakh corridor"]),
        ("karabkh -visit", ["karabakh -visit"]),
        ("negotations", ["negotiations"]),
        ("aliyv", ["aliyev"]),
        ("перегаворы", ["переговоры"]),
        ("Hosein Amirabdolahian", ["Hossein Amir-Abdollahian"]),
        ("Хосейн Амир-Абдоллахиан", ["Hossein Amir-Abdollahian"]),
        ("Hosein Amir-Abdollahian", ["Hossein Amir-Abdollahian"]),
        # Nothing is near, or too little was written, or too much
        ("zzzzzz", []),
        ("xyz", []),
        ("k", []),
        ("Nobody Reportd", []),
        ("karabkh corrider negotations envoyz", []),
        ("q" * 200, []),
        ("a-" * 100, []),
        ("-karabakh -visit -met -envoys -they", []),
        ("karabkh qqqqqqqq", []),
    ],
)
def test_a_search_that_finds_nothing_suggests_what_may_have_been_meant(client, q, texts):
    assert suggested(client, q) == texts


def test_a_search_that_finds_something_suggests_nothing(client):
    assert suggested(client, "karabakh") == []


def test_what_finds_nothing_within_the_filters_is_not_suggested(client):
    assert suggested(client, "karabkh", country="iran") == ["karabakh"]
    assert suggested(client, "karabkh", country="peru") == []


def test_a_suggestion_leads_to_what_it_says_with_all_else_that_was_asked(client):
    page = client.get("/articles/", {"q": "karabkh", "country": "iran", "exact": "1"}).text
    (address,) = re.findall(r'Did you mean <a href="([^"]+)">', page)
    address = address.replace("&amp;", "&")
    assert unquote_plus(address) == "/articles/?country=iran&exact=1&q=karabakh"
    assert "Envoys in <mark>Karabakh</mark>" in client.get(address).text


@pytest.mark.parametrize(
    "q", ["'; DROP TABLE x; --", "%%%s", "\ud7ffabcde", "𐍈𐍈𐍈𐍈𐍈", "ﷺﷺﷺﷺ", "́" * 150, "９９９９９"]
)
def test_whatever_finds_nothing_is_answered(client, q):
    page = client.get("/articles/", {"q": q.encode("utf-8", "surrogatepass")})
    assert page.status_code in (200, 400)


def test_markup_in_a_suggestion_stays_text(client):
    page = client.get("/articles/", {"q": 'karabkh <b>"envoys'}).text
    assert "<b>" not in page.partition("Did you mean")[2].partition("</p>")[0].replace("<bdi>", "")


def test_a_whole_name_comes_before_what_is_near_to_one_of_its_words(client):
    make_person("Saddam Hussein")
    make_article("Reply", body="Saddam Hussein met Saddam Hosein.")
    assert suggested(client, "Saddam Husein") == ["Saddam Hussein", "Saddam hosein"]
