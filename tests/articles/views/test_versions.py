"""Readers see every version, what it changed, and can verify it; they never see who and why."""

import hashlib
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from articles import integrity
from articles.models import Article, Change
from tests.articles.views.reading import words_of
from tests.make import make_article, make_country, make_person, save

pytestmark = pytest.mark.django_db

PARAGRAPHS = [f"Paragraph {number} stands as it stood." for number in range(12)]


def on(day, kind="routine", note=""):
    at = datetime(2024, 1, 1, 12, tzinfo=UTC) + timedelta(days=day - 1)
    return integrity.change("leyla-the-editor", "An inner reason", kind, note, at)


@pytest.fixture
def report():
    with on(1):
        made = make_article(
            "Ministers meet", [make_country("Iran")], [make_person()], language="az",
            body="\n\n".join(["They met.", *PARAGRAPHS]), published="2023-07",
        )  # fmt: skip
    with on(2, "minor"):
        save(made, byline="A. Writer")
    with on(3, "correction", "They had spoken only."):
        save(made, body=made.body.replace("They met", "They spoke"), published="2023-07-02")
        made.countries.set([make_country("Georgia")])
    return made


def words_shown(client, path):
    answer = client.get(f"/articles/ministers-meet/{path}")
    assert answer.status_code == 200
    return words_of(answer)


def test_the_article_tells_its_corrections_with_a_note_the_newest_first(client, report):
    for day in (4, 5, 6):
        with on(day, "correction", f"Note of day {day}."):
            save(report, dateline=f"Baku {day}")
    with on(7, "minor", "A note of no weight."):
        save(report, dateline="Baku")

    page = words_shown(client, "")

    told = re.findall(r"Corrected on (\d January 2024): (Note of day \d)", page)
    assert told == [(f"{day} January 2024", f"Note of day {day}") for day in (6, 5, 4)]
    assert "They had spoken only." not in page
    assert "All 4 corrections" in page
    assert "no weight" not in page


def test_an_article_that_was_never_corrected_says_nothing_of_it(client):
    make_article("Ministers meet")
    assert "orrect" not in words_shown(client, "")


def test_the_list_tells_each_version_and_what_it_changed_the_newest_first(client, report):
    page = words_shown(client, "versions/")

    assert "3 versions" in page
    places = [page.index(words) for words in (
        "Correction on 3 January 2024", "They had spoken only.",
        "Minor edit on 2 January 2024", "Published on 1 January 2024",
    )]  # fmt: skip
    assert places == sorted(places)
    assert "[removed: met end of removed] [added: spoke end of added]" in page
    assert "Date [removed: July 2023 end of removed] [added: 2 July 2023 end of added]" in page
    assert "Countries [removed: Iran end of removed] [added: Georgia end of added]" in page
    assert "By [added: A. Writer end of added]" in page
    assert "11 paragraphs unchanged" in page
    assert "Paragraph 7" not in page


def test_a_version_is_shown_whole_with_what_it_changed(client, report):
    page = words_shown(client, "versions/2/")

    assert "Version 2, 2 January 2024 to 3 January 2024." in page
    assert "They met." in page and "Paragraph 7" in page and "Iran" in page
    assert "By [added: A. Writer end of added]" in page
    assert "← Version 1" in page and "Version 3 →" in page
    assert "It stands today" in words_shown(client, "versions/3/")
    assert "The first that readers saw" in words_shown(client, "versions/1/")


def test_foreign_text_says_its_language_in_a_comparison(client, report):
    save(report, language="fa")
    page = client.get("/articles/ministers-meet/versions/3/").content.decode()
    assert '<div class="diff" lang="az" dir="ltr">' in page
    assert "Language" in words_shown(client, "versions/4/")


@pytest.mark.parametrize("path", ["", "versions/", "versions/3/"])
def test_readers_never_see_who_and_why(client, report, path):
    assert not re.search("leyla-the-editor|inner reason", words_shown(client, path))


# Verifying


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_bytes_of_a_version_prove_its_checksum(client, report, number):
    answer = client.get(f"/articles/ministers-meet/versions/{number}.json")
    listed = client.get("/articles/ministers-meet.json").json()["versions"]

    checksum = hashlib.sha256(answer.content).hexdigest()
    assert checksum == listed[number - 1]["checksum"]
    assert checksum in words_shown(client, f"versions/{number}/")
    assert answer["Content-Type"] == "application/json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.json()["number"] == number


def test_the_article_shows_the_checksum_of_its_version(client, report):
    page, data = words_shown(client, ""), client.get("/articles/ministers-meet.json").json()
    assert f"SHA-256 of this version {data['checksum']}" in page


