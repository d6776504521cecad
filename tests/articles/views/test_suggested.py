"""What detection suggests, as readers see it: marked, counted apart, never among the facts."""

import re
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import mentions
from tests.make import (
    make_article,
    make_country,
    make_membership,
    make_mention,
    make_person,
    make_post,
    make_suggestion,
)

pytestmark = pytest.mark.django_db
BODY = "Iran and Azerbaijan spoke. Leyla Hasanova said that Iran agreed."
PAIR = "/relations/azerbaijan/iran/"


@pytest.fixture
def iran():
    return make_country("Iran")


@pytest.fixture
def report(iran):
    report = make_article("A call", [make_country("Azerbaijan")], body=BODY, published="2023-07-02")
    make_suggestion(report, iran, times=2)
    return report


def asked(client, path, **query):
    return client.get(path, query).json()


def test_a_list_holds_what_is_confirmed_alone(client, report):
    told = asked(client, "/articles.json", country="iran")
    assert (told["count"], told["suggested"]) == (0, 1)
    assert told["sentence"] == "No article on Iran"


def test_who_asks_for_it_has_what_is_suggested_too_and_is_told_so(client, report):
    told = asked(client, "/articles.json", country="iran", suggested="1")
    assert told["count"] == 1
    assert told["sentence"] == "1 article on Iran, suggested ones among them"
    (one,) = told["results"]
    assert (one["countries"], one["suggested_countries"]) == (["azerbaijan"], ["iran"])
    assert one["suggested_people"] == []
    assert "suggested" not in told


def test_a_pair_has_what_is_suggested_beside_what_is_known(client, report, iran):
    known = make_article("Ministers meet", [iran, *report.countries.all()], published="2023")
    page = client.get(PAIR).text
    assert "1 article on Azerbaijan and Iran." in page
    assert f'<a href="{PAIR}?suggested=1">1 more article</a>' in page

    page = client.get(f"{PAIR}?suggested=1").text
    assert "2 articles on Azerbaijan and Iran, suggested ones among them" in page
    assert page.count('<span class="small">suggested</span>') == 1
    assert known.headline in page
    assert "A call" in page


def test_the_picture_of_a_relation_counts_nothing_that_is_suggested(client, report, iran):
    make_article("Ministers meet", [iran, *report.countries.all()], published="2023")
    plain, wider = (client.get(f"{PAIR}{query}").text for query in ("", "?suggested=1"))
    table = "Articles and events by year, as a table"
    assert plain.split(table)[1].split("</table>")[0] == wider.split(table)[1].split("</table>")[0]


def test_where_nothing_is_suggested_nothing_is_offered(client, iran):
    make_article("Ministers meet", [iran])
    assert "suggested=1" not in client.get("/articles/?country=iran").text
    assert "suggested" not in asked(client, "/articles.json", country="iran")


def test_an_office_held_on_the_day_by_whom_is_merely_suggested(client, report, iran):
    leyla, post = make_person("Leyla Hasanova"), make_post("Foreign minister of Iran", iran)
    make_membership(leyla, post, "2020", "2024")
    make_suggestion(report, leyla)
    told = asked(client, "/articles.json", office=post.slug)
    assert (told["count"], told["suggested"]) == (0, 1)
    assert asked(client, "/articles.json", office=post.slug, suggested="1")["count"] == 1
    assert asked(client, "/articles.json", person=leyla.slug, suggested="1")["count"] == 1


MARK = "suggested, not confirmed</span>"


def test_each_that_is_there_by_a_suggestion_alone_is_marked(client, report, iran):
    leyla, post = make_person("Leyla Hasanova"), make_post("Foreign minister of Iran", iran)
    make_membership(leyla, post, "2020", "2024")
    make_suggestion(report, leyla)
    make_article("Known", [iran], [leyla], published="2023-07-02")
    for path, query in (
        ("/articles/", "country=iran"),
        ("/articles/", f"person={leyla.slug}"),
        ("/articles/", f"office={post.slug}&country=iran&order=oldest"),
        ("/countries/iran/", ""),
        (f"/people/{leyla.slug}/", ""),
        (f"/offices/{post.slug}/", "source=test-agency"),
    ):
        plain = client.get(f"{path}?{query}").text
        assert MARK not in plain, path
        wider = client.get(f"{path}?{query}&suggested=1").text
        assert wider.count(MARK) == 1, path
        (hit,) = [hit for hit in wider.split("<li>") if MARK in hit]
        assert ">A call<" in hit, path
    assert MARK not in client.get("/articles/?suggested=1").text


