"""Names in texts: suggested, confirmed, rejected; what a program thinks stays apart."""

import pytest
from django.core.management import call_command

from articles import integrity, mentions, search
from articles.integrity import verification
from articles.integrity.merging import merge_person
from articles.integrity.redaction import Order, redact
from articles.models import Article, Country, Mention, Person, Suggestion, Version, unread
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


def test_of_two_records_that_were_one_person_everything_is_said_once(report):
    mentions.suggest([report.pk])
    person, other = Person.objects.get(), make_person("Leyla H.")
    make_suggestion(report, other, "Leyla Hasanova")
    make_suggestion(report, other, "said", times=0)
    merge_person(person, other, "rauf", "The same person")
    first, second = report.suggestions.filter(person=other).order_by("start")
    assert [(s.text, s.times) for s in (first, second)] == [("Leyla Hasanova", 2), ("said", 0)]
    assert mentions.confirm(report.suggestions.filter(pk=first.pk), "rauf") == 1
    assert not faults()


def test_what_was_said_of_one_of_them_is_no_longer_suggested_of_the_other(report):
    mentions.suggest([report.pk])
    person, other = Person.objects.get(), make_person("Leyla H.")
    make_mention(report, other, "Leyla Hasanova")
    merge_person(person, other, "rauf", "The same person")
    assert not report.suggestions.filter(person=other).exists()
    assert not faults()


@pytest.mark.parametrize("of_target", [{"is_lost": True}, {"status": "rejected"}])
def test_what_was_confirmed_of_one_of_them_outlasts_what_was_not(report, of_target):
    person, other = Person.objects.get(), make_person("Leyla H.")
    make_mention(report, other, "Leyla Hasanova", **of_target)
    make_mention(report, person)
    merge_person(person, other, "rauf", "The same person")
    assert other.mentions.confirmed().filter(is_lost=False).get().text == "Leyla Hasanova"
    assert not faults()


def test_whoever_is_merged_while_a_text_is_read_is_not_suggested(report, monkeypatch):
    person, other, read = Person.objects.get(), make_person("L. H."), mentions._found

    def and_meanwhile(*text):
        merge_person(person, other, "rauf", "The same person")
        return read(*text)

    monkeypatch.setattr(mentions, "_found", and_meanwhile)
    mentions.suggest([report.pk])
    assert not Suggestion.objects.filter(person=person).exists()


# The text is another by now


def edit(report, body):
    with integrity.change("leyla", "The agency sent it anew"):
        report.body = body
        report.save()


def test_of_another_text_nothing_is_suggested_before_it_is_read(report, client):
    mentions.suggest([report.pk])
    shown = list(report.suggestions.filter(country__slug="iran"))
    edit(report, "Nothing was said.")
    assert mentions.confirm(Suggestion.objects.filter(pk__in=[s.pk for s in shown]), "leyla") == 0
    assert not report.countries.filter(slug="iran").exists()
    assert "Suggested" not in client.get(report.get_absolute_url()).text
    assert client.get("/articles.json?country=iran&suggested=1").json()["count"] == 0
    assert not list(search.disagreements())


def test_nor_if_it_came_by_sql(report, client):
    mentions.suggest([report.pk])
    by_sql("UPDATE articles_article SET body = 'Nothing was said.'")
    assert client.get("/articles.json?country=iran&suggested=1").json()["count"] == 0
    assert not report.suggestions.exists()


def test_words_that_moved_in_the_same_change_are_not_suggested_again(report):
    mentions.suggest([report.pk])
    mentions.reject(report.suggestions.filter(country__slug="iran"), "leyla")
    with integrity.change("leyla", "At the desk: saved, and read"):
        report.body = f"Baku. {BODY}"
        report.save()
        mentions.suggest([report.pk])
    assert "iran" not in {slug for slug, *_ in found(report)}
    assert not report.mentions.filter(is_lost=True).exists()


def test_what_others_change_while_it_is_read_is_read_again(report, monkeypatch):
    texts, read = ["Iran spoke.", "Azerbaijan spoke."], mentions._found

    def and_meanwhile(*text):
        seen = read(*text)
        if texts:
            edit(Article.objects.get(pk=report.pk), texts.pop())
        return seen

    monkeypatch.setattr(mentions, "_found", and_meanwhile)
    assert mentions.suggest([report.pk]) == 1
    assert found(report) == [("iran", "Iran", 1)]
    assert not unread().exists()


def test_whoever_bears_another_address_by_now_is_not_suggested_again(report, client):
    mentions.suggest([report.pk])
    mentions.confirm(report.suggestions.all(), "leyla")
    for named in (Country.objects.get(slug="iran"), Person.objects.get()):
        named.slug = f"new-{named.slug}"
        named.save()
    mentions.suggest([report.pk])
    assert not report.suggestions.exists()
    body = client.get(report.get_absolute_url()).text.split('<div class="body"')[1]
    assert '<a href="/countries/new-iran/">Iran</a>' in body
    assert '<a href="/people/new-leyla-hasanova/">Leyla Hasanova</a>' in body


# Texts as they come


def test_words_of_every_script_stand_where_they_are_said_to(db):
    make_country("Iran")
    make_person("Leyla Hasanova")
    flag = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e007f"  # of Wales: one sign, five letters
    names = [
        "\u202eLeyla\u202c \u2066Hasanova\u2069",
        "Ir\u200dan",
        "Leyla\u00a0Hasanova",
        "Leyla\r\nHasanova",
        "Leyla" + "\u0301" * 400 + " Hasanova",
        f"{flag} Iran",
    ]
    report = make_article("A call", body="\r\n\r\n😀 Iran ".join(names))
    mentions.suggest([report.pk])
    assert report.suggestions.filter(times__gt=0).count() == 2
    assert all(s.stands for s in report.suggestions.all())
    mentions.confirm(report.suggestions.all(), "leyla")
    edit(report, f"😀 {report.body} 😀")
    assert not report.mentions.filter(is_lost=True).exists()
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


@pytest.mark.django_db(transaction=True)
def test_of_words_removed_by_order_nothing_tells_whom_they_named(client):
    person = make_person("Leyla Hasanova")
    report = make_article("A call", body="Leyla Hasanova spoke. Hasanova agreed.")
    make_mention(report, person, why="a form of Leyla Hasanova")
    surname = make_mention(report, person, "Hasanova", start=22, end=30)
    with integrity.change("leyla", "Told why"):
        surname.why = "the surname of Leyla Hasanova, who is named in full"
        surname.save()

    redact(report, Order("Leyla Hasanova"), "chief", "The law orders it")

    assert [(m.is_lost, m.why) for m in Mention.objects.order_by("start")] == [
        (True, ""),
        (False, "the surname of █████ ████████, who is named in full"),
    ]
    states = [str(v.state) for v in Version.objects.filter(record__kind="mention")]
    assert not [state for state in states if "Leyla" in state]
    with integrity.change("chief", "The rest put right"):
        report.refresh_from_db()
        report.body = f"{report.body} They parted."
        report.save()
    assert Mention.objects.order_by("start").first().is_lost
    body = client.get(report.get_absolute_url()).text.split('<div class="body"')[1]
    assert "████████</a>" not in body
    assert 'leyla-hasanova/">Hasanova</a>' in body
    assert not faults()