def test_what_came_by_sql_is_sealed_when_it_is_asked_for(client, report):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_article SET byline = 'By SQL'")
    (listed,) = client.get("/articles.json").json()["results"]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_article SET byline = 'By SQL again'")
    data = client.get("/articles/ministers-meet.json").json()

    assert (listed["version"], data["version"]) == (4, 5)
    assert listed["checksum"] == data["versions"][3]["checksum"]
    assert all(re.fullmatch("[0-9a-f]{64}", v["checksum"]) for v in data["versions"])
    assert (data["versions"][4]["kind"], integrity.is_settled()) == ("", True)
    content = client.get("/articles/ministers-meet/versions/5.json").content
    assert hashlib.sha256(content).hexdigest() == data["checksum"]


# What is nobody's but the desk's


def test_versions_of_the_draft_are_not_public(client):
    with on(1):
        draft = make_article("Ministers meet", status="draft", body="A secret draft.")
    with on(2):
        save(draft, status="review", body="A secret review.")
    with on(3):
        save(draft, status="published", body="They met.")

    page = words_shown(client, "versions/")
    data = client.get("/articles/ministers-meet.json").json()

    assert "1 version" in page and "secret" not in page
    assert "secret" not in words_shown(client, "versions/3/")
    assert [version["version"] for version in data["versions"]] == [3]
    for path in ("versions/1/", "versions/2/", "versions/1.json", "versions/2.json"):
        assert client.get(f"/articles/ministers-meet/{path}").status_code == 404, path


@pytest.mark.parametrize("ending", ["/", ".json"])
@pytest.mark.parametrize("number", ["0", "4", "99999999999999999999999", "x", "-1"])
def test_a_number_that_no_version_has_is_not_found(client, report, number, ending):
    assert client.get(f"/articles/ministers-meet/versions/{number}{ending}").status_code == 404


@pytest.mark.parametrize("path", ["versions/", "versions/1/", "versions/1.json"])
def test_the_versions_of_a_withdrawn_story_are_closed(client, report, path):
    with on(4, "withdrawal"):
        save(report, status="withdrawn", withdrawal_reason="In doubt.")

    answer = client.get(f"/articles/ministers-meet/{path}")

    assert answer.status_code == 410 and "In doubt." in words_of(answer)
    assert "They" not in words_of(answer)
    assert answer["Content-Type"].startswith("application/json" if "json" in path else "text/html")


@pytest.mark.parametrize("path", ["versions/", "versions/2/", "versions/2.json"])
def test_an_old_address_leads_to_the_same_version(client, report, path):
    save(report, slug="talks")

    answer = client.get(f"/articles/ministers-meet/{path}")

    assert (answer.status_code, answer["Location"]) == (301, f"/articles/talks/{path}")


# Many, and long


def test_many_versions_come_by_pages(client, report):
    for day in range(4, 27):
        with on(day, "minor"):
            save(report, byline=f"Writer {day}")

    seen, path = [], "/articles/ministers-meet/versions/"
    while path:
        page = client.get(path).content.decode()
        seen += re.findall(r">Version (\d+)</a>", page)
        following = re.search(r'href="([^"]*)" rel="next"', page)
        path = following and following[1]
    assert seen == [str(number) for number in range(26, 0, -1)]


@pytest.mark.parametrize("cursor", ["0", "1", "x", "-1", "9" * 30])
def test_a_page_beyond_the_end_is_not_found(client, report, cursor):
    answer = client.get("/articles/ministers-meet/versions/", {"cursor": cursor})
    assert answer.status_code == 404


def test_a_long_text_is_compared_on_a_page_of_its_own(client, report):
    with on(4):
        save(report, body=" ".join(f"word{number}" for number in range(9000)))

    page = words_shown(client, "versions/")

    assert "compared on a page of its own" in page and "word8999" not in page
    assert "word8999" in words_shown(client, "versions/4/")


def test_a_change_that_readers_do_not_see_says_so(client, report):
    with on(4):
        Article.objects.update(import_digest="a" * 64)
    assert "Nothing that readers see was changed." in words_shown(client, "versions/")


def test_a_redacted_version_says_so(client, report):
    with on(5, "redaction"):
        made = report.record  # a change needs something changed
        save(report, byline="")
    removal = Change.objects.order_by("-pk").first()
    made.versions.filter(number=1).update(redacted_by=removal)

    assert "Words were removed from this version on 5 January 2024." in words_shown(
        client, "versions/1/"
    )
    assert "Words were removed from this version on 5 January 2024." in words_shown(
        client, "versions/"
    )
