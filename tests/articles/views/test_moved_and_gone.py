"""Old addresses lead to the new one; what is gone says why; what never was is a 404."""

import re
from datetime import UTC, datetime

import pytest

from articles import integrity
from articles.integrity.merging import merge_article, merge_person
from articles.models import Article, FormerSlug, Person
from tests.articles.views.reading import words_of
from tests.make import (
    make_article,
    make_country,
    make_event,
    make_membership,
    make_person,
    make_post,
    make_source,
    make_topic,
    save,
)

pytestmark = pytest.mark.django_db

ENDINGS = ["/", ".json", ".txt"]


def test_a_relation_in_the_other_order_leads_to_the_alphabetical_one_for_good(client):
    make_country("Azerbaijan"), make_country("Iran")

    answer = client.get("/relations/iran/azerbaijan/")

    assert (answer.status_code, answer["Location"]) == (301, "/relations/azerbaijan/iran/")


@pytest.mark.parametrize("ending", ["/", ".json"])
def test_the_way_to_the_alphabetical_order_keeps_the_question_as_it_was_written(client, ending):
    make_country("Azerbaijan"), make_country("Iran")
    query = "q=%22gas%20pipe%22&since=2020&source=a&source=b&x=%C9%99"

    answer = client.get(f"/relations/iran/azerbaijan{ending}?{query}")

    assert answer.status_code == 301
    assert answer["Location"] == f"/relations/azerbaijan/iran{ending}?{query}"


@pytest.mark.parametrize(
    "path",
    [
        "/relations/iran/iran/",
        "/relations/iran/narnia/",
        "/relations/narnia/iran/",
        "/relations/IR/AZ/",
        "/countries/narnia/",
        "/people/nobody/",
        "/offices/king-of-narnia/",
        "/sources/daily-nothing/",
        "/events/4711/",
        "/articles/never-written/",
        "/articles/never-written.txt",
        "/a/4711/",
        "/a/99999999999999999999999999/",
        "/events/99999999999999999999999999/",
        "/a/-1/",
        "/nothing/at/all",
        "/articles.xlsx",
        "/countries/<script>/",
    ],
)
def test_what_never_was_is_not_found_in_the_words_of_the_archive(client, path):
    make_country("Iran")

    answer = client.get(path)

    assert answer.status_code == 404
    assert "No page has this address" in words_of(answer)
    assert b"<script>" not in answer.content


def test_the_number_of_an_article_leads_to_its_address(client):
    report = make_article("Ministers meet in Baku")

    answer = client.get(f"/a/{report.pk}/")

    assert answer.status_code in (301, 302)
    assert answer["Location"] == "/articles/ministers-meet-in-baku/"


def test_the_canonical_address_of_an_article_is_the_one_with_its_words(client):
    make_article("Ministers meet in Baku")

    page = client.get("/articles/ministers-meet-in-baku/").content.decode()

    canonical = re.search(r'<link rel="canonical" href="([^"]*)"', page)
    assert canonical[1] == "http://testserver/articles/ministers-meet-in-baku/"


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_address_that_an_article_had_leads_to_its_present_one_for_good(client, ending):
    report = make_article("Ministers meet in Baku")
    for slug in ("ministers-meet", "a-meeting", "baku-meeting"):
        report.slug = slug
        report.save()

    for old in ("ministers-meet-in-baku", "ministers-meet", "a-meeting"):
        answer = client.get(f"/articles/{old}{ending}")
        assert answer.status_code == 301, old
        assert answer["Location"] == f"/articles/baku-meeting{ending}"


def test_an_address_taken_back_is_the_article_again_and_no_circle(client):
    report = make_article("Ministers meet in Baku")
    for slug in ("a-meeting", "ministers-meet-in-baku"):
        report.slug = slug
        report.save()

    assert client.get("/articles/ministers-meet-in-baku/").status_code == 200
    assert client.get("/articles/a-meeting/")["Location"] == "/articles/ministers-meet-in-baku/"


def withdrawn(**fields):
    reason = "The agency retracted it on 3 May."
    return make_article(
        "Envoy “expelled”", **{"status": "withdrawn", "withdrawal_reason": reason} | fields
    )


