"""Names in texts: suggested, confirmed, rejected; what a program thinks stays apart."""

import pytest
from django.core.management import call_command

from articles import integrity, mentions, search
from articles.integrity import verification
from articles.integrity.merging import merge_person
from articles.integrity.redaction import Order, redact
from articles.models import Article, Country, Mention, Person, Suggestion, unread
from tests.make import (
    by_sql,
    make_article,
    make_country,
    make_mention,
    make_person,
    make_suggestion,
)

BODY = "Iran and Azerbaijan spoke. Leyla Hasanova said that Iran agreed."


@pytest.fixture
def report(db):
    make_country("Iran")
    make_person("Leyla Hasanova")
    return make_article("A call", [make_country("Azerbaijan")], body=BODY)


def faults():
    found = verification.verify().findings
    return [finding for finding in found if finding.damage != "unattributed"]  # made by tests


def found(report):
    return [(s.named.slug, s.text, s.times) for s in report.suggestions.order_by("start")]


def counted(**by):
    """How many articles are on all of these, confirmed and with what is suggested."""
    everything = search.everything()
    return [
        len(selection.involving(*by.get("countries", ())).mentioning(*by.get("people", ())))
        for selection in (everything, everything.suggesting())
    ]


def test_a_reading_suggests_every_place_and_counts_it_with_the_first(report):
    mentions.suggest([report.pk])
    assert found(report) == [
        ("iran", "Iran", 2),
        ("azerbaijan", "Azerbaijan", 1),
        ("leyla-hasanova", "Leyla Hasanova", 1),
        ("iran", "Iran", 0),
    ]
    assert all(s.stands for s in report.suggestions.all())


def test_nothing_that_is_suggested_changes_the_article(report):
    before = report.record.number, list(report.countries.all()), list(report.people.all())
    mentions.suggest([report.pk])
    assert (report.record.number, list(report.countries.all()), list(report.people.all())) == before


def test_what_is_suggested_counts_where_it_is_asked_for_alone(report):
    mentions.suggest([report.pk])
    azerbaijan, iran = Country.objects.order_by("slug")
    assert counted(countries=[azerbaijan]) == [1, 1]
    assert counted(countries=[iran]) == counted(countries=[azerbaijan, iran]) == [0, 1]
    assert counted(people=[Person.objects.get()]) == [0, 1]
    assert counted(people=[make_person("Another")]) == [0, 0]


def test_a_country_that_is_known_is_not_counted_twice(report):
    mentions.suggest([report.pk])
    everything = search.everything().suggesting()
    counts = everything.counts("countries")
    assert sorted(counts.values()) == [1, 1]


def test_the_index_agrees_with_what_is_suggested_whichever_way_it_came(report):
    suggestion = make_suggestion(report, report.countries.get(), "Azerbaijan")
    assert not list(search.disagreements())
    by_sql("DELETE FROM articles_suggestion")
    search.catch_up()
    assert not list(search.disagreements())
    assert not Suggestion.objects.filter(pk=suggestion.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_a_suggestion_makes_another_state_of_the_archive(report):
    before = integrity.state()
    mentions.suggest([report.pk])
    assert integrity.state() != before


def test_confirmed_it_links_the_article_in_the_editors_name(report):
    mentions.suggest([report.pk])
    assert mentions.confirm(report.suggestions.filter(country__slug="iran")[:1], "leyla") == 1
    assert {c.slug for c in report.countries.all()} == {"azerbaijan", "iran"}
    assert [(m.text, m.said_by, m.status) for m in report.mentions.all()] == [
        ("Iran", "leyla", "confirmed"),
        ("Iran", "leyla", "confirmed"),
    ]
    assert report.record.change.made_by == "leyla"
    assert "iran" not in {slug for slug, *_ in found(report)}
    assert not faults()


def test_rejected_it_links_nothing_and_is_not_suggested_again(report):
    mentions.suggest([report.pk])
    mentions.reject(report.suggestions.filter(country__slug="iran"), "leyla")
    assert {c.slug for c in report.countries.all()} == {"azerbaijan"}
    mentions.suggest([report.pk])
    assert "iran" not in {slug for slug, *_ in found(report)}
    assert set(report.mentions.values_list("status", flat=True)) == {"rejected"}


def test_several_articles_at_once(report):
    others = [make_article(f"Call {n}", body=f"{BODY} {n}") for n in range(3)]
    mentions.suggest([report.pk, *(other.pk for other in others)])
    named = Suggestion.objects.filter(times__gt=0, country__slug="iran")
    assert mentions.confirm(named, "leyla") == 4
    assert Article.objects.filter(countries__slug="iran").count() == 4


def test_what_was_changed_is_unread_again_whichever_way(report):
    mentions.suggest([report.pk])
    assert not unread().exists()
    report.byline = "Leyla"
    report.save()
    assert not unread().exists()
    by_sql("UPDATE articles_article SET body = 'Iran spoke.'")
    assert unread().get() == report
    assert mentions.suggest_unread() == (1, 1)
    assert found(report) == [("iran", "Iran", 1)]


def test_the_command_reads_what_is_unread_and_all_when_asked(report, capsys):
    call_command("suggest_mentions")
    assert capsys.readouterr().out == "1 articles read: 4 suggestions\n"
    call_command("suggest_mentions")
    assert capsys.readouterr().out == "0 articles read: 0 suggestions\n"
    call_command("suggest_mentions", "--again")
    assert capsys.readouterr().out == "1 articles read: 4 suggestions\n"


def test_suggestions_of_a_merged_person_are_of_whom_it_was_merged_into(report):
    mentions.suggest([report.pk])
    person, other = make_person("Leyla H."), Suggestion.objects.exclude(person=None).get().person
    make_mention(report, other, "Leyla")
    merge_person(other, person, "rauf", "The same person")
    assert Suggestion.objects.exclude(person=None).get().person == person
    assert Mention.objects.get().person == person
    assert Mention.objects.get().target == person.slug
    assert not faults()


@pytest.mark.django_db(transaction=True)
def test_words_removed_by_order_are_gone_from_mentions_too():
    make_country("Iran")
    person = make_person("Leyla Hasanova")
    report = make_article("A call", body=BODY)
    make_mention(report, person)
    make_suggestion(report, person, "Leyla")
    redact(report, Order("Leyla Hasanova"), "chief", "The law orders it")
    assert Mention.objects.get().text == "█████ ████████"
    assert not Suggestion.objects.exists()
    assert not faults()