def test_what_was_asked_stays_asked_wherever_the_page_leads(client, report, iran):
    for number in range(30):
        make_suggestion(make_article(f"Call {number}", body=BODY), iran)
    page = client.get("/articles/?country=iran&suggested=1").text
    main = page.split("<main")[1]
    for what in ("order=oldest", "cursor=", "source=test-agency"):
        links = [link for link in re.findall(r'href="([^"]*)"', main) if what in link]
        assert links, what
        assert all("suggested=1" in link for link in links), what
    forms = main.split("<form")[1:]
    assert all('name="suggested" value="1"' in form.split("</form>")[0] for form in forms)
    assert "suggested=1" in asked(client, "/articles.json", country="iran", suggested="1")["next"]


@pytest.mark.django_db(transaction=True)
def test_a_page_is_another_when_something_is_suggested_and_else_it_is_the_same(
    client, report, iran, django_assert_num_queries
):
    first = client.get("/articles/?country=iran")["ETag"]
    mentions.suggest([report.pk])
    second = client.get("/articles/?country=iran")["ETag"]
    assert second != first
    with django_assert_num_queries(1):
        again = client.get("/articles/?country=iran", headers={"If-None-Match": second})
    assert again.status_code == 304


def test_words_and_suggestions_together(client, report):
    for words, number in (("agreed", 1), ("karabakh", 0)):
        told = asked(client, "/articles.json", country="iran", suggested="1", q=words)
        assert told["count"] == number
    assert asked(client, "/articles.json", country="iran", q="agreed")["suggested"] == 1


@pytest.mark.parametrize("value", ["yes", "0", "true", "2"])
def test_anything_but_1_is_an_error(client, report, value):
    answer = client.get("/articles.json", {"suggested": value})
    assert answer.status_code == 400
    assert answer.json()["errors"] == {"suggested": ["Write suggested=1, or leave it out."]}


def test_the_page_of_an_article_keeps_it_apart(client, report):
    page = client.get(report.get_absolute_url()).text
    assert "Suggested, not confirmed: 1" in page
    body = page.split('<div class="body"')[1].split("</div>")[0]
    assert "<a " not in body
    assert 'class="chip" href="/countries/iran/"' not in page


def test_a_confirmed_mention_is_a_link_in_the_text(client, report, iran):
    make_mention(report, iran)
    make_mention(report, report.countries.get())
    body = client.get(report.get_absolute_url()).text.split('<div class="body"')[1]
    assert '<a href="/countries/iran/">Iran</a> and' in body
    assert '<a href="/countries/azerbaijan/">Azerbaijan</a> spoke' in body
    assert body.split("</div>")[0].count("<a ") == 2


def test_a_rejected_or_lost_one_is_none(client, report, iran):
    make_mention(report, iran, status="rejected")
    make_mention(report, report.countries.get(), is_lost=True)
    body = client.get(report.get_absolute_url()).text.split('<div class="body"')[1]
    assert "<a " not in body.split("</div>")[0]


def test_the_json_of_an_article_tells_each_with_its_status(client, report, iran):
    make_mention(report, report.countries.get(), kind="name", why="its name")
    make_mention(report, iran, start=52, end=56, status="rejected")
    told = client.get(f"/articles/{report.slug}.json").json()
    assert [(m["start"], m["end"], m["text"], m["of"], m["target"], m["status"]) for m in
            told["mentions"]] == [
        (0, 4, "Iran", "country", "iran", "suggested"),
        (9, 19, "Azerbaijan", "country", "azerbaijan", "confirmed"),
    ]  # fmt: skip
    assert all(told["body"][m["start"] : m["end"]] == m["text"] for m in told["mentions"])


def test_a_text_of_thousands_of_names_is_told_soon_and_read_once(client, iran):
    names = 3_000
    long = make_article("Long", body="\n\n".join(["Iran spoke."] * names))
    mentions.suggest([long.pk])
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            begun = time.monotonic()
            assert client.get(f"/articles/{long.slug}.json").text.count('"iran"') >= names
            page = client.get(long.get_absolute_url()).text
            assert time.monotonic() - begun < 5
        of_names = [q["sql"] for q in asked if '"articles_mention"' in q["sql"]]
        of_names += [q["sql"] for q in asked if '"articles_suggestion"' in q["sql"]]
        assert not [sql for sql in of_names if '"articles_article"."body"' in sql]
        mentions.confirm(long.suggestions.all(), "leyla")
    assert page.count('<p><a href="/countries/iran/">Iran</a> spoke.</p>') == names


def test_the_pages_follow_what_an_editor_says(client, report):
    mentions.suggest([report.pk])
    assert asked(client, PAIR.rstrip("/") + ".json")["count"] == 0
    mentions.confirm(report.suggestions.filter(country__slug="iran"), "leyla")
    assert asked(client, PAIR.rstrip("/") + ".json")["count"] == 1
    mentions.reject(report.suggestions.all(), "leyla")
    assert "Suggested" not in client.get(report.get_absolute_url()).text