@pytest.mark.parametrize("ending", ["/", ".txt"])
def test_a_withdrawn_article_answers_410_with_the_reason(client, ending):
    report = withdrawn(body="The secret words.")

    answer = client.get(f"/articles/{report.slug}{ending}")

    assert answer.status_code == 410
    assert "The agency retracted it on 3 May." in words_of(answer)
    assert b"secret words" not in answer.content


def test_a_withdrawn_article_answers_410_with_the_reason_in_json(client):
    report = withdrawn(body="The secret words.")

    answer = client.get(f"/articles/{report.slug}.json")

    assert answer.status_code == 410
    assert answer["Content-Type"] == "application/json"
    assert "The agency retracted it on 3 May." in str(answer.json()["errors"])
    assert b"secret words" not in answer.content


def test_a_withdrawal_without_a_reason_says_that_none_was_recorded(client):
    report = withdrawn(withdrawal_reason="")

    answer = client.get(f"/articles/{report.slug}/")

    assert answer.status_code == 410
    assert "No reason was recorded" in words_of(answer)


def test_the_number_and_the_old_address_of_a_withdrawn_article_still_lead_to_the_reason(client):
    report = withdrawn()
    FormerSlug.objects.create(slug="envoy", article=report)

    for path in (f"/a/{report.pk}/", "/articles/envoy/"):
        answer = client.get(path, follow=True)
        assert answer.status_code == 410, path
        assert "retracted" in words_of(answer)


def test_a_withdrawn_article_stands_in_no_list_and_in_no_count(client):
    azerbaijan, iran = make_country("Azerbaijan"), make_country("Iran")
    report = withdrawn()
    report.countries.set([azerbaijan, iran])

    for path in (
        "/articles.json",
        "/articles.json?q=envoy",
        "/countries/iran.json",
        "/relations.json",
        "/relations/azerbaijan/iran.json",
    ):
        assert client.get(path).json()["count"] == 0, path


def published_then_withdrawn():
    report = make_article("Envoy “expelled”", body="The secret words.", published="2023-07-02")
    with integrity.change("leyla", "Retracted.", at=datetime(2024, 5, 3, 12, tzinfo=UTC)):
        save(report, status="withdrawn", withdrawal_reason="The agency retracted it.")
    with integrity.change("leyla", "A better word", at=datetime(2024, 6, 1, tzinfo=UTC)):
        save(report, withdrawal_reason="The agency retracted it on 3 May.")
    return report


@pytest.mark.parametrize("ending", ["/", ".txt", ".json"])
def test_a_tombstone_tells_when_and_how_to_cite_and_nothing_of_the_text(client, ending):
    report = published_then_withdrawn()

    answer = client.get(f"/articles/{report.slug}{ending}")

    assert answer.status_code == 410
    words = answer.json()["withdrawn"]["citation"] if ending == ".json" else words_of(answer)
    assert (
        f"“Envoy “expelled”.” Test Agency, 2 July 2023. Diplomacy Archive, article {report.pk}, "
        f"withdrawn on 3 May 2024. http://testserver/a/{report.pk}/"
    ) in words
    assert b"secret words" not in answer.content


def test_a_tombstone_in_json_tells_the_same_for_programs(client):
    report = published_then_withdrawn()

    told = client.get(f"/articles/{report.slug}.json").json()["withdrawn"]

    assert told["withdrawn_on"] == "2024-05-03"
    assert (told["id"], told["status"]) == (report.pk, "withdrawn")
    assert told["reason"] == "The agency retracted it on 3 May."
    assert told["source"] == {"slug": "test-agency", "name": "Test Agency"}
    assert told["permalink"] == f"http://testserver/a/{report.pk}/"


@pytest.mark.parametrize("ending", ENDINGS)
def test_where_nobody_can_tell_when_it_was_withdrawn_no_day_is_invented(client, ending):
    report = withdrawn(published="[2021-08-25..2023-09-19]")

    answer = client.get(f"/articles/{report.slug}{ending}").content.decode()

    assert f"article {report.pk}, withdrawn. http" in answer
    assert "undated [between 25 August 2021 and 19 September 2023]" in answer


