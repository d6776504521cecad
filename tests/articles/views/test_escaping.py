"""What others wrote is shown as they wrote it and never run; each text says its language."""

import re

import pytest

from articles.models import Evidence
from tests.make import (
    make_article,
    make_country,
    make_event,
    make_membership,
    make_person,
    make_post,
    make_source,
    make_topic,
)

pytestmark = pytest.mark.django_db

NASTY = """<script>alert("1")</script> & 'it'"><img src=x onerror=alert(2)>"""
SHOWN = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#x27;it&#x27;&quot;&gt;&lt;img"


def assert_harmless(page):
    source = page.content.decode()
    assert "<script>alert" not in source
    assert "<img" not in source
    assert "onerror=alert(2)>" not in source


@pytest.fixture
def event():
    """An archive in which everything that can bear a text bears a nasty one."""
    one = make_country(f"One {NASTY}", slug="one", official_name=NASTY, other_names=[NASTY])
    two = make_country(f"Two {NASTY}", slug="two")
    person = make_person(NASTY, slug="somebody", description=NASTY)
    person.other_names.create(name=NASTY, kind="native", language="fa")
    post = make_post(NASTY, one, slug="office")
    make_membership(person, post, "2019", "2022", note=NASTY)
    source = make_source(NASTY, slug="wire", description=NASTY, other_names=[NASTY])
    texts = ("summary", "byline", "dateline", "credit", "published_note", "usage_terms")
    article = make_article(
        NASTY,
        [one, two],
        [person],
        [make_topic(NASTY, slug="topic")],
        source=source,
        body=f"{NASTY} said {NASTY}.\n\nAnd {NASTY}",
        published="2020-05-01",
        slug="report",
        **dict.fromkeys(texts, NASTY),
    )
    make_article("Other", slug="other", status="withdrawn", withdrawal_reason=NASTY)
    happened = make_event(NASTY, [one], [two], place=NASTY)
    Evidence.objects.create(event=happened, article=article, start=0, end=len(NASTY), text=NASTY)
    return happened


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/articles/",
        "/articles/report/",
        "/countries/",
        "/countries/one/",
        "/relations/",
        "/relations/one/two/",
        "/people/",
        "/people/somebody/",
        "/offices/",
        "/offices/office/",
        "/sources/",
        "/sources/wire/",
        "/events/",
        "/articles/?q=alert",
        "/articles/?q=script&order=relevance",
        "/articles/?person=somebody&topic=topic&office=office&source=wire&country=one",
        "/articles/?q=nothing&country=one",
    ],
)
def test_what_others_wrote_is_shown_and_never_run(client, event, path):
    page = client.get(path)

    assert page.status_code == 200
    assert_harmless(page)
    if "q=" not in path:
        assert SHOWN in page.content.decode().replace("&#34;", "&quot;").replace("&#39;", "&#x27;")


def test_an_event_and_a_withdrawal_are_shown_and_never_run(client, event):
    for path, status in ((f"/events/{event.pk}/", 200), ("/articles/other/", 410)):
        page = client.get(path)
        assert page.status_code == status
        assert_harmless(page)
        assert SHOWN in page.content.decode()


@pytest.mark.parametrize(
    "parameter", ["q", "country", "person", "office", "source", "topic", "language", "since",
                  "order", "cursor", "colour", NASTY]
)  # fmt: skip
@pytest.mark.parametrize("path", ["/articles/", "/relations/one/two/", "/relations/"])
def test_what_a_reader_types_is_never_run(client, event, path, parameter):
    page = client.get(path, {parameter: NASTY})

    assert page.status_code in (200, 404)
    assert_harmless(page)


def test_an_address_that_does_not_exist_is_never_run(client):
    page = client.get(f"/articles/{NASTY}/")

    assert page.status_code == 404
    assert_harmless(page)


@pytest.mark.parametrize("path", ["/articles/", "/countries/one/", "/articles/report/"])
def test_no_page_has_a_style_or_a_script_of_its_own(client, event, path):
    source = client.get(path).content.decode()

    assert not re.search(r"<[^>]*\sstyle=", source)
    assert "<style" not in source
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)


@pytest.mark.parametrize(
    ("language", "direction"), [("fa", "rtl"), ("ar", "rtl"), ("az", "ltr"), ("fa-AF", "rtl")]
)
def test_a_text_says_its_language_and_its_direction(client, language, direction):
    make_article(
        "گفتگوی وزیران", summary="خلاصه", body="آنان گفتگو کردند.", language=language, slug="report"
    )
    marked = f'lang="{language}" dir="{direction}"'

    page = client.get("/articles/report/").content.decode()
    assert f"<h1 {marked}>گفتگوی وزیران</h1>" in page
    assert f'<p class="lede" {marked}>خلاصه</p>' in page
    assert f'<div class="body" {marked}>' in page
    for path in ("/", "/articles/", "/articles/?q=گفتگو"):
        assert f"<div {marked}><h3>" in client.get(path).content.decode(), path


def test_the_page_around_a_persian_text_stays_english(client):
    make_article("گفتگوی وزیران", language="fa", slug="report")

    page = client.get("/articles/report/").content.decode()

    assert '<html lang="en" dir="ltr">' in page
    assert '<p class="small" lang="en" dir="ltr">Source: Test Agency</p>' in page


def test_an_event_quotes_a_persian_report_in_its_language(client):
    report = make_article("گفتگو", body="آنان گفتگو کردند.", language="fa", slug="report")
    event = make_event("Ministers speak", [make_country("Iran")])
    Evidence.objects.create(event=event, article=report, start=0, end=4, text=report.body[:4])

    page = client.get(f"/events/{event.pk}/").content.decode()

    assert f'<p lang="fa" dir="rtl">“… {report.body[:4]} …”</p>' in page


def test_a_native_name_says_its_language(client):
    make_person("Omid Karimi").other_names.create(name="امید کریمی", kind="native", language="fa")

    page = client.get("/people/omid-karimi/").content.decode()

    assert '<bdi lang="fa" dir="rtl">امید کریمی</bdi>' in page
