"""The page of an article is read in a few questions, and tells what the archive's objects tell."""

from dataclasses import fields

import pytest

from articles import integrity
from articles.integrity.merging import merge_article
from articles.models import Article, Change, Event, Evidence
from articles.views import article_page, standing, story
from tests.articles.views.test_escaping import NASTY, SHOWN, assert_harmless
from tests.make import (
    make_article,
    make_country,
    make_event,
    make_membership,
    make_person,
    make_post,
    make_small_archive,
    make_topic,
    save,
)

pytestmark = pytest.mark.django_db


def objects_of(article):
    found = Article.objects.for_records().get(pk=article.pk)
    events = Event.objects.confirmed().told_in(found).with_parties().with_evidence()
    return story.of(found, list(events))


def assert_tells_the_same(article):
    told, wanted = standing.story_of(article.slug), objects_of(article)
    for one in fields(story.Story):
        if one.name not in ("article", "state"):
            assert getattr(told, one.name) == getattr(wanted, one.name), (article, one.name)
    for name in ("date_in_words", "is_printed_date", "is_as_received", "span", "body", "headline"):
        assert getattr(told.article, name) == getattr(wanted.article, name), (article, name)
    assert told.state == integrity.state()
    assert told.paragraphs() == wanted.paragraphs()


@pytest.mark.usefixtures("starter_archive")
def test_every_article_of_the_starter_archive_is_told_as_its_objects_tell_it():
    assert Article.objects.published().exists()
    for article in Article.objects.published():
        assert_tells_the_same(article)


def test_a_story_of_everything_is_told_as_its_objects_tell_it():
    report = make_small_archive()
    actors = [make_country(name) for name in ("Türkiye", "Georgia", "Armenia")]
    # A second event, of three actors, told twice; and another that no editor has confirmed.
    event = make_event("Three meet", actors, [make_country("Åland")], event_type="AGREE")
    for start in (5, 0):
        event.evidence.create(article=report, start=start, end=9, text=report.body[start:9])
    suggested = make_event("Never", actors, status="suggested")
    suggested.evidence.create(article=report, start=0, end=4, text=report.body[:4])
    minister, former, second = report.people.first(), make_person("Zahid"), make_post("Second")
    make_membership(minister, second, "2023-01-01", "2024-01-01", is_acting=True)
    make_membership(former, second, "1991", "1992")
    report.people.add(former)
    report.topics.set([make_topic("Trade"), make_topic("Borders")])
    other = make_article("As another saw it", published="2023-07-03")
    event.evidence.create(article=other, start=0, end=4, text=other.body[:4])
    with integrity.change("leyla", "Wrong", kind=Change.Kind.CORRECTION, note="It was trade"):
        save(report, summary="Of trade")
    assert_tells_the_same(report)
    for article in Article.objects.published():
        assert_tells_the_same(article)


@pytest.mark.parametrize("number", [1, 10])
def test_a_page_costs_the_same_for_few_and_for_many(client, django_assert_max_num_queries, number):
    countries = [make_country(f"Country {n}") for n in range(number + 1)]
    people = [make_person(f"Person {n}") for n in range(number)]
    for person in people:
        make_membership(person, make_post(f"Office of {person}"), "2019", "2024")
    article = make_article(countries=countries, people=people, published="2020-05-01")
    for n in range(number):
        event = make_event(f"Event {n}", countries[:1], countries[1:])
        event.evidence.create(article=article, start=n, end=n + 4, text=article.body[n : n + 4])

    # The article, what is linked to it, and the state; what waits for the index, the catalogue's
    # cards (read anew in a transaction), its neighbours; other reports of its events.
    with django_assert_max_num_queries(6):
        client.get(article.get_absolute_url())


def test_what_an_article_has_not_is_not_asked_for(client, django_assert_num_queries):
    article = make_article()
    with django_assert_num_queries(1):
        client.get(article.get_absolute_url())


@pytest.mark.django_db(transaction=True)  # the state is another one when the change is committed
def test_the_tag_is_of_the_state_that_the_page_was_made_in(client, monkeypatch):
    """A change that comes while the page is made has it asked for again."""
    address = make_article().get_absolute_url()
    before = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": '"another"'}).headers["ETag"] == before
    page = article_page.page

    def changed_meanwhile(request, told):
        made = page(request, told)
        Article.objects.update(summary="Of trade")
        return made

    monkeypatch.setattr(article_page, "page", changed_meanwhile)
    assert client.get(address).headers["ETag"] == before
    monkeypatch.undo()
    assert client.get(address, headers={"If-None-Match": before}).status_code == 200


def test_a_day_is_asked_for_in_whatever_way_it_is_written(client):
    article = make_article()
    for name in ("as-of", "as%2dof", "as%2Dof"):
        assert (
            "not yet in the archive"
            in client.get(f"/articles/{article.slug}/?{name}=2020-01-01").text
        )


def test_a_question_that_a_page_does_not_know_changes_nothing_but_its_canonical_address(client):
    address = make_article().get_absolute_url()
    plain, asked = client.get(address).text, client.get(f"{address}?x=1&y=").text
    assert f'"http://testserver{address}"' in plain
    assert asked.replace("/?x=1", "/") == plain


def test_a_text_that_looks_like_a_mark_of_the_frame_is_a_text(client):
    article = make_article("[[main]] and [[title]]", body="[[address]] [[never]]", summary="[[x]]")
    page = client.get(article.get_absolute_url()).text
    assert "[[main]] and [[title]]</h1>" in page
    assert "<p>[[address]] [[never]]</p>" in page


def test_what_stands_beside_an_article_is_shown_and_never_run(client):
    pair = [make_country("Iran"), make_country("Georgia")]
    before, article, after = (
        make_article(NASTY, pair, slug=f"report-{day}", published=f"2020-05-0{day}")
        for day in (1, 2, 3)
    )
    event = make_event("They meet", pair)
    for report in (before, article):
        Evidence.objects.create(event=event, article=report, start=0, end=4, text="They")
    merge_article(make_article(NASTY, slug="duplicate"), article, "leyla", NASTY)
    with integrity.change("leyla", "Wrong", kind=Change.Kind.CORRECTION, note=NASTY):
        save(article, usage_terms=NASTY)

    page = client.get("/articles/report-2/")

    assert_harmless(page)
    # Before it, after it, the other report; the duplicate and its reason; the correction; terms.
    assert page.text.count(SHOWN) >= 7