@pytest.fixture
def merged():
    """Sent again -> Sent first -> The whole report; the first was renamed once."""
    again, first = make_article("Sent again"), make_article("Sent first")
    whole = make_article("The whole report")
    save(again, slug="sent-twice")
    merge_article(again, first, "leyla", "Sent twice by <b>.")
    merge_article(first, whole, "leyla", "Part of the whole.")
    return again, first, whole


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("slug", ["sent-twice", "sent-again"])
def test_a_merged_article_leads_to_the_end_for_good_and_says_why(client, merged, slug, ending):
    answer = client.get(f"/articles/{slug}{ending}")

    assert (answer.status_code, answer["Location"]) == (301, f"/articles/the-whole-report{ending}")
    if ending == ".json":
        told = answer.json()
        assert told["reason"] == "Sent twice by <b>."
        assert told["merged_into"] == "http://testserver/articles/the-whole-report.json"
    elif ending == "/":
        assert b"Sent twice by &lt;b&gt;." in answer.content
        assert "“ Sent again ” is kept here as The whole report" in words_of(answer)
    else:
        assert answer["Content-Type"] == "text/plain; charset=utf-8"
        assert "merged into “The whole report”. Sent twice by <b>." in answer.content.decode()
    assert b"They met" not in answer.content


def test_the_number_of_a_merged_article_leads_there_too(client, merged):
    answer = client.get(f"/a/{merged[0].pk}/")
    assert (answer.status_code, answer["Location"]) == (301, "/articles/the-whole-report/")
    assert b"Sent twice" in answer.content


def test_what_it_was_merged_into_names_it_and_why(client, merged):
    page = words_of(client.get("/articles/the-whole-report/"))
    assert "Also reported here under Sent again , Test Agency : Sent twice by <b>." in page
    assert "Also reported here under Sent first , Test Agency : Part of the whole." in page


def test_what_was_merged_into_a_story_that_is_withdrawn_leads_to_the_reason(client, merged):
    save(merged[2], status="withdrawn", withdrawal_reason="All of it was false.")
    answer = client.get("/articles/sent-again/", follow=True)
    assert answer.status_code == 410 and "All of it was false." in words_of(answer)


def test_a_circle_made_by_sql_is_not_found(client, merged):
    Article.objects.filter(pk=merged[2].pk).update(status="merged", merged_into=merged[0])
    for path in ("/articles/sent-again/", f"/a/{merged[1].pk}/", "/articles/sent-first.json"):
        assert client.get(path).status_code == 404


class TestMergedPeople:
    @pytest.fixture
    def leyla(self):
        again, leyla = make_person("Leyla Gasanova"), make_person("Leyla Hasanova")
        make_article("On Leyla", people=[again])
        merge_person(again, leyla, "rauf", "One woman in two spellings.")
        return leyla

    @pytest.mark.parametrize("ending", ["/", ".json"])
    def test_the_old_address_leads_to_the_other_and_says_why(self, client, leyla, ending):
        answer = client.get(f"/people/leyla-gasanova{ending}")
        assert (answer.status_code, answer["Location"]) == (301, f"/people/leyla-hasanova{ending}")
        assert b"One woman in two spellings." in answer.content
        assert client.get(f"/people/leyla-gasanova{ending}", follow=True).status_code == 200

    def test_they_stand_in_no_list_and_no_count(self, client, leyla):
        listed = client.get("/people.json").json()
        assert (listed["count"], [p["slug"] for p in listed["results"]]) == (1, ["leyla-hasanova"])
        assert "people in office 1 " in words_of(client.get("/"))
        assert "Gasanova" not in words_of(client.get("/people/"))
        assert "Leyla Gasanova" in words_of(client.get("/people/leyla-hasanova/"))

    @pytest.mark.parametrize("named", ["leyla-gasanova", "Leyla Gasanova", "leyla-hasanova"])
    def test_a_filter_by_either_name_finds_what_names_her(self, client, leyla, named):
        answer = client.get("/articles.json", {"person": named}).json()
        assert [r["headline"] for r in answer["results"]] == ["On Leyla"]
        assert answer["sentence"] == "1 article naming Leyla Hasanova"

    def test_a_circle_made_by_sql_is_not_found(self, client, leyla):
        Person.objects.filter(pk=leyla.pk).update(merged_into=leyla)
        assert client.get("/people/leyla-gasanova/").status_code == 404
        assert client.get("/articles.json?person=leyla-gasanova").status_code == 400


