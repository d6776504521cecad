"""`?as-of=`: what stood there on a day, on the page, in JSON and as text."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles import integrity
from tests.articles.views.reading import words_of
from tests.make import make_article, make_country, make_person, save

pytestmark = pytest.mark.django_db

ENDINGS = ["/", ".json", ".txt"]


def on(day, kind="routine", note=""):
    at = datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(hours=12)
    return integrity.change("tests", "An inner reason", kind, note, at)


@pytest.fixture
def report():
    """Came on 1 February 2024, was corrected on 1 March, given another address on 1 April."""
    with on("2024-02-01"):
        countries, people = [make_country("Iran")], [make_person("Leyla Hasanova")]
        made = make_article("Ministers meet", countries, people, body="They met. Leyla Hasanova.")
    with on("2024-03-01", "correction", "They had spoken only."):
        save(made, headline="Ministers speak", body="They spoke. Leyla Hasanova.")
    with on("2024-04-01", "minor"):
        save(made, slug="ministers-speak")
        save(people[0], name="Leyla Həsənova")
    return made


def get(client, ending, as_of):
    return client.get(f"/articles/ministers-speak{ending}", {"as-of": as_of})


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    ("as_of", "said"),
    [
        ("2024-02-01", "They met"),
        ("2024-02-29", "They met"),
        ("2024-03-01", "They spoke"),
        ("2024-03-01T11:59:59Z", "They met"),
        ("2024-03-01T12:00:00Z", "They spoke"),
        ("2024-03-01T15:59+04:00", "They met"),
        ("2024-03-01T16:00:00.000+04:00", "They spoke"),
        ("2024-03-01T16:00 04:00", "They spoke"),  # as "+" arrives that was not encoded
    ],
)
def test_every_form_tells_what_stood_at_the_end_of_a_day_or_at_an_instant(
    client, report, ending, as_of, said
):
    answer = get(client, ending, as_of)

    assert answer.status_code == 200
    assert said in words_of(answer)
    assert ("They met" in words_of(answer)) is (said == "They met")


def test_the_page_says_of_when_it_is_and_leads_to_what_stands(client, report):
    answer = get(client, "/", "2024-02-29")
    page = answer.content.decode()

    assert "As it stood on 29 February 2024. What stands today" in words_of(answer)
    assert '<meta name="robots" content="noindex">' in page
    assert '<link rel="canonical" href="http://testserver/articles/ministers-speak/">' in page
    assert 'href="/articles/ministers-speak.json?as-of=2024-02-29"' in page
    assert "Corrected on" not in page
    assert 'lang="en" dir="ltr">Ministers meet</h1>' in page


def test_the_page_that_stands_is_for_search_engines(client, report):
    assert b"noindex" not in get(client, "/", "").content


def test_json_tells_everything_of_then(client, report):
    answer = get(client, ".json", "2024-03-31").json()

    assert (answer["slug"], answer["version"]) == ("ministers-meet", 2)
    assert answer["url"] == "http://testserver/articles/ministers-meet/"
    assert answer["people"][0]["name"] == "Leyla Hasanova"
    told = [(v["version"], v["at"], v["kind"], v["note"]) for v in answer["versions"]]
    assert told == [
        (1, "2024-02-01T12:00:00+00:00", "routine", ""),
        (2, "2024-03-01T12:00:00+00:00", "correction", "They had spoken only."),
    ]
    assert answer["checksum"] == answer["versions"][-1]["checksum"]
    assert "inner reason" not in json.dumps(answer)


def test_json_is_the_same_bytes_after_later_corrections(client, report):
    before = get(client, ".json", "2024-03-15").content
    with on("2024-05-01"):
        save(report, headline="Another", slug="another")
        save(report.source, name="Another agency")
        report.countries.clear()

    after = client.get("/articles/another.json", {"as-of": "2024-03-15"}).content

    assert after == before


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_address_of_then_leads_to_the_present_one_with_the_day(client, report, ending):
    answer = client.get(f"/articles/ministers-meet{ending}?as-of=2024-02-29")

    assert answer.status_code == 301
    assert answer["Location"] == f"/articles/ministers-speak{ending}?as-of=2024-02-29"


WRONG = [
    "soon", "2024-13-01", "2024-02-30", "2024-02", "2024", "0000-01-01", "2024-2-1", "٢٠٢٤-٠١-٠١",
    "2024-01-01T25:00Z", "2024-01-01T12:00", "0001-01-01T00:00+14:00", "9999-12-31", "-1",
    "9999-12-31T23:59:59-14:00", "<script>", "2024-01-01/..", "x" * 3000,
]  # fmt: skip


@pytest.mark.parametrize("as_of", WRONG)
def test_what_is_no_day_or_not_over_shows_nothing_and_says_why(client, report, as_of):
    page, answer, text = (get(client, ending, as_of) for ending in ENDINGS)

    assert (page.status_code, answer.status_code, text.status_code) == (200, 400, 400)
    assert answer.json()["errors"]["as-of"]
    assert "Nothing is shown" in words_of(page)
    assert b"<script>" not in page.content
    for one in (page, answer, text):
        assert b"They" not in one.content


def test_a_day_to_come_is_told_apart(client, report):
    tomorrow = (timezone.now() + timedelta(days=1)).date().isoformat()
    (error,) = get(client, ".json", tomorrow).json()["errors"]["as-of"]
    assert "lies in the future" in error
    assert get(client, ".json", f"{tomorrow}T00:00Z").status_code == 400


def test_today_is_what_stands_and_the_page_says_that_it_is_not_over(client, report):
    today = timezone.now().date().isoformat()

    assert get(client, ".json", today).content == get(client, ".json", "").content
    assert "which is not over" in words_of(get(client, "/", today))


def test_two_days_at_once_are_refused(client, report):
    answer = client.get("/articles/ministers-speak.json?as-of=2024-02-29&as-of=2024-03-01")
    assert answer.status_code == 400 and "once" in answer.json()["errors"]["as-of"][0]


@pytest.mark.parametrize("ending", [".json", ".txt"])
def test_a_misspelt_question_is_not_answered_with_what_stands(client, report, ending):
    answer = client.get(f"/articles/ministers-speak{ending}?asof=2024-02-29")
    assert answer.status_code == 400 and list(answer.json()["errors"]) == ["asof"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_before_it_came_it_is_not_found_and_the_day_of_its_coming_told(client, report, ending):
    answer = get(client, ending, "2024-01-31")

    assert answer.status_code == 404
    said = "not yet in the archive on 31 January 2024; it came on 1 February 2024."
    assert said in words_of(answer)
    assert "They" not in words_of(answer)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_draft_of_that_day_is_not_found(client, ending):
    with on("2024-02-01"):
        draft = make_article("Ministers speak", status="draft", body="A secret draft.")
    with on("2024-03-01"):
        save(draft, status="published", body="They spoke.")

    answer = get(client, ending, "2024-02-15")

    assert answer.status_code == 404
    assert "it came on 1 March 2024" in words_of(answer)
    assert "secret" not in words_of(answer)


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_was_withdrawn_then_answers_410_as_then(client, report, ending):
    with on("2024-05-01", "withdrawal"):
        save(report, status="withdrawn", withdrawal_reason="In doubt.")
    with on("2024-06-01", "republication"):
        save(report, status="published", withdrawal_reason="")

    assert get(client, ending, "2024-04-30").status_code == 200
    answer = get(client, ending, "2024-05-15")
    assert answer.status_code == 410 and "In doubt." in words_of(answer)
    assert "They spoke" not in words_of(answer)
    assert get(client, ending, "2024-06-15").status_code == 200


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_is_withdrawn_now_is_closed_on_every_day(client, report, ending):
    with on("2024-05-01", "withdrawal"):
        save(report, status="withdrawn", withdrawal_reason="In doubt.")

    for as_of in ("2024-02-15", "2024-06-01", "soon"):
        answer = get(client, ending, as_of)
        assert answer.status_code == 410, as_of
        assert "They" not in words_of(answer)