SECRET = "Zaphod"


@pytest.mark.parametrize("status", ["withdrawn", "merged"])
def test_what_is_closed_is_found_in_no_list_no_page_and_no_format(client, status):
    countries = [make_country("Azerbaijan", iso_alpha2="AZ"), make_country("Iran")]
    leyla, topic, source = make_person(), make_topic(), make_source("Only Agency")
    make_membership(leyla, make_post(country=countries[0]), "2019", "2024")
    about = {"countries": countries, "people": [leyla], "published": "2020-05-01"}
    closed = make_article(
        f"{SECRET} expelled", topics=[topic], source=source, body=f"{SECRET} left.",
        summary=f"Of {SECRET}.", language="az", **about,
    )  # fmt: skip
    open_one = make_article("Envoy received", **about)
    event = make_event("Ministers meet", countries)
    event.evidence.create(article=closed, start=0, end=11, text=closed.body[:11])
    event.evidence.create(article=open_one, start=0, end=4, text="They")
    if status == "merged":
        merge_article(closed, open_one, "leyla", "Sent twice.")
    else:
        save(closed, status="withdrawn", withdrawal_reason="Retracted.")

    pages = [
        "/", "/articles/", "/articles/?q=zaphod", "/articles/?topic=visits", "/countries/iran/",
        "/articles/?country=iran&source=only-agency", "/relations/azerbaijan/iran/", "/relations/",
        "/people/leyla-hasanova/", "/offices/foreign-minister-of-azerbaijan/", "/sources/",
        "/sources/only-agency/", "/events/", f"/events/{event.pk}/", "/people/", "/countries/",
    ]  # fmt: skip
    lists = [
        "/articles.json", "/articles.json?q=zaphod", "/countries/iran.json", "/events.json",
        "/relations/azerbaijan/iran.json", "/relations.json", "/people/leyla-hasanova.json",
        "/offices/foreign-minister-of-azerbaijan.json", "/sources/only-agency.json",
        "/sources.json", f"/articles/{open_one.slug}.json", f"/articles/{open_one.slug}.txt",
    ]  # fmt: skip
    for path in pages + lists:
        answer = client.get(path)
        assert answer.status_code == 200, path
        shown = answer.content.decode().replace("q=zaphod", "").replace('value="zaphod"', "")
        assert SECRET not in shown, path
    counts = {path: client.get(path).json().get("count") for path in lists[:-2]}
    assert counts["/articles.json"] == counts["/countries/iran.json"] == 1
    assert counts["/sources/only-agency.json"] == counts["/articles.json?q=zaphod"] == 0
    relation = client.get("/relations.json").json()["results"][0]
    assert relation["articles"] == 1
    page = words_of(client.get(open_one.get_absolute_url()))
    assert "No other report of it is held yet." in page
    assert (SECRET in page) is (status == "merged")  # under Record, as one that is kept here
    assert client.get("/articles.json?language=az").status_code == 400


@pytest.mark.parametrize("status", ["suggested", "rejected"])
def test_an_event_that_no_editor_confirmed_has_no_page_and_stands_in_no_list(client, status):
    azerbaijan, iran = make_country("Azerbaijan"), make_country("Iran")
    event = make_event("Rumoured call", [azerbaijan], [iran], status=status)

    assert client.get(f"/events/{event.pk}/").status_code == 404
    assert client.get("/events.json").json()["count"] == 0
    assert client.get("/relations.json").json()["count"] == 0
    for path in ("/", "/events/", "/relations/azerbaijan/iran/"):
        assert "Rumoured call" not in words_of(client.get(path)), path
